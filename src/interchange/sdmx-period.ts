import { parsePeriod, periodAt, type Calendar } from '../kernel/period.js';

/**
 * A period as SDMX writes it. That of a fiscal year is a reporting period, `2022-A1`, `2022-Q3`, `2022-M03`, of the year
 * in which it starts; the attribute REPORTING_YEAR_START_DAY places it.
 */
export function sdmxPeriod(text: string, calendar: Calendar): string {
  const { fiscal, frequency, year, part } = parsePeriod(text);
  if (!fiscal) return text;
  return `${year - yearsAhead(calendar)}-${frequency}${frequency === 'M' ? String(part).padStart(2, '0') : part}`;
}

/** By how much the number of a fiscal year is ahead of the calendar year in which it starts. */
const yearsAhead = ({ fiscalYear }: Calendar): number => (fiscalYear?.namedAfter === 'end' ? 1 : 0);

/** The first day of the reporting year, `--04-01`; undefined where years are those of the calendar. */
export const reportingYearStart = ({ fiscalYear }: Calendar): string | undefined =>
  fiscalYear && `--${String(fiscalYear.firstMonth).padStart(2, '0')}-01`;

const reportingPeriod = /^(\d{4})-(?:A1|S([12])|Q([1-4])|M(0[1-9]|1[0-2]))$/;

/** The period that SDMX writes so, as the plan writes it; the text itself where SDMX has no such period. */
export function planPeriod(text: string, calendar: Calendar): string {
  const [, year, half, quarter, month] = reportingPeriod.exec(text) ?? [];
  if (year === undefined) return text;
  const frequency = half ? 'S' : quarter ? 'Q' : month ? 'M' : 'A';
  const series = { frequency, fiscal: calendar.fiscalYear !== undefined } as const;
  return periodAt(series, Number(year) + yearsAhead(calendar), Number(half ?? quarter ?? month ?? '1')).text;
}
