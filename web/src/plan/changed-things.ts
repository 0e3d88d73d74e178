import type { ChangeNotice } from '../api/types';
import { t } from '../shared/i18n';

/** How many of a kind changed, in the order in which they are said. Other kinds of events change no page. */
const counted = {
  figure: (count: number) => t('{{count}} 项指标数据', { count }),
  indicator: (count: number) => t('{{count}} 项指标的定义或目标', { count }),
  project: (count: number) => t('{{count}} 个项目', { count }),
  policy: (count: number) => t('{{count}} 项政策', { count }),
  promise: (count: number) => t('{{count}} 项规划任务目标', { count }),
  task: (count: number) => t('{{count}} 项任务', { count }),
  finding: (count: number) => t('{{count}} 个问题', { count }),
  evaluation: (count: number) => t('{{count}} 次评估', { count }),
  submission: (count: number) => t('{{count}} 次报送', { count }),
  plan: (count: number) => t('{{count}} 处规划或单位', { count }),
  quality: (count: number) => t('{{count}} 处数据质量规则', { count }),
};

type Kind = keyof typeof counted;

const isCounted = (kind: string): kind is Kind => kind in counted;

/** The kinds of the things that changed, each thing once however often it did. */
export function changedThings(notices: readonly ChangeNotice[]): Kind[] {
  const things = new Map<string, Kind>();
  for (const { kind, subject } of notices) {
    if (!isCounted(kind)) continue;
    const { code, unit, period, id } = subject;
    // Definition and targets of an indicator are one thing.
    const parts = kind === 'indicator' ? [code] : [code, unit, period, id];
    things.set(JSON.stringify([kind, ...parts]), kind);
  }
  return [...things.values()];
}

/** `3 项指标数据、1 个项目` */
export const shortly = (things: readonly Kind[]): string =>
  Object.entries(counted)
    .map(([kind, words]) => ({ count: things.filter((each) => each === kind).length, words }))
    .filter(({ count }) => count > 0)
    .map(({ count, words }) => words(count))
    .join(t('、'));
