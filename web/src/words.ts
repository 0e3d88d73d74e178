import type {
  AppraisalRules,
  Assessment,
  AssessorStanding,
  Check,
  Difference,
  EvaluationKind,
  IndexMove,
  FindingNow,
  IndicatorDocument,
  Light,
  PolicyNow,
  ProjectNow,
  PromiseNow,
  ReadinessLine,
  RoleName,
  Row,
  Severity,
  Status,
  SubjectType,
  TaskNow,
  Unmeasured,
} from './api/types';
import { t } from './shared/i18n';

/** Official Chinese terms (正式用语), as used in reports. */
export const statusWords: Readonly<Record<Status, string>> = {
  'completed-early': t('提前实现'),
  completed: t('已完成'),
  ahead: t('快于预期'),
  'as-expected': t('符合预期'),
  roughly: t('基本符合预期'),
  behind: t('滞后'),
  'severely-behind': t('严重滞后'),
  'no-data': t('暂无数据'),
  incomparable: t('不可比'),
  'not-applicable': t('不适用'),
};

export const lightOfStatus = (status: Status): Light => {
  switch (status) {
    case 'completed-early':
    case 'completed':
    case 'ahead':
    case 'as-expected':
      return 'green';
    case 'roughly':
      return 'yellow';
    case 'behind':
    case 'severely-behind':
      return 'red';
    default:
      return 'grey';
  }
};

export const isStatus = (text: string): text is Status => text in statusWords;

export const lightWords: Readonly<Record<Light, string>> = {
  green: t('绿灯'),
  yellow: t('黄灯'),
  red: t('红灯'),
  grey: t('灰灯'),
};

export const outlookWords: Readonly<Record<NonNullable<Assessment['outlook']>, string>> = {
  reachable: t('可完成'),
  'needs-effort': t('需努力'),
  'hardly-reachable': t('难以完成'),
};

export const verdictWords: Readonly<Record<NonNullable<Assessment['verdict']>, string>> = {
  completed: t('完成'),
  'basically-completed': t('基本完成'),
  'not-completed': t('未完成'),
};

export const absentWords: Readonly<Record<Unmeasured['absent'], string>> = {
  'not-reported': t('未上报'),
  'not-approved': t('待审核，不计入'),
  missing: t('缺报'),
  returned: t('已退回'),
  withdrawn: t('已撤回'),
  incomplete: t('汇总不全'),
  uncomputed: t('无法计算'),
  'other-borders': t('区划不同，无可比数据'),
};

const missingWords: Readonly<Record<string, string>> = {
  'not-due': t('未到报送期'),
  'not-collected': t('未统计'),
  'not-applicable': t('不适用'),
  'under-verification': t('待核实'),
};

/** Why there is no value, in one word: `未统计` of what was declared missing. */
export const absenceWord = ({ absent, because }: Pick<Unmeasured, 'absent' | 'because'>): string =>
  because === undefined ? absentWords[absent] : (missingWords[because] ?? because);

/** Reason for a missing value, for example `缺报（未统计）`. What is 不适用 is missed by nobody. */
export function absenceText(finding: Pick<Unmeasured, 'absent' | 'because'>): string {
  const { absent, because } = finding;
  const isMissed = because !== undefined && because !== 'not-applicable';
  if (!isMissed) return absenceWord(finding);
  return t('{{absent}}（{{because}}）', { absent: absentWords[absent], because: absenceWord(finding) });
}

export const attributeWords: Readonly<Record<Row['attribute'], string>> = {
  binding: t('约束性'),
  expected: t('预期性'),
};

export const kindWords: Readonly<Record<Row['kind'], string>> = {
  level: t('水平值'),
  cumulative: t('规划期累计'),
  growth: t('年均增速'),
  hold: t('保持（底线）'),
};

export const directionWords: Readonly<Record<Row['direction'], string>> = {
  higher: t('越高越好'),
  lower: t('越低越好'),
};

export const trajectoryWords: Readonly<Record<Row['trajectory'], string>> = {
  milestones: t('按规划各目标点分段直线'),
  linear: t('基期到终期直线'),
  geometric: t('等比（年均增速）'),
};

export const aggregationWords: Readonly<
  Record<IndicatorDocument['definitions'][number]['definition']['aggregation'], string>
> = {
  'ratio-of-sums': t('各单位分子之和 ÷ 分母之和（不取各单位比率的平均）'),
  sum: t('各单位相加'),
  common: t('上下级同用一个标准（统一标准）'),
  none: t('不汇总，各自填报'),
};

