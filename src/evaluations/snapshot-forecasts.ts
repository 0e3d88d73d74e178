import { Decimal, shownWith } from '../assessment/decimals.js';
import { methodNumbered } from '../assessment/method.js';
import { scaleOf, summarized, type Outcome, type Outcomes } from '../forecasts/back-test.js';
import { chosenOf, forecasts, type ForecastPoint, type MethodForecast } from '../forecasts/forecast.js';
import { methodsVersion, type ForecastMethod } from '../forecasts/methods.js';
import { seriesOf, type UnitSeries } from '../forecasts/series.js';
import { canonicalJson, sha256 } from '../kernel/json.js';
import type { Translations } from '../kernel/language.js';
import { parsePeriod, wholeYear, type Period } from '../kernel/period.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import { composeIndexed } from '../overview/overview.js';
import { PlanReader } from '../overview/plan-reader.js';

/** A forecast for one period, and what came. */
export interface PointWithOutcome extends ForecastPoint {
  /** The value of the period as it is known now; absent while there is none. */
  readonly actual?: string;
  /** Forecast less value, with the decimals of the indicator. */
  readonly error?: string;
  /** Whether the value lies in the interval of 80 %; absent without one. */
  readonly isInside?: boolean;
}

export interface ForecastWithOutcome {
  readonly code: string;
  readonly name: string;
  readonly translations?: Translations;
  readonly unit: string;
  readonly unitOfMeasure: string;
  /** The last value that the forecast knew. */
  readonly last: UnitSeries['values'][number];
  readonly values: number;
  readonly target?: UnitSeries['target'];
  /** The method on which an early warning rested, and whether its forecast met the target. */
  readonly chosen?: ForecastMethod;
  readonly methods: readonly (Omit<MethodForecast, 'points'> & { readonly points: readonly PointWithOutcome[] })[];
  readonly demo: boolean;
}

/**
 * What a snapshot led to, by what was known at its cut-off, and what came of it. The forecasts are a function of the
 * snapshot’s moment and of the version of the methods: whoever asks in ten years gets the same, with the same hash.
 */
export interface SnapshotForecasts {
  readonly evaluation: string;
  readonly snapshot: number;
  readonly period: string;
  readonly asOf: string;
  readonly methodsVersion: number;
  /** SHA-256 of the canonical JSON (RFC 8785) of the forecasts without what came. */
  readonly forecastHash: string;
  readonly forecasts: readonly ForecastWithOutcome[];
  /** By method and number of periods ahead, over the periods whose value is known now. */
  readonly outcomes: readonly Outcomes[];
  /** Forecasts of the chosen methods for periods without a value yet. */
  readonly pending: number;
  readonly demo: boolean;
}

interface Asked {
  readonly plan: string;
  readonly evaluation: string;
  readonly snapshot: {
    readonly number: number;
    readonly period: string;
    readonly asOf: string;
    readonly method: number;
  };
  /** The cut-off of the snapshot. */
  readonly asOf: AsOf;
}

/** What was forecast of one indicator at one unit, with the series that the forecast knew. */
interface Forecast {
  readonly told: Omit<ForecastWithOutcome, 'methods'> & { readonly methods: readonly MethodForecast[] };
  readonly known: UnitSeries;
}

/** `today` reads the plan as it is known now. */
export async function snapshotForecasts(
  views: DocumentReading,
  today: PlanReader,
  { plan, evaluation, snapshot, asOf }: Asked,
): Promise<SnapshotForecasts> {
  const { number, period } = snapshot;
  const then = await PlanReader.open(views, plan, asOf, methodNumbered(snapshot.method));
  const [made, now] = await Promise.all([forecastsOf(then, period), valuesIn(today)]);
  const outcomes: Outcome[] = [];
  let pending = 0;
  const found = made.map(({ told, known }): ForecastWithOutcome => {
    const values = now.get(`${told.code}/${told.unit}`);
    const scale = scaleOf(known.series);
    const withOutcomes = told.methods.map(({ method, points, ...rest }) => ({
      ...{ method, ...rest },
      points: points.map((point, index): PointWithOutcome => {
        const actual = values?.get(point.period);
        if (actual === undefined) {
          if (method === told.chosen) pending += 1;
          return point;
        }
        const error = new Decimal(point.value).minus(actual);
        const isInside = point.interval && actual.gte(point.interval.lower) && actual.lte(point.interval.upper);
        outcomes.push({
          ...{ method, horizon: index + 1 },
          ...(scale && { error: error.div(scale) }),
          ...(isInside !== undefined && { isCovered: isInside }),
        });
        return {
          ...point,
          ...{ actual: shownWith(known.decimals, actual), error: shownWith(known.decimals, error) },
          ...(isInside !== undefined && { isInside }),
        };
      }),
    }));
    return { ...told, methods: withOutcomes };
  });
  return {
    ...{ evaluation, snapshot: number, period, asOf: snapshot.asOf, methodsVersion },
    forecastHash: sha256(canonicalJson(made.map(({ told }) => told))),
    ...{ forecasts: found, outcomes: summarized(outcomes), pending, demo: made.some(({ told }) => told.demo) },
  };
}

/** The forecasts of all main indicators at all units that have one. */
async function forecastsOf(reader: PlanReader, period: string): Promise<Forecast[]> {
  const all = await allSeries(reader, parsePeriod(period));
  return all.flatMap(({ row, series }) =>
    row.cells.flatMap(({ unit }): Forecast[] => {
      const known = series.get(unit)!;
      const { values, path, target, why, demo } = known;
      if (!path || why) return [];
      const methods = forecasts({ ...known, path });
      const chosen = chosenOf(methods, values.length)?.method;
      if (methods.length === 0) return [];
      const { code, name, translations, definition } = row;
      const told = {
        ...{ code, name, ...(translations && { translations }), unit, unitOfMeasure: definition.unitOfMeasure },
        ...{ last: values.at(-1)!, values: values.length, ...(target && { target }), ...(chosen && { chosen }) },
        ...{ methods, demo },
      };
      return [{ told, known }];
    }),
  );
}

/** The values that a reader knows, exactly, by indicator and unit, and by period. */
async function valuesIn(reader: PlanReader): Promise<ReadonlyMap<string, ReadonlyMap<string, Decimal>>> {
  const all = await allSeries(reader, wholeYear(reader.plan.endYear, reader.plan));
  return new Map(
    all.flatMap(({ row, series }) =>
      [...series].map(([unit, { series: observations, values }]): [string, ReadonlyMap<string, Decimal>] => [
        `${row.code}/${unit}`,
        new Map(values.map(({ period }, index) => [period, observations[index]!.value])),
      ]),
    ),
  );
}

/** The main indicators of a period with their series up to it. */
async function allSeries(reader: PlanReader, period: Period) {
  const { indicators } = await composeIndexed(reader, period);
  return Promise.all(indicators.map(async (row) => ({ row, series: await seriesOf(reader, row) })));
}
