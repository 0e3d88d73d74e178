import fc from 'fast-check';
import {
  closing,
  endInYears,
  findPeriod,
  firstDayOf,
  lastDayOf,
  liesWithin,
  parsePeriod,
  periodAt,
  periodsBetween,
  periodsPerYear,
  plannedPeriod,
  reportingPeriod,
  wholeYear,
  yearOfDay,
  type Calendar,
  type Frequency,
} from './period.js';

const frequencies: readonly Frequency[] = ['A', 'S', 'Q', 'M'];

const anyFrequency = fc.constantFrom(...frequencies);
const anyPeriod = fc
  .record({
    frequency: anyFrequency,
    fiscal: fc.boolean(),
    year: fc.integer({ min: 1900, max: 2999 }),
    place: fc.nat(11),
  })
  .map(({ frequency, fiscal, year, place }) =>
    periodAt({ frequency, fiscal }, year, (place % periodsPerYear[frequency]) + 1),
  );

const april: Calendar = { fiscalYear: { firstMonth: 4, namedAfter: 'start' } };
const october: Calendar = { fiscalYear: { firstMonth: 10, namedAfter: 'end' } };
const anyFiscalYear = fc.record({
  firstMonth: fc.integer({ min: 2, max: 12 }),
  namedAfter: fc.constantFrom('start' as const, 'end' as const),
});
const anyCalendar: fc.Arbitrary<Calendar> = fc.oneof(
  fc.constant({}),
  anyFiscalYear.map((fiscalYear) => ({ fiscalYear })),
);

const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

describe('a period', () => {
  it.each([
    ['2022', 'A', false, 2022, 1],
    ['2022-S2', 'S', false, 2022, 2],
    ['2022-Q3', 'Q', false, 2022, 3],
    ['2022-03', 'M', false, 2022, 3],
    ['2022-12', 'M', false, 2022, 12],
    ['FY2022', 'A', true, 2022, 1],
    ['FY2022-S2', 'S', true, 2022, 2],
    ['FY2022-Q3', 'Q', true, 2022, 3],
    ['FY2022-M03', 'M', true, 2022, 3],
  ])('%s is parsed in SDMX notation', (text, frequency, fiscal, year, part) => {
    expect(findPeriod(text)).toEqual({ text, frequency, fiscal, year, part });
  });

  it.each([
    ...['', '22', '2022-0', '2022-13', '2022-00', '2022-3', '2022-S0', '2022-S3', '2022-Q0', '2022-Q5', '2022-q1'],
    ...['2022-A1', '2022-W05', ' 2022', '2022\n', '2022-03-01', '1899', '3000', '２０２２', '2022年'],
    ...['2022-M03', 'FY2022-03', 'FY2022-M13', 'FY2022-M3', 'fy2022', 'FY 2022', 'FY22', 'FY1899', 'FY3000'],
  ])('%j is malformed', (text) => {
    expect(findPeriod(text)).toBeUndefined();
    expect(() => parsePeriod(text, 'midterm')).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        code: 'period.malformed',
        problems: [expect.objectContaining({ field: 'midterm' })],
      }),
    );
  });

  it('round-trips through its text', () => {
    fc.assert(fc.property(anyPeriod, (period) => expect(parsePeriod(period.text)).toEqual(period)));
  });

  it.each([
    ['2022', 2023],
    ['2022-S1', 2022.5],
    ['2022-Q3', 2022.75],
    ['2022-12', 2023],
  ])('%s ends at %d in years', (text, end) => {
    expect(endInYears(parsePeriod(text))).toBe(end);
  });

  it.each([
    ['2022', '2022-01-01'],
    ['2022-S2', '2022-07-01'],
    ['2022-Q4', '2022-10-01'],
    ['2022-09', '2022-09-01'],
  ])('%s begins on %s', (text, day) => {
    expect(firstDayOf(parsePeriod(text), october)).toBe(day);
  });
});

describe('the last period of a frequency within another period', () => {
  it.each<[string, Frequency, string | undefined]>([
    ['2022', 'M', '2022-12'],
    ['2022', 'Q', '2022-Q4'],
    ['2022', 'A', '2022'],
    ['2022-S1', 'M', '2022-06'],
    ['2022-Q2', 'S', '2022-S1'],
    ['2022-06', 'Q', '2022-Q2'],
    ['2022-Q1', 'S', undefined],
    ['2022-05', 'Q', undefined],
    ['2022-S1', 'A', undefined],
    ['FY2022', 'M', 'FY2022-M12'],
    ['FY2022-Q2', 'S', 'FY2022-S1'],
  ])('of %s with frequency %s is %s', (text, frequency, expected) => {
    expect(closing(parsePeriod(text), frequency)?.text).toBe(expected);
  });

  it('ends on the same day as the other period', () => {
    fc.assert(
      fc.property(anyPeriod, anyFrequency, anyFiscalYear, (period, frequency, fiscalYear) => {
        const last = closing(period, frequency);
        if (!last) return;
        expect(endInYears(last)).toBe(endInYears(period));
        expect(lastDayOf(last, { fiscalYear })).toBe(lastDayOf(period, { fiscalYear }));
      }),
    );
  });
});