export const frequencyWords: Readonly<Record<Row['frequency'], string>> = {
  A: t('年'),
  S: t('半年'),
  Q: t('季'),
  M: t('月'),
};

export const evaluationWords: Readonly<Record<EvaluationKind, string>> = {
  annual: t('年度监测'),
  midterm: t('中期评估'),
  final: t('总结评估'),
};

export const standingWords: Readonly<Record<AssessorStanding, string>> = {
  self: t('自评'),
  authority: t('主管部门'),
  'third-party': t('第三方'),
  experts: t('专家组'),
  public: t('公众'),
};

export const readinessWords: Readonly<Record<ReadinessLine, string>> = {
  due: t('应报'),
  unreported: t('未报'),
  reported: t('已报'),
  waiting: t('待审核'),
  approved: t('已审核'),
  returned: t('被退回'),
  missing: t('缺报'),
  overdue: t('逾期'),
  checks: t('检查发现'),
  incomparable: t('不可比'),
  marks: t('未说明的数据提示'),
};

export const countWords: Readonly<Record<AppraisalRules['items'][number]['base'], string>> = {
  owed: t('有期限、已报或到期的数据'),
  late: t('逾期上报的数据'),
  lateDays: t('逾期天数'),
  overdue: t('到期未报的数据'),
  reported: t('已报的数据'),
  returned: t('被退回'),
  corrected: t('审核后更正'),
  contradictions: t('数据矛盾'),
  marks: t('未说明的数据提示'),
  targets: t('已判断的目标'),
  bindingMissed: t('滞后的约束性目标'),
  expectedMissed: t('滞后的预期性目标'),
  roughly: t('基本符合预期的目标'),
  undertakings: t('到期或已判断的项目、政策、任务'),
  projectsBehind: t('滞后或逾期的项目'),
  policiesLate: t('逾期的政策'),
  tasksOverdue: t('逾期的任务'),
  rectifications: t('到期或已报送的整改'),
  rectificationsLate: t('未按期的整改'),
};

export const adjustmentWords = {
  none: t('不调整'),
  target: t('目标'),
  indicator: t('指标'),
  task: t('任务'),
  project: t('项目'),
  other: t('其他'),
} as const;

export const aspectWords: Readonly<Record<Difference['aspect'], string>> = {
  base: t('基期值'),
  value: t('本期值'),
  parts: t('分组'),
  targets: t('目标'),
  status: t('判断'),
  index: t('指数'),
  rules: t('评估规则'),
  units: t('单位'),
  plan: t('规划自身'),
  indicator: t('指标设定'),
  method: t('计算方法'),
  definition: t('口径'),
  presence: t('有无该指标'),
  promise: t('任务目标'),
  project: t('项目'),
  policy: t('政策'),
  task: t('任务'),
  finding: t('问题'),
};

export const causeWords: Readonly<Record<IndexMove['causes'][number]['cause'], string>> = {
  units: t('单位变更'),
  period: t('时间推移'),
  rules: t('评估规则'),
  definition: t('口径或指标修改'),
  target: t('目标调整'),
  corrected: t('数据更正'),
  reported: t('新报或撤回'),
};

/** Chinese names of the fields that assumptions refer to. */
export const fieldWords: Readonly<Record<string, string>> = {
  direction: t('方向'),
  definition: t('口径'),
  measurement: t('公式'),
  'measurement.denominator': t('分母'),
  'measurement.numerator': t('分子'),
  aggregation: t('汇总'),
  targetScope: t('目标适用范围'),
  valueType: t('数值类型'),
  frequency: t('频次'),
  owner: t('责任单位'),
  trajectory: t('序时路径'),
  weight: t('权重'),
  targets: t('目标'),
  title: t('标题'),
  midterm: t('中期'),
};

export const promiseStateWords: Readonly<Record<PromiseNow['state'], string>> = {
  kept: t('已实现'),
  'not-kept': t('未实现'),
  'on-track': t('推进正常'),
  roughly: t('基本正常'),
  behind: t('滞后'),
  'no-data': t('暂无数据'),
  open: t('未到评判时'),
  withdrawn: t('已撤销'),
};

/** Strength of a promise's commitment. */
export const commitmentWords: Readonly<Record<PromiseNow['commitment'], string>> = {
  firm: t('明确'),
  strive: t('力争'),
  exploratory: t('探索'),
};

export const projectStandingWords: Readonly<Record<ProjectNow['standing'], string>> = {
  registered: t('未报开工'),
  started: t('在建'),
  suspended: t('停工'),
  completed: t('竣工'),
  cancelled: t('已取消'),
};

export const projectClassWords: Readonly<Record<ProjectNow['class'], string>> = {
  implementing: t('实施类'),
  prospective: t('谋划类'),
};

