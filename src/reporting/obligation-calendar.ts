import { by } from '../kernel/order.js';
import { endInYears, lastDayOf, parsePeriod, type Frequency } from '../kernel/period.js';
import { dayAfter, dayOf, type Instant } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { judgedUnitOf } from '../plans/lookup.js';
import { unitOn } from '../plans/units-in-time.js';
import { periodWords } from '../reports/words.js';
import { calendarText, type CalendarEntry } from './icalendar.js';
import { periodSight, planSight } from './obligation-reading.js';
import { dueDay, obligationsOf, periodsDue, type UnitObligations } from './obligations.js';

/** Days before and after today whose deadlines a calendar has. */
const around = 400;

/** A period of a plan that has a deadline, and the last day for its reports. */
export interface DueDay {
  readonly period: string;
  readonly frequency: Frequency;
  readonly due: string;
}

/** The periods of a plan that have deadlines, in the order in which they are due. */
export const dueDaysOf = (plan: PlanDocument): DueDay[] =>
  periodsDue(plan)
    .map((period) => ({ period: period.text, frequency: period.frequency, due: dueDay(plan, period)! }))
    .toSorted(by(({ due }) => due));

/**
 * The deadlines of a unit as a calendar (iCalendar): one entry for each period that is due about now and of which the
 * unit owes anything.
 * @throws {DomainError} `plan.unknown`, `unit.unknown`, `unit.not-judged`
 */
export async function obligationCalendar(views: Views, plan: string, unit: string, now: Instant): Promise<string> {
  const sight = await planSight(views, { plan, asOf: {}, now });
  const { plan: document } = sight;
  const own = judgedUnitOf(document, unit);
  const today = dayOf(now, document.timeZone);
  const periods = periodsDue(document, dayAfter(today, -around), dayAfter(today, around))
    .filter((period) => unitOn(own, lastDayOf(period, document)) !== undefined)
    .toSorted((a, b) => endInYears(a) - endInYears(b));
  const entries: CalendarEntry[] = [];
  for (const period of periods) {
    const [found] = obligationsOf(await periodSight(views, sight, period), unit).units;
    if (found && found.obligations.length > 0) entries.push(entryOf(plan, period.text, found));
  }
  return calendarText(`${document.title}　报送任务`, entries, now);
}

function entryOf(
  plan: string,
  period: string,
  { unit, name, due, overdue, totals, obligations }: UnitObligations,
): CalendarEntry {
  const left = totals.owed + totals.returned;
  const standing =
    left === 0 ? '已报齐' : `欠 ${left} 项${totals.returned > 0 ? `（其中退回 ${totals.returned} 项）` : ''}`;
  return {
    uid: `${plan}/${unit}/${parsePeriod(period).text}@tongjian`,
    day: due!,
    summary: `${name} ${periodWords(period)}报送截止：${standing}`,
    description: `应报 ${obligations.length} 项，已报 ${obligations.length - left} 项，${standing}${overdue > 0 ? '，已逾期' : ''}`,
  };
}
