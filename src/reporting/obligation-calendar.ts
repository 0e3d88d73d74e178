import { endInYears, parsePeriod, periodsBetween, type Frequency, type Period } from '../kernel/period.js';
import type { Instant } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { periodWords } from '../reports/words.js';
import { calendarText, type CalendarEntry } from './icalendar.js';
import { obligationSight } from './obligation-reading.js';
import { dueDay, obligationsOf, type UnitObligations } from './obligations.js';

/** Days before and after today whose deadlines a calendar has. */
const around = 400;

const day = 24 * 60 * 60_000;

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
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));

const periodsDue = (plan: PlanDocument): Period[] =>
  (Object.keys(plan.deadlines?.days ?? {}) as Frequency[]).flatMap((frequency) =>
    periodsBetween(frequency, plan.startYear, plan.endYear, plan),
  );

/**
 * The deadlines of a unit as a calendar (iCalendar): one entry for each period that is due about now and of which the
 * unit owes anything.
 * @throws {DomainError} those of `obligationSight`
 */
export async function obligationCalendar(views: Views, plan: string, unit: string, now: Instant): Promise<string> {
  const document = await readPlan(views, plan);
  const from = new Date(Date.parse(now) - around * day).toISOString();
  const to = new Date(Date.parse(now) + around * day).toISOString();
  const periods = periodsDue(document)
    .filter((period) => {
      const due = dueDay(document, period)!;
      return from.slice(0, due.length) <= due && due <= to.slice(0, due.length);
    })
    .toSorted((a, b) => endInYears(a) - endInYears(b));
  const entries: CalendarEntry[] = [];
  for (const period of periods) {
    const sight = await obligationSight(views, { plan, unit, period: period.text, asOf: {}, now });
    const [found] = obligationsOf(sight, unit).units;
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