export const projectCategoryWords: Readonly<Record<NonNullable<ProjectNow['category']>, string>> = {
  continuing: t('续建'),
  new: t('新建'),
};

export const projectFlagWords: Readonly<Record<ProjectNow['flags'][number], string>> = {
  'start-overdue': t('逾期未报开工'),
  overdue: t('逾期未报竣工'),
  suspended: t('停工'),
  'money-ahead': t('资金超前'),
  'over-budget': t('超总投资'),
};

export const policyStandingWords: Readonly<Record<PolicyNow['standing'], string>> = {
  planned: t('未出台'),
  drafted: t('起草中'),
  issued: t('已印发'),
  dropped: t('不再制定'),
  repealed: t('已废止'),
  cited: t('引用'),
};

export const policyTimelinessWords: Readonly<Record<PolicyNow['timeliness'], string>> = {
  early: t('提前'),
  'on-time': t('按期'),
  late: t('逾期印发'),
  overdue: t('逾期未出'),
  pending: t('未到期'),
  undated: t('未定期限'),
  dropped: t('不再制定'),
};

export const policyIntentWords: Readonly<Record<PolicyNow['intent'], string>> = {
  new: t('新制定'),
  revision: t('修订'),
  unremarked: t('附表未注明'),
  announced: t('仅见于正文'),
};

export const policyLevelWords: Readonly<Record<NonNullable<PolicyNow['level']>, string>> = {
  national: t('国家'),
  provincial: t('省'),
  municipal: t('市'),
  county: t('县'),
};

export const taskStandingWords: Readonly<Record<TaskNow['standing'], string>> = {
  assigned: t('未报进展'),
  'under-way': t('推进中'),
  completed: t('已完成'),
  dropped: t('已取消'),
};

export const findingStandingWords: Readonly<Record<FindingNow['standing'], string>> = {
  open: t('待答复'),
  answered: t('已答复'),
  assigned: t('整改中'),
  reported: t('待验收'),
  'sent-back': t('整改退回'),
  accepted: t('待办结'),
  closed: t('已办结'),
  withdrawn: t('已撤销'),
};

/** What a role does, in a line. */
export const roleLines: Readonly<Record<RoleName, string>> = {
  reporter: t('上报本单位的数据和事项进展'),
  reviewer: t('审核或退回本单位及下属单位的数据'),
  corrector: t('更正已锁定的数据'),
  backfill: t('补录以往已知的数据'),
  'plan-manager': t('编制规划，登记事项，解除锁定'),
  evaluator: t('开展评估，生成评估存档，提出问题和建议'),
  'evaluation-lead': t('开展并发布评估，办结整改'),
  'external-evaluator': t('受邀参加评估，只看约定的规划和时点'),
  leader: t('查看已审核的数据，不作改动'),
  auditor: t('查阅数据、审计和访问日志，不作改动'),
  'system-admin': t('邀请人员，管理账号，不看数据'),
  'security-admin': t('授予和终止角色，不看数据'),
};

export const severityWords: Readonly<Record<Severity, string>> = { high: t('严重'), medium: t('较重'), low: t('一般') };

export const subjectWords: Readonly<Record<SubjectType, string>> = {
  plan: t('规划'),
  indicator: t('指标'),
  project: t('项目'),
  policy: t('政策'),
  promise: t('任务目标'),
  task: t('任务'),
};

export const checkWords: Readonly<Record<Check['check'], string>> = {
  'totals-disagree': t('市县数据不一致'),
  'total-falls': t('累计数下降'),
  'over-hundred': t('比率超过100%'),
  'rule-broken': t('违反规则目标'),
  'promise-broken': t('任务目标未实现'),
  'package-sum': t('打包与子项不符'),
  'policy-overdue': t('政策逾期'),
  'task-overdue': t('任务逾期'),
  'project-start-overdue': projectFlagWords['start-overdue'],
  'project-overdue': projectFlagWords.overdue,
  'project-suspended': projectFlagWords.suspended,
  'project-money-ahead': projectFlagWords['money-ahead'],
  'project-over-budget': projectFlagWords['over-budget'],
};

/** What a webhook tells of a deadline. */
export const reminderWords = {
  'due-soon': t('即将到期'),
  'due-today': t('今日到期'),
  overdue: t('逾期'),
  settled: t('已报齐'),
} as const;

export const deliveryWords = {
  delivered: t('已送达'),
  waiting: t('待发送'),
  underway: t('发送中'),
  failing: t('没有送达，将再发'),
  'given-up': t('已放弃'),
} as const;
