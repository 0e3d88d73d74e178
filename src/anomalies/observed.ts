import type { Decimal } from '../kernel/decimal.js';
import { rounded } from '../assessment/decimals.js';
import { periodBefore, type Period } from '../kernel/period.js';
import type { Numbers } from '../quality/quality-context.js';

/** A value in use that was reported for a unit and a period. */
export interface Observed {
  readonly unit: string;
  readonly period: Period;
  readonly reported: Numbers;
  readonly exact: Decimal;
  readonly definitionVersion: number;
}

/** What the checks read of an indicator. */
export interface Watched {
  readonly code: string;
  readonly kind: string;
  readonly decimals: number;
  readonly unitOfMeasure: string;
  /** Values of parts add up to that of the whole: then a change is measured in percent. */
  readonly addsUp: boolean;
  /** Whether values under two versions of the definition may be compared. */
  comparable(earlier: number, later: number): boolean;
}

/** By how much a value differs from the one of the period before. */
export interface Change {
  readonly before: Observed;
  readonly now: Observed;
  readonly by: Decimal;
}

/** The values of a unit in stretches: period follows period, and the definitions may be compared. */
export function stretchesOf(values: readonly Observed[], { comparable }: Watched): Observed[][] {
  const sorted = [...values].sort((a, b) => (a.period.text < b.period.text ? -1 : 1));
  const stretches: Observed[][] = [];
  for (const value of sorted) {
    const last = stretches.at(-1)?.at(-1);
    const follows =
      last?.period.text === periodBefore(value.period).text &&
      comparable(last.definitionVersion, value.definitionVersion);
    if (follows) stretches.at(-1)!.push(value);
    else stretches.push([value]);
  }
  return stretches;
}

/**
 * The changes within stretches: in percent of the earlier value where values add up, so that a large and a small unit can
 * be compared, and only of a value above 0; in the unit of measure otherwise.
 */
export const changesOf = (stretches: readonly (readonly Observed[])[], { addsUp }: Watched): Change[] =>
  stretches.flatMap((stretch) =>
    stretch.slice(1).flatMap((now, at) => {
      const before = stretch[at]!;
      const difference = now.exact.minus(before.exact);
      if (!addsUp) return [{ before, now, by: rounded(difference) }];
      return before.exact.gt(0) ? [{ before, now, by: rounded(difference.div(before.exact).times(100)) }] : [];
    }),
  );

/** A change for a message: two digits behind the point, with its sign and its unit. */
export function changeText(by: Decimal, { addsUp, unitOfMeasure }: Watched): string {
  const unit = addsUp ? '%' : unitOfMeasure === '%' ? '个百分点' : unitOfMeasure;
  return `${by.gt(0) ? '+' : ''}${by.toDecimalPlaces(2).toFixed()} ${unit}`;
}
