import { signUp } from '../../test/support/people.js';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { keepFile, pdfOf } from '../../test/support/evidence.js';
import { asOperator } from '../../test/support/operator.js';
import { lishui, seedFiles } from '../../test/support/seeds.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { OpenPoint } from '../evaluations/open-points.js';
import type { SnapshotContent } from '../evaluations/snapshot.js';
import type { ReportResult } from '../reporting/report-result.js';
import type { LongSeriesWithOrigins } from './base-origin.js';

/** Two five-year plans: the second continues indicators of the first, whose final evaluation gives its bases. */

const next = 'lishui-civil-affairs-2026-2030-example';
const path = `/api/plans/${next}`;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.engine.submissions.submit(seedFiles('lishui-civil-affairs-2026-2030-demo'));
  await server.engine.caughtUp();
}, 60_000);
afterAll(() => server.close());

async function read<Body>(address: string, headers?: Record<string, string>): Promise<Body> {
  const { status, body, text } = await server.get<Body>(address, headers);
  if (status !== 200) throw new Error(text);
  return body;
}
const seriesOf = (code: string, query = '') =>
  read<LongSeriesWithOrigins>(`${path}/indicators/${code}/long-series${query}`);
const shownIn = ({ parts }: LongSeriesWithOrigins, plan: string) =>
  Object.fromEntries(
    parts
      .find((part) => part.plan === plan)!
      .points.flatMap(({ period, shown, rebased }) => (shown === undefined ? [] : [[period, rebased ?? shown]])),
  );
const post = <Body = { position?: string }>(address: string, body: object) =>
  server.post<Body & { code?: string; detail?: string }>(address, body);

it('a series under the same definition runs through both plans, with the values of each', async () => {
  const series = await seriesOf('E01');
  expect(series.parts.map(({ plan, startYear, endYear, factor }) => [plan, startYear, endYear, factor])).toEqual([
    [lishui, 2021, 2025, '1'],
    [next, 2026, 2030, '1'],
  ]);
  const former = await read<{ points: { period: string; value: { shown?: string } }[] }>(
    `/api/plans/${lishui}/indicators/01/history`,
  );
  expect(shownIn(series, lishui)).toEqual(
    Object.fromEntries(former.points.flatMap(({ period, value: { shown } }) => (shown ? [[period, shown]] : []))),
  );
  expect(series.parts[1]!.points.map(({ period, target }) => [period, target])).toEqual([
    ['2025', undefined],
    ['2026', undefined],
    ['2027', undefined],
    ['2028', '29'],
    ['2029', undefined],
    ['2030', '32'],
  ]);
  expect(series).toMatchObject({ demo: true, bases: [], origins: [] });
});

it('a stated factor rebases the earlier values; without one they do not compare', async () => {
  const rebased = await seriesOf('E03');
  expect(rebased.parts[0]).toMatchObject({
    unitOfMeasure: '元/年',
    factor: '0.08333333333333333333',
    continued: { definition: 'other', basis: expect.stringContaining('除以12') as string },
  });
  expect(shownIn(rebased, lishui)).toMatchObject({ 2024: '1040', 2025: '1090' });
  const broken = await seriesOf('E02');
  expect(broken.parts[0]).not.toHaveProperty('factor');
  expect(broken.parts[0]!.points.some((point) => 'rebased' in point)).toBe(false);
  expect(broken.bases).toEqual([expect.objectContaining({ plan: next, period: '2025', outcome: 'not-comparable' })]);
});

it('each county has its own series, and an earlier moment knows less of it', async () => {
  expect((await seriesOf('E01', '?unit=331121')).parts[0]!.points.at(-1)).toMatchObject({ period: '2025' });
  const before = await server.get(`${path}/indicators/E01/long-series?asOf=2026-01-31`);
  expect([before.status, before.body]).toMatchObject([404, { code: 'plan.not-yet-known' }]);
  const early = await seriesOf('E04', '?unit=331124&asOf=2026-07-31');
  const late = await seriesOf('E04', '?unit=331124');
  const of = (series: LongSeriesWithOrigins) => series.parts[0]!.points.find(({ period }) => period === '2025');
  expect([of(early)?.shown, of(late)?.shown]).toEqual([undefined, '14.8']);
});

