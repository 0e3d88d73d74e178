/** The tables that a unit fills in; a workbook has a sheet of this name for each. */
export const tableNames = ['指标', '项目', '政策', '任务'] as const;
export type TableName = (typeof tableNames)[number];

/**
 * What stands in a cell, as it was read. It has no meaning yet: a number is what the file has for it, text is as it was
 * typed.
 */
export interface GivenCell {
  /** Where it stands: `指标!C7` in a workbook, `第 7 行“数值”` in a list of rows. */
  readonly at: string;
  readonly form: 'text' | 'number' | 'day' | 'flawed';
  /** Text as typed; a number in plain decimal, shown in percent with `%` at its end; a day as `2022-06-30`. */
  readonly text: string;
  /** Of a flawed cell: why it says nothing. */
  readonly flaw?: Flaw;
}

/** What is wrong with a cell. */
export interface Flaw {
  readonly code: string;
  /** Chinese: the rule and the way out. */
  readonly message: string;
}

/** A row that somebody filled in, by the names of its columns. Empty cells are absent. */
export interface GivenRow {
  readonly table: TableName;
  /** Line of the sheet or of the file, counted from 1. */
  readonly row: number;
  /** The row as a whole: `指标!7`. */
  readonly at: string;
  readonly cells: Readonly<Record<string, GivenCell>>;
}

/** The rows of a file, and what they say of themselves as a whole. */
export interface GivenRows {
  readonly rows: readonly GivenRow[];
  /** The plan, unit and period that a workbook was made for; absent where the file does not say. */
  readonly made?: MadeFor;
  /** Sheets that are none of the tables: they were not read. */
  readonly passedOver: readonly string[];
}

export interface MadeFor {
  readonly plan: string;
  readonly unit: string;
  readonly period: string;
}

/** The text of a cell; undefined where it is empty. */
export const textIn = ({ cells }: Pick<GivenRow, 'cells'>, column: string): string | undefined => {
  const text = cells[column]?.text.trim();
  return text === '' ? undefined : text;
};
