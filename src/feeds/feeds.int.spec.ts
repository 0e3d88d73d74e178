import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { startFeedSource, type FeedSourceServer, type SourceManner } from '../../test/support/feed-source.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { make } from '../../test/support/decider-spec.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { openIdentity, signUp, type SignedUp } from '../../test/support/people.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { temporaryFolder, type TemporaryFolder } from '../../test/temporary-folder.js';
import type { Engine } from '../engine.js';
import { scannerOf } from '../evidence/scanner.js';
import { figureKey, figureProjection } from '../figures/figure.projection.js';
import { CorrectMeasurement } from '../figures/figure.commands.js';
import type { ProblemDetails } from '../http/api-models.js';
import type { Identity } from '../people/identity.js';
import type { Rights } from '../people/rights.js';
import { createServer, type HttpServer } from '../server.js';
import { submissionProjection } from '../submissions/submission.projection.js';
import { FeedJob } from './feed-job.js';
import { FeedRunner } from './feed-runner.js';
import { FeedFetching } from './fetch-source.js';
import type { FeedOutcome, FeedStatus } from './feeds.controller.js';
import type { FeedTrial } from './feed-trial.js';

const header = '地区,年份,联合体\n';
const table = `${header}莲都,2023年,12\n莲都,2024年,15\n云和,2024年,3\n`;
const mapping = {
  unit: { column: '地区', names: [{ from: '莲都', to: '331102' }], others: 'skip' },
  period: { column: '年份' },
  figures: [{ code: { is: '03' }, value: '联合体' }],
};
const minute = 60_000;

let clock: MovingClock;
let engine: Engine;
let source: FeedSourceServer;
let server: HttpServer;
let identity: { readonly identity: Identity<Rights>; close(): Promise<void> };
let url: string;
let folder: TemporaryFolder;
let runner: FeedRunner;
let [manager, clerk, reviewer]: SignedUp[] = [];

beforeEach(async () => {
  clock = new MovingClock('2025-02-01T02:00:00.000Z');
  engine = memoryEngine({ clock });
  await engine.start();
  await engine.submissions.submit(smallPlan());
  source = await startFeedSource(table);
  folder = await temporaryFolder();
  runner = runnerWith();
  identity = await openIdentity(engine);
  server = await createServer(engine, { identity: identity.identity, feedRunner: runner });
  url = await server.listen(0, '127.0.0.1');
  const people = { engine, identity: identity.identity };
  manager = await signUp(people, '规划管理员', [{ role: 'plan-manager', plan: 'small' }]);
  clerk = await signUp(people, '填报员', [{ role: 'reporter', plan: 'small', unit: '331102' }]);
  reviewer = await signUp(people, '审核员', [{ role: 'reviewer', plan: 'small', unit: '331100' }]);
});
afterEach(async () => {
  await server.close();
  await identity.close();
  await engine.close();
  await source.close();
  await folder.remove();
});

const runnerWith = (patience?: number, of = engine) =>
  new FeedRunner(of, new FeedFetching({ hosts: ['127.0.0.1'], folder: folder.path() }, patience), scannerOf(undefined));