it('what continues nothing, and what is unknown, is said', async () => {
  const code = async (address: string) => (await server.get<{ code?: string }>(`${path}/${address}`)).body.code;
  expect(await code('indicators/E05/long-series')).toBe('continuation.none-stated');
  expect(await code('indicators/99/long-series')).toBe('indicator.unknown');
  expect(await code('indicators/E01/long-series?unit=999999')).toBe('unit.unknown');
  const all = await read<LongSeriesWithOrigins[]>(`${path}/long-series`);
  expect(all.map((each) => each.code)).toEqual(['E01', 'E02', 'E03', 'E04']);
});

it('who may not read the earlier plan is told that the series goes on there, and no number of it', async () => {
  const { headers } = await signUp(server, 'evaluator', [{ role: 'evaluator', plan: next }], '331100');
  const series = await read<LongSeriesWithOrigins>(`${path}/indicators/E01/long-series`, headers);
  expect(series.parts.map(({ plan }) => plan)).toEqual([next]);
  expect(series.beyond).toEqual({ plan: lishui, indicator: '01', why: 'not-seen' });
  const refused = await server.post<{ code: string }>(
    `${path}/base`,
    { formerPlan: lishui, evaluation: 'final-2025', dryRun: true },
    headers,
  );
  expect(refused.status).toBe(403);
});

describe('the bases from the final evaluation of the plan before', () => {
  const takeOver = (more: object = {}) =>
    post<ReportResult>(`${path}/base`, { formerPlan: lishui, evaluation: 'final-2025', ...more });
  const evaluation = `/api/plans/${lishui}/evaluations`;

  it('are refused before it is published, out of another evaluation, and of another period', async () => {
    expect((await takeOver()).body.code).toBe('evaluation.unknown');
    await post(`${evaluation}/final-2025`, { kind: 'final', period: '2025', title: '“十四五”总结评估' });
    await post(`${evaluation}/final-2025/snapshots`, {});
    expect((await takeOver()).body.code).toBe('base.not-published');
    await post(`${evaluation}/midterm-2022`, { kind: 'midterm', period: '2022', title: '中期评估' });
    expect((await takeOver({ evaluation: 'midterm-2022' })).body.code).toBe('base.not-final');
    expect((await takeOver({ formerPlan: 'no-such-plan' })).body.code).toBe('plan.unknown');
    expect((await takeOver({ formerPlan: 7 })).body.code).toBe('input.invalid');
    expect((await takeOver({ other: 1 })).body.code).toBe('input.invalid');
  });

  it('are shown row by row, then reported whole, each with the snapshot as its evidence', async () => {
    const open = await read<OpenPoint[]>(`${evaluation}/final-2025/snapshots/1/open-points`);
    const published = await post(`${evaluation}/final-2025/publication`, {
      ...{ snapshot: 1, acceptWarnings: open.map(({ id }) => id) },
    });
    expect([published.status, published.body.detail]).toEqual([200, undefined]);
    await server.engine.caughtUp();
    const tried = await takeOver({ dryRun: true });
    expect([tried.status, tried.body.detail]).toEqual([200, undefined]);
    expect(tried.body.counts).toMatchObject({ changed: 0, refused: 0, conflict: 0 });
    expect(tried.body.passedOver).toEqual([expect.stringMatching(/^E02 .*口径不同，没有折算系数$/)]);
    // A reporter of one county reaches no base of another: nothing is written.
    const roles = [
      { role: 'reporter' as const, plan: next, unit: '331102' },
      { role: 'evaluator' as const, plan: lishui },
    ];
    const { headers } = await signUp(server, 'county', roles, '331102');
    const head = await server.engine.log.head();
    const former = { formerPlan: lishui, evaluation: 'final-2025' };
    const refused = await server.post<{ code: string }>(`${path}/base`, former, headers);
    expect([refused.status, refused.body.code]).toEqual([400, 'report.refused']);
    expect(await server.engine.log.head()).toBe(head);

    const done = await takeOver({ acceptWarnings: tried.body.unaccepted });
    expect([done.status, done.body.detail]).toEqual([200, undefined]);
    await server.engine.caughtUp();

    const series = await seriesOf('E03');
    expect(series.bases).toEqual([
      {
        ...{ plan: next, period: '2025', shown: '1090', outcome: 'agrees' },
        former: { plan: lishui, shown: '13080', rebased: '1090' },
      },
    ]);
    expect(series.origins).toEqual([
      expect.objectContaining({
        plan: next,
        from: { plan: lishui, evaluation: 'final-2025', title: '“十四五”总结评估', snapshot: 1 },
      }),
    ]);
    expect((await seriesOf('E01')).bases).toEqual([expect.objectContaining({ outcome: 'agrees', shown: '25.6' })]);
    // A base that is computed from the units below says where theirs come from.
    const computed = await seriesOf('E04');
    expect([computed.bases[0]!.outcome, computed.origins[0]?.from.evaluation]).toEqual(['agrees', 'final-2025']);
    // The same again changes nothing.
    expect((await takeOver()).body).toMatchObject({ events: 0, counts: { new: 0, changed: 0 } });
  });

  it('do not follow a later correction silently: the series says that they differ', async () => {
    const { sha256 } = (await keepFile(server, pdfOf(), '331100', asOperator)).body;
    const corrected = await post(`/api/plans/${lishui}/figures/04/331100/2025/corrections`, {
      ...{ value: '13200', reason: '标准文件核对', evidence: [{ title: '标准文件', sha256 }] },
    });
    expect([corrected.status, corrected.body.detail]).toEqual([200, undefined]);
    const { headers } = await signUp(
      server,
      'reviewer',
      [{ role: 'reviewer', plan: lishui, unit: '331100' }],
      '331100',
    );
    const approval = `/api/plans/${lishui}/figures/04/331100/2025/approval`;
    expect((await server.post(approval, {}, headers)).status).toBe(200);
    await server.engine.caughtUp();
    expect((await seriesOf('E03')).bases).toEqual([
      expect.objectContaining({
        shown: '1090',
        outcome: 'differs',
        former: expect.objectContaining({ rebased: '1100' }),
      }),
    ]);
  });
});

