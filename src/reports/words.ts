import { DateTime } from 'luxon';
import type { Attribute } from '../assessment/assessment.js';
import { Decimal } from '../assessment/decimals.js';
import type { EvaluationKind } from '../evaluations/evaluation.events.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import { missingReasons, type MissingReason } from '../figures/figure.events.js';
import { missingWords } from '../figures/words.js';
import type { Instant } from '../kernel/time.js';
import { findPeriod } from '../kernel/period.js';

export const kindTitles: Readonly<Record<EvaluationKind, string>> = {
  annual: '年度监测分析',
  midterm: '中期评估报告',
  final: '总结评估报告',
};

/** For example 2022年中期评估报告, 2023年度监测分析 or 2023 财年监测分析. */
export const titleOf = (period: string, kind: EvaluationKind): string =>
  `${periodWords(period)}${kindTitles[kind]}`.replace(/(财年|年)年度/, (_, year: string) =>
    year === '财年' ? year : '年度',
  );

export const attributeWords: Readonly<Record<Attribute, string>> = { binding: '约束性', expected: '预期性' };

export const directionWords: Readonly<Record<IndicatorRow['direction'], string>> = {
  higher: '正向（越高越好）',
  lower: '逆向（越低越好）',
};

export const kindWords: Readonly<Record<IndicatorRow['kind'], string>> = {
  level: '水平值',
  cumulative: '规划期累计',
  growth: '年均增速',
  hold: '保持（底线）',
};

export const frequencyWords: Readonly<Record<IndicatorRow['frequency'], string>> = {
  A: '年',
  S: '半年',
  Q: '季',
  M: '月',
};

export const aggregationWords: Readonly<Record<IndicatorRow['definition']['aggregation'], string>> = {
  'ratio-of-sums': '下级单位分子之和 ÷ 分母之和',
  sum: '下级单位相加',
  common: '统一标准，下级单位同值',
  none: '不汇总',
};

export const trajectoryWords: Readonly<Record<IndicatorRow['trajectory'], string>> = {
  milestones: '基期与各年目标之间分段直线',
  linear: '基期至期末目标直线',
  geometric: '基期至期末目标等比',
};

/** Chinese word for a reason of missing data; another text is returned unchanged. */
export function reasonWords(because: string | undefined): string | undefined {
  return missingReasons.includes(because as MissingReason) ? missingWords[because as MissingReason] : because;
}

/**
 * `2022` → 2022年, `2022-S1` → 2022年上半年, `2022-Q3` → 2022年第3季度, `2022-03` → 2022年3月; `FY2022` → 2022 财年,
 * `FY2022-M03` → 2022 财年第3个月.
 */
export function periodWords(text: string): string {
  const period = findPeriod(text);
  if (!period) return text;
  const { frequency, fiscal, year, part } = period;
  const month = fiscal ? `第${part}个月` : `${part}月`;
  const place = { A: '', S: part === 1 ? '上半年' : '下半年', Q: `第${part}季度`, M: month }[frequency];
  return `${year}${fiscal ? ' 财年' : '年'}${place}`;
}

export const dayWords = (instant: Instant, zone: string): string =>
  DateTime.fromISO(instant, { zone }).toFormat('yyyy-MM-dd');

/** A moment to the minute; the last millisecond of a day is shown as the day without time. */
export function momentWords(instant: Instant, zone: string): string {
  const moment = DateTime.fromISO(instant, { zone });
  return moment.equals(moment.endOf('day')) ? moment.toFormat('yyyy年M月d日') : moment.toFormat('yyyy年M月d日 HH:mm');
}

export const none = '—';

const minus = (text: string) => text.replace('-', '−');

/**
 * Rounds half up to one decimal place. Uses up to four places if fewer would move the number onto or across a bound:
 * −10.02 is not shown as −10.0, where another status begins.
 */
function rounded(text: string, bounds: readonly string[]): string {
  // Computed from a quotient that is written with 20 digits, 93.75 may be 93.74999999999999999.
  const number = new Decimal(text).toDecimalPlaces(15);
  const sides = (of: Decimal) => bounds.map((bound) => of.cmp(bound)).join();
  // A number that differs from a bound by less than four decimal places can show is rounded to one place.
  const places = [1, 2, 3, 4].find((each) => sides(number.toDecimalPlaces(each)) === sides(number)) ?? 1;
  const shown = number.toDecimalPlaces(places);
  return minus((shown.isZero() ? shown.abs() : shown).toFixed(places));
}

/** A share in percent. Numbers close to 0 and 100 get up to four decimal places, to distinguish them from 0 and 100. */
export const percent = (text: string | undefined, bounds: readonly string[] = []): string =>
  text === undefined ? none : `${rounded(text, ['0', '100', ...bounds])}%`;

export const score = (text: string | undefined): string => (text === undefined ? none : rounded(text, ['100']));

/** For example `+6.2` or `−3.1`. */
export function signed(text: string | undefined, bounds: readonly string[]): string {
  if (text === undefined) return none;
  return `${new Decimal(text).gt(0) ? '+' : ''}${rounded(text, ['0', ...bounds])}`;
}

/** For example 超前序时进度 6.2 个百分点 or 与序时进度持平. */
export function leadWords(lead: string, bounds: readonly string[]): string {
  const points = rounded(lead, ['0', ...bounds]).replace('−', '');
  const side = new Decimal(lead).cmp(0);
  if (side === 0) return '与序时进度持平';
  return `${side < 0 ? '落后' : '超前'}序时进度 ${points} 个百分点`;
}

/** A computed number rounded to two decimal places, below 0.1 to two significant digits; without trailing zeros. */
export function tidy(text: string): string {
  const number = new Decimal(text);
  const rounded = number.abs().lt('0.1') ? number.toSignificantDigits(2) : number.toDecimalPlaces(2);
  return minus(rounded.isZero() ? '0' : rounded.toFixed());
}

/** For example `54.9%` or `20.8 人/万人`. */
export const withUnit = (number: string, unit: string): string => (unit === '%' ? `${number}%` : `${number} ${unit}`);
