import type { Unit } from '../plans/plan.decider.js';
import type { Period } from '../kernel/period.js';
import { composeRow, judgedUnits, type IndicatorRow } from './overview.js';
import type { PlanReader } from './plan-reader.js';

/**
 * The indicators that stand for promises of the plan's text (文本承诺): judged like the main ones, but no part of the index.
 * Cells only for the units asked for, by default the one above all others; they are measured at all units all the same.
 */
export async function composePromiseRows(
  reader: PlanReader,
  period: Period,
  cellsFor: readonly Unit[] = judgedUnits(reader.plan).filter(({ parent }) => parent === undefined),
): Promise<IndicatorRow[]> {
  const promises = reader.indicators.filter(({ role }) => role === 'promise');
  const rows = await Promise.all(promises.map((indicator) => composeRow(reader, indicator, cellsFor, period)));
  return rows.filter((row) => row !== undefined);
}
