import {
  DecideObjection,
  ObjectToDeduction,
  PutForthAppraisal,
  WithdrawObjection,
} from '../appraisal/appraisal.commands.js';
import { SetAppraisalRules } from '../appraisal-rules/appraisal-rules.commands.js';
import { ExplainAnomaly, JudgeAnomalyExplanation } from '../anomalies/explanation.commands.js';
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
  AdviseAdjustment,
  ConcludeItem,
  GiveVerdict,
  RecordLesson,
  RecordSurvey,
  ReviseVerdict,
  WithdrawStatement,
  WithdrawVerdict,
} from '../evaluations/judging.commands.js';
import { CheckSampledFigure } from '../evaluations/sample-check.commands.js';
import { PauseFeed, RemoveFeed, ResumeFeed, SetFeed } from '../feeds/feed.commands.js';
import {
  ApproveMeasurement,
  CorrectMeasurement,
  DeclareMissing,
  MeasureIndicator,
  ReturnMeasurement,
  WithdrawMeasurement,
} from '../figures/figure.commands.js';
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
} from '../findings/finding.commands.js';
import {
  AmendIndicator,
  ContinueIndicator,
  DefineIndicator,
  RedefineIndicator,
  RetireIndicator,
  ReviseTarget,
  SetIndicatorScope,
  SetTarget,
  WithdrawContinuation,
  WithdrawTarget,
} from '../indicators/indicator.commands.js';
import {
  AmendApproval,
  AmendArea,
  AmendPlan,
  AmendUnit,
  ApprovePlan,
  ClosePlan,
  DefineArea,
  DraftPlan,
  EndUnlocking,
  EnrolUnit,
  RetireArea,
  SetDeadlines,
  SetEvaluationRules,
  SetReportingRules,
  UnlockFigures,
} from '../plans/plan.commands.js';
import { SetPublication } from '../plans/publication.commands.js';
import {
  EndUnit,
  MergeUnits,
  MoveUnit,
  RenameUnit,
  SplitUnit,
  WithdrawUnitChange,
} from '../plans/unit-change.commands.js';
import {
  AmendCitedPolicy,
  AmendPolicy,
  CitePolicy,
  DraftPolicy,
  DropPolicy,
  IssuePolicy,
  PlanPolicy,
  PostponePolicy,
  RepealPolicy,
  RevisePolicy,
  WithdrawPolicyReport,
} from '../policies/policy.commands.js';
import {
  AmendProject,
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
  WithdrawProjectReport,
} from '../projects/project.commands.js';
import {
  EndAccess,
  EndRole,
  ErasePerson,
  GrantRole,
  MovePerson,
  ResetSecondFactor,
  RevokeToken,
} from '../people/person.commands.js';
import { AmendPromise, RecordPromise, WithdrawPromise } from '../promises/promise.commands.js';
import { SetQualityRules } from '../quality/quality.commands.js';
import type { CommandClass } from '../slice/command.js';
import { RemoveWebhook, SetWebhook } from '../webhooks/webhook.commands.js';
import { UsageError } from './session.js';
import {
  AmendTask,
  AssignTask,
  CompleteTask,
  DropTask,
  ReopenTask,
  ReportTaskProgress,
  WithdrawTaskReport,
} from '../tasks/task.commands.js';

/** How a command of the deciders is called. What it takes is said by its class and its route. */
export interface Call {
  readonly type: CommandClass;
  /** Fields that stand behind the command without an option, besides those in the path. */
  readonly operands?: readonly string[];
  /** Options that are not called like their fields. */
  readonly options?: Readonly<Record<string, string>>;
  /** Lists of which each item is one word: what it stands for. The option is repeated for each. */
  readonly words?: Readonly<Record<string, (words: readonly string[]) => object>>;
}

export interface CallGroup {
  readonly description: string;
  readonly calls: Readonly<Record<string, CommandClass | Call>>;
}

const ofReported: Omit<Call, 'type'> = {
  operands: ['value'],
  options: { parts: 'part', explanations: 'explain' },
  words: { parts: partsOf, explanations: explanationsOf },
};

