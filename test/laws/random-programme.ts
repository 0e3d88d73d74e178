import fc from 'fast-check';
import {
  AcceptMeasures,
  AmendFinding,
  AnswerFinding,
  AssignFinding,
  CloseFinding,
  MoveFindingDue,
  RaiseFinding,
  ReportMeasures,
  SendBackMeasures,
  WithdrawFinding,
} from '../../src/findings/finding.commands.js';
import {
  AmendPolicy,
  DraftPolicy,
  DropPolicy,
  IssuePolicy,
  PlanPolicy,
  PostponePolicy,
  RepealPolicy,
  RevisePolicy,
  WithdrawPolicyReport,
} from '../../src/policies/policy.commands.js';
import { AmendPromise, RecordPromise, WithdrawPromise } from '../../src/promises/promise.commands.js';
import type { Command } from '../../src/slice/command.js';
import {
  AmendTask,
  AssignTask,
  CompleteTask,
  DropTask,
  ReopenTask,
  ReportTaskProgress,
  WithdrawTaskReport,
} from '../../src/tasks/task.commands.js';
import { make } from '../support/decider-spec.js';
import { plan } from '../support/examples/plans.js';
import { projectCommand, register } from '../support/random-projects.js';
import { idAt, loader, someone } from '../support/recorded.js';
import type { Step } from './random-commands.js';

const said = fc.record({
  id: fc.constantFrom('X1', 'X1', 'X1', 'X2'),
  on: fc.constantFrom('2022-01-15', '2022-06-30', '2022-12-31', '2023-02-28', '2023-06-30'),
  text: fc.constantFrom('已办', '在办'),
  period: fc.constantFrom('2022', '2023', '2024-S1'),
  number: fc.constantFrom('示例1号', '示例2号'),
  other: fc.constantFrom('示例1号', '示例2号'),
  place: fc.integer({ min: 2, max: 8 }),
});

type Said = typeof said extends fc.Arbitrary<infer T> ? T : never;

const commands: readonly ((of: Said) => Command)[] = [
  ({ id, period }) => make(PlanPolicy, { plan, id, name: '办法', intent: 'new', to: period }),
  ({ id, period }) => make(AmendPolicy, { plan, id, name: '条例', intent: 'new', to: period }),
  ({ id, on }) => make(DraftPolicy, { plan, id, on }),
  ({ id, on, number }) => make(IssuePolicy, { plan, id, on, documentNumber: number }),
  ({ id, on, number }) => make(IssuePolicy, { plan, id, on, documentNumber: number }),
  ({ id, on, number, other }) => make(RevisePolicy, { plan, id, on, documentNumber: number, revises: other }),
  ({ id, on, number, other }) => make(RevisePolicy, { plan, id, on, documentNumber: number, revises: other }),
  ({ id, period }) => make(PostponePolicy, { plan, id, to: period }),
  ({ id, on }) => make(DropPolicy, { plan, id, on }),
  ({ id, on }) => make(RepealPolicy, { plan, id, on }),
  ({ id, place }) => make(WithdrawPolicyReport, { plan, id, report: idAt(place) }),
  ({ id, text, period }) => make(AssignTask, { plan, id, title: text, due: period }),
  ({ id, on, text }) => make(ReportTaskProgress, { plan, id, on, text }),
  ({ id, on, text }) => make(CompleteTask, { plan, id, on, text }),
  ({ id, on }) => make(ReopenTask, { plan, id, on }),
  ({ id, text, period }) => make(AmendTask, { plan, id, title: text, due: period }),
  ({ id, on }) => make(DropTask, { plan, id, on }),
  ({ id, place }) => make(WithdrawTaskReport, { plan, id, report: idAt(place) }),
  ({ id }) => make(RecordPromise, { plan, id, statement: '承诺', indicator: '03', commitment: 'firm' }),
  ({ id, text }) => make(RecordPromise, { plan, id, statement: text, task: id, commitment: 'firm' }),
  ({ id, text }) => make(AmendPromise, { plan, id, statement: text, indicator: '03', commitment: 'strive' }),
  ({ id }) => make(WithdrawPromise, { plan, id }),
  ({ id }) => make(RaiseFinding, { plan, id, severity: 'low', subjectType: 'task', subject: id, title: '问题' }),
  ({ id, on, text }) => make(AnswerFinding, { plan, id, on, text }),
  ({ id, on, text }) => make(CloseFinding, { plan, id, on, text }),
  ({ id, text }) => make(AmendFinding, { plan, id, severity: 'low', subjectType: 'plan', title: text }),
  ({ id }) => make(WithdrawFinding, { plan, id }),
  ({ id, on, text }) => make(AssignFinding, { plan, id, on, owner: '331100', dueOn: '2025-12-31', reason: text }),
  ({ id, text }) => make(MoveFindingDue, { plan, id, to: '2025-11-30', reason: text }),
  ({ id, on, text }) => make(ReportMeasures, { plan, id, on, text, evidence: [{ title: text }] }),
  ({ id, on }) => make(AcceptMeasures, { plan, id, on }),
  ({ id, on, text }) => make(SendBackMeasures, { plan, id, on, reason: text }),
];

const circumstances = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ reason: '复核' }) },
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record({
      reason: fc.constant('汛期'),
      knownAt: fc.constantFrom('2023-03-01', '2024-03-01', '2026-10-02'),
      demo: fc.boolean(),
    }),
  },
);
const command = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...commands), said).map(([of, what]) => of(what)) },
  { weight: 1, arbitrary: projectCommand },
);

const step = (of: fc.Arbitrary<Command>): fc.Arbitrary<Step> =>
  fc.record({
    command: fc.tuple(of, circumstances).map(([made, around]) => Object.assign(made, around)),
    actor: fc.constantFrom(someone, { ...loader, id: 'backfiller' }),
    later: fc.constantFrom(0, 1, 86_400_000),
  });

const first: readonly Command[] = [
  register(),
  make(PlanPolicy, { plan, id: 'X1', name: '办法', intent: 'new', to: '2022' }),
  make(AssignTask, { plan, id: 'X1', title: '在办', due: '2022' }),
  make(RaiseFinding, { plan, id: 'X1', severity: 'low', subjectType: 'task', subject: 'X1', title: '问题' }),
];

/** Random steps with projects, policies, tasks, promises and findings, after steps that create one of each. */
export const programmeSteps: fc.Arbitrary<Step[]> = fc
  .array(step(command), { minLength: 20, maxLength: 40, size: 'max' })
  .map((walk) => [...first.map((each): Step => ({ command: each, actor: loader, later: 0 })), ...walk]);
