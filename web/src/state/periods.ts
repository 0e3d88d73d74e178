import type { PlanDocument } from '../api/types';

/** How a plan counts its years: by the calendar if it names no fiscal year. */
export type Calendar = Pick<PlanDocument, 'fiscalYear'>;

interface Period {
  readonly fiscal: boolean;
  readonly year: number;
  /** Months of the year up to the end of the period, 1 to 12. */
  readonly months: number;
}

const form = /^(FY)?(\d{4})(?:-(?:S([12])|Q([1-4])|(M)?(0[1-9]|1[0-2])))?$/;

/** Undefined for a text that is no period. Months are written `2022-03`, and `FY2022-M03` of fiscal years. */
export function findPeriod(text: string): Period | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [, mark, year, half, quarter, monthMark, month] = match;
  const fiscal = mark !== undefined;
  if (month !== undefined && fiscal !== (monthMark !== undefined)) return undefined;
  const months = half ? Number(half) * 6 : quarter ? Number(quarter) * 3 : Number(month ?? 12);
  return { fiscal, year: Number(year), months };
}

export const isOwn = (period: Period, { fiscalYear }: Calendar): boolean =>
  period.fiscal === (fiscalYear !== undefined);

/** A whole year of a plan: `2022`, or `FY2022`. */
export const yearText = (year: number, { fiscalYear }: Calendar): string => `${fiscalYear ? 'FY' : ''}${year}`;

/** Calendar months from the year 0 to the start of a year of the plan. */
function startOf({ fiscal, year }: Period, { fiscalYear }: Calendar): number {
  if (!fiscal || !fiscalYear) return year * 12;
  return year * 12 + fiscalYear.firstMonth - 1 - (fiscalYear.namedAfter === 'end' ? 12 : 0);
}

const lastDayBefore = (months: number) =>
  new Date(Date.UTC(Math.floor(months / 12), months % 12, 0)).toISOString().slice(0, 10);

/** The last day of a period, for example 2022-09-30 of 2022-Q3; empty for a text that is no period. */
export function lastDayOf(text: string, calendar: Calendar): string {
  const period = findPeriod(text);
  return period ? lastDayBefore(startOf(period, calendar) + period.months) : '';
}

/** Half a year after the end of a period, when its figures are usually known. */
export function halfYearAfter(text: string, calendar: Calendar): string | undefined {
  const period = findPeriod(text);
  return period && lastDayBefore(startOf(period, calendar) + period.months + 6);
}

export const frequencies = ['A', 'S', 'Q', 'M'] as const;
export type Frequency = (typeof frequencies)[number];

const partsOfYear: Readonly<Record<Frequency, readonly string[]>> = {
  A: [''],
  S: ['-S1', '-S2'],
  Q: ['-Q1', '-Q2', '-Q3', '-Q4'],
  M: ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map((month) => `-${month}`),
};

/** The periods of a frequency from a plan's first year to its last, in order. */
export function periodsOf(
  plan: Calendar & Pick<PlanDocument, 'startYear' | 'endYear'>,
  frequency: Frequency,
): string[] {
  const years = Array.from({ length: plan.endYear - plan.startYear + 1 }, (_, at) => plan.startYear + at);
  const mark = frequency === 'M' && plan.fiscalYear ? 'M' : '';
  return years.flatMap((year) =>
    partsOfYear[frequency].map((part) => yearText(year, plan) + part.replace('-', mark === '' ? '-' : `-${mark}`)),
  );
}
