import { lastDayOf, parsePeriod, type Calendar, type Period } from '../../kernel/period.js';
import { dayOf, type Instant } from '../../kernel/time.js';

/**
 * The last day whose facts count: the end of the period or the day of `knownAt`, whichever is earlier. A later report
 * about an earlier day counts; a fact of a later day does not.
 */
export function untilDay(
  period: Period,
  knownAt: Instant | undefined,
  plan: Calendar & { readonly timeZone: string },
): string {
  const end = lastDayOf(period, plan);
  const day = knownAt === undefined ? end : dayOf(knownAt, plan.timeZone);
  return day < end ? day : end;
}

/** Whether a period is over at the end of the day `until`; on its last day it counts as over. */
export const isOver = (period: string, until: string, calendar: Calendar): boolean =>
  lastDayOf(parsePeriod(period), calendar) <= until;

/** The entry with the latest day up to `until`; of several on that day, the last one. */
export const lastUntil = <Entry extends { readonly on: string }>(
  entries: readonly Entry[],
  until: string,
): Entry | undefined =>
  entries.filter(({ on }) => on <= until).reduce<Entry | undefined>((a, b) => (a && a.on > b.on ? a : b), undefined);
