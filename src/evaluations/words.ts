import type { Aspect } from './difference.js';
import type { Cause } from './causes.js';
import type { AdjustmentAdvised, AssessorStanding } from './judging.events.js';

/** Chinese words for the aspects in which two overviews can differ. */
export const aspectWords: Readonly<Record<Aspect, string>> = {
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
  promise: '任务目标',
  project: '项目',
  policy: '政策',
  task: '任务',
  finding: '问题',
};

/** Chinese words for the causes of a change of the index. */
export const causeWords: Readonly<Record<Cause, string>> = {
  units: '单位变更',
  period: '时间推移',
  rules: '评估规则',
  definition: '口径或指标修改',
  target: '目标调整',
  corrected: '数据更正',
  reported: '新报或撤回',
};

/** Chinese words for the standings of assessors. */
export const standingWords: Readonly<Record<AssessorStanding, string>> = {
  self: '自评',
  authority: '主管部门',
  'third-party': '第三方',
  experts: '专家组',
  public: '公众',
};

/** Chinese words for what an evaluation advises to adjust in a plan. */
export const adjustmentWords: Readonly<Record<(typeof AdjustmentAdvised)['example']['adjustment'], string>> = {
  none: '不调整',
  target: '调整目标',
  indicator: '调整指标',
  task: '调整任务',
  project: '调整项目',
  other: '其他调整',
};
