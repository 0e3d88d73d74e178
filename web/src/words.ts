import type {
  Assessment,
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
  RoleName,
  Row,
  Severity,
  Status,
  SubjectType,
  TaskNow,
  Unmeasured,
} from './api/types';

/** Official Chinese terms (正式用语), as used in reports. */
export const statusWords: Readonly<Record<Status, string>> = {
  'completed-early': '提前实现',
  completed: '已完成',
  ahead: '快于预期',
  'as-expected': '符合预期',
  roughly: '基本符合预期',
  behind: '滞后',
  'severely-behind': '严重滞后',
  'no-data': '暂无数据',
  incomparable: '不可比',
  'not-applicable': '不适用',
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

export const lightWords: Readonly<Record<Light, string>> = { green: '绿灯', yellow: '黄灯', red: '红灯', grey: '灰灯' };

export const outlookWords: Readonly<Record<NonNullable<Assessment['outlook']>, string>> = {
  reachable: '可完成',
  'needs-effort': '需努力',
  'hardly-reachable': '难以完成',
};

export const verdictWords: Readonly<Record<NonNullable<Assessment['verdict']>, string>> = {
  completed: '完成',
  'basically-completed': '基本完成',
  'not-completed': '未完成',
};

const absentWords: Readonly<Record<Unmeasured['absent'], string>> = {
  'not-reported': '未上报',
  'not-approved': '待审核，不计入',
  missing: '缺报',
  returned: '已退回',
  withdrawn: '已撤回',
  incomplete: '汇总不全',
  uncomputed: '无法计算',
  'other-borders': '区划不同，无可比数据',
};

const missingWords: Readonly<Record<string, string>> = {
  'not-due': '未到报送期',
  'not-collected': '未统计',
  'not-applicable': '不适用',
  'under-verification': '待核实',
};

/** Why there is no value, in one word: `未统计` of what was declared missing. */
export const absenceWord = ({ absent, because }: Unmeasured): string =>
  because === undefined ? absentWords[absent] : (missingWords[because] ?? because);

/** Reason for a missing value, for example `缺报（未统计）`. What is 不适用 is missed by nobody. */
export function absenceText(finding: Unmeasured): string {
  const { absent, because } = finding;
  const isMissed = because !== undefined && because !== 'not-applicable';
  return isMissed ? `${absentWords[absent]}（${absenceWord(finding)}）` : absenceWord(finding);
}

export const attributeWords: Readonly<Record<Row['attribute'], string>> = { binding: '约束性', expected: '预期性' };

export const kindWords: Readonly<Record<Row['kind'], string>> = {
  level: '水平值',
  cumulative: '规划期累计',
  growth: '年均增速',
  hold: '保持（底线）',
};

export const directionWords: Readonly<Record<Row['direction'], string>> = { higher: '越高越好', lower: '越低越好' };

export const trajectoryWords: Readonly<Record<Row['trajectory'], string>> = {
  milestones: '按规划各目标点分段直线',
  linear: '基期到终期直线',
  geometric: '等比（年均增速）',
};

export const aggregationWords: Readonly<
  Record<IndicatorDocument['definitions'][number]['definition']['aggregation'], string>
> = {
  'ratio-of-sums': '各单位分子之和 ÷ 分母之和（不取各单位比率的平均）',
  sum: '各单位相加',
  common: '上下级同用一个标准（统一标准）',
  none: '不汇总，各自填报',
};

export const frequencyWords: Readonly<Record<Row['frequency'], string>> = { A: '年', S: '半年', Q: '季', M: '月' };

export const evaluationWords: Readonly<Record<EvaluationKind, string>> = {
  annual: '年度监测',
  midterm: '中期评估',
  final: '总结评估',
};

export const aspectWords: Readonly<Record<Difference['aspect'], string>> = {
  base: '基期值',
  value: '本期值',
  parts: '分组',
  targets: '目标',
  status: '判断',
  index: '指数',
  rules: '评估规则',
  units: '单位',
  plan: '规划自身',
  indicator: '指标设定',
  method: '计算方法',
  definition: '口径',
  presence: '有无该指标',
  promise: '承诺',
  project: '项目',
  policy: '政策',
  task: '任务',
  finding: '问题',
};

export const causeWords: Readonly<Record<IndexMove['causes'][number]['cause'], string>> = {
  units: '单位变更',
  period: '时间推移',
  rules: '评估规则',
  definition: '口径或指标修改',
  target: '目标调整',
  corrected: '数据更正',
  reported: '新报或撤回',
};

/** Chinese names of the fields that assumptions refer to. */
export const fieldWords: Readonly<Record<string, string>> = {
  direction: '方向',
  definition: '口径',
  measurement: '公式',
  'measurement.denominator': '分母',
  'measurement.numerator': '分子',
  aggregation: '汇总',
  targetScope: '目标适用范围',
  valueType: '数值类型',
  frequency: '频次',
  owner: '责任单位',
  trajectory: '序时路径',
  weight: '权重',
  targets: '目标',
  title: '标题',
  midterm: '中期',
};

export const promiseStateWords: Readonly<Record<PromiseNow['state'], string>> = {
  kept: '已兑现',
  'not-kept': '未兑现',
  'on-track': '推进正常',
  roughly: '基本正常',
  behind: '滞后',
  'no-data': '暂无数据',
  open: '未到评判时',
  withdrawn: '已撤销',
};

/** Strength of a promise's commitment. */
export const commitmentWords: Readonly<Record<PromiseNow['commitment'], string>> = {
  firm: '明确',
  strive: '力争',
  exploratory: '探索',
};

export const projectStandingWords: Readonly<Record<ProjectNow['standing'], string>> = {
  registered: '未报开工',
  started: '在建',
  suspended: '停工',
  completed: '竣工',
  cancelled: '取消',
};

export const projectClassWords: Readonly<Record<ProjectNow['class'], string>> = {
  implementing: '实施类',
  prospective: '谋划类',
};

export const projectCategoryWords: Readonly<Record<NonNullable<ProjectNow['category']>, string>> = {
  continuing: '续建',
  new: '新建',
};

export const projectFlagWords: Readonly<Record<ProjectNow['flags'][number], string>> = {
  'start-overdue': '逾期未报开工',
  overdue: '逾期未报竣工',
  suspended: '停工',
  'money-ahead': '资金超前',
  'over-budget': '超总投资',
};

export const policyStandingWords: Readonly<Record<PolicyNow['standing'], string>> = {
  planned: '未出台',
  drafted: '起草中',
  issued: '已印发',
  dropped: '不再制定',
  repealed: '已废止',
  cited: '引用',
};

export const policyTimelinessWords: Readonly<Record<PolicyNow['timeliness'], string>> = {
  early: '提前',
  'on-time': '按期',
  late: '逾期印发',
  overdue: '逾期未出',
  pending: '未到期',
  undated: '未定期限',
  dropped: '不再制定',
};

export const policyIntentWords: Readonly<Record<PolicyNow['intent'], string>> = {
  new: '新制定',
  revision: '修订',
  unremarked: '附表未注明',
  announced: '仅见于正文',
};

export const policyLevelWords: Readonly<Record<NonNullable<PolicyNow['level']>, string>> = {
  national: '国家',
  provincial: '省',
  municipal: '市',
  county: '县',
};

export const taskStandingWords: Readonly<Record<TaskNow['standing'], string>> = {
  assigned: '未报进展',
  'under-way': '推进中',
  completed: '已完成',
  dropped: '已取消',
};

export const findingStandingWords: Readonly<Record<FindingNow['standing'], string>> = {
  open: '待答复',
  answered: '已答复',
  closed: '已办结',
  withdrawn: '已撤销',
};

/** What a role does, in a line. */
export const roleLines: Readonly<Record<RoleName, string>> = {
  reporter: '上报本单位的数据和事项进展',
  reviewer: '审核或退回本单位及下属单位的数据',
  corrector: '更正已锁定的数据',
  backfill: '补录以往已知的数据',
  'plan-manager': '编制规划，登记事项，解除锁定',
  evaluator: '开展评估，生成快照，提出问题和建议',
  'evaluation-lead': '开展并发布评估，办结整改',
  'external-evaluator': '受邀参加评估，只看约定的规划和时点',
  leader: '查看已审核的数据，不作改动',
  auditor: '查阅数据、审计和访问日志，不作改动',
  'system-admin': '邀请人员，管理账号，不看数据',
  'security-admin': '授予和终止角色，不看数据',
};

export const severityWords: Readonly<Record<Severity, string>> = { high: '严重', medium: '较重', low: '一般' };

export const subjectWords: Readonly<Record<SubjectType, string>> = {
  plan: '规划',
  indicator: '指标',
  project: '项目',
  policy: '政策',
  promise: '承诺',
  task: '任务',
};

export const checkWords: Readonly<Record<Check['check'], string>> = {
  'totals-disagree': '市县数据不一致',
  'total-falls': '累计数下降',
  'over-hundred': '比率超过100%',
  'rule-broken': '违反规则目标',
  'promise-broken': '承诺未兑现',
  'package-sum': '打包与子项不符',
  'policy-overdue': '政策逾期',
  'task-overdue': '任务逾期',
  'project-start-overdue': projectFlagWords['start-overdue'],
  'project-overdue': projectFlagWords.overdue,
  'project-suspended': projectFlagWords.suspended,
  'project-money-ahead': projectFlagWords['money-ahead'],
  'project-over-budget': projectFlagWords['over-budget'],
};
