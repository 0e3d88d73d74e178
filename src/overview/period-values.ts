import type { Cell } from '../assessment/cell.js';
import type { Finding } from '../assessment/measured.js';
import { figureProjection } from '../figures/figure.projection.js';
import type { IndicatorDocument } from '../indicators/indicator.projection.js';
import {
  closing,
  endInYears,
  findPeriod,
  lastDayOf,
  parsePeriod,
  periodsBetween,
  type Frequency,
  type Period,
} from '../kernel/period.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { firstPeriodOf, unitOn, type Unit } from '../plans/units-in-time.js';
import { composeRow } from './indicator-row.js';
import type { PlanReader } from './plan-reader.js';

/** What an indicator was at a unit in one period. */
export interface PeriodValue {
  readonly period: Period;
  /** The unit as it was then; absent where it was not there yet. */
  readonly then?: Unit;
  /** The period within whose borders the value is. */
  readonly within: Period;
  /** Absent of a unit that is not judged. */
  readonly cell?: Cell;
  readonly value: Finding;
}

/** The period of a frequency in which the base of a plan is reported. */
export const basePeriodOf = ({ baseline }: Pick<PlanDocument, 'baseline'>, frequency: Frequency): string =>
  closing(parsePeriod(baseline), frequency)!.text;

/** The values of an indicator at a unit in the base period, the periods of the plan and all others with a figure. */
export async function periodValues(
  views: DocumentReading,
  reader: PlanReader,
  { indicator, unit, asOf }: { readonly indicator: IndicatorDocument; readonly unit: Unit; readonly asOf?: AsOf },
): Promise<PeriodValue[]> {
  const { plan } = reader;
  const judged = unit.level === 'reference' ? [] : [unit];
  const found: PeriodValue[] = [];
  for (const period of await periodsOf(views, reader, indicator, asOf)) {
    const then = unitOn(unit, lastDayOf(period, plan));
    const within = firstPeriodOf(unit, period, plan);
    const cell = then && (await composeRow(reader, indicator, judged, period))?.cells[0];
    const value = cell?.value ?? (await reader.measured({ code: indicator.code, period }, within)).get(unit.code);
    // It was no more by then.
    if (value) found.push({ period, ...(then && { then }), within, ...(cell && { cell }), value });
  }
  return found;
}

/** Ordered by end. */
async function periodsOf(
  views: DocumentReading,
  { plan }: PlanReader,
  { code, frequency }: IndicatorDocument,
  asOf: AsOf | undefined,
): Promise<Period[]> {
  const figures = await views.list(figureProjection, `${plan.plan}/${code}/`, { asOf });
  const periods = new Set([
    basePeriodOf(plan, frequency),
    ...periodsBetween(frequency, plan.startYear, plan.endYear, plan).map(({ text }) => text),
    ...figures.map(({ body }) => body.period),
  ]);
  return [...periods].map((text) => findPeriod(text)!).sort((a, b) => endInYears(a) - endInYears(b));
}
