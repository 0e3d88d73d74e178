import { Decimal, text } from '../assessment/decimals.js';
import { forecasting, forecastMethods, type ForecastMethod, type Observation } from './methods.js';
import { mean } from './statistics.js';

/** What came of the forecasts of one method over one number of years, by rolling origin. */
export interface Outcomes {
  readonly method: ForecastMethod;
  /** Steps of the series between the last value known to the forecast and the value that it is compared with. */
  readonly horizon: number;
  readonly count: number;
  /**
   * Mean absolute scaled error (Hyndman & Koehler 2006): each absolute error divided by the mean absolute change from one
   * value to the next within what was known. Below 1 is better than “no change” one step ahead. Absent if every series
   * stood still.
   */
  readonly scaledError?: string;
  /** Mean of the scaled errors with their sign: above 0 forecasts were too high. */
  readonly scaledBias?: string;
  /** Share of outcomes within the interval of 80 %, in percent, and of how many. */
  readonly coverage?: { readonly share: string; readonly count: number };
  /** Methods are not compared on fewer outcomes than ten. */
  readonly isFew?: true;
}

/** What came of one forecast. */
export interface Outcome {
  readonly method: ForecastMethod;
  readonly horizon: number;
  /** Forecast less value, divided by the scale of its series; absent where that stood still. */
  readonly error?: Decimal;
  /** Absent where the method gave no interval. */
  readonly isCovered?: boolean;
}

/** Below this number of outcomes nothing is ranked. */
const few = 10;

/** Repeats each forecast as of each earlier value, and compares it with what came. A pure function. */
export const backTest = (all: readonly (readonly Observation[])[]): Outcomes[] => summarized(all.flatMap(outcomesOf));

/** By method, in their order, and number of steps ahead. */
export function summarized(outcomes: readonly Outcome[]): Outcomes[] {
  const horizons = [...new Set(outcomes.map(({ horizon }) => horizon))].sort((a, b) => a - b);
  return forecastMethods.flatMap((method) =>
    horizons.flatMap((horizon) => {
      const own = outcomes.filter((each) => each.method === method && each.horizon === horizon);
      return own.length > 0 ? [summaryOf(own, method, horizon)] : [];
    }),
  );
}

function outcomesOf(series: readonly Observation[]): Outcome[] {
  return series.flatMap((_, origin) => {
    const known = series.slice(0, origin + 1);
    const scale = scaleOf(known);
    return series.slice(origin + 1).flatMap(({ at, value }, index) =>
      forecastMethods.flatMap((method): Outcome[] => {
        const estimate = forecasting[method](known, at);
        if (!estimate) return [];
        const { lower, upper } = estimate;
        return [
          {
            ...{ method, horizon: index + 1 },
            ...(scale && { error: estimate.value.minus(value).div(scale) }),
            ...(lower && upper && { isCovered: lower.lte(value) && upper.gte(value) }),
          },
        ];
      }),
    );
  });
}

/** The mean absolute change from one value to the next; undefined where nothing changed. */
export function scaleOf(known: readonly Observation[]): Decimal | undefined {
  if (known.length < 2) return undefined;
  const scale = mean(known.slice(1).map(({ value }, index) => value.minus(known[index]!.value).abs()));
  return scale.isZero() ? undefined : scale;
}

function summaryOf(outcomes: readonly Outcome[], method: ForecastMethod, horizon: number): Outcomes {
  const errors = outcomes.flatMap(({ error }) => error ?? []);
  const covered = outcomes.flatMap(({ isCovered }) => isCovered ?? []);
  const shown = (number: Decimal) => text(number.toDecimalPlaces(2));
  const share = () => new Decimal(covered.filter(Boolean).length).times(100).div(covered.length);
  return {
    ...{ method, horizon, count: outcomes.length },
    ...(errors.length > 0 && {
      scaledError: shown(mean(errors.map((error) => error.abs()))),
      scaledBias: shown(mean(errors)),
    }),
    ...(covered.length > 0 && {
      coverage: { share: text(share().toDecimalPlaces(1)), count: covered.length },
    }),
    ...(outcomes.length < few && { isFew: true as const }),
  };
}