async function ask<Body>(method: 'GET' | 'POST', path: string, body?: object, who = manager!) {
  await engine.caughtUp();
  const response = await fetch(`${url}/api/plans/small${path}`, {
    method,
    headers: { ...who.headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body & ProblemDetails };
}

const settings = (more: object = {}) => ({
  ...{ name: '省平台月报', address: source.url, format: 'csv', unit: '331100', mapping },
  schedule: { everyHours: 24 },
  ...more,
});
const setUp = async (more: object = {}) => {
  expect(await ask('POST', '/feeds/province', settings(more))).toMatchObject({ status: 200 });
};
const tick = async (by = runner) => {
  await engine.caughtUp();
  await new FeedJob({ views: engine.views, clock, runner: by }).run();
  await engine.caughtUp();
};
const status = async () => (await ask<FeedStatus[]>('GET', '/feeds')).body[0]!;
const outcomes = async () => (await ask<FeedOutcome[]>('GET', '/feeds/province/outcomes')).body;
const figure = async (period: string) =>
  (await engine.views.get(figureProjection, figureKey({ plan: 'small', code: '03', unit: '331102', period })))?.body;
const events = async (type: string) => (await engine.log.readAll()).filter((event) => event.type === type);
const later = (minutes: number) => clock.advance(minutes * minute);

describe('a feed', () => {
  it('is set by plan managers only, and stated anew, paused, resumed and removed', async () => {
    expect((await ask('POST', '/feeds/province', settings(), clerk)).body.code).toBe('access.no-right');
    expect((await ask('GET', '/feeds', undefined, clerk)).body.code).toBe('route.unknown');
    expect((await ask('POST', '/feeds/province/run', {})).body.code).toBe('feed.unknown');
    await setUp();
    await setUp();
    expect(await events('FeedSet')).toHaveLength(1);
    await ask('POST', '/feeds/province/pause', {});
    await tick();
    expect(source.asked).toEqual([]);
    expect(await status()).toMatchObject({ id: 'province', standing: 'paused' });
    await ask('POST', '/feeds/province/resumption', {});
    await tick();
    expect(source.asked).toHaveLength(1);
    await ask('POST', '/feeds/province/removal', {});
    expect((await ask<FeedStatus[]>('GET', '/feeds')).body).toEqual([]);
    later(2 * 24 * 60);
    await tick();
    expect(source.asked).toHaveLength(1);
  });

  it('reports what is new by its schedule, as values that wait for approval, with the content as evidence', async () => {
    await setUp();
    await tick();
    expect(await figure('2023')).toMatchObject({ standing: 'reported', latest: { reported: { value: '12' } } });
    const [taken] = await outcomes();
    expect(taken).toMatchObject({
      kind: 'taken',
      taken: {
        rows: 3,
        skipped: 1,
        counts: { new: 2, unchanged: 0, differing: 0 },
        columns: ['地区', '年份', '联合体'],
      },
    });
    const { submission, sha256 } = (taken as FeedOutcome & { kind: 'taken' }).taken;
    expect((await engine.views.get(submissionProjection, `small/${submission}`))?.body).toMatchObject({
      standing: 'applied',
      by: '数据源 省平台月报',
      unit: '331100',
    });
    const [measured] = await events('IndicatorMeasured').then((all) => all.slice(-1));
    expect(measured!.metadata).toMatchObject({
      actor: { id: 'feed-province', means: 'import' },
      evidence: [{ title: '省平台月报', sha256 }],
    });
    const file = await fetch(`${url}/api/plans/small/evidence/${sha256}`, { headers: reviewer!.headers });
    expect([file.status, file.headers.get('content-type'), await file.text()]).toEqual([
      200,
      'text/csv; charset=utf-8',
      table,
    ]);
    const approval = await ask('POST', '/figures/03/331102/2024/approval', {}, reviewer);
    expect(approval.status).toBe(200);
  });

  it('does nothing with content that it has taken, whether or not the source knows', async () => {
    await setUp();
    source.etag = '"1"';
    await tick();
    const before = (await events('IndicatorMeasured')).length;
    later(24 * 60);
    await tick();
    expect(source.asked.at(-1)!['if-none-match']).toBe('"1"');
    source.etag = '"2"';
    later(24 * 60);
    await tick();
    expect(await events('FeedUnchanged')).toHaveLength(2);
    expect(await events('FeedTaken')).toHaveLength(1);
    expect(await events('IndicatorMeasured')).toHaveLength(before);
    // Doubled within: the same figure twice is said, and nothing is reported.
    source.content = `${table}莲都,2024年,15\n`;
    later(24 * 60);
    await tick();
    expect((await status()).failure).toMatchObject({
      code: 'report.refused',
      problems: [{ code: 'report.row-twice' }],
    });
    expect(await events('IndicatorMeasured')).toHaveLength(before);
  });

  it('leaves what was reported otherwise as it stands, and lists the difference', async () => {
    await setUp();
    source.content = `${header}莲都,2022,9\n莲都,2021,3\n莲都,2024,15\n`;
    await tick();
    expect(await figure('2022')).toMatchObject({ latest: { reported: { value: '8' } } });
    expect((await status()).taken).toMatchObject({
      counts: { new: 1, unchanged: 1, differing: 1 },
      differences: [{ key: 'figure/03/331102/2022', name: '康养联合体数', standing: '8', offered: '9' }],
    });
    expect(await events('MeasurementCorrected')).toEqual([]);
    // A person decides; the content that comes next agrees then.
    const id = { plan: 'small', code: '03', unit: '331102', period: '2022' };
    await send(engine, make(CorrectMeasurement, { ...id, value: '9', reason: '核实' }));
    source.content += '\n';
    later(24 * 60);
    await tick();
    expect((await status()).taken).toMatchObject({ counts: { new: 0, unchanged: 3, differing: 0 }, differences: [] });
  });

  it.each<[string, SourceManner, string]>([
    ['is away', 503, 'feed.away'],
    ['breaks off', 'breaks-off', 'feed.away'],
    ['does not answer', 'hangs', 'feed.slow'],
    ['does not end its answer', 'stalls', 'feed.slow'],
    ['sends a hundred megabytes', 'floods', 'feed.too-large'],
    ['leads to the own network', 'redirects', 'feed.redirected'],
  ])('whose source %s says so, tries again sooner, and recovers by itself', async (_, manner, code) => {
    await setUp();
    source.manner = manner;
    const impatient = runnerWith(manner === 'floods' ? undefined : 300);
    await tick(impatient);
    expect(await status()).toMatchObject({ failure: { code, times: 1 }, next: after(5) });
    expect(source.sent).toBeLessThan(60 * 2 ** 20);
    await tick(impatient);
    expect(source.asked).toHaveLength(1);
    later(5);
    await tick(impatient);
    expect(await status()).toMatchObject({ failure: { code, times: 2 } });
    source.manner = 'answers';
    later(15);
    await tick();
    expect((await status()).failure).toBeUndefined();
    expect(await figure('2024')).toMatchObject({ standing: 'reported' });
    expect(await events('FeedTaken')).toHaveLength(1);
  });

  it.each([
    ['no text', Buffer.from([0, 1, 2]), 'feed.malformed'],
    ['a row with another number of cells', `${header}莲都,2024\n`, 'feed.malformed'],
    ['a quote that is not closed', `${header}莲都,2024,"15\n`, 'feed.malformed'],
    ['no rows', header, 'feed.no-rows'],
    ['a number that is none', `${header}莲都,2024,约15\n`, 'report.refused'],
    ['a period that is none', `${header}莲都,去年,15\n`, 'report.refused'],
  ])('reports nothing of content with %s', async (_, content, code) => {
    await setUp();
    source.content = content;
    await tick();
    expect((await status()).failure).toMatchObject({ code, times: 1 });
    expect(await figure('2024')).toBeUndefined();
    expect(await events('FeedTaken')).toEqual([]);
  });

  it('says which columns are missing and which are new, and goes on with a mapping that fits', async () => {
    await setUp();
    await tick();
    source.content = '地区,年份,联合体数,备注\n莲都,2025年,20,\n';
    later(24 * 60);
    await tick();
    const { failure } = await status();
    expect(failure).toMatchObject({ code: 'feed.columns-changed', problems: [{ field: '联合体' }] });
    expect(failure!.message).toContain('缺少列“联合体”；多出列“联合体数”、“备注”');
    expect(await figure('2025')).toBeUndefined();
    await setUp({ mapping: { ...mapping, figures: [{ code: { is: '03' }, value: '联合体数' }] } });
    await tick();
    expect(await figure('2025')).toMatchObject({ standing: 'reported' });
    expect((await status()).taken).toMatchObject({ gained: ['联合体数', '备注'], lost: ['联合体'] });
  });

  it('refuses rows of units that are not its own, by row and column', async () => {
    await setUp({ unit: '331102', mapping: { ...mapping, unit: { column: '地区' } } });
    source.content = `${header}331102,2024,15\n331100,2024,40\n`;
    await tick();
    expect((await status()).failure).toMatchObject({
      code: 'feed.rows-refused',
      problems: [{ code: 'feed.other-unit', field: '第 3 行“地区”', row: 3 }],
    });
    expect(await figure('2024')).toBeUndefined();
  });

  it('does not go to the own network unless the operator names the host', async () => {
    const guarded = new FeedRunner(engine, new FeedFetching({ hosts: [] }), scannerOf(undefined));
    await setUp();
    await tick(guarded);
    expect((await status()).failure).toMatchObject({ code: 'feed.private-address' });
    expect(source.asked).toEqual([]);
    await setUp({ address: 'http://example.org/figures' });
    await tick(guarded);
    expect((await status()).failure).toMatchObject({ code: 'feed.private-address' });
  });

  it('is fetched once by processes that run at the same time', async () => {
    await setUp();
    await engine.caughtUp();
    const job = () => new FeedJob({ views: engine.views, clock, runner }).run();
    await Promise.all([job(), job(), job()]);
    expect(await events('FeedTaken')).toHaveLength(1);
    expect(source.asked).toHaveLength(1);
  });
});

describe('a fetch that was cut off', () => {
  /** A runner whose process dies where the method is called. */
  const dying = (part: 'files' | 'unitReports', after: boolean) => {
    const die = () => Promise.reject(new Error('died'));
    const { files, unitReports } = engine;
    const ports = {
      files: {
        get: (hash: string) => files.get(hash),
        put: part === 'files' ? die : (bytes: Buffer) => files.put(bytes),
      },
      unitReports: {
        submit: async (request: Parameters<typeof unitReports.submit>[0]) => {
          if (after) await unitReports.submit(request);
          return die();
        },
      },
    };
    const { views, handling, gateway, log } = engine;
    const cut = { views, handling, gateway, log, files, unitReports, [part]: ports[part] };
    return new FeedRunner(cut, new FeedFetching({ hosts: ['127.0.0.1'] }), scannerOf(undefined));
  };

  it.each([
    ['before it was received', 'files', false, 2],
    ['between receipt and submission', 'unitReports', false, 1],
    ['between submission and outcome', 'unitReports', true, 1],
  ] as const)('%s goes on after a restart, and loses and doubles nothing', async (_, part, after, asked) => {
    await setUp();
    await engine.caughtUp();
    const before = (await events('IndicatorMeasured')).length;
    await expect(tick(dying(part, after))).rejects.toThrow('died');
    await tick();
    expect(source.asked).toHaveLength(1);
    expect((await status()).isUnderway).toBe(true);
    // What the source has by then is fetched in its turn.
    later(11);
    await tick();
    expect(source.asked).toHaveLength(asked);
    expect(await events('IndicatorMeasured')).toHaveLength(before + 2);
    expect(await events('SubmissionApplied')).toHaveLength(2);
    const { taken, isUnderway } = await status();
    expect([isUnderway, taken!.submission]).toEqual([false, expect.any(String)]);
  });
});

describe('a folder', () => {
  const place = (name: string, content: string) => {
    mkdirSync(folder.path('province'), { recursive: true });
    writeFileSync(folder.path('province', name), content);
  };

  it('has each file taken once, in the order of their names, whole', async () => {
    await setUp({ address: undefined, folder: 'province' });
    await tick();
    expect((await status()).failure).toMatchObject({ code: 'feed.away' });
    place('2024.csv', `${header}莲都,2024,15\n`);
    place('2023.csv', `${header}莲都,2023,12\n`);
    place('2025.csv.part', `${header}莲都,2025,2`);
    later(5);
    await tick();
    expect((await status()).taken!.rows).toBe(1);
    expect([await figure('2023'), await figure('2024')]).toMatchObject([{ standing: 'reported' }, undefined]);
    await tick();
    expect(await figure('2024')).toMatchObject({ standing: 'reported' });
    await tick();
    // Another name for what was taken.
    place('2024-again.csv', `${header}莲都,2024,15\n`);
    later(24 * 60);
    await tick();
    await tick();
    expect(await events('FeedTaken')).toHaveLength(2);
    renameSync(folder.path('province', '2025.csv.part'), folder.path('province', '2025.csv'));
    later(24 * 60);
    await tick();
    expect(await events('FeedTaken')).toHaveLength(3);
  });

  it('is one of those that the operator allows', async () => {
    expect((await ask('POST', '/feeds/province', settings({ address: undefined, folder: '../etc' }))).body.code).toBe(
      'input.invalid',
    );
    const elsewhere = await temporaryFolder();
    writeFileSync(elsewhere.path('a.csv'), table);
    symlinkSync(elsewhere.path(), folder.path('province'));
    await setUp({ address: undefined, folder: 'province' });
    await tick();
    expect((await status()).failure).toMatchObject({ code: 'feed.away' });
    await elsewhere.remove();
  });
});

describe('a trial', () => {
  const trial = (more: object) =>
    ask<FeedTrial>('POST', '/feed-trials', { address: source.url, format: 'csv', ...more });

  it('shows columns and first rows, and with a mapping what would be reported; nothing is stored', async () => {
    const head = await engine.log.head();
    expect(await trial({})).toMatchObject({
      status: 200,
      body: { columns: ['地区', '年份', '联合体'], rows: 3, first: [['莲都', '2023年', '12'], {}, {}] },
    });
    source.content = `${table}莲都,2022,9\n莲都,2099,1\n`;
    expect((await trial({ unit: '331100', mapping })).body.report).toMatchObject({
      counts: { new: 2, unchanged: 0, differing: 1 },
      ...{ refused: 1, skipped: 1 },
      figures: [{ outcome: 'refused', at: '第 6 行' }, { outcome: 'new' }, { outcome: 'new' }, { differs: true }],
    });
    expect(await engine.log.head()).toBe(head);
    source.manner = 404;
    expect((await trial({})).body.code).toBe('feed.away');
  });

  it('reads JSON, with the list where it is', async () => {
    const rows = [{ 地区: '莲都', 年份: 2024, 联合体: 15 }];
    source.content = JSON.stringify({ data: { rows } });
    const json = { format: 'json', unit: '331100', mapping };
    expect((await trial({ ...json })).body.code).toBe('feed.malformed');
    expect((await trial({ ...json, pointer: '/data/rows' })).body.report).toMatchObject({ counts: { new: 1 } });
  });
});

const after = (minutes: number) => new Date(Date.parse(clock.now()) + minutes * minute).toISOString();
