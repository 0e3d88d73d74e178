import type { RoleName } from '../../src/access/roles.js';
import type { ProblemDetails } from '../../src/http/api-models.js';
import { controllersOf } from '../../src/http/app.module.js';
import { guardedRoutes } from '../../src/http/rights.js';
import { reachOf } from '../../src/http/role-table.js';
import { sha256 } from '../../src/kernel/json.js';
import { slices } from '../../src/slices.js';
import { createInstallation, type Installation } from '../support/house.js';
import { asOperator } from '../support/operator.js';
import { signUp } from '../support/people.js';
import { programmeFolder, programmeWarnings } from '../support/programme-folder.js';
import { serve, type Answer, type TestServer } from '../support/server.js';

/**
 * Every route that is about a unit, in its path, query or body or by what it names, asked by people of another unit: what
 * they may not act on they do not find, and what they may not see is in no answer. docs/access.md says both.
 */

const [own, other] = ['331102', '331121'];
/** In a figure that waits, in its reason and in the title of a file: people of another unit see none of it. */
const marks = { value: '47110815', reason: '仅供青田内部复核', title: '青田县内部台账' };
const pdf = Buffer.from('%PDF-1.7\n青田\n%%EOF\n');

type Asked = readonly [method: 'GET' | 'POST', path: string, body?: object | Buffer];
const on = '2024-06-30';
const reason = '复核';
const waiting = `figures/03/${other}/2023`;
const figures = [{ code: '03', unit: other, period: '2023', revision: 0 }];
let submission: string;
/** The position before anybody reported. */
let atFirst: string;
/** Nothing that anybody reported. */
const report = '01900000-0000-7000-8000-000000000000';

/** A figure of the other unit as SDMX-CSV. */
const sdmxCsv = Buffer.from(
  `STRUCTURE,STRUCTURE_ID,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE\ndataflow,TONGJIAN:small(1.0.0),03,${other},2024,1\n`,
).toString('base64');

