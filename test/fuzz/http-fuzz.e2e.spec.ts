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
const atOnce = 8;

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

/** Fields that are the same wherever they stand. */
const same: Readonly<Record<string, readonly unknown[]>> = {
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
  ...{ formula: ['value("03")'], measurement: [{ type: 'direct' }], aggregation: ['none', 'common'] },
};

/** Requests so far. */
let made = 0;

/** New things all along; what ends a thing is done to an older one, so that much is done before. */
function lately(path: string, chance: Chance): number {
  const ends = /(cancellation|completion|dropping|repeal|closing|succession|publication)$/.test(path);
  return 2 + Math.floor(made / 1_000) - (ends ? 2 : chance.below(2));
}

const known: Known = (name, { path, method }, chance) => {
  const resource = path.split('/')[4] ?? '';
  const isPlan = path.split('/').length === 5;
  switch (name) {
    case 'plan':
      // What begins and ends a plan is done to others, so that this one stays open.
      return isPlan && ['draft', 'approval', 'closing'].includes(resource) ? `other-${lately(path, chance)}` : plan;
    case 'id':
      if (resource === '{resource}') return 'P01';
      if (method !== 'POST' || chance.oneIn(3)) return chance.of(ids[resource]!);
      return `N${lately(path, chance)}`;
    case 'code':
      return isPlan || path.endsWith('/definition') ? `X${chance.below(30)}` : chance.of(['03', 'L1', 'B1']);
    case 'to':
      return chance.of(path.endsWith('/change') ? days : years);
    case 'value':
      return chance.of(['7', '42', '88']);
    case 'numerator':
    case 'denominator':
      // No indicator of this plan is a ratio.
      return undefined;
    default:
      return same[name] && chance.of(same[name]);
  }
};

/** Slow ones are asked for less often: they make or read everything. */
const heavy = (operation: Operation) =>
  ['/api/views/rebuild', '/api/events', '/api/submissions'].includes(operation.path) ||
  /report\.html$|verification$/.test(operation.path);

describe(`HTTP under good and bad requests (SEED=${seed}, REQUESTS=${requests})`, () => {
  let data: TemporaryFolder;
  let server: TestServer;
  let operations: Operation[];
  const succeeded = new Map<string, number>();
  const met = new Map<number, number>();
  const wrong: string[] = [];
  const acknowledged = new Set<string>();
  let before: RecordedEvent[];

  const everything = async () => {
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
    before = await everything();
  });
  afterAll(async () => {
    await server.close();
    await data.remove();
  });

  it('answers each of them as it should', async () => {
    const chance = new Chance(seed);
    const maker = new RequestMaker(chance, known);
    const wire = new Wire(server.url, atOnce);
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
        if (problem) wrong.push(`${problem}: ${shown(request)} → ${answer.status} ${answer.text.slice(0, 500)}`);
        note(operation, request, answer);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, client));
    wire.close();
    expect(wrong).toEqual([]);
  }, 600_000);

  function note({ method, path }: Operation, request: WireRequest, { status, contentType, text }: WireAnswer): void {
    met.set(status, (met.get(status) ?? 0) + 1);
    if (status >= 300 || request.method !== method) return;
    const name = `${method} ${path}`;
    succeeded.set(name, (succeeded.get(name) ?? 0) + 1);
    if (!contentType.startsWith('application/json')) return;
    const { events = [] } = JSON.parse(text) as Partial<CommandAnswer>;
    if (Array.isArray(events)) for (const { id } of events) acknowledged.add(id);
  }

  it('was asked in earnest: nearly every operation succeeded at times, and much was refused', () => {
    const never = operations.map(({ method, path }) => `${method} ${path}`).filter((name) => !succeeded.has(name));
    // By chance a thing may not have come into the state that an operation needs.
    expect(never.slice(Math.ceil(operations.length / 20))).toEqual([]);
    expect([...met.keys()]).toEqual(expect.arrayContaining([200, 400, 404, 412, 415, 422]));
    expect(met.get(200)).toBeGreaterThan(requests / 10);
  });

  it('left the log as the refused requests found it', async () => {
    const after = await everything();
    expect(after.slice(0, before.length)).toEqual(before);
    const appended = after.slice(before.length);
    const unannounced = appended.filter(
      ({ id, metadata }) => !acknowledged.has(id) && !metadata.correlationId.startsWith('submission-'),
    );
    expect(unannounced).toEqual([]);
    const standing = new Set(after.map(({ id }) => id));
    expect([...acknowledged].filter((id) => !standing.has(id))).toEqual([]);
    expect((await server.engine.projector.status()).filter(({ stopped }) => stopped)).toEqual([]);
  });
});

const shown = ({ method, path, headers, body }: WireRequest) =>
  `${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 400)} ${body?.slice(0, 400) ?? ''}`;

/** What is not as docs/http-api.md promises. */
function problemWith(
  { status, contentType, text }: WireAnswer,
  { method }: WireRequest,
  codes: ReturnType<typeof documentedCodes>,
): string | undefined {
  if (/\bat \S+ \(|\.[jt]s:\d+|node_modules/.test(text)) return 'a stack trace';
  if (status >= 500) return 'a defect';
  if (status < 400 || method === 'HEAD') return undefined;
  if (!contentType.startsWith('application/problem+json')) return `no problem document but ${contentType}`;
  const problem = JSON.parse(text) as { code: string; status: number; title: string; detail: string };
  const known = codes.get(problem.code)?.includes(status) || problem.code === `http.${status}`;
  if (!known) return `the code ${problem.code} is not one of ${status}`;
  return problem.status === status && problem.title && problem.detail ? undefined : 'an incomplete problem';
}