it('a data package has the links and the values of ten years', async () => {
  const answer = await fetch(`${server.url}${path}/interchange/data-package`, { headers: asOperator });
  expect(answer.status).toBe(200);
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  const rowsOf = (name: string) =>
    parse<Record<string, string>>(strFromU8(files[`data/${name}.csv`]!), { columns: true });
  expect(rowsOf('continuations').map(({ indicator, former_indicator }) => [indicator, former_indicator])).toEqual([
    ['E01', '01'],
    ['E02', '02'],
    ['E03', '04'],
    ['E04', '06'],
  ]);
  const rebased = rowsOf('long-series').filter(({ indicator }) => indicator === 'E03');
  expect(rebased.map(({ period }) => period)).toEqual([
    ...['2020', '2021', '2022', '2023', '2024', '2025'],
    ...['2025', '2026', '2027', '2028', '2029', '2030'],
  ]);
  expect(rebased[4]).toMatchObject({ plan: lishui, value: '12480', rebased: '1040', comparable: 'true', demo: 'true' });
});

it('a snapshot freezes the series of both plans, and is verified', async () => {
  const evaluation = `${path}/evaluations/annual-2026`;
  await post(evaluation, { kind: 'annual', period: '2026', title: '示例：2026年度监测' });
  expect((await post(`${evaluation}/snapshots`, {})).status).toBe(200);
  await server.engine.caughtUp();
  const content = await read<SnapshotContent>(`${evaluation}/snapshots/1`);
  expect(content.longSeries?.map(({ code }) => code)).toEqual(['E01', 'E02', 'E03', 'E04']);
  const { body } = await post<{ reproduced: boolean }>(`${evaluation}/snapshots/1/verification`, {});
  expect(body.reproduced).toBe(true);
  const report = await server.get(`${evaluation}/snapshots/1/report.html`);
  expect(report.text).toContain('跨规划序列');
}, 60_000);
