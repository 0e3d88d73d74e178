import { lastDayOf, parsePeriod, type Period } from '../../kernel/period.js';
import { dayOf, type Instant } from '../../kernel/time.js';

/**
 * The day up to which facts count: the end of the period, or the day as of which one looks where that is earlier. What was
 * reported later about a day before it counts; what happened after it does not.
 */
export function untilDay(period: Period, knownAt: Instant | undefined, timeZone: string): string {
  const end = lastDayOf(period);
  const day = knownAt === undefined ? end : dayOf(knownAt, timeZone);
  return day < end ? day : end;
}

/** Whether a period is over by the end of the day: its own evaluation, up to its last day, already says what is late. */
export const isOver = (period: string, until: string): boolean => lastDayOf(parsePeriod(period)) <= until;

/** The last of those that are about a day up to the one given. */
export const lastUntil = <Entry extends { readonly on: string }>(
  entries: readonly Entry[],
  until: string,
): Entry | undefined =>
  entries.filter(({ on }) => on <= until).reduce<Entry | undefined>((a, b) => (a && a.on > b.on ? a : b), undefined);
