import type { Assessment } from '../assessment/assessment.js';
import type { Translations } from '../kernel/language.js';
import type { OverviewNow } from '../overview/overview-later.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import type { PlanReader } from '../overview/plan-reader.js';
import { backTest, type Outcomes } from './back-test.js';
import { chosenOf, forecasts, type MethodForecast, type SeriesValue } from './forecast.js';
import type { ProgrammeWarnings } from './programme-forecasts.js';
import { chosenMethod, methodsVersion, type ForecastMethod } from './methods.js';
import { seriesOf, type NoForecast, type UnitSeries } from './series.js';

/** One indicator at one unit: what it was, what it is to be, and what each method expects. */
export interface IndicatorForecast {
  readonly plan: string;
  readonly code: string;
  readonly name: string;
  readonly translations?: Translations;
  readonly unit: string;
  readonly unitOfMeasure: string;
  /** The last period whose value may be among the values. */
  readonly period: string;
  readonly values: readonly SeriesValue[];
  /** Set where values and forecasts are sums since the plan’s start. */
  readonly isSum?: true;
  /** What the final target asks for; absent without one. */
  readonly target?: UnitSeries['target'];
  readonly methods: readonly MethodForecast[];
  readonly methodsVersion: number;
  /** The method on which an early warning rests. */
  readonly chosen?: ForecastMethod;
  /** Why there is no forecast. */
  readonly why?: NoForecast;
  readonly pace?: Assessment['pace'];
  readonly demo: boolean;
}

/** 预警: an indicator whose forecast misses the final target. */
export interface EarlyWarning {
  readonly code: string;
  readonly name: string;
  readonly translations?: Translations;
  readonly attribute: Assessment['attribute'];
  readonly unit: string;
  readonly unitOfMeasure: string;
  /** The last value, with its period. */
  readonly last: SeriesValue;
  readonly target: NonNullable<UnitSeries['target']>;
  readonly method: ForecastMethod;
  /** How many values the forecast rests on. */
  readonly values: number;
  readonly forecast: MethodForecast['points'][number];
  /** Whether the whole interval of 80 % misses the target; absent where the method gives no interval. */
  readonly certain?: boolean;
  readonly pace?: Assessment['pace'];
  readonly light: Assessment['light'];
  readonly demo: boolean;
}

export interface EarlyWarnings {
  readonly plan: string;
  readonly period: string;
  readonly methodsVersion: number;
  /** Of each unit in the order of the plan, those that are surest and binding first. */
  readonly warnings: readonly EarlyWarning[];
  /** Indicators of units by what is expected of them: each is counted once. */
  readonly counts: { readonly meets: number; readonly misses: number } & Readonly<Record<NoForecast, number>>;
  /** Projects and tasks. */
  readonly programme: ProgrammeWarnings;
}

/** Forecasts of one row at one of its units. */
export async function indicatorForecast(
  reader: PlanReader,
  row: IndicatorRow,
  unit: string,
): Promise<IndicatorForecast> {
  const cell = row.cells.find((each) => each.unit === unit)!;
  const found = (await seriesOf(reader, row)).get(unit)!;
  const { values, target, path, why, demo } = found;
  const methods = path && !why ? forecasts({ ...found, path }) : [];
  const chosen = chosenOf(methods, values.length);
  return {
    ...{ plan: reader.plan.plan, code: row.code, name: row.name },
    ...(row.translations && { translations: row.translations }),
    ...{ unit, unitOfMeasure: row.definition.unitOfMeasure, period: row.period, values },
    ...(row.kind === 'cumulative' && { isSum: true as const }),
    ...(target && { target }),
    ...{ methods, methodsVersion },
    ...(chosen && { chosen: chosen.method }),
    ...(why ? { why } : !chosen && { why: 'few-values' as const }),
    ...(cell.assessment.pace && { pace: cell.assessment.pace }),
    demo,
  };
}

/** What is expected of each indicator of an overview at the given units. */
export async function earlyWarnings(
  reader: PlanReader,
  { plan, period, indicators, units }: OverviewNow,
  programme: ProgrammeWarnings,
  isAsked: (unit: string) => boolean,
): Promise<EarlyWarnings> {
  const counts = { meets: 0, misses: 0, 'few-values': 0, 'no-target': 0, due: 0, retired: 0 };
  const warnings: EarlyWarning[] = [];
  for (const row of indicators) {
    const all = await seriesOf(reader, row);
    for (const { unit, assessment } of row.cells.filter((cell) => isAsked(cell.unit))) {
      const { values, target, path, why, demo, ...input } = all.get(unit)!;
      const method = chosenMethod(values.length);
      const [forecast] = path && method && !why ? forecasts({ ...input, path }, [method]) : [];
      const expected = why ?? (forecast ? (forecast.meets ? 'meets' : 'misses') : 'few-values');
      counts[expected] += 1;
      if (expected !== 'misses') continue;
      const { code, name, translations, attribute, definition } = row;
      warnings.push({
        ...{ code, name, ...(translations && { translations }), attribute, unit },
        ...{ unitOfMeasure: definition.unitOfMeasure, last: values.at(-1)!, target: target!, method: method! },
        ...{ values: values.length, forecast: forecast!.points.at(-1)! },
        ...(forecast!.certain !== undefined && { certain: forecast!.certain }),
        ...(assessment.pace && { pace: assessment.pace }),
        ...{ light: assessment.light, demo },
      });
    }
  }
  const places = new Map(units.map(({ code }, index) => [code, index]));
  const rank = ({ certain, attribute }: EarlyWarning) => (certain ? 0 : 2) + (attribute === 'binding' ? 0 : 1);
  warnings.sort((a, b) => places.get(a.unit)! - places.get(b.unit)! || rank(a) - rank(b));
  return { plan: plan.plan, period, methodsVersion, warnings, counts, programme };
}

/** How each method would have done on the series of an overview. */
export interface BackTest {
  readonly plan: string;
  readonly period: string;
  readonly methodsVersion: number;
  /** Series with two values or more. */
  readonly series: number;
  readonly outcomes: readonly Outcomes[];
  readonly demo: boolean;
}

export async function planBackTest(
  reader: PlanReader,
  { plan, period, indicators }: OverviewNow,
  isAsked: (unit: string) => boolean,
): Promise<BackTest> {
  const all = await Promise.all(indicators.map(async (row) => [...(await seriesOf(reader, row))]));
  const asked = all.flat().flatMap(([unit, found]) => (isAsked(unit) && found.series.length > 1 ? [found] : []));
  return {
    ...{ plan: plan.plan, period, methodsVersion, series: asked.length },
    outcomes: backTest(asked.map(({ series }) => series)),
    demo: asked.some(({ demo }) => demo),
  };
}
