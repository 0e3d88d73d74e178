import { DateTime, IANAZone } from 'luxon';
import { LRUCache } from 'lru-cache';
import { invalid } from './errors.js';

/** A moment in UTC with milliseconds, `2023-06-30T15:59:59.999Z`: ordered as text. */
export type Instant = string;

export const CLOCK = Symbol('Clock');

export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };

/** Instants that follow each other mostly lie in the same second: all but the milliseconds is then known. */
let second = { start: Number.NaN, text: '' };

export function toInstant(milliseconds: number): Instant {
  const within = milliseconds - second.start;
  if (within >= 0 && within < 1_000 && Number.isInteger(within))
    return `${second.text}${String(within).padStart(3, '0')}Z`;
  const text = new Date(milliseconds).toISOString();
  second = { start: Math.floor(milliseconds / 1_000) * 1_000, text: text.slice(0, -4) };
  return text;
}

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

/** Whether a text is a day that the calendar has, as `2023-06-30`. */
export function isCalendarDay(text: string): boolean {
  return bareDate.test(text) && DateTime.fromISO(text, { zone: 'UTC' }).isValid;
}
const fullInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * A known time as people write it. A bare date means the **end** of that day in the plan's time zone (what was known on
 * the 30th includes what came in that afternoon); anything finer needs an offset.
 * @throws {DomainError} `time.malformed`
 */
export function parseKnownTime(text: string, zone: string, field = 'asOf'): Instant {
  return remembered(knownTimes, zone, text, () => readKnownTime(text, zone, field));
}

function readKnownTime(text: string, zone: string, field: string): Instant {
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

/** Whether a known time, as people write it, lies in the future: today's bare date does not. */
export function isFuture(text: string, zone: string, now: Instant): boolean {
  return bareDate.test(text) ? text > dayOf(now, zone) : parseKnownTime(text, zone) > now;
}

/** The calendar day of a moment in a time zone, `2023-06-30`. */
export function dayOf(instant: Instant, zone: string): string {
  // No zone has been off by a part of a minute since 1972.
  const minute = instant.slice(0, 16);
  return remembered(days, zone, minute, () => DateTime.fromISO(`${minute}Z`, { zone }).toISODate()!);
}

// Time zones are slow to reckon with, and a folder asks ten thousand times about the same few days.
const knownTimes = new LRUCache<string, Instant>({ max: 2_000 });
const days = new LRUCache<string, string>({ max: 2_000 });

function remembered(answers: LRUCache<string, string>, zone: string, text: string, reckon: () => string): string {
  const question = `${zone} ${text}`;
  let answer = answers.get(question);
  if (answer === undefined) answers.set(question, (answer = reckon()));
  return answer;
}
