import {
  MakeRecommendation,
  OpenEvaluation,
  PublishEvaluation,
  RecordFinding,
  ReportRectification,
  SupersedeEvaluation,
  TakeSnapshot,
} from '../evaluations/evaluation.commands.js';
import {
  ApproveMeasurement,
  CorrectMeasurement,
  DeclareMissing,
  MeasureIndicator,
  ReturnMeasurement,
  WithdrawMeasurement,
} from '../figures/figure.commands.js';
import { AnswerFinding, CloseFinding, RaiseFinding } from '../findings/finding.commands.js';
import {
  DefineIndicator,
  RedefineIndicator,
  RetireIndicator,
  ReviseTarget,
  SetIndicatorScope,
  SetTarget,
} from '../indicators/indicator.commands.js';
import {
  ApprovePlan,
  ClosePlan,
  DefineArea,
  DraftPlan,
  EnrolUnit,
  SetEvaluationRules,
} from '../plans/plan.commands.js';
import { EndUnit, MergeUnits, MoveUnit, RenameUnit, SplitUnit } from '../plans/unit-change.commands.js';
import {
  CitePolicy,
  DraftPolicy,
  DropPolicy,
  IssuePolicy,
  PlanPolicy,
  PostponePolicy,
  RepealPolicy,
  RevisePolicy,
} from '../policies/policy.commands.js';
import {
  CancelProject,
  CompleteProject,
  CorrectInvestment,
  RegisterProject,
  ReportInvestment,
  ReportProjectProgress,
  RescheduleProject,
  ResumeProject,
  StartProject,
  SuspendProject,
} from '../projects/project.commands.js';
import { RecordPromise } from '../promises/promise.commands.js';
import type { CommandClass } from '../slice/command.js';
import { UsageError } from './session.js';
import { AssignTask, CompleteTask, ReopenTask, ReportTaskProgress } from '../tasks/task.commands.js';

/** How a command of the deciders is called. What it takes is said by its class and its route. */
export interface Call {
  readonly type: CommandClass;
  /** Fields that stand behind the command without an option, besides those in the path. */
  readonly operands?: readonly string[];
  /** Options that are not called like their fields. */
  readonly options?: Readonly<Record<string, string>>;
  /** Lists of which each item is one word: what it stands for. The option is repeated for each. */
  readonly words?: Readonly<Record<string, (word: string) => object>>;
}

export interface CallGroup {
  readonly description: string;
  readonly calls: Readonly<Record<string, CommandClass | Call>>;
}

const ofReported: Omit<Call, 'type'> = { operands: ['value'], options: { parts: 'part' }, words: { parts: partOf } };

/** Calls of one word: those of figures, which are the most frequent. */
export const figureCalls: CallGroup['calls'] = {
  measure: { type: MeasureIndicator, ...ofReported },
  correct: { type: CorrectMeasurement, ...ofReported },
  approve: ApproveMeasurement,
  return: ReturnMeasurement,
  withdraw: WithdrawMeasurement,
  missing: DeclareMissing,
};

/** Calls of two words, such as `target revise`. */
export const callGroups: Readonly<Record<string, CallGroup>> = {
  plan: {
    description: '规划：建立、批准、标杆区、评估规则、结束',
    calls: {
      draft: { type: DraftPlan, operands: ['plan'] },
      approve: ApprovePlan,
      area: { type: DefineArea, operands: ['code'] },
      rules: SetEvaluationRules,
      close: ClosePlan,
    },
  },
  unit: {
    description: '责任单位：纳入、更名、改隶、合并、拆分、撤销',
    calls: {
      enrol: { type: EnrolUnit, operands: ['code'] },
      rename: RenameUnit,
      move: MoveUnit,
      merge: MergeUnits,
      split: SplitUnit,
      end: EndUnit,
    },
  },
  indicator: {
    description: '指标：定义、口径变更、适用范围、停用',
    calls: {
      define: DefineIndicator,
      redefine: RedefineIndicator,
      scope: { type: SetIndicatorScope, operands: ['unit'] },
      retire: RetireIndicator,
    },
  },
  target: {
    description: '目标：设定、调整',
    calls: {
      set: { type: SetTarget, operands: ['value'] },
      revise: { type: ReviseTarget, operands: ['value'] },
    },
  },
  project: {
    description: '项目：登记、开工、形象进度、投资、工期调整、停工、复工、竣工、取消',
    calls: {
      register: RegisterProject,
      start: StartProject,
      progress: ReportProjectProgress,
      invest: ReportInvestment,
      'correct-investment': CorrectInvestment,
      reschedule: { type: RescheduleProject, options: { plannedEnd: 'to' } },
      suspend: SuspendProject,
      resume: ResumeProject,
      complete: CompleteProject,
      cancel: CancelProject,
    },
  },
  policy: {
    description: '政策：列入计划、引用、起草、印发、修订、推迟、不再制定、废止',
    calls: {
      plan: PlanPolicy,
      cite: CitePolicy,
      draft: DraftPolicy,
      issue: IssuePolicy,
      revise: RevisePolicy,
      postpone: PostponePolicy,
      drop: DropPolicy,
      repeal: RepealPolicy,
    },
  },
  task: {
    description: '任务：下达、进展、完成、重启',
    calls: { assign: AssignTask, progress: ReportTaskProgress, complete: CompleteTask, reopen: ReopenTask },
  },
  promise: { description: '规划承诺', calls: { record: RecordPromise } },
  finding: {
    description: '规划文本中的问题：提出、答复、办结',
    calls: { raise: RaiseFinding, answer: AnswerFinding, close: CloseFinding },
  },
  evaluation: {
    description: '评估：建立、冻结快照、问题、建议、整改、发布、接替',
    calls: {
      open: OpenEvaluation,
      snapshot: TakeSnapshot,
      finding: RecordFinding,
      recommend: MakeRecommendation,
      rectify: ReportRectification,
      publish: { type: PublishEvaluation, operands: ['snapshot'] },
      supersede: SupersedeEvaluation,
    },
  },
};

/** `sex.f=48`, of a ratio `sex.f=48/100`. @throws {UsageError} */
function partOf(word: string): object {
  const [, breakdown, part, first, second] = /^([^.=]+)\.([^.=]+)=([^/]+)(?:\/(.+))?$/.exec(word) ?? [];
  if (first === undefined) throw new UsageError(`--part 须写作 sex.f=48，比率写作 sex.f=48/100，收到 ${word}`);
  return { breakdown, part, ...(second === undefined ? { value: first } : { numerator: first, denominator: second }) };
}
