import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import { isDeepStrictEqual } from 'node:util';
import { withoutGuard } from '../http/csv.js';
import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import { excerpt } from '../kernel/text.js';
import type { Place } from '../slice/folder-part.js';
import { csvMessage } from './csv-errors.js';
import type { Mistakes } from './mistakes.js';
import { repeatedRows } from './repeated-rows.js';

/** The columns of a CSV file: those it must have, and those that may be left out. */
export interface Columns {
  readonly needed: readonly string[];
  readonly optional?: readonly string[];
}

export interface CsvRow {
  readonly place: Place;
  /** By column; those that the file lacks are absent. */
  readonly cells: Readonly<Record<string, string>>;
}

export interface CsvTable {
  readonly rows: readonly CsvRow[];
  /** Columns that it must have and lacks, or has twice: reported, and in no row. */
  readonly lacking: ReadonlySet<string>;
  /** The cells of rows whose columns cannot be told. */
  readonly stray: readonly string[];
  /** Whether all of the file could be read. */
  readonly isWhole: boolean;
}

const nothing: CsvTable = { rows: [], lacking: new Set(), stray: [], isWhole: false };

/**
 * The rows of a CSV file by header. A row is counted as a spreadsheet counts it: the header is row 1 where nothing stands
 * above it, a cell of several lines does not count for more, and empty rows count but are no rows.
 */
export function csvRows(file: string, text: string, columns: Columns, mistakes: Mistakes): CsvTable {
  const { records, error } = recordsOf(text);
  const first = records.findIndex((record) => !isBlank(record));
  const place = (at: number) => ({ file, row: at + 1 });
  const head = first < 0 ? undefined : headOf(records[first]!, place(first), columns, mistakes);
  if (error !== undefined) {
    const names = head?.names ?? [];
    mistakes.add(place(records.length), 'folder.csv', csvMessage(error), names[columnOf(error) ?? -1]);
  } else if (first < 0) {
    mistakes.add(place(0), 'folder.csv-empty', `文件为空：第一行须为表头 ${columns.needed.join(',')}`);
  }
  if (!head) return nothing;

  const { names, lacking, known, isRight } = head;
  const body = records.slice(first + 1).filter((record) => !isBlank(record));
  if (!isRight && body.length > 0 && body.every(({ length }) => length !== names.length)) {
    // The header is what is wrong, and is reported.
    mistakes.unchecked += body.length;
    return nothing;
  }
  const stray: string[] = [];
  const rows = records.flatMap((record, at): CsvRow[] => {
    if (at <= first || isBlank(record)) return [];
    if (isDeepStrictEqual(record, records[first])) {
      mistakes.add(place(at), 'folder.csv-header', '本行与表头相同：请删去');
      return [];
    }
    if (record.length !== names.length) {
      const message = `本行有 ${record.length} 列，表头有 ${names.length} 列：请检查多余或缺少的逗号，含逗号的单元格须加英文双引号`;
      mistakes.add(place(at), 'folder.csv-columns', message);
      stray.push(...record);
      return [];
    }
    const cells = names
      .map((name, index) => [name, withoutGuard(record[index]!)] as const)
      .filter(([name]) => known.includes(name) && !lacking.has(name));
    return [{ place: place(at), cells: Object.fromEntries(cells) }];
  });
  mistakes.oddities.push(...repeatedRows(file, rows));
  return { rows, lacking, stray, isWhole: error === undefined };
}

const isBlank = (record: readonly string[]) => record.every((cell) => cell.trim() === '');

/** The records up to the first mistake of the format, empty ones included. */
function recordsOf(text: string): { records: readonly string[][]; error?: unknown } {
  const records: string[][] = [];
  try {
    parseCsv(text, {
      bom: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      trim: true,
      on_record: (record: string[]) => void records.push(record),
    });
    return { records };
  } catch (error) {
    return { records, error };
  }
}

/** The column in which the parser stopped. */
const columnOf = (error: unknown) =>
  error instanceof CsvError && typeof error['column'] === 'number' ? error['column'] : undefined;

interface Head {
  readonly names: readonly string[];
  readonly lacking: ReadonlySet<string>;
  readonly known: readonly string[];
  readonly isRight: boolean;
}

function headOf(record: readonly string[], place: Place, columns: Columns, mistakes: Mistakes): Head | undefined {
  const { needed, optional = [] } = columns;
  const known = [...needed, ...optional];
  let isRight = true;
  const wrong = (name: string, message: string) => {
    isRight = false;
    mistakes.add(place, 'folder.csv-header', message, name);
  };

  const separator = record.length === 1 ? separatorIn(record[0]!, known) : undefined;
  if (separator !== undefined) {
    const message = `列以${separator}分隔：须用英文逗号分隔，请另存为“CSV UTF-8（逗号分隔）”`;
    mistakes.add(place, 'folder.csv-separator', message);
    return undefined;
  }
  const absent = needed.filter((name) => !record.includes(name));
  // A column of a name that is nearly right is read as what is meant, so that its cells are checked.
  const meant = record.map((name) => (known.includes(name) ? undefined : codeMeant(name, absent)));
  const names = record.map((name, at) => meant[at] ?? name);
  if (!names.some((name) => known.includes(name))) {
    const message = `第一行须为表头 ${known.join(',')}，收到「${excerpt(record.join(','))}」`;
    mistakes.add(place, 'folder.csv-header', message);
    return undefined;
  }

  const lacking = new Set(needed.filter((name) => !names.includes(name)));
  const unknown = names.filter((name) => !known.includes(name));
  const [only] = lacking;
  if (lacking.size === 1 && unknown.length === 1) {
    wrong(only!, `缺少列“${only}”，而有不认识的列“${excerpt(unknown[0]!)}”：请核对列名`);
    return { names, lacking, known, isRight };
  }
  for (const name of lacking) wrong(name, `缺少列“${name}”：请补上，没有内容的可以留空`);
  for (const [at, name] of record.entries()) {
    if (names.indexOf(names[at]!) < at) {
      wrong(name, `列“${excerpt(name)}”重复：请只留一列`);
      lacking.add(names[at]!);
    } else if (!known.includes(name)) {
      const rest = meant[at] === undefined ? `可用 ${known.join('、')}` : '请改正';
      wrong(name, `没有名为“${excerpt(name)}”的列：${rest}${orMeant(meant[at])}`);
    }
  }
  return { names, lacking, known, isRight };
}

const separators: Readonly<Record<string, string>> = { ';': '分号', '\t': '制表符', '，': '中文逗号', '|': '竖线' };

/** What separates the columns of a header that has no comma. */
function separatorIn(header: string, known: readonly string[]): string | undefined {
  const found = Object.keys(separators).find((each) =>
    header.split(each).some((name, _, all) => all.length > 1 && known.includes(name.trim())),
  );
  return found && separators[found];
}