it('lists the periods of a range of years in order, including both years', () => {
  expect(periodsBetween('S', 2021, 2022, {}).map(({ text }) => text)).toEqual([
    '2021-S1',
    '2021-S2',
    '2022-S1',
    '2022-S2',
  ]);
  expect(periodsBetween('A', 2022, 2021, {})).toEqual([]);
  for (const frequency of frequencies) {
    const ends = periodsBetween(frequency, 2021, 2025, april).map(endInYears);
    expect(ends).toHaveLength(5 * periodsPerYear[frequency]);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
  }
});

it.each([
  ['2022', '2022-12-31'],
  ['2022-S1', '2022-06-30'],
  ['2022-Q3', '2022-09-30'],
  ['2024-02', '2024-02-29'],
])('%s ends on %s', (text, day) => {
  expect(lastDayOf(parsePeriod(text), {})).toBe(day);
});

describe('a plan of fiscal years', () => {
  it.each<[string, Calendar, string, string]>([
    ['FY2024', april, '2024-04-01', '2025-03-31'],
    ['FY2024-S2', april, '2024-10-01', '2025-03-31'],
    ['FY2024-Q4', april, '2025-01-01', '2025-03-31'],
    ['FY2024-M11', april, '2025-02-01', '2025-02-28'],
    ['FY2024', october, '2023-10-01', '2024-09-30'],
    ['FY2024-M05', october, '2024-02-01', '2024-02-29'],
  ])('%s has the days of its calendar', (text, calendar, first, last) => {
    const period = parsePeriod(text);
    expect([firstDayOf(period, calendar), lastDayOf(period, calendar)]).toEqual([first, last]);
  });

  it('has no dates without its calendar', () => {
    expect(() => firstDayOf(parsePeriod('FY2024'), {})).toThrow('FY2024 has no dates');
  });

  it('has contiguous periods of each frequency, whatever the calendar', () => {
    fc.assert(
      fc.property(anyCalendar, anyFrequency, (calendar, frequency) => {
        const periods = periodsBetween(frequency, 2019, 2025, calendar);
        periods.slice(1).forEach((period, at) => {
          expect(firstDayOf(period, calendar)).toBe(dayAfter(lastDayOf(periods[at]!, calendar)));
        });
        const [first, last] = [wholeYear(2019, calendar), wholeYear(2025, calendar)];
        expect(firstDayOf(periods[0]!, calendar)).toBe(firstDayOf(first, calendar));
        expect(lastDayOf(periods.at(-1)!, calendar)).toBe(lastDayOf(last, calendar));
      }),
    );
  });

  it('has the first and the last day of a period in the year of the period', () => {
    fc.assert(
      fc.property(anyCalendar, anyFrequency, (calendar, frequency) => {
        for (const period of periodsBetween(frequency, 2023, 2024, calendar)) {
          expect(yearOfDay(firstDayOf(period, calendar), calendar)).toBe(period.year);
          expect(yearOfDay(lastDayOf(period, calendar), calendar)).toBe(period.year);
        }
      }),
    );
  });

  it.each<[string, Calendar, string]>([
    ['2024', april, '本规划按财政年度（4 月起）计期：请写 FY2024'],
    ['2024-Q1', april, '本规划按财政年度（4 月起）计期：请写 FY2024-Q1'],
    ['2024-03', april, '本规划按财政年度（4 月起）计期：请写 FY2023-M12'],
    ['2023-10', october, '本规划按财政年度（10 月起）计期：请写 FY2024-M01'],
    ['FY2024', {}, '本规划按日历年计期：请写 2024'],
    ['FY2024-M03', {}, '本规划按日历年计期：请写 2024-03'],
  ])('refuses the reporting period %s of the other form with the way out', (text, calendar, message) => {
    expect(() => reportingPeriod(text, calendar, 'midterm')).toThrow(
      expect.objectContaining({
        code: 'period.calendar',
        message,
        problems: [expect.objectContaining({ field: 'midterm' })],
      }),
    );
  });

  it('plans in either form, but without fiscal years by the calendar only', () => {
    expect([plannedPeriod('2024', april, 'due').text, plannedPeriod('FY2024', april, 'due').text]).toEqual([
      '2024',
      'FY2024',
    ]);
    expect(() => plannedPeriod('FY2024', {}, 'due')).toThrow(expect.objectContaining({ code: 'period.calendar' }));
  });
});

it('a period lies within another exactly if its days do and both are of the same years', () => {
  fc.assert(
    fc.property(anyPeriod, anyPeriod, fc.integer({ min: -1, max: 1 }), (whole, { frequency, fiscal, part }, by) => {
      const period = periodAt({ frequency, fiscal }, Math.min(2999, Math.max(1900, whole.year + by)), part);
      const days =
        firstDayOf(period, april) >= firstDayOf(whole, april) && lastDayOf(period, april) <= lastDayOf(whole, april);
      expect(liesWithin(period, whole)).toBe(days && period.fiscal === whole.fiscal);
    }),
  );
});
