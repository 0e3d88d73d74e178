import { type Decimal, shownWith } from '../assessment/decimals.js';
import { standingOf } from '../assessment/standing.js';
import type { Path } from '../assessment/trajectory.js';
import { chosenMethod, forecasting, forecastMethods, type ForecastMethod, type Observation } from './methods.js';

/** A value that went into a forecast. */
export interface SeriesValue {
  readonly period: string;
  /** For display, with the decimals of the indicator; of a cumulative indicator the sum since the plan’s start. */
  readonly shown: string;
  readonly demo: boolean;
}

/** What a method forecasts for the end of one period. Numbers with the decimals of the indicator. */
export interface ForecastPoint {
  readonly period: string;
  readonly value: string;
  /** The interval of 80 %; absent where the method gives none. */
  readonly interval?: { readonly lower: string; readonly upper: string };
  /** Set where a number passed a bound of its kind (a share 0 to 100 %, a count 0, a sum what is reached) and was cut. */
  readonly cut?: true;
}

export interface MethodForecast {
  readonly method: ForecastMethod;
  /** One for each period up to that of the final target. */
  readonly points: readonly ForecastPoint[];
  /** Whether the final target is met by the forecast value. */
  readonly meets: boolean;
  /** Whether the interval lies on one side: the end that is worse for the target meets it, or the better one does not. */
  readonly certain?: boolean;
}

/** Bounds that values of a kind cannot pass. */
export interface Bounds {
  readonly lower?: Decimal;
  readonly upper?: Decimal;
}

export interface ForecastInput {
  readonly series: readonly Observation[];
  /** Ends of periods after the last value; the last one is that of the final target. */
  readonly ahead: readonly { readonly period: string; readonly at: Decimal }[];
  readonly path: Path;
  readonly bounds: Bounds;
  readonly decimals: number;
}

/** What each method that the series allows forecasts. A pure function. */
export function forecasts(
  input: ForecastInput,
  methods: readonly ForecastMethod[] = forecastMethods,
): MethodForecast[] {
  return methods.flatMap((method) => forecastBy(method, input) ?? []);
}

/** The forecast on which an early warning rests; undefined where there are too few values for any. */
export const chosenOf = (all: readonly MethodForecast[], values: number): MethodForecast | undefined =>
  all.find(({ method }) => method === chosenMethod(values));

function forecastBy(
  method: ForecastMethod,
  { series, ahead, path, bounds, decimals }: ForecastInput,
): MethodForecast | undefined {
  const estimates = ahead.map(({ at }) => forecasting[method](series, at));
  const final = estimates.at(-1);
  if (!final) return undefined;
  const end = path.final.end;
  const within = (value: Decimal) => cutAt(value, bounds);
  const met = (value: Decimal) => standingOf(path, end, within(value)).met;
  const points = ahead.map(({ period }, index): ForecastPoint => {
    const { value, lower, upper } = estimates[index]!;
    const shown = (number: Decimal) => shownWith(decimals, within(number));
    const isCut = [value, lower, upper].some((number) => number && !within(number).equals(number));
    return {
      period,
      value: shown(value),
      ...(lower && upper && { interval: { lower: shown(lower), upper: shown(upper) } }),
      ...(isCut && { cut: true as const }),
    };
  });
  const { value, lower, upper } = final;
  return {
    method,
    points,
    meets: met(value),
    ...(lower && upper && { certain: met(lower) === met(value) && met(upper) === met(value) }),
  };
}

function cutAt(value: Decimal, { lower, upper }: Bounds): Decimal {
  if (lower && value.lt(lower)) return lower;
  return upper && value.gt(upper) ? upper : value;
}
