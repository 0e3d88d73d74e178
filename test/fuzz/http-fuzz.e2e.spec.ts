import type { OpenAPIObject } from '@nestjs/swagger';
import { PutForthAppraisal } from '../../src/appraisal/appraisal.commands.js';
import type { AppraisalSheet } from '../../src/appraisal/plan-appraisal.js';
import { OpenEvaluation, TakeSnapshot } from '../../src/evaluations/evaluation.commands.js';
import { AssignFinding, RaiseFinding } from '../../src/findings/finding.commands.js';
import type { ListPage } from '../../src/digests/lists.js';
import { figureStream } from '../../src/figures/figure.events.js';
import type { Reviewed } from '../../src/figures/bulk-review.js';
import type { CommandAnswer } from '../../src/http/api-models.js';
import type { RecordedEvent } from '../../src/kernel/event.js';
import type { InvitationAnswer, PersonAnswer } from '../../src/people/people.controller.js';
import { personStream } from '../../src/people/person.events.js';
import { defaultEvaluationRules } from '../../src/plans/evaluation-rules.js';
import { DraftPolicy, PlanPolicy } from '../../src/policies/policy.commands.js';
import { StartProject } from '../../src/projects/project.commands.js';
import type { ReportResult } from '../../src/reporting/report-result.js';
import { AssignTask, ReportTaskProgress } from '../../src/tasks/task.commands.js';
import { Chance } from '../support/chance.js';
import { password } from '../support/credentials.js';
import { make } from '../support/decider-spec.js';
import { documentedCodes } from '../support/documented-codes.js';
import { send } from '../support/engine.js';
import { asOperator } from '../support/operator.js';
import { signUp, type SignedUp } from '../support/people.js';
import { programmeFolder, programmeWarnings } from '../support/programme-folder.js';
import { serve, type TestServer } from '../support/server.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { operationsOf, type Operation } from './operations.js';
import { RequestMaker, type Known, type Senders, type WireRequest } from './requests.js';
import { Wire, type WireAnswer } from './wire.js';
import { withoutSuccess } from './without-success.js';

const seed = Number(process.env.SEED ?? 20261125);
const requests = Number(process.env.REQUESTS ?? 14_000);
const clients = 8;

const plan = 'small';
const folder = programmeFolder();
const ids: Readonly<Record<string, readonly string[]>> = {
  projects: ['P01', 'P01-1', 'P02'],
  policies: ['R01', 'R02'],
  tasks: ['D01', 'D02', 'D03'],
  promises: ['T01', 'T02', 'T07'],
  findings: ['I01', 'I02', 'I03', 'I90', 'I91', 'I92'],
  evaluations: ['E1', 'E1', 'E1', 'E2'],
  follows: ['03'],
};
/** The first day after a month: rights and unlockings may not end in the past. */
const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const days = ['2022-06-30', '2023-06-30', '2024-11-20', '2026-03-05'];
const years = ['2021', '2022', '2023', '2024', '2025'];

/** A row of a report about an indicator that other requests leave alone. */
const row = (unit: string, period: string, value: string) => ({
  ...{ 表: '指标', 单位: unit, 期间: period, 代码: 'C1', 数值: value },
});

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
  ...{ evidence: [[{ title: '示例台账' }]], sha256: ['0'.repeat(64)], lines: [[1, 2]], anomalies: [['两个数']] },
  ...{ subjectType: ['plan', 'plan', 'promise'], subject: ['T01'] },
  ...{ until: [nextMonth], approval: [[], ['city'], ['county', 'city']], purpose: ['invitation', 'password-reset'] },
  ...{ grant: ['g1', 'g2'], account: ['new.person'], password: [password], permissions: [['plans.read']] },
  ...{ acceptWarnings: [[]], rows: ['7', '8'].map((value) => [row('331102', '2025', value)]) },
  ...{ item: ['plan', 'indicator/03/331102', 'project/P01'], standing: ['experts', 'self'], scale: ['five'] },
  ...{ step: ['behind', 'nearly'], verdict: [1, 2], share: ['87.3'], deff: ['1.5'], useScales: [['five', 'criteria']] },
  ...{ lead: ['p_aaaaaaaaaaaaaaaaaaaa'], scales: [[]] },
  ...{ formula: ['value("03")'], measurement: [{ type: 'direct' }], aggregation: ['none', 'common'] },
};

const qualityRules = [[], [{ id: 'jump', kind: 'jump', percent: '50' }], [{ id: 'whole', kind: 'whole-numbers' }]];
/** Figures that wait for approval, and that other requests leave alone. */
const waiting = ['2021', '2022', '2023', '2024'].map((period) => ({
  ...{ code: 'C1', unit: '331102', period, revision: 0 },
}));

