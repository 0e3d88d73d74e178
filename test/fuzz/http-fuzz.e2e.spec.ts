import type { OpenAPIObject } from '@nestjs/swagger';
import { OpenEvaluation, TakeSnapshot } from '../../src/evaluations/evaluation.commands.js';
import { defaultEvaluationRules } from '../../src/plans/evaluation-rules.js';
import type { CommandAnswer } from '../../src/http/api-models.js';
import type { RecordedEvent } from '../../src/kernel/event.js';
import { Chance } from '../support/chance.js';
import { make } from '../support/decider-spec.js';
import { documentedCodes } from '../support/documented-codes.js';
import { send } from '../support/engine.js';
import { programmeFolder, programmeWarnings } from '../support/programme-folder.js';
import { serve, type TestServer } from '../support/server.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { operationsOf, type Operation } from './operations.js';
import { RequestMaker, type Known, type WireRequest } from './requests.js';
import { Wire, type WireAnswer } from './wire.js';

const seed = Number(process.env.SEED ?? 20261125);
const requests = Number(process.env.REQUESTS ?? 10_000);
const clients = 8;

const plan = 'small';
const folder = programmeFolder();
const ids: Readonly<Record<string, readonly string[]>> = {
  projects: ['P01', 'P01-1', 'P02'],
  policies: ['R01', 'R02'],
  tasks: ['D01', 'D02', 'D03'],
  promises: ['T01', 'T02', 'T07'],
  findings: ['I01', 'I02', 'I03'],
  evaluations: ['E1', 'E1', 'E1', 'E2'],
};
const days = ['2022-06-30', '2023-06-30', '2024-11-20', '2026-03-05'];
const years = ['2021', '2022', '2023', '2024', '2025'];

/** Plausible values by field name, for fields with the same meaning everywhere. */
const valuesByField: Readonly<Record<string, readonly unknown[]>> = {
  ...{ unit: ['331100', '331102'], owner: ['331100'], parent: ['331100'], actionPlan: ['P1'], area: ['A1'] },
  ...{ indicator: ['03'], task: ['D01'], package: ['P01'], resource: ['projects'], files: [folder] },
  ...{ period: years, fromPeriod: years, plannedStart: ['2021', '2022'], plannedEnd: ['2023', '2024', '2027'] },
  ...{ baseline: ['2020'], startYear: [2021], endYear: [2025], midterm: ['2022'], due: years },
  ...{ on: days, day: days, asOf: days, from: days, knownAt: ['2026-03-02', '2026-02-28'] },
  ...{ approvedOn: days, dueOn: days, atPosition: ['60', '75', '80'], left: ['E1/1'], right: ['E1/1', 'now'] },
  ...{ amount: ['4800', '6000', '12000'], investment: ['10000'], percent: ['40', '70'], by: ['E2'] },
  ...{ number: [1], snapshot: [1], recommendation: [1], weight: ['1'], minimum: ['0'], maximum: ['100'] },
  ...{
    numerator: ['7'],
    denominator: ['9'],
    documentNumber: ['示例1号', '示例2号'],
    revises: ['示例1号', '示例〔2024〕6号'],
  },
  ...{ sha256: ['0'.repeat(64)], rules: [defaultEvaluationRules], lines: [[1, 2]], anomalies: [['两个数']] },
  ...{ subjectType: ['plan', 'plan', 'promise'], subject: ['T01'] },
  ...{ formula: ['value("03")'], measurement: [{ type: 'direct' }], aggregation: ['none', 'common'] },
};

/** Number of requests so far. */
let made = 0;

/**
 * Number of the thing that a request is about. It grows with the number of requests, so that there are always new
 * things. Requests that end a thing take an older one, which has received other requests before.
 */
function recentNumber(path: string, chance: Chance): number {
  const ends = /(cancellation|completion|dropping|withdrawal|repeal|closing|succession|publication)$/.test(path);
  return 2 + Math.floor(made / 1_000) - (ends ? 2 : chance.below(2));
}

const known: Known = (name, { path, method }, chance) => {
  const resource = path.split('/')[4] ?? '';
  const isPlan = path.split('/').length === 5;
  switch (name) {
    case 'plan':
      // Plans are created and closed under other names, so that this one stays open.
      return isPlan && ['draft', 'approval', 'closing'].includes(resource)
        ? `other-${recentNumber(path, chance)}`
        : plan;
    case 'id':
      if (resource === '{resource}') return 'P01';
      if (method !== 'POST' || chance.oneIn(3)) return chance.of(ids[resource]!);
      return `N${recentNumber(path, chance)}`;
    case 'code':
      return isPlan || path.endsWith('/definition') || ['units', 'areas'].includes(resource)
        ? `X${chance.below(30)}`
        : chance.of(['03', 'L1', 'B1']);
    case 'to':
      return chance.of(path.endsWith('/change') ? days : years);
    case 'value':
      return chance.of(['7', '42', '88']);
    case 'numerator':
    case 'denominator':
      // No indicator of this plan is a ratio.
      return undefined;
    default:
      return valuesByField[name] && chance.of(valuesByField[name]);
  }
};

