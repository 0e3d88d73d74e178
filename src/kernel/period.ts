import { invalid } from './errors.js';

/** How often a figure is due, as SDMX frequency code (CL_FREQ): A year, S half-year, Q quarter, M month. */
export type Frequency = 'A' | 'S' | 'Q' | 'M';

export const periodsPerYear: Readonly<Record<Frequency, number>> = { A: 1, S: 2, Q: 4, M: 12 };

/** The period that a fact is about, in SDMX notation: `2022`, `2022-S1`, `2022-Q3`, `2022-03`. */
export interface Period {
  readonly text: string;
  readonly frequency: Frequency;
  readonly year: number;
  /** 1-based place within the year; 1 for a whole year. */
  readonly part: number;
}

const forms: readonly [Frequency, RegExp][] = [
  ['A', /^(\d{4})$/],
  ['S', /^(\d{4})-S([1-2])$/],
  ['Q', /^(\d{4})-Q([1-4])$/],
  ['M', /^(\d{4})-(0[1-9]|1[0-2])$/],
];

/** Parses a period from the years 1900 to 2999; undefined for any other text. */
export function findPeriod(text: string): Period | undefined {
  for (const [frequency, form] of forms) {
    const match = form.exec(text);
    if (match) {
      const year = Number(match[1]);
      return year < 1900 || year > 2999 ? undefined : { text, frequency, year, part: Number(match[2] ?? 1) };
    }
  }
  return undefined;
}

/** @throws {DomainError} `period.malformed` */
export function parsePeriod(text: string, field = 'period'): Period {
  const period = findPeriod(text);
  if (period) return period;
  throw invalid(
    'period.malformed',
    `“${text.slice(0, 40)}”不是有效期间：请写 2022、2022-S1（半年）、2022-Q3（季）或 2022-03（月）`,
    field,
  );
}

/** End of the period as a decimal year: 2022 → 2023, 2022-S1 → 2022.5. The difference of two is a duration in years. */
export function endInYears(period: Period): number {
  return period.year + period.part / periodsPerYear[period.frequency];
}

/** The first day of the period, `2022-07-01`. */
export function firstDayOf(period: Period): string {
  const month = ((period.part - 1) * 12) / periodsPerYear[period.frequency] + 1;
  return `${period.year}-${String(month).padStart(2, '0')}-01`;
}

/** The last day of the period, `2022-09-30`. */
export function lastDayOf(period: Period): string {
  const months = (period.part * 12) / periodsPerYear[period.frequency];
  return new Date(Date.UTC(period.year, months, 0)).toISOString().slice(0, 10);
}

/** The period of a year by its 1-based place in the year, which is not checked. */
export function periodAt(frequency: Frequency, year: number, part: number): Period {
  const suffix = { A: '', S: `-S${part}`, Q: `-Q${part}`, M: `-${String(part).padStart(2, '0')}` }[frequency];
  return { text: `${year}${suffix}`, frequency, year, part };
}

/** The period of the given frequency that ends when this one ends (2022, M → 2022-12); undefined if there is none. */
export function closing(period: Period, frequency: Frequency): Period | undefined {
  const part = (period.part * periodsPerYear[frequency]) / periodsPerYear[period.frequency];
  return Number.isInteger(part) ? periodAt(frequency, period.year, part) : undefined;
}

/** All periods of a frequency from one year to another, including both years, in order. */
export function periodsBetween(frequency: Frequency, firstYear: number, lastYear: number): Period[] {
  const periods: Period[] = [];
  for (let year = firstYear; year <= lastYear; year++) {
    for (let part = 1; part <= periodsPerYear[frequency]; part++) periods.push(periodAt(frequency, year, part));
  }
  return periods;
}
