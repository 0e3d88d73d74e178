import type { ObligationState, RowOutcome } from '../api/types';
import { t } from '../shared/i18n';

export const stateWords: Readonly<Record<ObligationState, string>> = {
  owed: t('欠报'),
  returned: t('已退回'),
  reported: t('待审核'),
  approved: t('已审核'),
  missing: t('已登记缺报'),
};

/** A project, policy or task is approved by nobody. */
export const stateWord = ({ kind, state }: { readonly kind: string; readonly state: ObligationState }): string =>
  kind !== 'indicator' && state === 'reported' ? t('本期已报') : stateWords[state];

export const kindWords = {
  indicator: t('指标'),
  project: t('项目'),
  policy: t('政策'),
  task: t('任务'),
} as const;

/** In the order in which they are shown. */
export const outcomes: readonly RowOutcome[] = ['refused', 'conflict', 'changed', 'new', 'unchanged'];

export const outcomeWords: Readonly<Record<RowOutcome, string>> = {
  refused: t('被拒'),
  conflict: t('与他人的更改冲突'),
  changed: t('更改'),
  new: t('新增'),
  unchanged: t('不变'),
};