/** Calls of one word: those of figures, which are the most frequent. */
export const figureCalls: CallGroup['calls'] = {
  measure: { type: MeasureIndicator, ...ofReported },
  correct: { type: CorrectMeasurement, ...ofReported },
  approve: ApproveMeasurement,
  return: ReturnMeasurement,
  withdraw: WithdrawMeasurement,
  missing: DeclareMissing,
  'explain-anomaly': ExplainAnomaly,
  'judge-anomaly': JudgeAnomalyExplanation,
};

/** Calls of two words, such as `target revise`. */
export const callGroups: Readonly<Record<string, CallGroup>> = {
  plan: {
    description: '规划：建立、修订、批准、标杆区、评估规则、结束',
    calls: {
      draft: { type: DraftPlan, operands: ['plan'] },
      amend: AmendPlan,
      approve: ApprovePlan,
      'amend-approval': AmendApproval,
      area: { type: DefineArea, operands: ['code'] },
      'amend-area': AmendArea,
      'retire-area': RetireArea,
      rules: SetEvaluationRules,
      reporting: SetReportingRules,
      quality: SetQualityRules,
      'appraisal-rules': SetAppraisalRules,
      unlock: { type: UnlockFigures, operands: ['unit', 'period'] },
      'end-unlock': { type: EndUnlocking, operands: ['unit', 'period'] },
      deadlines: SetDeadlines,
      publication: SetPublication,
      close: ClosePlan,
    },
  },
  unit: {
    description: '责任单位：纳入、更正、更名、改隶、合并、拆分、撤销，撤回误登记的变更',
    calls: {
      enrol: { type: EnrolUnit, operands: ['code'] },
      amend: AmendUnit,
      rename: RenameUnit,
      move: MoveUnit,
      merge: MergeUnits,
      split: SplitUnit,
      end: EndUnit,
      withdraw: WithdrawUnitChange,
    },
  },
  feed: {
    description: '数据源：设定、停用、恢复、删除；按文件设定用 tongjian feed-define',
    calls: { set: SetFeed, pause: PauseFeed, resume: ResumeFeed, remove: RemoveFeed },
  },
  webhook: {
    description: '推送：设定、取消',
    calls: { set: SetWebhook, remove: RemoveWebhook },
  },
  indicator: {
    description: '指标：定义、修改、口径变更、适用范围、停用',
    calls: {
      define: DefineIndicator,
      amend: AmendIndicator,
      redefine: RedefineIndicator,
      scope: { type: SetIndicatorScope, operands: ['unit'] },
      retire: RetireIndicator,
      continue: ContinueIndicator,
      'withdraw-continuation': WithdrawContinuation,
    },
  },
  target: {
    description: '目标：设定、调整、撤销',
    calls: {
      set: { type: SetTarget, operands: ['value'] },
      revise: { type: ReviseTarget, operands: ['value'] },
      withdraw: WithdrawTarget,
    },
  },
  project: {
    description: '项目：登记、修改、开工、形象进度、投资、工期调整、停工、复工、竣工、取消，撤回登记',
    calls: {
      register: RegisterProject,
      amend: AmendProject,
      start: StartProject,
      progress: ReportProjectProgress,
      invest: ReportInvestment,
      'correct-investment': CorrectInvestment,
      reschedule: { type: RescheduleProject, options: { plannedEnd: 'to' } },
      suspend: SuspendProject,
      resume: ResumeProject,
      complete: CompleteProject,
      cancel: CancelProject,
      withdraw: WithdrawProjectReport,
    },
  },
  policy: {
    description: '政策：列入计划、引用、修改、起草、印发、修订、推迟、不再制定、废止，撤回登记',
    calls: {
      plan: PlanPolicy,
      amend: AmendPolicy,
      cite: CitePolicy,
      'amend-cited': AmendCitedPolicy,
      draft: DraftPolicy,
      issue: IssuePolicy,
      revise: RevisePolicy,
      postpone: PostponePolicy,
      drop: DropPolicy,
      repeal: RepealPolicy,
      withdraw: WithdrawPolicyReport,
    },
  },
  task: {
    description: '任务：下达、修改、进展、完成、重启、取消，撤回登记',
    calls: {
      assign: AssignTask,
      amend: AmendTask,
      progress: ReportTaskProgress,
      complete: CompleteTask,
      reopen: ReopenTask,
      drop: DropTask,
      withdraw: WithdrawTaskReport,
    },
  },
  promise: {
    description: '规划任务目标：登记、修改、撤销',
    calls: { record: RecordPromise, amend: AmendPromise, withdraw: WithdrawPromise },
  },
  finding: {
    description: '问题和整改：提出、修改、答复、交办、调整期限、报送、验收、退回、办结、撤销',
    calls: {
      raise: RaiseFinding,
      amend: AmendFinding,
      answer: AnswerFinding,
      assign: AssignFinding,
      due: MoveFindingDue,
      report: ReportMeasures,
      accept: AcceptMeasures,
      return: SendBackMeasures,
      close: CloseFinding,
      withdraw: WithdrawFinding,
    },
  },
  person: {
    description: '人员：调动、授予和终止角色、终止访问、双因素、令牌、注销姓名；邀请用 tongjian invite',
    calls: {
      move: { type: MovePerson, operands: ['unit'] },
      grant: { type: GrantRole, operands: ['role'] },
      'end-role': EndRole,
      'end-access': EndAccess,
      'reset-second-factor': ResetSecondFactor,
      'revoke-token': RevokeToken,
      erase: ErasePerson,
    },
  },
  sheet: {
    description: '考核表：公示、申诉、撤回和裁定申诉；看考核表用 tongjian appraisal',
    calls: {
      'put-forth': PutForthAppraisal,
      object: { type: ObjectToDeduction, operands: ['deduction'] },
      withdraw: WithdrawObjection,
      decide: DecideObjection,
    },
  },
  evaluation: {
    description: '评估：建立、存档、判断、结论、满意度、问题、经验、建议、整改、核对抽查数据、发布、接替',
    calls: {
      open: OpenEvaluation,
      snapshot: TakeSnapshot,
      finding: RecordFinding,
      recommend: MakeRecommendation,
      rectify: ReportRectification,
      judge: { type: GiveVerdict, operands: ['item'] },
      revise: ReviseVerdict,
      withdraw: WithdrawVerdict,
      conclude: { type: ConcludeItem, operands: ['item'] },
      survey: RecordSurvey,
      lesson: RecordLesson,
      adjust: AdviseAdjustment,
      'withdraw-statement': { type: WithdrawStatement, operands: ['kind', 'number'] },
      check: { type: CheckSampledFigure, operands: ['code', 'unit', 'period', 'outcome'] },
      publish: { type: PublishEvaluation, operands: ['snapshot'] },
      supersede: SupersedeEvaluation,
    },
  },
};

/** `jump-02=两家机构年内投入运营`: a rule of data quality, and why what it marks is right. */
function explanationsOf(words: readonly string[]): object {
  return words.map((word) => {
    const [rule, ...text] = word.split('=');
    if (text.length === 0) throw new UsageError(`--explain 须写作 规则代码=说明，收到 ${word}`);
    return { rule, text: text.join('=') };
  });
}

/** The parts of a figure; `无` says that it has none. @throws {UsageError} */
function partsOf(words: readonly string[]): readonly object[] {
  return words.length === 1 && words[0] === '无' ? [] : words.map(partOf);
}

/** `sex.f=48`, of a ratio `sex.f=48/100`. @throws {UsageError} */
function partOf(word: string): object {
  const [, breakdown, part, first, second] = /^([^.=]+)\.([^.=]+)=([^/]+)(?:\/(.+))?$/.exec(word) ?? [];
  if (first === undefined) throw new UsageError(`--part 须写作 sex.f=48，比率写作 sex.f=48/100，收到 ${word}`);
  return { breakdown, part, ...(second === undefined ? { value: first } : { numerator: first, denominator: second }) };
}
