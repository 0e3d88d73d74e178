import { unknownIndicator, wrongFrequency } from '../indicators/read-indicators.js';
import { parsePeriod } from '../kernel/period.js';
import { assertUnitThen, judgedUnitOf } from '../plans/lookup.js';
import { judgedUnits, topUnit, type PlanDocument } from '../plans/plan.projection.js';
import { unitsIn, type Unit } from '../plans/units-in-time.js';
import { composeRow, type IndicatorRow } from './indicator-row.js';
import type { PlanReader } from './plan-reader.js';

/**
 * The unit that a query about a period asks for, or the one above all others.
 * @throws {DomainError} `unit.unknown`, `unit.not-judged`, `unit.not-then`
 */
export function askedUnit(
  plan: PlanDocument,
  { period, units }: { readonly period: string; readonly units: readonly Unit[] },
  asked: string | undefined,
): string {
  const code = asked ?? topUnit({ units }) ?? '';
  judgedUnitOf(plan, code);
  assertUnitThen(plan, code, parsePeriod(period));
  return code;
}

/**
 * The row of an indicator that does not count in the index: background, or a promise of the text.
 * @throws {DomainError} `indicator.unknown`, and what `wrongFrequency` makes
 */
export async function otherRow(reader: PlanReader, code: string, periodText: string): Promise<IndicatorRow> {
  const indicator = reader.indicator(code);
  if (!indicator) throw unknownIndicator(reader.plan.plan, code, reader.indicators);
  const period = parsePeriod(periodText);
  const row = await composeRow(reader, indicator, judgedUnits({ units: unitsIn(reader.plan, period) }), period);
  if (!row) throw wrongFrequency(`指标 ${code} 没有以此结束的一期`, period, [indicator.frequency]);
  return row;
}
