import type { findingSeverities } from '../../findings/finding.events.js';
import type { FindingStep } from '../../findings/finding.projection.js';
import type { CheckKind } from './checks.js';
import type { FindingNow } from './findings.js';
import type { Timeliness } from './policies.js';
import type { ProjectFlag } from './projects.js';
import type { PromiseState } from './promises.js';
import type { TaskNow } from './tasks.js';

export const promiseStateWords: Readonly<Record<PromiseState, string>> = {
  kept: '已实现',
  'not-kept': '未实现',
  'on-track': '推进正常',
  roughly: '基本正常',
  behind: '滞后',
  'no-data': '暂无数据',
  open: '未到评判时',
  withdrawn: '已撤销',
};

export const policyTimelinessWords: Readonly<Record<Timeliness, string>> = {
  early: '提前',
  'on-time': '按期',
  late: '逾期印发',
  overdue: '逾期未出',
  pending: '未到期',
  undated: '未定期限',
  dropped: '不再制定',
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
  assigned: '整改中',
  reported: '待验收',
  'sent-back': '整改退回',
  accepted: '待办结',
  closed: '已办结',
  withdrawn: '已撤销',
};

export const rectificationWords: Readonly<Record<FindingStep['what'], string>> = {
  assigned: '交办整改',
  'due-moved': '调整整改期限',
  reported: '报送整改情况',
  accepted: '验收整改',
  'sent-back': '退回整改',
};

export const severityWords: Readonly<Record<(typeof findingSeverities)[number], string>> = {
  high: '严重',
  medium: '较重',
  low: '一般',
};

export const projectFlagWords: Readonly<Record<ProjectFlag, string>> = {
  'start-overdue': '逾期未报开工',
  overdue: '逾期未报竣工',
  suspended: '停工',
  'money-ahead': '资金超前',
  'over-budget': '超总投资',
};

export const checkWords: Readonly<Record<CheckKind, string>> = {
  'totals-disagree': '市县数据不一致',
  'total-falls': '累计数下降',
  'over-hundred': '比率超过100%',
  'rule-broken': '违反规则目标',
  'promise-broken': '任务目标未实现',
  'package-sum': '打包与子项不符',
  'policy-overdue': '政策逾期',
  'task-overdue': '任务逾期',
  'project-start-overdue': projectFlagWords['start-overdue'],
  'project-overdue': projectFlagWords.overdue,
  'project-suspended': projectFlagWords.suspended,
  'project-money-ahead': projectFlagWords['money-ahead'],
  'project-over-budget': projectFlagWords['over-budget'],
};
