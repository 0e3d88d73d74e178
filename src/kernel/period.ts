import { invalid } from './errors.js';

/** How often a figure is due, as SDMX frequency code (CL_FREQ): A year, S half-year, Q quarter, M month. */
export type Frequency = 'A' | 'S' | 'Q' | 'M';

export const periodsPerYear: Readonly<Record<Frequency, number>> = { A: 1, S: 2, Q: 4, M: 12 };

/**
 * The period that a fact is about. Of calendar years in SDMX notation: `2022`, `2022-S1`, `2022-Q3`, `2022-03`. Of fiscal
 * years with the mark `FY`, then as the reporting periods of SDMX 2.1 (Technical Notes 4.2.6), whose months are counted
 * from the start of the reporting year: `FY2022`, `FY2022-S1`, `FY2022-Q3`, `FY2022-M03`.
 */
export interface Period {
  readonly text: string;
  readonly frequency: Frequency;
  /** Whether it is of a fiscal year. Its dates depend on the plan's calendar then. */
  readonly fiscal: boolean;
  readonly year: number;
  /** 1-based place within the year; 1 for a whole year. */
  readonly part: number;
}

/** A year that begins in another month than January. */
export interface FiscalYear {
  /** The calendar month in which it begins, 2 to 12. */
  readonly firstMonth: number;
  /** Whether its number is that of the calendar year in which it starts or of that in which it ends. */
  readonly namedAfter: 'start' | 'end';
}

/** How a plan counts its years: by the calendar if it names no fiscal year. */
export interface Calendar {
  readonly fiscalYear?: FiscalYear;
}

const forms: readonly [Frequency, RegExp][] = [
  ['A', /^(FY)?(\d{4})$/],
  ['S', /^(FY)?(\d{4})-S([1-2])$/],
  ['Q', /^(FY)?(\d{4})-Q([1-4])$/],
  ['M', /^()(\d{4})-(0[1-9]|1[0-2])$/],
  ['M', /^(FY)(\d{4})-M(0[1-9]|1[0-2])$/],
];

/** How periods are written, for messages. */
export const periodForms =
  '2022、2022-S1（半年）、2022-Q3（季）或 2022-03（月），按财政年度计期的规划写作 FY2022、FY2022-S1、FY2022-Q3 或 FY2022-M03';

/** Parses a period from the years 1900 to 2999; undefined for any other text. */
export function findPeriod(text: string): Period | undefined {
  for (const [frequency, form] of forms) {
    const match = form.exec(text);
    if (match) {
      const year = Number(match[2]);
      const fiscal = match[1] === 'FY';
      return year < 1900 || year > 2999 ? undefined : { text, frequency, fiscal, year, part: Number(match[3] ?? 1) };
    }
  }
  return undefined;
}

/** @throws {DomainError} `period.malformed` */
export function parsePeriod(text: string, field = 'period'): Period {
  const period = findPeriod(text);
  if (period) return period;
  throw invalid('period.malformed', `“${text.slice(0, 40)}”不是有效期间：请写 ${periodForms}`, field);
}

/**
 * A period for which a plan reports: it is of the plan's own years.
 *
 * @throws {DomainError} `period.malformed`, `period.calendar`
 */
export function reportingPeriod(text: string, calendar: Calendar, field = 'period'): Period {
  const period = parsePeriod(text, field);
  if (period.fiscal === (calendar.fiscalYear !== undefined)) return period;
  throw invalid(
    'period.calendar',
    `本规划按${yearWords(calendar)}计期：请写 ${inOwnYears(period, calendar).text}`,
    field,
  );
}

/**
 * A period for which something is planned: a time, of calendar years or of the plan's fiscal years.
 *
 * @throws {DomainError} `period.malformed`, `period.calendar`
 */
export function plannedPeriod(text: string, calendar: Calendar, field: string): Period {
  const period = parsePeriod(text, field);
  return period.fiscal ? reportingPeriod(text, calendar, field) : period;
}

const yearWords = ({ fiscalYear }: Calendar) => (fiscalYear ? `财政年度（${fiscalYear.firstMonth} 月起）` : '日历年');

/** The period of the plan's own years that is meant by one of the others: a month is that of its dates. */
function inOwnYears(period: Period, calendar: Calendar): Period {
  const own = { frequency: period.frequency, fiscal: !period.fiscal };
  if (period.fiscal || period.frequency !== 'M') return periodAt(own, period.year, period.part);
  const year = yearOfDay(firstDayOf(period, calendar), calendar);
  return periodAt(own, year, firstMonthOf(period, calendar) - firstMonthOf(periodAt(own, year, 1), calendar) + 1);
}

