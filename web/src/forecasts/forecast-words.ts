import type { EarlyWarnings, MethodForecast } from '../api/types';
import { signed } from '../format';
import { t } from '../shared/i18n';

export const methodWords: Readonly<Record<MethodForecast['method'], string>> = {
  'last-pace': t('按最近一期的变化外推'),
  linear: t('线性趋势（最小二乘）'),
  geometric: t('等比趋势（对数最小二乘）'),
  robust: t('稳健趋势（Theil–Sen）'),
};

type Expected = keyof EarlyWarnings['counts'];

/** What is expected of an indicator, or why nothing is. */
export const expectedWords: Readonly<Record<Expected, string>> = {
  misses: t('预计完不成'),
  meets: t('预计能完成'),
  'few-values': t('数据不足两期'),
  'no-target': t('没有可判断的目标'),
  due: t('目标已到期'),
  retired: t('指标已停用'),
};

type ProgrammeExpected = keyof EarlyWarnings['programme']['counts']['project'];

/** What is expected of a project or a task, or why nothing is. */
export const programmeExpectedWords: Readonly<Record<ProgrammeExpected, string>> = {
  standstill: t('没有进展'),
  late: t('预计逾期'),
  'on-time': t('预计按期'),
  'few-reports': t('进度报告不足'),
  'not-started': t('尚未开工（开展）'),
  undated: t('没有期限'),
  over: t('期限已过'),
};

export const intervalText = (interval: { readonly lower: string; readonly upper: string } | undefined): string =>
  interval ? t('{{lower}} 至 {{upper}}', interval) : '—';

interface Pace {
  readonly needed?: string;
  readonly observed: string;
  readonly per: 'unit-per-year' | 'percent-per-year';
}

/** `+0.93 / +0.15 %`: the pace needed from now on, and the pace so far. */
export function paceText(pace: Pace | undefined, unitOfMeasure: string): string {
  if (!pace) return '—';
  const needed = pace.needed === undefined ? t('无法达到') : signed(pace.needed, 2);
  return `${needed} / ${signed(pace.observed, 2)} ${pace.per === 'percent-per-year' ? '%' : unitOfMeasure}`;
}