/** The people who send requests, and those whom requests are about. */
interface People {
  readonly reporter: SignedUp;
  readonly reviewer: SignedUp;
  readonly auditor: SignedUp;
  /** Whose access may be ended. */
  readonly others: readonly string[];
  /** Has a token that may be revoked. */
  readonly holder: { readonly person: string; readonly token: string };
  /** Of one-time links: one to look at, one to accept. */
  readonly secrets: { readonly look: string; readonly accept: string };
  /** Submissions that may be withdrawn. */
  readonly submissions: readonly string[];
}
let people: People;

/** Usually somebody who may carry out the operation, otherwise anybody. */
const senders: Senders = ({ path }, chance) => {
  const { reporter, reviewer, auditor } = people;
  if (chance.oneIn(5)) return chance.of([reporter, reviewer, auditor]).headers;
  if (chance.oneIn(3) || !path.startsWith('/api/plans/') || /\/(audit|trail)$/.test(path)) return asOperator;
  const isReviewed =
    /\/evaluations\/(?!.*rectifications$)|figures\/(.*\/(approval|return)$|approvals|returns|review)|findings\/.*\/(acceptance|return)|appraisal\/.*\/(putting-forth|decision)$/;
  return (isReviewed.test(path) ? reviewer : reporter).headers;
};

/** A report that may be withdrawn, on a thing of each kind that no other request is about, by resource. */
const reported: Record<string, { readonly id: string; readonly report: string }> = {};

/** Deductions of the sheets of 2022 that were put forth. */
let deductions: readonly string[] = [];

/** Ids in the lists of the overview, by the list's name. */
const listed: Record<string, readonly string[]> = {};

/** Number of requests so far. */
let made = 0;

/**
 * Number of the thing that a request is about. It grows with the number of requests, so that there are always new
 * things. Requests that end a thing take an older one, which has received other requests before.
 */
function recentNumber(path: string, chance: Chance): number {
  const ends =
    /(cancellation|completion|dropping|withdrawal|repeal|closing|succession|publication|erasure|\}\/end)$/.test(path);
  return 2 + Math.floor(made / 1_000) - (ends ? 2 : chance.below(2));
}