/** What is acted on over a unit, asked about the other unit. The key is the route. */
const acts: Readonly<Record<string, () => Asked>> = {
  'figures/:code/:unit/:period/measurement': () => ['POST', `figures/03/${other}/2024/measurement`, { value: '1' }],
  'figures/:code/:unit/:period/measurement/check': () => [
    ...(['POST', `figures/03/${other}/2024/measurement/check`, { value: '1' }] as const),
  ],
  'figures/:code/:unit/:period/missing': () => [
    ...(['POST', `figures/03/${other}/2025/missing`, { because: 'not-due', reason }] as const),
  ],
  'figures/:code/:unit/:period/corrections': () => ['POST', `${waiting}/corrections`, { value: '2', reason }],
  'figures/:code/:unit/:period/corrections/check': () => [
    ...(['POST', `${waiting}/corrections/check`, { value: '2', reason }] as const),
  ],
  'figures/:code/:unit/:period/return': () => ['POST', `${waiting}/return`, { reason }],
  'figures/:code/:unit/:period/approval': () => ['POST', `${waiting}/approval`, {}],
  'figures/:code/:unit/:period/withdrawal': () => ['POST', `${waiting}/withdrawal`, { reason }],
  'figures/:code/:unit/:period/anomalies/:kind/explanation': () => [
    ...(['POST', `${waiting}/anomalies/jump/explanation`, { text: reason }] as const),
  ],
  'figures/:code/:unit/:period/anomalies/:kind/explanation/judgement': () => [
    ...(['POST', `${waiting}/anomalies/jump/explanation/judgement`, { accepted: true }] as const),
  ],
  'figures/approvals': () => ['POST', 'figures/approvals', { figures }],
  'figures/returns': () => ['POST', 'figures/returns', { figures, reason }],
  'projects/:id/start': () => ['POST', 'projects/P02/start', { on }],
  'projects/:id/progress': () => ['POST', 'projects/P02/progress', { on, percent: '10' }],
  'projects/:id/investments': () => ['POST', 'projects/P02/investments', { on, amount: '10' }],
  'projects/:id/investments/:on/corrections': () => [
    ...(['POST', `projects/P02/investments/${on}/corrections`, { amount: '11', reason }] as const),
  ],
  'projects/:id/suspension': () => ['POST', 'projects/P02/suspension', { on, reason }],
  'projects/:id/resumption': () => ['POST', 'projects/P02/resumption', { on }],
  'projects/:id/reports/:report/withdrawal': () => [
    ...(['POST', `projects/P02/reports/${report}/withdrawal`, { reason }] as const),
  ],
  'projects/:id/completion': () => ['POST', 'projects/P02/completion', { on }],
  'policies/:id/draft': () => ['POST', 'policies/R01/draft', { on }],
  'policies/:id/issue': () => ['POST', 'policies/R01/issue', { on, documentNumber: '示例〔2024〕9号' }],
  'policies/:id/revisions': () => [
    ...([
      'POST',
      'policies/R01/revisions',
      { on, documentNumber: '示例〔2024〕9号', revises: '示例〔2022〕18号' },
    ] as const),
  ],
  'policies/:id/reports/:report/withdrawal': () => [
    ...(['POST', `policies/R01/reports/${report}/withdrawal`, { reason }] as const),
  ],
  'policies/:id/repeal': () => ['POST', 'policies/R01/repeal', { on, reason }],
  'findings/:id/measures': () => ['POST', 'findings/I01/measures', { on, text: '已改', evidence: [{ title: '附表' }] }],
  'findings/:id/acceptance': () => ['POST', 'findings/I01/acceptance', { on }],
  'findings/:id/return': () => ['POST', 'findings/I01/return', { on, reason }],
  'tasks/:id/progress': () => ['POST', 'tasks/D01/progress', { on, text: '推进' }],
  'tasks/:id/completion': () => ['POST', 'tasks/D01/completion', { on, text: '完成' }],
  'tasks/:id/reports/:report/withdrawal': () => [
    ...(['POST', `tasks/D01/reports/${report}/withdrawal`, { reason }] as const),
  ],
  'tasks/:id/reopening': () => ['POST', 'tasks/D01/reopening', { on, reason }],
  'appraisal/:period/:unit/objections': () => [
    ...(['POST', `appraisal/2023/${other}/objections`, { deduction: 'quality/marks', reason }] as const),
  ],
  'appraisal/:period/:unit/objections/:number/withdrawal': () => [
    ...(['POST', `appraisal/2023/${other}/objections/1/withdrawal`, { reason }] as const),
  ],
  'appraisal/:period/:unit/objections/:number/decision': () => [
    ...(['POST', `appraisal/2023/${other}/objections/1/decision`, { accepted: true, reason }] as const),
  ],
  workbook: () => ['GET', `workbook?unit=${other}&period=2023`],
  reports: () => ['POST', 'reports', { rows: [{ 代码: '03', 单位: other, 期间: '2024', 数值: '1' }] }],
  'interchange/sdmx-csv': () => ['POST', 'interchange/sdmx-csv', { file: { name: 'a.csv', base64: sdmxCsv } }],
  evidence: () => ['POST', `evidence?unit=${other}&title=${encodeURIComponent('台账')}`, pdf],
  'submissions/:id/withdrawal': () => ['POST', `submissions/${submission}/withdrawal`, { reason }],
};

let installation: Installation;
let server: TestServer;
const people = new Map<string, Record<string, string>>();

