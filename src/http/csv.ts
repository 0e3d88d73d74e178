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

/** Whether a spreadsheet keeps a number as it is. */
export const isKeptNumber = (text: string): boolean =>
  /^-?\d+(\.\d+)?$/.test(text) && text.replace(/^-?0*|\./g, '').length <= digits;

/** A number as such, or as text where a spreadsheet would round it or where it is none. */
export function asNumber(number: string | number): string {
  const text = String(number);
  return isKeptNumber(text) ? text : asText(text);
}

/** A moment as the plan's clocks showed it, with their offset: `2023-08-20T16:30:00+08:00`. */
export const asTime = (instant: Instant, zone: string): string =>
  DateTime.fromISO(instant, { zone }).toISO({ suppressMilliseconds: true })!;

/** How a cell is written. An id is a text that stands for itself, also where it is that of a person. */
export type CellKind = 'text' | 'id' | 'time' | 'number';

/** A column of a table that is written to a file: its heading, and what a row has in it. */
export interface Column<Row> {
  readonly heading: string;
  readonly kind: CellKind;
  readonly of: (row: Row) => string | number | undefined;
}

const columnOf =
  (kind: CellKind) =>
  <Row>(heading: string, of: Column<Row>['of']): Column<Row> => ({ heading, kind, of });

export const textColumn: <Row>(heading: string, of: (row: Row) => string | undefined) => Column<Row> = columnOf('text');
export const idColumn: <Row>(heading: string, of: (row: Row) => string | undefined) => Column<Row> = columnOf('id');
export const timeColumn: <Row>(heading: string, of: (row: Row) => Instant | undefined) => Column<Row> =
  columnOf('time');
export const numberColumn: <Row>(heading: string, of: Column<Row>['of']) => Column<Row> = columnOf('number');

/** The cells of a row, for `csvOptions`; empty where the row has no value. */
export const cellsOf = <Row>(columns: readonly Column<Row>[], row: Row, zone: string): string[] =>
  columns.map(({ kind, of }) => {
    const value = of(row);
    if (value === undefined) return '';
    if (kind === 'number') return asNumber(value);
    return kind === 'time' ? asTime(String(value), zone) : asText(String(value));
  });

/** What csv-stringify is told: a byte order mark makes spreadsheets read UTF-8. */
export const csvOptions = <Row>(columns: readonly Column<Row>[]) => ({
  bom: true,
  header: true,
  columns: columns.map(({ heading }) => heading),
});
