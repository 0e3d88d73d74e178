import type { Actor } from '../kernel/event.js';
import { canonicalJson, plain, sha256 } from '../kernel/json.js';
import { checkedInput, type Command } from './command.js';
import type { CommandClass, Sender } from './command.js';

/** The format of a plan folder is described in docs/plan-folder.md. */

/** The files of a folder by name, as text. */
export type FolderFiles = Readonly<Record<string, string>>;

/** A place in a folder. `row` is a line of the file, counted from 1. */
export interface Place {
  readonly file: string;
  readonly row?: number;
}

/** Where something stands in a file: in which column or under which key, and what stands there. */
export interface Spot extends Place {
  readonly field?: string;
  readonly cell?: string;
  /** What is wrong here is reported already, such as a column that the file lacks: what follows from it is not. */
  readonly reported?: boolean;
}

/** Where a field of a command stands, of which a problem of that code is told; without a field, the command itself. */
export type Locate = (field: string | undefined, code?: string) => Spot;

/** A command read from a folder, ready to be decided, and where it came from. */
export interface PlacedCommand {
  readonly command: Command;
  readonly sender: Sender;
  readonly locate: Locate;
  /** Part of it is missing because of a mistake that is reported: it is decided only to find others. */
  readonly isProvisional: boolean;
}

export type Fields = Record<string, unknown>;

export interface TableRow {
  readonly place: Place;
  /** By column; those that the file lacks are absent. */
  readonly cells: Readonly<Record<string, string>>;
  /** The line of the plan's text that the column `line` names. */
  readonly line?: number;
}

export interface FolderYaml {
  readonly content: unknown;
  /** What stands at the path; the place is that of the deepest part of the path that exists. */
  spot(...path: readonly (string | number)[]): Spot;
}

/** An entry of a list in a YAML file. */
export interface ListItem {
  readonly fields: Fields;
  readonly path: readonly (string | number)[];
}

/** A folder while it is read. Mistakes are collected, not thrown, so that all of them are reported at once. */
export interface FolderReader {
  /** The plan's code. */
  readonly plan: string;
  readonly title: string;
  readonly files: readonly string[];
  mistake(spot: Spot, code: string, message: string): void;
  /** `plan.yaml` or `supplement.yaml`. */
  readonly main: FolderYaml & { readonly content: Fields };
  /** A YAML file; undefined where the folder has none, or where it cannot be parsed. */
  yaml(file: string): FolderYaml | undefined;
  /**
   * The entries of a list at the top of a YAML file, or under one of its keys; anything else there is a mistake. `kind` is
   * the kind of thing that each entry brings about.
   */
  list(yaml: FolderYaml, kind: string, key?: string): readonly ListItem[];
  /** The rows of a CSV file; none where the folder has no such file. The file may leave out the `optional` columns. */
  rows(file: string, columns: readonly string[], optional?: readonly string[]): readonly TableRow[];
  /** The command that a node of a YAML file describes; nothing, and a mistake, where its input is refused. */
  fromYaml(type: CommandClass, input: Fields, at: YamlSource): readonly PlacedCommand[];
  /** The command that a table's row describes; nothing, and a mistake, where its input is refused. */
  fromRow(type: CommandClass, input: object, row: TableRow, columns?: ColumnNames): readonly PlacedCommand[];
}

/** The columns of fields that are not called like their column. */
export type ColumnNames = Readonly<Record<string, string>>;

/** The node that a command is read from, and the line of the plan's text that it stands on. */
export interface YamlSource {
  readonly yaml: FolderYaml;
  readonly path: readonly (string | number)[];
  readonly line?: number;
  /** Where fields stand that come from another file. */
  readonly elsewhere?: (field: string) => Spot | undefined;
}

/** What a slice reads from a plan folder. */
export interface FolderPart {
  /** Files that only this slice reads; a pattern where there may be several. */
  readonly files?: readonly (string | RegExp)[];
  /** Of these, files that belong to the plan's own document: a folder that only adds to a plan may not have them. */
  readonly planFiles?: readonly string[];
  /** The kinds of thing that these files bring about: unknown as a whole where a file cannot be read. */
  readonly brings?: readonly (readonly [file: string | RegExp, kind: string])[];
  /** Keys of `plan.yaml` that this slice reads, with the kind of thing that the entries of a list bring about. */
  readonly planKeys?: Readonly<Record<string, string | undefined>>;
  /** The commands of these files, in the order in which they are to be decided. */
  read?(folder: FolderReader): readonly PlacedCommand[];
  /** What a row of a dated table does, by the word in its column 动作. */
  readonly history?: Readonly<Record<string, DatedAction>>;
  readonly progress?: Readonly<Record<string, DatedAction>>;
  /** What becomes of the rows of these files when the folder is loaded again, changed. */
  readonly changing?: readonly Changing[];
}

