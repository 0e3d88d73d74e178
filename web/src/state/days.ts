import type { Timeline } from '../api/types';

const day = 86_400_000;

const parse = (text: string): number => Date.parse(`${text}T00:00:00Z`);
const write = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Days from one day to another. */
export const daysBetween = (from: string, to: string): number => Math.round((parse(to) - parse(from)) / day);

export const addDays = (from: string, days: number): string => write(parse(from) + days * day);

/** The last day of the month that is some months after the one of a day. */
export function monthEnd(from: string, months: number): string {
  const [year = 0, month = 1] = from.split('-').map(Number);
  return write(Date.UTC(year, month + months, 0));
}

/** The next end of a month after a day, or the last one before it. */
export function stepMonth(from: string, direction: 1 | -1): string {
  if (direction < 0) return monthEnd(from, -1);
  const own = monthEnd(from, 0);
  return own > from ? own : monthEnd(from, 1);
}

/** The last day, up to a day, on which something became known: as of both, the plan's figures are the same. */
export const changeDayOf = ({ days, firstDay }: Pick<Timeline, 'days' | 'firstDay'>, until: string): string =>
  days.findLast((each) => each.day <= until)?.day ?? firstDay;

/** The nearest day after or before a day on which something became known. */
export const nextChange = ({ days }: Pick<Timeline, 'days'>, from: string, direction: 1 | -1): string | undefined =>
  direction > 0 ? days.find((each) => each.day > from)?.day : days.findLast((each) => each.day < from)?.day;

/** The days nearest to a day on which something became known, at most so many. */
export const nearestChanges = ({ days }: Pick<Timeline, 'days'>, to: string, most: number): string[] =>
  days
    .map(({ day }) => day)
    .toSorted((a, b) => Math.abs(daysBetween(a, to)) - Math.abs(daysBetween(b, to)))
    .slice(0, most);

const forms = [
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/u,
];

/** A day as people type it: `20221231`, `2023/3/5`, `2023年5月1日`. Undefined for what is no day of the calendar. */
export function typedDay(text: string): string | undefined {
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '');
  const match = forms.map((form) => form.exec(plain)).find((found) => found !== null);
  if (!match) return undefined;
  const [, year, month, date] = match.map(Number);
  const written = write(Date.UTC(year!, month! - 1, date));
  return daysBetween(`${match[1]!}-01-01`, written) >= 0 &&
    Number(written.slice(5, 7)) === month &&
    Number(written.slice(8)) === date
    ? written
    : undefined;
}
