import { Decimal } from '../kernel/decimal.js';
import { rounded, zero } from '../assessment/decimals.js';
import { mean, median } from '../forecasts/statistics.js';

/** Beyond this modified z a number is an outlier: Iglewicz & Hoaglin (1993). */
export const outlierFrom = new Decimal('3.5');

export interface Outlier<Item> {
  readonly item: Item;
  readonly z: Decimal;
  /** Of all numbers, this one included. */
  readonly median: Decimal;
}

/**
 * The modified z of each number, after Iglewicz & Hoaglin (1993), “How to Detect and Handle Outliers”: (x − median) over
 * MAD / 0.6745, MAD being the median absolute deviation from the median. Where MAD is 0, the mean absolute deviation from
 * the median × 1.2533 takes the place of MAD / 0.6745; both estimate the standard deviation of a normal distribution.
 * Where that is 0 too, all numbers are equal and each z is 0.
 */
export function modifiedZ(numbers: readonly Decimal[]): Decimal[] {
  if (numbers.length === 0) return [];
  const middle = median(numbers);
  const deviations = numbers.map((number) => rounded(number.minus(middle).abs()));
  const mad = median(deviations);
  const spread = mad.isZero() ? mean(deviations).times('1.2533') : mad.div('0.6745');
  return numbers.map((number) => (spread.isZero() ? zero : rounded(number.minus(middle)).div(spread)));
}

/** The items whose number is an outlier among those of all; none among fewer than `least`. */
export function outliers<Item>(
  items: readonly Item[],
  numberOf: (item: Item) => Decimal,
  least: number,
): Outlier<Item>[] {
  if (items.length < least) return [];
  const numbers = items.map(numberOf);
  const middle = median(numbers);
  return modifiedZ(numbers).flatMap((z, at) =>
    z.abs().gt(outlierFrom) ? [{ item: items[at]!, z, median: middle }] : [],
  );
}

/** From here on the tail is below 10⁻²⁸, and is given as 0. */
const beyond = 150;

/**
 * P(X ≥ x) of χ² with 9 degrees of freedom: Abramowitz & Stegun (1964), 26.4.4, with the normal distribution of 26.2.11.
 * With 40 digits the difference from 1 loses none that is shown.
 */
export function chiSquareTail(x: Decimal): Decimal {
  if (x.lte(0)) return new Decimal(1);
  if (x.gt(beyond)) return zero;
  const root = x.sqrt();
  const density = x
    .div(-2)
    .exp()
    .div(new Decimal(2).times(Decimal.acos(-1)).sqrt());
  // 26.2.11: what lies between 0 and the root.
  let term = root;
  let inside = term;
  for (let odd = 3; term.gt('1e-45'); odd += 2) {
    term = term.times(x).div(odd);
    inside = inside.plus(term);
  }
  const tail = new Decimal('0.5').minus(inside.times(density));
  let power = root;
  let sum = root;
  for (const odd of [3, 5, 7]) {
    power = power.times(x).div(odd);
    sum = sum.plus(power);
  }
  return Decimal.max(zero, tail.plus(density.times(sum)).times(2));
}

/** The share of false ones among the marks with a p-value that a run may expect. */
export const falseDiscoveryRate = new Decimal('0.1');

/**
 * Which of the tests of one run are held to be significant at a false discovery rate: Benjamini & Hochberg (1995), “Controlling
 * the False Discovery Rate”, J. R. Statist. Soc. B 57. With the p-values in order, all up to the largest k with
 * p(k) ≤ k / m × rate.
 */
export function held(values: readonly Decimal[], rate: Decimal = falseDiscoveryRate): boolean[] {
  const sorted = [...values].sort((a, b) => a.cmp(b));
  const last = sorted.findLastIndex((p, at) => p.lte(rate.times(at + 1).div(sorted.length)));
  const limit = sorted[last];
  return values.map((p) => limit !== undefined && p.lte(limit));
}
