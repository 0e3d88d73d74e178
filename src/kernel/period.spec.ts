import fc from 'fast-check';
import {
  closing,
  endInYears,
  findPeriod,
  firstDayOf,
  lastDayOf,
  parsePeriod,
  periodAt,
  periodsBetween,
  periodsPerYear,
  type Frequency,
} from './period.js';

const anyPeriod = fc
  .record({
    frequency: fc.constantFrom<Frequency[]>('A', 'S', 'Q', 'M'),
    year: fc.integer({ min: 1900, max: 2999 }),
    place: fc.nat(11),
  })
  .map(({ frequency, year, place }) => periodAt(frequency, year, (place % periodsPerYear[frequency]) + 1));

describe('a period', () => {
  it.each([
    ['2022', 'A', 2022, 1],
    ['2022-S2', 'S', 2022, 2],
    ['2022-Q3', 'Q', 2022, 3],
    ['2022-03', 'M', 2022, 3],
    ['2022-12', 'M', 2022, 12],
  ])('%s is parsed in SDMX notation', (text, frequency, year, part) => {
    expect(findPeriod(text)).toEqual({ text, frequency, year, part });
  });

  it.each([
    ...['', '22', '2022-0', '2022-13', '2022-00', '2022-3', '2022-S0', '2022-S3', '2022-Q0', '2022-Q5', '2022-q1'],
    ...['2022-A1', '2022-W05', ' 2022', '2022\n', '2022-03-01', '1899', '3000', '２０２２', '2022年'],
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
    expect(firstDayOf(parsePeriod(text))).toBe(day);
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
  ])('of %s with frequency %s is %s', (text, frequency, expected) => {
    expect(closing(parsePeriod(text), frequency)?.text).toBe(expected);
  });

  it('ends on the same day as the other period', () => {
    fc.assert(
      fc.property(anyPeriod, fc.constantFrom<Frequency[]>('A', 'S', 'Q', 'M'), (period, frequency) => {
        const last = closing(period, frequency);
        if (last) expect(endInYears(last)).toBe(endInYears(period));
      }),
    );
  });
});

it('lists the periods of a range of years in order, including both years', () => {
  expect(periodsBetween('S', 2021, 2022).map(({ text }) => text)).toEqual(['2021-S1', '2021-S2', '2022-S1', '2022-S2']);
  expect(periodsBetween('A', 2022, 2021)).toEqual([]);
  for (const frequency of ['A', 'S', 'Q', 'M'] as const) {
    const ends = periodsBetween(frequency, 2021, 2025).map(endInYears);
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
  expect(lastDayOf(parsePeriod(text))).toBe(day);
});
