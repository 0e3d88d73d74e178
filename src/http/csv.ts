import { DateTime } from 'luxon';
import type { Instant } from '../kernel/time.js';

/**
 * The rules of every CSV that the program writes. Spreadsheets run a cell that begins like a formula, and turn one that
 * looks like a number or a date into one: `02` into 2, `2022-03` into March. Such a text gets an apostrophe before it.
 * `withoutGuard` takes it away again, so nothing is lost.
 */
const formula = /^[=+\-@＝＋－＠\t\r\n]/;
const numeral = /^\s*\d[\d\s.,/:%E+\-年月日时分秒]*$/i;
const month = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const named = new RegExp(`^(\\d{1,4}[\\s-]?${month}([\\s-]?\\d{1,4})?|${month}[\\s-]?\\d{1,4})$`, 'i');
const logical = /^(true|false)$/i;
const isChanged = (text: string) => [formula, numeral, named, logical].some((form) => form.test(text));

/** Whether a text has only apostrophes before what a spreadsheet would change. */
const isGuarded = (text: string) => text.startsWith("'") && isChanged(text.replace(/^'+/, ''));

/** The text of a cell that a spreadsheet shows as it is. */
export const asText = (text: string): string => (isChanged(text) || isGuarded(text) ? `'${text}` : text);

/** The text that `asText` was given. */
export const withoutGuard = (cell: string): string => (isGuarded(cell) ? cell.slice(1) : cell);

/** Digits that a spreadsheet keeps. */
const digits = 15;

/** A number as such, or as text where a spreadsheet would round it or where it is none. */
export function asNumber(number: string | number): string {
  const text = String(number);
  const isKept = /^-?\d+(\.\d+)?$/.test(text) && text.replace(/^-?0*|\./g, '').length <= digits;
  return isKept ? text : asText(text);
}

/** A moment as the plan's clocks showed it, with their offset: `2023-08-20T16:30:00+08:00`. */
export const asTime = (instant: Instant, zone: string): string =>
  DateTime.fromISO(instant, { zone }).toISO({ suppressMilliseconds: true })!;

/** A column of a CSV: its heading, and the cell of a row by one of the rules above. */
export type Column<Row> = readonly [heading: string, cell: (row: Row, zone: string) => string];

type Cell<Row, Value> = (row: Row) => Value | undefined;

/** The cell of a row, empty where the row has no value. */
const ruled =
  <Row, Value>(of: Cell<Row, Value>, rule: (value: Value, zone: string) => string): Column<Row>[1] =>
  (row, zone) => {
    const value = of(row);
    return value === undefined ? '' : rule(value, zone);
  };

export const textColumn = <Row>(heading: string, of: Cell<Row, string>): Column<Row> => [heading, ruled(of, asText)];
export const timeColumn = <Row>(heading: string, of: Cell<Row, Instant>): Column<Row> => [heading, ruled(of, asTime)];
export const numberColumn = <Row>(heading: string, of: Cell<Row, string | number>): Column<Row> => [
  heading,
  ruled(of, asNumber),
];

/** The cells of a row, for `csvOptions`. */
export const cellsOf = <Row>(columns: readonly Column<Row>[], row: Row, zone: string): string[] =>
  columns.map(([, cell]) => cell(row, zone));

/** What csv-stringify is told: a byte order mark makes spreadsheets read UTF-8. */
export const csvOptions = <Row>(columns: readonly Column<Row>[]) => ({
  bom: true,
  header: true,
  columns: columns.map(([heading]) => heading),
});
