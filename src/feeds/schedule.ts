import { DateTime } from 'luxon';
import { toInstant, toMilliseconds, type Instant } from '../kernel/time.js';
import type { FeedSettings } from './feed.events.js';

const minute = 60_000;

/** Milliseconds from a failure to the next attempt, by how often it failed in a row; the last holds from then on. */
const pauses = [5, 15, 60, 6 * 60].map((minutes) => minutes * minute);

/** When the schedule next asks for a fetch, strictly after now. `zone` is the plan's. */
export function scheduledAfter({ everyHours, dailyAt }: FeedSettings['schedule'], now: Instant, zone: string): Instant {
  if (dailyAt === undefined) return toInstant(toMilliseconds(now) + everyHours! * 60 * minute);
  const here = DateTime.fromISO(now, { zone });
  const [hour, minutes] = dailyAt.split(':').map(Number);
  const today = here.set({ hour, minute: minutes, second: 0, millisecond: 0 });
  return (today > here ? today : today.plus({ days: 1 })).toUTC().toISO()!;
}

/** When to try again after so many failures in a row: soon at first, never later than the schedule asks for. */
export function retriedAfter(
  failures: number,
  schedule: FeedSettings['schedule'],
  now: Instant,
  zone: string,
): Instant {
  const soon = toInstant(toMilliseconds(now) + pauses[Math.min(failures, pauses.length) - 1]!);
  const scheduled = scheduledAfter(schedule, now, zone);
  return soon < scheduled ? soon : scheduled;
}