/** How a kind of row changes and ends when the folder that had it is loaded again without it, or with other content. */
export interface Changing {
  /** The command that the row describes. */
  readonly type: CommandClass;
  /** The kind of thing, as changes.csv names it. */
  readonly word: string;
  /** Which one of its kind the row is about, as changes.csv names it; empty where there is only one. */
  keyOf(fields: Fields): string;
  /** Whether two contents say the same in other writing, `70%` and `70`. Absent: what is written otherwise is changed. */
  reworded?(before: Fields, now: Fields): boolean;
  /** The command that states the content anew. Absent: such a row does not change. */
  readonly amend?: ChangeCommand & {
    /** Whether it needs no row in changes.csv. */
    readonly unexplained?: true;
  };
  /** Whether it comes after all other changes: nothing can be changed after it. */
  readonly last?: true;
  /** The command that ends the thing. Absent: such a row stays. */
  readonly end?: ChangeCommand & {
    inputOf(fields: Fields): Fields;
    /** Whether it comes before all other changes: what it undoes stands in their way. */
    readonly first?: true;
  };
}

/** A command that a changed row brings about, with the fields that columns of changes.csv fill. */
export interface ChangeCommand {
  readonly type: CommandClass;
  readonly columns?: Readonly<Record<string, string>>;
}

/** The fields of a command by which one thing is told from another, as changes.csv writes them: `02/331100/2025`. */
export const keyFields =
  (...names: readonly string[]) =>
  (fields: Fields): string =>
    names.flatMap((name) => (fields[name] as string | readonly string[] | undefined) ?? []).join('/');

/** Whether a file is the one that a part names, or one of those that its pattern names. */
export const isFile = (named: string | RegExp, file: string): boolean =>
  typeof named === 'string' ? named === file : named.test(file);

/** The kinds of thing that a file brings about. */
export const broughtBy = (parts: readonly FolderPart[], file: string): string[] =>
  parts.flatMap(({ brings = [] }) => brings.flatMap(([named, kind]) => (isFile(named, file) ? [kind] : [])));

/** One kind of row in `history.csv` or `progress.csv`. */
export interface DatedAction {
  readonly type: CommandClass;
  /** The columns that this kind of row fills, with the command's field for each. */
  readonly fields: Readonly<Record<string, string>>;
  /** Columns whose words stand for codes. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Rows that bring no command of their own: those that fill this column. Each is an item of a list of the command that the
   * row brings whose action, subject and day are the same, and whose own cell in this column is empty.
   */
  readonly items?: {
    readonly column: string;
    /** The word in this column of a row that says that its list is empty. */
    readonly none: string;
    /** The command's list. */
    readonly field: string;
    /** The columns that an item fills besides, with its field for each. */
    readonly fields: Readonly<Record<string, string>>;
    /** The fields that the cell itself stands for, or what is wrong with it. */
    readonly meaning: (cell: string) => object | string;
  };
  /** The reason where the row gives none. */
  readonly reason?: string;
  /** A further command that the row brings, with the columns it fills: an approval beside a report. */
  readonly further?: {
    readonly type: CommandClass;
    readonly reason: string;
    /** The column with the day it became known, and the one with the person's id; a row fills both or neither. */
    readonly day: string;
    readonly actor: string;
  };
}

/** A table of the plan: each row becomes a command. */
export interface PlanTable {
  readonly file: string;
  /** The kind of thing that each row brings about. */
  readonly kind: string;
  readonly columns: readonly string[];
  readonly columnNames?: ColumnNames;
  commandOf(cells: TableRow['cells']): { readonly type: CommandClass; readonly input: object };
}

/** The folder part of a slice that reads one table. */
export const tablePart = (table: PlanTable): Pick<FolderPart, 'files' | 'brings' | 'read'> => ({
  files: [table.file],
  brings: [[table.file, table.kind]],
  read: (folder) =>
    folder.rows(table.file, table.columns).flatMap((row) => {
      const { type, input } = table.commandOf(row.cells);
      return folder.fromRow(type, input, row, table.columnNames);
    }),
});

/**
 * A command from a folder has its content for its id: the same row read again is the same command. That the person acts by
 * an import is no part of it: rows that were loaded before this was said have the same ids.
 */
export function placed<C extends Command>(
  type: CommandClass<C>,
  input: object,
  actor: Actor,
  locate: Locate,
  isProvisional: boolean,
): PlacedCommand {
  const command = checkedInput(type, plain(input));
  const { means: _, ...person } = actor;
  const commandId = `load-${sha256(canonicalJson([command.type, plain(command), person])).slice(0, 32)}`;
  return { command, sender: { commandId, actor: { ...person, means: 'import' } }, locate, isProvisional };
}

/** A cell's text, or undefined where it is empty. */
export const filled = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

/** `yes` is true and an empty cell is nothing; other text is kept, for the field's own check to refuse. */
export const flagCell = (cell = ''): unknown => (cell === 'yes' ? true : filled(cell));

/** Digits are a number and an empty cell is nothing; other text is kept, for the field's own check to refuse. */
export const numberCell = (cell = ''): unknown => (/^\d{1,9}$/.test(cell) ? Number(cell) : filled(cell));

export const listCell = (cell = '', separator: string): string[] => cell.split(separator).filter(Boolean);

/** Every filled cell under its column's name, except for the columns left out. */
export function filledCells(cells: TableRow['cells'], ...leftOut: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(cells).filter(([name, cell]) => cell !== '' && !leftOut.includes(name)));
}

export const fieldsOf = (value: unknown): Fields =>
  value && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : {};
