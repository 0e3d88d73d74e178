import type { CausedPart } from './answer.js';
import type { NumberKind, Place, Resource } from './numbers.js';
import type { Conclusion } from './verdicts.js';

/** Chinese words for the numbers of an overview. */
export const numberWords: Readonly<Record<NumberKind, string>> = {
  index: '指数',
  coverage: '数据覆盖率',
  base: '基期值',
  value: '本期值',
  part: '分组值',
  sum: '累计',
  target: '目标',
  'completion-rate': '目标完成率',
  progress: '进度',
  lead: '超前（落后）序时进度',
  required: '本期应达值',
  gap: '距目标',
  score: '得分',
  promised: '任务目标现值',
  physical: '进度（形象、任务）',
  investment: '总投资',
  invested: '完成投资',
  count: '项数',
};

export const conclusionWords: Readonly<Record<Conclusion, string>> = {
  status: '判断',
  outlook: '趋势',
  verdict: '终期结论',
  veto: '一票否决',
  state: '状态',
};

export const resourceWords: Readonly<Record<Resource, string>> = {
  promise: '任务目标',
  project: '项目',
  policy: '政策',
  task: '任务',
  finding: '问题',
};

export const partWords: Readonly<Record<CausedPart['kind'], string>> = {
  event: '事件',
  method: '计算方法',
  period: '期间',
  day: '时间推移',
  stored: '存档与所见之差',
  rest: '其余事件合计',
};

/** Where something stands, in codes: `02 331102`, `项目 P01`. */
export const placeText = ({ indicator, area, unit, period, group, resource, subject, name }: Place): string =>
  [indicator, area && `标杆区 ${area}`, unit, period, resource && resourceWords[resource], subject, name, group]
    .filter((word) => word !== undefined)
    .join(' ');