/**
 * End of the period as a decimal year: 2022 → 2023, 2022-S1 → 2022.5; of a fiscal year in fiscal years. The difference of
 * two of the same plan is a duration in years.
 */
export function endInYears(period: Period): number {
  return period.year + period.part / periodsPerYear[period.frequency];
}

const startInYears = (period: Period) => period.year + (period.part - 1) / periodsPerYear[period.frequency];

/** Whether a period is the other one, or a shorter one in it. Both are of the same years. */
export const liesWithin = (period: Period, whole: Period): boolean =>
  period.fiscal === whole.fiscal &&
  startInYears(period) >= startInYears(whole) &&
  endInYears(period) <= endInYears(whole);

/** The number of calendar months before the period, counted from the year 0. */
function firstMonthOf({ text, frequency, fiscal, year, part }: Period, { fiscalYear }: Calendar): number {
  const before = year * 12 + ((part - 1) * 12) / periodsPerYear[frequency];
  if (!fiscal) return before;
  if (!fiscalYear) throw new Error(`${text} has no dates in a plan of calendar years`);
  const { firstMonth, namedAfter } = fiscalYear;
  return before + firstMonth - 1 - (namedAfter === 'end' ? 12 : 0);
}

/** The first day of the period, `2022-07-01`. */
export const firstDayOf = (period: Period, calendar: Calendar): string => dayOf(firstMonthOf(period, calendar), 1);

/** The last day of the period, `2022-09-30`. */
export const lastDayOf = (period: Period, calendar: Calendar): string =>
  dayOf(firstMonthOf(period, calendar) + 12 / periodsPerYear[period.frequency], 0);

/** The day 0 of a month is the last one of the month before. */
const dayOf = (months: number, day: number) =>
  new Date(Date.UTC(Math.floor(months / 12), months % 12, day)).toISOString().slice(0, 10);

/** The number of the plan's year in which a day lies. */
export function yearOfDay(day: string, { fiscalYear }: Calendar): number {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  if (!fiscalYear) return year;
  const { firstMonth, namedAfter } = fiscalYear;
  return year - (month < firstMonth ? 1 : 0) + (namedAfter === 'end' ? 1 : 0);
}

type Series = Pick<Period, 'frequency' | 'fiscal'>;

/** The period of a year by its 1-based place in the year, which is not checked. */
export function periodAt({ frequency, fiscal }: Series, year: number, part: number): Period {
  const month = `${fiscal ? '-M' : '-'}${String(part).padStart(2, '0')}`;
  const suffix = { A: '', S: `-S${part}`, Q: `-Q${part}`, M: month }[frequency];
  return { text: `${fiscal ? 'FY' : ''}${year}${suffix}`, frequency, fiscal, year, part };
}

/** The period of the same frequency right before this one. */
export const periodBefore = (period: Period): Period =>
  period.part === 1
    ? periodAt(period, period.year - 1, periodsPerYear[period.frequency])
    : periodAt(period, period.year, period.part - 1);

/** The same period of the year before. */
export const yearBefore = (period: Period): Period => periodAt(period, period.year - 1, period.part);

/** A whole year of a plan: `2022`, or `FY2022`. */
export const wholeYear = (year: number, { fiscalYear }: Calendar): Period =>
  periodAt({ frequency: 'A', fiscal: fiscalYear !== undefined }, year, 1);

/** The period of the given frequency that ends when this one ends (2022, M → 2022-12); undefined if there is none. */
export function closing(period: Period, frequency: Frequency): Period | undefined {
  const part = (period.part * periodsPerYear[frequency]) / periodsPerYear[period.frequency];
  return Number.isInteger(part) ? periodAt({ ...period, frequency }, period.year, part) : undefined;
}

/** All periods of a frequency from one year of a plan to another, including both years, in order. */
export function periodsBetween(
  frequency: Frequency,
  firstYear: number,
  lastYear: number,
  { fiscalYear }: Calendar,
): Period[] {
  const series = { frequency, fiscal: fiscalYear !== undefined };
  const periods: Period[] = [];
  for (let year = firstYear; year <= lastYear; year++) {
    for (let part = 1; part <= periodsPerYear[frequency]; part++) periods.push(periodAt(series, year, part));
  }
  return periods;
}
