import { Decimal } from '../assessment/decimals.js';
import { mean, median, normalNinety, quantile, studentNinety } from './statistics.js';

/** A value of a series and its time in years. */
export interface Observation {
  readonly at: Decimal;
  readonly value: Decimal;
}

/** A forecast value with its interval of 80 %, where the method gives one. */
export interface Estimate {
  readonly value: Decimal;
  readonly lower?: Decimal;
  readonly upper?: Decimal;
}

/** Series in the order of time, at most one value per time; undefined if the series is too short for the method. */
export type Forecasting = (series: readonly Observation[], at: Decimal) => Estimate | undefined;

/** The last is preferred where it can be used; see `chosenMethod`. */
export const forecastMethods = ['last-pace', 'linear', 'geometric', 'robust'] as const;
export type ForecastMethod = (typeof forecastMethods)[number];

/** Counts changes of the formulas below. A forecast that is kept names the version by which it was made. */
export const methodsVersion = 1;

export const forecasting: Readonly<Record<ForecastMethod, Forecasting>> = {
  'last-pace': lastPace,
  linear,
  geometric,
  robust,
};

/** The method on which an early warning rests: the most robust one that the number of values allows. */
export function chosenMethod(values: number): ForecastMethod | undefined {
  if (values >= 5) return 'robust';
  if (values >= 4) return 'linear';
  return values >= 2 ? 'last-pace' : undefined;
}

/**
 * v_t + h (v_t − v_{t−1}), h in units of the last step. Where five values exist the interval is ± t_{0.9,m} · s · g(h): s
 * is the root mean square of the method’s own m past errors per year, g(h)² = h (h + 1)(2h + 1) / 6. This is exact where
 * the changes of the pace are independent and normal with mean 0 (a random walk of the pace).
 */
function lastPace(series: readonly Observation[], at: Decimal): Estimate | undefined {
  const last = series.at(-1);
  if (series.length < 2 || !last) return undefined;
  const value = continued(series, at);
  if (series.length < 5) return { value };
  const errors = series.slice(2).map(({ at: then, value: actual }, index) => {
    const known = series.slice(0, index + 2);
    return actual.minus(continued(known, then)).div(spread(then.minus(known.at(-1)!.at)));
  });
  const deviation = mean(errors.map((error) => error.pow(2))).sqrt();
  return around(
    value,
    studentNinety(errors.length)
      .times(deviation)
      .times(spread(at.minus(last.at))),
  );
}

function continued(series: readonly Observation[], at: Decimal): Decimal {
  const [before, last] = [series.at(-2)!, series.at(-1)!];
  const pace = last.value.minus(before.value).div(last.at.minus(before.at));
  return last.value.plus(pace.times(at.minus(last.at)));
}

const spread = (years: Decimal): Decimal => years.times(years.plus(1)).times(years.times(2).plus(1)).div(6).sqrt();

const around = (value: Decimal, halfWidth: Decimal): Estimate => ({
  value,
  lower: value.minus(halfWidth),
  upper: value.plus(halfWidth),
});

/**
 * Ordinary least squares from four values on: ŷ ± t_{0.9,n−2} · s · √(1 + 1/n + (x₀ − x̄)² / Sxx), the interval of
 * prediction of any textbook of regression.
 */
function linear(series: readonly Observation[], at: Decimal): Estimate | undefined {
  const count = series.length;
  if (count < 4) return undefined;
  const [middle, level] = [mean(series.map((each) => each.at)), mean(series.map(({ value }) => value))];
  const sumOf = (of: (each: Observation) => Decimal) => Decimal.sum(...series.map(of));
  const squares = sumOf((each) => each.at.minus(middle).pow(2));
  const slope = sumOf((each) => each.at.minus(middle).times(each.value.minus(level))).div(squares);
  const fitted = (time: Decimal) => level.plus(slope.times(time.minus(middle)));
  const rest = sumOf((each) => each.value.minus(fitted(each.at)).pow(2));
  const deviation = rest.div(count - 2).sqrt();
  const distance = new Decimal(1).plus(new Decimal(1).div(count)).plus(at.minus(middle).pow(2).div(squares)).sqrt();
  return around(
    fitted(at),
    studentNinety(count - 2)
      .times(deviation)
      .times(distance),
  );
}

/** The linear method on logarithms, its ends transformed back; only where all values are positive. */
function geometric(series: readonly Observation[], at: Decimal): Estimate | undefined {
  if (series.some(({ value }) => value.lte(0))) return undefined;
  const found = linear(
    series.map((each) => ({ at: each.at, value: each.value.ln() })),
    at,
  );
  return found && { value: found.value.exp(), lower: found.lower!.exp(), upper: found.upper!.exp() };
}

/**
 * Theil–Sen from five values on: the median of the slopes between all pairs, and the median intercept (Sen 1968). The
 * interval joins two parts by the root of the sum of their squares, as independent errors are joined: how far the ends of
 * Sen’s interval of the slope lead away from the median time, and the 10 % and 90 % quantiles of the residuals, times
 * √(1 + 1/n). On a line with normal errors it covers 80 to 86 % from six values on, and up to 90 % with five: order
 * statistics of so few values cannot be narrower. This departs from the 10 % and 90 % quantiles of all slopes, which do
 * not become narrower with more values and cover 99 % with twelve.
 */
function robust(series: readonly Observation[], at: Decimal): Estimate | undefined {
  const count = series.length;
  if (count < 5) return undefined;
  const slopes = series.flatMap((each, index) =>
    series.slice(index + 1).map((later) => later.value.minus(each.value).div(later.at.minus(each.at))),
  );
  const slope = median(slopes);
  const intercept = median(series.map((each) => each.value.minus(slope.times(each.at))));
  const residuals = series.map((each) => each.value.minus(intercept).minus(slope.times(each.at)));
  const distance = at.minus(median(series.map((each) => each.at))).abs();
  const value = intercept.plus(slope.times(at));
  const [flattest, steepest] = slopeEnds(slopes, count);
  const widened = new Decimal(count + 1).div(count).sqrt();
  const away = (end: Decimal, share: string) =>
    end.minus(slope).times(distance).pow(2).plus(quantile(residuals, share).times(widened).pow(2)).sqrt();
  return { value, lower: value.minus(away(flattest, '0.1')), upper: value.plus(away(steepest, '0.9')) };
}

/**
 * The ends of the 80 % interval of the slope: the order statistics of the pairwise slopes of rank (N ∓ C) / 2, with
 * C = 1.2816 · √(n (n − 1)(2n + 5) / 18), the deviation of Kendall’s statistic without ties (Sen 1968).
 */
function slopeEnds(slopes: readonly Decimal[], count: number): [Decimal, Decimal] {
  const sorted = [...slopes].sort((a, b) => a.cmp(b));
  const deviation = normalNinety.times(new Decimal((count * (count - 1) * (2 * count + 5)) / 18).sqrt());
  const rank = Math.max(0, new Decimal(sorted.length).minus(deviation).div(2).round().toNumber() - 1);
  return [sorted[rank]!, sorted[sorted.length - 1 - rank]!];
}