/** Slow operations, which are requested less often. */
const heavy = (operation: Operation) =>
  ['/api/views/rebuild', '/api/events', '/api/submissions'].includes(operation.path) ||
  /report\.html$|verification$/.test(operation.path);

describe(`the HTTP API with valid and invalid requests (SEED=${seed}, REQUESTS=${requests})`, () => {
  let data: TemporaryFolder;
  let server: TestServer;
  let operations: Operation[];
  const succeeded = new Map<string, number>();
  const statuses = new Map<number, number>();
  const failures: string[] = [];
  const acknowledged = new Set<string>();
  let before: RecordedEvent[];

  const allEvents = async () => {
    const events: RecordedEvent[] = [];
    for (;;) {
      const page = await server.engine.log.readAll({ after: events.at(-1)?.position, limit: 5_000 });
      if (page.length === 0) return events;
      events.push(...page);
    }
  };

  beforeAll(async () => {
    data = await temporaryFolder();
    server = await serve(data.path());
    await server.engine.submissions.submit(folder, undefined, programmeWarnings);
    for (const id of ['E1', 'E2']) {
      await send(server.engine, make(OpenEvaluation, { plan, id, kind: 'midterm', period: '2022' }));
    }
    await send(server.engine, make(TakeSnapshot, { plan, id: 'E1' }));
    await server.engine.caughtUp();
    operations = operationsOf((await server.get<OpenAPIObject>('/api/openapi.json')).body);
    before = await allEvents();
  });
  afterAll(async () => {
    await server.close();
    await data.remove();
  });

  it('answers each request as documented', async () => {
    const chance = new Chance(seed);
    const maker = new RequestMaker(chance, known);
    const wire = new Wire(server.url, clients);
    const codes = documentedCodes();
    const client = async () => {
      while (made < requests) {
        const operation = operations[made++ % operations.length]!;
        if (heavy(operation) && !chance.oneIn(8)) continue;
        const request = chance.oneIn(3) ? maker.good(operation) : maker.bad(operation);
        const answer = await wire
          .send(request)
          .catch((error: unknown) => ({ status: 599, contentType: '', text: String(error) }));
        const problem = problemWith(answer, request, codes);
        if (problem) failures.push(`${problem}: ${shown(request)} → ${answer.status} ${answer.text.slice(0, 500)}`);
        note(operation, request, answer);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    wire.close();
    expect(failures).toEqual([]);
  }, 600_000);

  function note({ method, path }: Operation, request: WireRequest, { status, contentType, text }: WireAnswer): void {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 300 || request.method !== method) return;
    const name = `${method} ${path}`;
    succeeded.set(name, (succeeded.get(name) ?? 0) + 1);
    if (!contentType.startsWith('application/json')) return;
    const { events = [] } = JSON.parse(text) as Partial<CommandAnswer>;
    if (Array.isArray(events)) for (const { id } of events) acknowledged.add(id);
  }

  it('was tested thoroughly: nearly every operation succeeded at least once, and many requests were refused', () => {
    const never = operations.map(({ method, path }) => `${method} ${path}`).filter((name) => !succeeded.has(name));
    // By chance, no thing may have reached the state that an operation needs.
    expect(never.slice(Math.ceil(operations.length / 20))).toEqual([]);
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 404, 412, 415, 422]));
    expect(statuses.get(200)).toBeGreaterThan(requests / 10);
  });

  it('appended exactly the acknowledged events', async () => {
    const after = await allEvents();
    expect(after.slice(0, before.length)).toEqual(before);
    const appended = after.slice(before.length);
    const unacknowledged = appended.filter(
      ({ id, metadata }) => !acknowledged.has(id) && !metadata.correlationId.startsWith('submission-'),
    );
    expect(unacknowledged).toEqual([]);
    const stored = new Set(after.map(({ id }) => id));
    expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
    expect((await server.engine.projector.status()).filter(({ stopped }) => stopped)).toEqual([]);
  });
});

const shown = ({ method, path, headers, body }: WireRequest) =>
  `${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 400)} ${body?.slice(0, 400) ?? ''}`;

/** How an answer violates docs/http-api.md; undefined if it does not. */
function problemWith(
  { status, contentType, text }: WireAnswer,
  { method }: WireRequest,
  codes: ReturnType<typeof documentedCodes>,
): string | undefined {
  if (/\bat \S+ \(|\.[jt]s:\d+|node_modules/.test(text)) return 'a stack trace';
  if (status >= 500) return 'a server error';
  if (status < 400 || method === 'HEAD') return undefined;
  if (!contentType.startsWith('application/problem+json')) return `${contentType} instead of a problem document`;
  const problem = JSON.parse(text) as { code: string; status: number; title: string; detail: string };
  const known = codes.get(problem.code)?.includes(status) || problem.code === `http.${status}`;
  if (!known) return `the code ${problem.code} is not documented for status ${status}`;
  return problem.status === status && problem.title && problem.detail ? undefined : 'an incomplete problem';
}
