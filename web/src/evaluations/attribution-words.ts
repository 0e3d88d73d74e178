import type { KnownSince } from '../api/types';
import { t } from '../shared/i18n';
import {
  findingStandingWords,
  isStatus,
  outlookWords,
  policyTimelinessWords,
  promiseStateWords,
  statusWords,
  taskStandingWords,
  verdictWords,
} from '../words';

type NumberSince = KnownSince['numbers'][number];
type VerdictSince = KnownSince['verdicts'][number];

export const numberWords: Readonly<Record<NumberSince['of'], string>> = {
  index: t('指数'),
  coverage: t('数据覆盖率'),
  base: t('基期值'),
  value: t('本期值'),
  part: t('分组值'),
  sum: t('累计'),
  target: t('目标'),
  'completion-rate': t('目标完成率'),
  progress: t('进度'),
  lead: t('超前（落后）序时进度'),
  required: t('本期应达值'),
  gap: t('距目标'),
  score: t('得分'),
  promised: t('任务目标现值'),
  physical: t('形象进度'),
  investment: t('总投资'),
  invested: t('完成投资'),
  count: t('项数'),
};

export const verdictKindWords: Readonly<Record<VerdictSince['of'], string>> = {
  status: t('判断'),
  outlook: t('趋势'),
  verdict: t('终期结论'),
  veto: t('一票否决'),
  state: t('状态'),
};

export const resourceWords: Readonly<Record<NonNullable<NumberSince['resource']>, string>> = {
  promise: t('任务目标'),
  project: t('项目'),
  policy: t('政策'),
  task: t('任务'),
  finding: t('问题'),
};

export const partKindWords: Readonly<Record<KnownSince['parts'][number]['kind'], string>> = {
  event: t('事件'),
  method: t('计算方法'),
  period: t('期间'),
  day: t('时间推移'),
  stored: t('存档与所见之差'),
  rest: t('其余事件合计'),
};

/** What is counted of promises, projects, policies and tasks. */
export const groupWords: Readonly<Record<string, string>> = {
  ...promiseStateWords,
  ...policyTimelinessWords,
  count: t('总数'),
  started: t('已开工'),
  completed: t('已完成'),
  suspended: t('停工'),
  cancelled: t('已取消'),
  judged: t('可判断'),
  onSchedule: t('按期推进'),
  planned: t('计划出台'),
  issued: t('已印发'),
  postponed: t('已延期'),
  underWay: t('推进中'),
  overdue: t('逾期'),
};

/** A conclusion in words. */
export function verdictText({ of, resource }: Pick<VerdictSince, 'of' | 'resource'>, text: string | undefined): string {
  if (of === 'veto') return text === undefined ? t('未否决') : t('否决：{{codes}}', { codes: text });
  if (text === undefined) return t('无');
  if (of === 'status') return isStatus(text) ? statusWords[text] : text;
  if (of === 'state') return stateWords[resource ?? 'finding'][text] ?? text;
  return { ...outlookWords, ...verdictWords }[text as keyof typeof outlookWords];
}

const stateWords: Readonly<Record<keyof typeof resourceWords, Readonly<Record<string, string>>>> = {
  promise: promiseStateWords,
  project: {},
  policy: policyTimelinessWords,
  task: { ...taskStandingWords, overdue: t('逾期') },
  finding: findingStandingWords,
};
