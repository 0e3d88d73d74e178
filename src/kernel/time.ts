import { DateTime, IANAZone } from 'luxon';
import { LRUCache } from 'lru-cache';
import { invalid } from './errors.js';

/** A moment in UTC with milliseconds, `2023-06-30T15:59:59.999Z`. Instants sort as text. */
export type Instant = string;

export const CLOCK = Symbol('Clock');

export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };

/** Cache of the last formatted second: consecutive instants mostly lie in the same second. */
let second = { start: Number.NaN, text: '' };

/** Formats milliseconds since 1970-01-01T00:00Z. */
export function toInstant(milliseconds: number): Instant {
  const within = milliseconds - second.start;
  if (within >= 0 && within < 1_000 && Number.isInteger(within))
    return `${second.text}${String(within).padStart(3, '0')}Z`;
  const text = new Date(milliseconds).toISOString();
  second = { start: Math.floor(milliseconds / 1_000) * 1_000, text: text.slice(0, -4) };
  return text;
}

/** Milliseconds since 1970-01-01T00:00Z. @throws {RangeError} not a date-time */
export function toMilliseconds(instant: Instant): number {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) throw new RangeError(`not an instant: ${JSON.stringify(instant)}`);
  return milliseconds;
}

export const laterOf = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** `Area/City`, `Area/Region/City` or `UTC`. Abbreviations are refused: `CST` is China's time, Cuba's and North America's. */
const zoneForm = /^(UTC|[A-Z][A-Za-z]+(\/[A-Z][A-Za-z_-]+){1,2})$/;

export const isTimeZone = (zone: string): boolean => zoneForm.test(zone) && IANAZone.isValidZone(zone);

const bareDate = /^\d{4}-\d{2}-\d{2}$/;

/** The day so many days later, or earlier if `count` is negative. */
export function dayAfter(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, day.length);
}

const dayMilliseconds = 86_400_000;

/** Days from one calendar day to another; negative if the other is earlier. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMilliseconds;

/** Whether a text is a day that the calendar has, as `2023-06-30`. */
export function isCalendarDay(text: string): boolean {
  return bareDate.test(text) && DateTime.fromISO(text, { zone: 'UTC' }).isValid;
}
const fullInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Parses a known time given by a user. A date means the **end** of that day in the plan's time zone, so that `asOf` the
 * 30th includes what became known that afternoon. A date with a time needs an offset.
 * @throws {DomainError} `time.malformed`
 */
export function parseKnownTime(text: string, zone: string, field = 'asOf'): Instant {
  return cached(knownTimes, zone, text, () => computeKnownTime(text, zone, field));
}

function computeKnownTime(text: string, zone: string, field: string): Instant {
  const parsed = bareDate.test(text)
    ? DateTime.fromISO(text, { zone }).endOf('day')
    : fullInstant.test(text)
      ? DateTime.fromISO(text, { setZone: true })
      : DateTime.invalid('form');
  if (!parsed.isValid || parsed.year < 1900 || parsed.year > 2999) {
    throw invalid(
      'time.malformed',
      `“${text.slice(0, 40)}”不是有效时间：请写日期（如 2023-06-30）或带时区的时刻（如 2023-06-30T18:00:00+08:00）`,
      field,
    );
  }
  return parsed.toUTC().toISO();
}

/** The first moment of a calendar day in a time zone. */
export const startOfDay = (day: string, zone: string): Instant =>
  DateTime.fromISO(day, { zone }).startOf('day').toUTC().toISO()!;

/** Whether a known time, as people write it, lies in the future: today's bare date does not. */
export function isFuture(text: string, zone: string, now: Instant): boolean {
  return bareDate.test(text) ? text > dayOf(now, zone) : parseKnownTime(text, zone) > now;
}

/** The calendar day of a moment in a time zone, `2023-06-30`. */
export function dayOf(instant: Instant, zone: string): string {
  // Since 1972 all zone offsets are whole minutes, so all instants of a minute are on the same day.
  const minute = instant.slice(0, 16);
  return cached(days, zone, minute, () => DateTime.fromISO(`${minute}Z`, { zone }).toISODate()!);
}

// Time zone arithmetic is slow, and loading a plan folder asks for the same few days thousands of times.
const knownTimes = new LRUCache<string, Instant>({ max: 2_000 });
const days = new LRUCache<string, string>({ max: 2_000 });

function cached(cache: LRUCache<string, string>, zone: string, text: string, compute: () => string): string {
  const key = `${zone} ${text}`;
  let value = cache.get(key);
  if (value === undefined) cache.set(key, (value = compute()));
  return value;
}