const known: Known = (name, { path, method }, chance) => {
  const resource = path.split('/')[4] ?? '';
  const isPlan = path.split('/').length === 5;
  switch (name) {
    case 'plan':
      // Plans are created and closed under other names, so that this one stays open.
      return (isPlan && ['draft', 'approval', 'closing'].includes(resource)) || path.endsWith('/approval/amendments')
        ? `other-${recentNumber(path, chance)}`
        : plan;
    case 'person':
      if (path.includes('/tokens/')) return people.holder.person;
      if (method === 'GET') return chance.of([...people.others, people.reporter.person]);
      return people.others[recentNumber(path, chance)];
    case 'token':
      return people.holder.token;
    case 'secret':
      return path.endsWith('/look') ? people.secrets.look : people.secrets.accept;
    case 'position':
      return String(20 + chance.below(40));
    case 'deduction':
      return chance.of(deductions);
    case 'period':
      return resource === 'appraisal' ? '2022' : chance.of(years);
    case 'report':
      return reported[resource]?.report;
    case 'role':
      return path.endsWith('/grants') ? chance.of(['leader', 'reviewer', 'reporter', 'auditor']) : undefined;
    case 'kind':
      return resource === 'follows' ? 'indicator' : undefined;
    case 'rules':
      return path.endsWith('/quality-rules') ? chance.of(qualityRules) : defaultEvaluationRules;
    case 'figures':
      return [chance.of(path.endsWith('/approvals') ? waiting.slice(0, 2) : waiting.slice(2))];
    case 'id':
      if (resource === 'submissions') return chance.of(people.submissions);
      if (path.includes('/reports/')) return reported[resource]?.id;
      if (resource === 'overview') return chance.of(listed[path.split('/')[5]!] ?? []);
      if (!(resource in ids) && resource !== '{resource}') return 'x';
      if (resource === '{resource}') return 'P01';
      if (method !== 'POST' || chance.oneIn(3)) return chance.of(ids[resource]!);
      return `N${recentNumber(path, chance)}`;
    case 'code':
      return isPlan || path.endsWith('/definition') || ['units', 'areas'].includes(resource)
        ? `X${chance.below(8)}`
        : chance.of(['03', 'L1', 'B1']);
    case 'units':
      return chance.of([
        ['X0', 'X1'],
        ['X2', 'X3'],
      ]);
    case 'into':
      return path.endsWith('/split') ? ['X4', 'X5'] : chance.of(['X0', 'X2']);
    case 'to':
      if (path.endsWith('/due-day')) return nextMonth;
      return chance.of(path.endsWith('/change') ? days : years);
    case 'value':
      return chance.of(['7', '42', '88']);
    case 'changes':
      return chance.of([[], [{ kind: 'weight', code: '03', value: '2' }], [{ kind: 'rules', version: 0 }]]);
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
  /** `stream@revision` of events whose ids the answer does not tell. */
  const acknowledgedAt = new Set<string>();
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
    for (const id of ['I90', 'I91', 'I92']) {
      const raised = { plan, id, severity: 'low', subjectType: 'plan', title: '表述不一' } as const;
      await send(server.engine, make(RaiseFinding, raised));
      const assigned = { plan, id, owner: '331102', on: days[0]!, dueOn: days[3]! };
      await send(server.engine, make(AssignFinding, assigned));
    }
    await send(server.engine, make(PlanPolicy, { plan, id: 'R90', name: '办法', intent: 'new' }));
    await send(server.engine, make(AssignTask, { plan, id: 'D90', title: '清单' }));
    for (const [resource, command] of Object.entries({
      projects: make(StartProject, { plan, id: 'P01-2', on: days[0]! }),
      policies: make(DraftPolicy, { plan, id: 'R90', on: days[0]! }),
      tasks: make(ReportTaskProgress, { plan, id: 'D90', on: days[0]!, text: '在办' }),
    })) {
      const { events } = await send(server.engine, command);
      reported[resource] = { id: command.id, report: events[0]!.id };
    }
    people = await invited(server);
    await send(server.engine, make(PutForthAppraisal, { plan, period: '2022' }));
    await server.engine.caughtUp();
    const sheets = ['331100', '331102'].map((unit) =>
      server.get<AppraisalSheet>(`/api/plans/${plan}/appraisal/${unit}?period=2022`),
    );
    deductions = (await Promise.all(sheets)).flatMap(({ body: { items } }) =>
      items.flatMap(({ lost }) => lost.flatMap(({ id }) => (id === undefined ? [] : [id]))),
    );
    operations = operationsOf((await server.get<OpenAPIObject>('/api/openapi.json')).body);
    for (const { path } of operations) {
      const kind = /\/overview\/(\w+)\/\{id\}$/.exec(path)?.[1];
      if (kind === undefined) continue;
      const { body } = await server.get<ListPage<{ id: string }>>(`/api/plans/${plan}/overview/${kind}`, asOperator);
      listed[kind] = body.items.map(({ id }) => id);
    }
    before = await allEvents();
  });
  afterAll(async () => {
    await server.close();
    await data.remove();
  });

  it('answers each request as documented', async () => {
    const chance = new Chance(seed);
    const maker = new RequestMaker(chance, known, senders);
    const wire = new Wire(server.url, clients);
    const codes = documentedCodes();
    const client = async () => {
      while (made < requests) {
        const turn = operations[made++ % operations.length]!;
        // Which requests succeed depends on the order of the answers: those that did not yet get more tries.
        const untested = chance.oneIn(4) ? chance.of(operations.filter((one) => isUntested(one))) : undefined;
        const operation = untested ?? turn;
        if (heavy(operation) && !chance.oneIn(8)) continue;
        const request = untested || chance.oneIn(3) ? maker.good(operation) : maker.bad(operation);
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

  const nameOf = ({ method, path }: Pick<Operation, 'method' | 'path'>) => `${method} ${path}`;

  const isUntested = (operation: Operation) =>
    !succeeded.has(nameOf(operation)) && !withoutSuccess.has(nameOf(operation));

  function note({ method, path }: Operation, request: WireRequest, { status, contentType, text }: WireAnswer): void {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 300 || request.method !== method) return;
    const name = nameOf({ method, path });
    succeeded.set(name, (succeeded.get(name) ?? 0) + 1);
    if (!contentType.startsWith('application/json')) return;
    const answer = JSON.parse(text) as Partial<CommandAnswer & InvitationAnswer & Reviewed>;
    if (Array.isArray(answer.events)) for (const { id } of answer.events) acknowledged.add(id);
    if (name === 'POST /api/people') acknowledgedAt.add(`${personStream(answer.person!)}@0`);
    if (/figures\/(approvals|returns)$/.test(path)) {
      for (const { unchanged, revision, ...figure } of answer.figures!) {
        if (!unchanged) acknowledgedAt.add(`${figureStream({ plan, ...figure })}@${revision}`);
      }
    }
  }

  it('was tested thoroughly: nearly every operation succeeded at least once, and many requests were refused', () => {
    const names = operations.map(nameOf);
    const never = operations.filter(isUntested).map(nameOf);
    expect([...withoutSuccess].filter((name) => succeeded.has(name) || !names.includes(name))).toEqual([]);
    // By chance, no thing may have reached the state that an operation needs.
    expect(never.slice(Math.ceil(operations.length / 20))).toEqual([]);
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 412, 415, 422]));
    expect(statuses.get(200)).toBeGreaterThan(requests / 10);
  });

  it('appended exactly the acknowledged events', async () => {
    const after = await allEvents();
    expect(after.slice(0, before.length)).toEqual(before);
    const appended = after.slice(before.length);
    const unacknowledged = appended.filter(
      ({ id, stream, revision, metadata }) =>
        !acknowledged.has(id) &&
        !acknowledgedAt.has(`${stream}@${revision}`) &&
        !metadata.correlationId.startsWith('submission-') &&
        // The program itself tells webhooks.
        metadata.actor.id !== 'reminders' &&
        // And it fetches feeds, by their schedule or where it is asked to.
        !metadata.actor.id.startsWith('feed-'),
    );
    expect(unacknowledged).toEqual([]);
    const stored = new Set(after.map(({ id }) => id));
    expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
    const storedAt = new Set(after.map(({ stream, revision }) => `${stream}@${revision}`));
    expect([...acknowledgedAt].filter((at) => !storedAt.has(at))).toEqual([]);
    expect((await server.engine.projector.status()).filter(({ stopped }) => stopped)).toEqual([]);
  });
});

