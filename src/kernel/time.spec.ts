import fc from 'fast-check';
import { dayOf, isCalendarDay, isTimeZone, laterOf, parseKnownTime, toInstant, toMilliseconds } from './time.js';

const shanghai = 'Asia/Shanghai';
const newYork = 'America/New_York';

describe('a known time', () => {
  it('given as a date is the end of that day in the plan’s time zone', () => {
    expect(parseKnownTime('2023-06-30', shanghai)).toBe('2023-06-30T15:59:59.999Z');
    expect(parseKnownTime('2024-02-29', 'UTC')).toBe('2024-02-29T23:59:59.999Z');
  });

  it('is correct on days when daylight saving time begins or ends', () => {
    // In New York, 12 March 2023 has 23 hours and 5 November 2023 has 25.
    expect(parseKnownTime('2023-03-11', newYork)).toBe('2023-03-12T04:59:59.999Z');
    expect(parseKnownTime('2023-03-12', newYork)).toBe('2023-03-13T03:59:59.999Z');
    expect(parseKnownTime('2023-11-04', newYork)).toBe('2023-11-05T03:59:59.999Z');
    expect(parseKnownTime('2023-11-05', newYork)).toBe('2023-11-06T04:59:59.999Z');
  });

  it.each([
    ['2023-06-30T18:00:00+08:00', '2023-06-30T10:00:00.000Z'],
    ['2023-06-30T18:00+08:00', '2023-06-30T10:00:00.000Z'],
    ['2023-06-30T10:00:00.5Z', '2023-06-30T10:00:00.500Z'],
    ['2023-06-30T00:30:00+08:00', '2023-06-29T16:30:00.000Z'],
  ])('given as %s uses its own offset', (text, instant) => {
    for (const zone of [shanghai, newYork]) expect(parseKnownTime(text, zone)).toBe(instant);
  });

  it.each([
    ...['', '2023', '2023-06', '2023-6-30', '20230630', '2023-02-29', '2023-13-01', '2023-06-31', '2023/06/30'],
    ...['2023-06-30T18:00:00', '2023-06-30 18:00', '2023-06-30T25:00:00Z', '2023-06-30T18:00:00.1234Z'],
    ...['1899-12-31', '3000-01-01', '明天', '2023-06-30\n', '2023-W26-5'],
  ])('is not %j', (text) => {
    expect(() => parseKnownTime(text, shanghai, 'knownAt')).toThrow(
      expect.objectContaining({
        code: 'time.malformed',
        problems: [expect.objectContaining({ field: 'knownAt' })],
      }),
    );
  });

  it('given as a date is on that day, in every zone', () => {
    const days = fc.integer({ min: 0, max: 20_000 }).map((day) => toInstant(day * 86_400_000).slice(0, 10));
    fc.assert(
      fc.property(days, fc.constantFrom(shanghai, newYork, 'Pacific/Apia', 'Africa/Cairo'), (day, zone) => {
        // Samoa skipped 30 December 2011 when it moved across the date line.
        fc.pre(!(zone === 'Pacific/Apia' && day === '2011-12-30'));
        const end = parseKnownTime(day, zone);
        expect(dayOf(end, zone)).toBe(day);
        expect(dayOf(toInstant(toMilliseconds(end) + 1), zone) > day).toBe(true);
      }),
    );
  });
});

it.each([
  ...['2023-06-30', '2024-02-29', '2000-02-29', '1900-01-01'].map((day) => [day, true] as const),
  ...['2023-02-30', '2023-02-29', '1900-02-29', '2023-04-31', '2023-00-10', '2023-13-01'].map(
    (day) => [day, false] as const,
  ),
  ...['', '2023', '2023-6-30', '20230630', '2023-W26-5', '2023-181', '2023-06-30T00:00', '2023-06-30\n'].map(
    (day) => [day, false] as const,
  ),
])('the calendar has a day %j: %s', (day, known) => {
  expect(isCalendarDay(day)).toBe(known);
});

describe('instants', () => {
  it('sort as text', () => {
    const moment = fc.integer({ min: 0, max: 32_000_000_000_000 });
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        expect(laterOf(toInstant(a), toInstant(b))).toBe(toInstant(Math.max(a, b)));
        expect(toMilliseconds(toInstant(a))).toBe(a);
      }),
    );
  });

  it('cannot be parsed from other text', () => {
    expect(() => toMilliseconds('yesterday')).toThrow(RangeError);
  });

  it('map to a day in a time zone', () => {
    expect(dayOf('2023-06-30T15:59:59.999Z', shanghai)).toBe('2023-06-30');
    expect(dayOf('2023-06-30T16:00:00.000Z', shanghai)).toBe('2023-07-01');
    expect(dayOf('2023-06-30T03:59:59.999Z', newYork)).toBe('2023-06-29');
  });

  it.each([
    ...[shanghai, 'UTC', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'Africa/Dar_es_Salaam'].map(
      (zone) => [zone, true] as const,
    ),
    ...['Asia/Lishui', '', '+08:00', 'UTC+8', 'Etc/GMT-8', 'asia/shanghai', ' Asia/Shanghai', 'Asia/Shanghai/'].map(
      (zone) => [zone, false] as const,
    ),
    // Names that the database of time zones has, but whose meaning depends on the reader.
    ...['CST', 'CST6CDT', 'PRC', 'GMT', 'EST', 'Hongkong', 'local', 'system'].map((zone) => [zone, false] as const),
  ])('time zone %j: %s', (zone, known) => {
    expect(isTimeZone(zone)).toBe(known);
  });
});