async function send(who: string, [method, path, body]: Asked): Promise<Answer<Partial<ProblemDetails>>> {
  const response = await fetch(`${server.url}/api/plans/small/${path}`, {
    method,
    headers: {
      ...(who === 'operator' ? asOperator : people.get(who)!),
      ...(body && { 'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json' }),
    },
    ...(body && { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  const parsed = (isJson ? JSON.parse(text) : {}) as Partial<ProblemDetails>;
  return { status: response.status, headers: response.headers, text, body: parsed };
}

beforeAll(async () => {
  installation = await createInstallation();
  server = await serve(installation.data);
  const folder = programmeFolder(
    ['tasks.csv', 'list,331100', `list,${other}`],
    ['policies.csv', 'municipal,331100', `municipal,${other}`],
    ['projects.csv', `P02,${own}`, `P02,${other}`],
  );
  const county = `{ code: '${own}', name: 莲都区, level: county, parent: '331100' }`;
  const neighbour = `${county}\n  - { code: '${other}', name: 青田县, level: county, parent: '331100' }`;
  const plan = (folder['plan.yaml'] as string).replace(county, neighbour);
  // The city's standard holds for the units below.
  const standard = /(definition: 低保标准, [^]*?aggregation: )none/;
  const indicators = (folder['indicators.yaml'] as string).replace(standard, '$1common');
  const files = { ...folder, 'plan.yaml': plan, 'indicators.yaml': indicators };
  await server.engine.submissions.submit(files, undefined, programmeWarnings);
  atFirst = (await server.engine.log.head())!;
  for (const unit of [own, other]) {
    for (const role of ['reporter', 'reviewer', 'corrector', 'backfill', 'leader'] as const) {
      const { headers } = await signUp(server, `${role}·${unit}`, [{ role, plan: 'small', unit }], unit);
      people.set(`${role} of ${unit}`, headers);
    }
  }
  people.set('evaluator', (await signUp(server, '评估员', [{ role: 'evaluator', plan: 'small' }])).headers);
  const assigned = { on: '2024-01-02', owner: other, dueOn: '2024-12-31' };
  expect((await send('operator', ['POST', 'findings/I01/assignment', assigned])).status).toBe(200);
  const rows = [{ 代码: 'L1', 单位: other, 期间: '2023', 数值: '7' }];
  const reported = await send(`reporter of ${other}`, ['POST', 'reports', { rows }]);
  expect(reported.status).toBe(200);
  submission = (reported.body as unknown as { submission: string }).submission;
  const value = { value: marks.value, reason: marks.reason };
  expect((await send(`reporter of ${other}`, ['POST', `${waiting}/measurement`, value])).status).toBe(200);
  const title = encodeURIComponent(marks.title);
  expect((await send(`reporter of ${other}`, ['POST', `evidence?unit=${other}&title=${title}`, pdf])).status).toBe(200);
  await server.engine.caughtUp();
}, 60_000);
afterAll(async () => {
  await server.close();
  await installation.remove();
});

const routes = guardedRoutes(controllersOf(slices)).filter(({ path }) => path.startsWith('plans/:plan'));
const keyOf = ({ path }: { path: string }) => path.replace(/^plans\/:plan\/?/, '');
const roles = ['reporter', 'reviewer', 'corrector', 'backfill', 'leader'] as const;

/** Refused as what does not exist; in bulk each row is. */
function isUnknown({ status, body }: Answer<Partial<ProblemDetails>>): boolean {
  const codes = status === 404 ? [body.code] : (body.problems ?? []).map(({ code }) => code);
  return codes.length > 0 && codes.every((code) => code === 'access.unknown' || code === 'submission.unknown');
}

it('every route over a unit is asked about another one below', () => {
  const overUnits = routes.filter((route) => roles.some((role) => reachOf(route, role) === 'unit')).map(keyOf);
  expect(overUnits.filter((key) => !(key in acts)).sort()).toEqual([
    // This plan continues none: src/continuity/continuity.int.spec.ts asks a reporter of one county.
    'base',
    // Over the plan whole: nobody of one unit does it.
    'evaluations/:id/recommendations/:recommendation/rectifications',
    // The standing has its own right: src/evaluations/judging.int.spec.ts asks them.
    'evaluations/:id/verdicts',
    'evaluations/:id/verdicts/:verdict/revisions',
    'evaluations/:id/verdicts/:verdict/withdrawal',
    // What waits is read through the sight of who asks, below.
    'figures/review',
    'findings/:id/answers',
  ]);
  expect(Object.keys(acts).filter((key) => !overUnits.includes(key))).toEqual([]);
});

describe.each(['reporter', 'reviewer', 'corrector'] as const)('what a %s does not act on', (role: RoleName) => {
  const asked = routes.filter((route) => reachOf(route, role) === 'unit' && keyOf(route) in acts).map(keyOf);

  it.each(asked)('of another unit: %s', async (key) => {
    const before = await server.engine.log.head();
    const stranger = await send(`${role} of ${own}`, acts[key]!());
    expect([stranger.status, stranger.text, isUnknown(stranger)]).toEqual([stranger.status, stranger.text, true]);
    for (const mark of Object.values(marks)) expect(stranger.text).not.toContain(mark);
    expect(await server.engine.log.head()).toBe(before);
    // The same, asked by people of that unit, is refused for other reasons at most.
    if (key !== 'submissions/:id/withdrawal')
      expect(isUnknown(await send(`${role} of ${other}`, acts[key]!()))).toBe(false);
  });
});

it('who may not withdraw a submission is told of none, also where others changed what it brought', async () => {
  const [reporter, stranger] = [`reporter of ${other}`, `reporter of ${own}`];
  const correction = { value: marks.value, reason: marks.reason };
  expect((await send(reporter, ['POST', `figures/L1/${other}/2023/corrections`, correction])).status).toBe(200);
  const none = await send(stranger, ['POST', `submissions/${'0'.repeat(16)}/withdrawal`, { reason }]);
  for (const leave of [[], [`figure/L1/${other}/2023`]]) {
    const refused = await send(stranger, ['POST', `submissions/${submission}/withdrawal`, { reason, leave }]);
    expect(refused.text.replaceAll(submission, '0'.repeat(16))).toBe(none.text);
  }
  expect((await send(reporter, ['POST', `submissions/${submission}/withdrawal`, { reason }])).body.code).toBe(
    'submission.changed-since',
  );
});

describe('what people of another unit read', () => {
  const values: Readonly<Record<string, string>> = {
    ...{ code: '03', unit: other, period: '2023', sha256: sha256(pdf), resource: 'projects' },
  };
  const idOf = (path: string) => (path.includes('projects') || path.includes(':resource') ? 'P02' : 'D01');
  const query = `?unit=${other}&period=2023`;
  // A search quotes nothing of what it is asked.
  const searches = Object.values(marks).map((mark) => `?limit=100&q=${encodeURIComponent(mark)}`);
  const queries = ['', query, `?unit=${other}`, '?period=2023', '?period=2023&from=2023-01-01', '?limit=200'];
  const paths = routes
    .filter(({ method }) => method === 'GET')
    .map(keyOf)
    // A stream without an end: src/digests/changes.int.spec.ts says what it tells.
    .filter((key) => key !== 'changes')
    .map((key) => key.replace(/:(\w+)/g, (_, name: string) => values[name] ?? idOf(key)));

  it('holds nothing that waits there, in any answer; who sees it finds it', async () => {
    const seenBy = async (who: string) => {
      const seen: string[] = [];
      for (const path of paths) {
        for (const each of path === 'search' ? searches : queries) {
          const { text } = await send(who, ['GET', `${path}${each}`]);
          if (Object.values(marks).some((mark) => text.includes(mark))) seen.push(path);
        }
      }
      return [...new Set(seen)].sort();
    };
    for (const role of roles) expect([role, await seenBy(`${role} of ${own}`)]).toEqual([role, []]);
    // A leader sees what is approved.
    expect(await seenBy(`leader of ${other}`)).toEqual([]);
    const shown = await seenBy('evaluator');
    expect(shown).toEqual(expect.arrayContaining(['figures', waiting, `${waiting}/trail`, 'overview']));
    expect(await seenBy(`reporter of ${other}`)).toEqual(shown);
  }, 120_000);

  it('holds nothing that waits in the unit above, where its standard is theirs', async () => {
    const city = (await signUp(server, '市局填报员', [{ role: 'reporter', plan: 'small', unit: '331100' }])).headers;
    people.set('reporter of 331100', city);
    const reported = { value: '14000', reason: marks.reason };
    expect((await send('reporter of 331100', ['POST', 'figures/B1/331100/2024/measurement', reported])).status).toBe(
      200,
    );
    const trail = async (who: string, unit: string) =>
      (await send(who, ['GET', `figures/B1/${unit}/2024/trail`])).text.includes(marks.reason);
    expect(await trail('reporter of 331100', own)).toBe(true);
    expect(await trail(`reporter of ${own}`, own)).toBe(false);
  });

  it.each([
    ['a comparison with a time before', (at: string) => `comparison?left=@${at}&right=now&period=2023`],
    ['its causes', (at: string) => `comparison/causes?left=@${at}&right=now&period=2023`],
    ['what became known since', (at: string) => `known-since?atPosition=${at}&period=2023`],
  ])('holds nothing that waits there, in %s', async (_, path) => {
    const compared = async (who: string) => {
      const answer = await send(who, ['GET', path(atFirst)]);
      expect(answer.status).toBe(200);
      return Object.values(marks).some((mark) => answer.text.includes(mark));
    };
    for (const role of roles) expect([role, await compared(`${role} of ${own}`)]).toEqual([role, false]);
    expect(await compared(`leader of ${other}`)).toBe(false);
    expect(await compared(`reporter of ${other}`)).toBe(true);
  });

  it('holds nothing that waits there, in what the tools of the Model Context Protocol answer', async () => {
    const calls = [
      ['overview', { period: '2023' }],
      ['overview', { period: '2023', unit: other }],
      ['indicator_history', { indicator: '03', unit: other }],
      ['changes', { indicator: '03' }],
      ['compare', { left: `@${atFirst}`, period: '2023' }],
      ['list_snapshots', {}],
    ] as const;
    const seen = async (who: string) => {
      const texts = await Promise.all(
        calls.map(async ([name, asked]) => {
          const response = await fetch(`${server.url}/api/mcp`, {
            method: 'POST',
            headers: {
              ...people.get(who)!,
              ...{ 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
            },
            body: JSON.stringify({
              ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
              params: { name, arguments: { plan: 'small', ...asked } },
            }),
          });
          expect(response.status).toBe(200);
          return response.text();
        }),
      );
      return calls.flatMap(([name], at) =>
        Object.values(marks).some((mark) => texts[at]!.includes(mark)) ? [name] : [],
      );
    };
    for (const role of roles) expect([role, await seen(`${role} of ${own}`)]).toEqual([role, []]);
    expect(await seen(`leader of ${other}`)).toEqual([]);
    expect(await seen(`reporter of ${other}`)).toEqual(['overview', 'indicator_history', 'compare']);
  });

  it('holds no file of theirs, and no submission or warning that quotes their values', async () => {
    const file = (who: string) => send(who, ['GET', `evidence/${sha256(pdf)}`]);
    expect([(await file(`reporter of ${own}`)).status, (await file(`reporter of ${other}`)).status]).toEqual([
      404, 200,
    ]);
    const listed = async (who: string) => {
      const { text } = await send(who, ['GET', 'submissions']);
      const found = JSON.parse(text) as { id: string; received: { kind: string; warnings: object[] } }[];
      return found.map(({ received: { kind, warnings } }) => `${kind}: ${warnings.length}`).sort();
    };
    expect(await listed(`reporter of ${own}`)).toEqual(['folder: 0']);
    expect(await listed(`reporter of ${other}`)).toEqual(['folder: 0', 'rows: 0']);
    expect(await listed('evaluator')).toEqual(['folder: 2', 'rows: 0']);
  });

  it('holds nothing that stands there, in a dry run or a check', async () => {
    const rows = [{ 代码: '03', 单位: other, 期间: '2023', 数值: '1' }];
    const tried = await send(`reporter of ${own}`, ['POST', 'reports', { rows, dryRun: true }]);
    expect(tried.status).toBe(200);
    for (const mark of Object.values(marks)) expect(tried.text).not.toContain(mark);
    expect(tried.text).toContain('access.unknown');
  });
});