/** Invites the people of the requests, with what is waiting for them. */
async function invited(server: TestServer): Promise<People> {
  const reporter = await signUp(server, '填报员', [
    { role: 'reporter' },
    { role: 'corrector' },
    { role: 'backfill' },
    { role: 'plan-manager' },
  ]);
  const reviewer = await signUp(server, '审核员', [
    { role: 'reviewer' },
    { role: 'backfill' },
    { role: 'evaluation-lead' },
  ]);
  const auditor = await signUp(server, '审计员', [{ role: 'auditor' }]);
  const others: string[] = [];
  while (others.length < 4 + requests / 1_000) {
    others.push((await signUp(server, '某人', [{ role: 'leader' }, { role: 'reporter', plan }])).person);
  }
  const holder = await signUp(server, '令牌持有人', [{ role: 'leader' }]);
  await server.engine.caughtUp();
  const { tokens } = (await server.get<PersonAnswer>(`/api/people/${holder.person}`)).body;
  const secretFor = async (person: string) => {
    const link = await server.post<InvitationAnswer>(`/api/people/${person}/links`, { purpose: 'invitation' });
    return link.body.secret;
  };
  const report = async (unit: string, period: string) => {
    const rows = [row(unit, period, '7')];
    const answer = await server.post<ReportResult>(`/api/plans/${plan}/reports`, { rows }, reporter.headers);
    expect(answer.body).toMatchObject({ counts: { new: 1 } });
    return answer.body.submission;
  };
  for (const { unit, period } of waiting) await report(unit, period);
  const submissions = [await report('331100', '2025')];
  return {
    ...{ reporter, reviewer, auditor, others, submissions },
    holder: { person: holder.person, token: tokens[0]!.token },
    secrets: { look: await secretFor(reporter.person), accept: await secretFor(reviewer.person) },
  };
}

const shown = ({ method, path, headers, body }: WireRequest) =>
  `${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 400)} ${body?.slice(0, 400) ?? ''}`;

/** How an answer violates docs/http-api.md; undefined if it does not. */
function problemWith(
  { status, contentType, text }: WireAnswer,
  { method, path }: WireRequest,
  codes: ReturnType<typeof documentedCodes>,
): string | undefined {
  if (/\bat \S+ \(|\.[jt]s:\d+|node_modules/.test(text)) return 'a stack trace';
  if (status >= 500) return 'a server error';
  if (status < 400 || method === 'HEAD') return undefined;
  // What is wrong with a message is said as JSON-RPC says it.
  if (/^\/api\/mcp(\?|$)/.test(path) && text.startsWith('{"jsonrpc":"2.0","error":{')) return undefined;
  if (!contentType.startsWith('application/problem+json')) return `${contentType} instead of a problem document`;
  const problem = JSON.parse(text) as { code: string; status: number; title: string; detail: string };
  const known = codes.get(problem.code)?.includes(status) || problem.code === `http.${status}`;
  if (!known) return `the code ${problem.code} is not documented for status ${status}`;
  return problem.status === status && problem.title && problem.detail ? undefined : 'an incomplete problem';
}
