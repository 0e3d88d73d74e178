import { by } from '../kernel/order.js';
import { firstDayOf, lastDayOf, periodsBetween, type Frequency } from '../kernel/period.js';
import type { Views } from '../kernel/views.js';
import { judgedUnitOf } from '../plans/lookup.js';
import { unitOn } from '../plans/units-in-time.js';
import { periodSight, planSight, type ObligationQuestion, type PlanSight } from './obligation-reading.js';
import { obligationsOf, type UnitObligations } from './obligations.js';

/** What a unit owes for one period, counted. */
export interface ObligationPeriod extends Pick<UnitObligations, 'due' | 'overdue' | 'totals'> {
  readonly period: string;
  /** The last day of the period. */
  readonly until: string;
}

export interface ObligationPeriods {
  readonly plan: string;
  readonly unit: string;
  readonly name: string;
  /** The day as of which this is so. */
  readonly day: string;
  /** Those that have begun and for which the unit owes anything, the last one first. */
  readonly periods: readonly ObligationPeriod[];
}

type Question = Omit<ObligationQuestion, 'period'> & { readonly unit: string };

/**
 * The periods for which a unit has something to report.
 * @throws {DomainError} `plan.unknown`, `plan.not-yet-known`, `unit.unknown`, `unit.not-judged`
 */
export async function obligationPeriods(views: Views, question: Question): Promise<ObligationPeriods> {
  const sight = await planSight(views, question);
  const { plan, day } = sight;
  const unit = judgedUnitOf(plan, question.unit);
  const begun = frequenciesOf(sight)
    .flatMap((frequency) => periodsBetween(frequency, plan.startYear, plan.endYear, plan))
    .filter((period) => firstDayOf(period, plan) <= day && unitOn(unit, lastDayOf(period, plan)) !== undefined);
  const found = await Promise.all(
    begun.map(async (period): Promise<ObligationPeriod[]> => {
      const [owed] = obligationsOf(await periodSight(views, sight, period), unit.code).units;
      if (!owed || owed.obligations.length === 0) return [];
      const { due, overdue, totals } = owed;
      const until = lastDayOf(period, plan);
      return [{ period: period.text, until, ...(due !== undefined && { due }), overdue, totals }];
    }),
  );
  // Of two that end on one day, the longer one has the shorter name.
  const periods = found.flat().toSorted(by(({ until, period }) => `${until} ${period}`));
  return { plan: plan.plan, unit: unit.code, name: unit.name, day, periods: periods.toReversed() };
}

/** The frequencies in which the plan has anything reported. */
function frequenciesOf({ plan, indicators }: PlanSight): Frequency[] {
  const { programme } = plan.deadlines ?? {};
  const found = indicators.map(({ frequency }) => frequency);
  return [...new Set([...found, ...(programme === undefined ? [] : [programme])])];
}
