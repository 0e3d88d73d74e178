import { parse as parseCsv } from 'csv-parse/sync';
import { withoutGuard } from '../http/csv.js';
import { Decimal } from '../kernel/decimal.js';
import { DomainError, invalid } from '../kernel/errors.js';
import { repeatedKey } from '../kernel/json.js';
import { excerpt, flawIn } from '../kernel/text.js';
import { csvMessage } from '../submissions/csv-errors.js';
import { decodeText } from '../submissions/text-file.js';
import type { FeedSettings } from './feed.events.js';

/** What a source has: its columns in their order, and its rows. */
export interface SourceTable {
  readonly columns: readonly string[];
  readonly rows: readonly SourceRow[];
}

export interface SourceRow {
  /** Where it stands: the line of a CSV file as a spreadsheet counts, or the place in a JSON list, from 1. */
  readonly row: number;
  /** By column: text, or a number in plain decimal. Empty cells are absent. */
  readonly cells: Readonly<Record<string, { readonly form: 'text' | 'number'; readonly text: string }>>;
}

/** Rows that one fetch may bring. */
const mostRows = 20_000;

/**
 * The table that the bytes of a source are: CSV in UTF-8, UTF-16 or GB18030, with commas and a header; or JSON in UTF-8, a
 * list of flat objects.
 * @throws {DomainError} `feed.malformed`, `feed.no-rows`, `feed.too-many-rows`
 */
export function readTable(bytes: Buffer, { format, pointer }: Pick<FeedSettings, 'format' | 'pointer'>): SourceTable {
  const text = decodeText(bytes)?.text;
  if (text === undefined) throw malformed('内容不是文本（UTF-8、UTF-16 或 GB18030）');
  const table = format === 'csv' ? readCsv(text) : readJson(text, pointer);
  if (table.rows.length === 0) throw invalid('feed.no-rows', '数据源没有一行数据：请核对数据源');
  if (table.rows.length <= mostRows) return table;
  throw invalid('feed.too-many-rows', `数据源有 ${table.rows.length} 行，一次至多 ${mostRows} 行：请由数据源分期提供`);
}

const malformed = (message: string, row?: number): DomainError =>
  new DomainError('invalid', 'feed.malformed', row === undefined ? message : `第 ${row} 行：${message}`, {
    problems: [{ code: 'feed.malformed', message, ...(row !== undefined && { row }) }],
  });

const isBlank = (record: readonly string[]) => record.every((cell) => cell.trim() === '');

function readCsv(text: string): SourceTable {
  const records = recordsOf(text);
  const first = records.findIndex((record) => !isBlank(record));
  if (first < 0) throw malformed('文件为空：第一行须为列名');
  const columns = records[first]!.map((name) => name.trim());
  assertColumns(columns, first + 1);
  const rows = records.flatMap((record, at): SourceRow[] => {
    if (at <= first || isBlank(record)) return [];
    if (record.length !== columns.length) {
      throw malformed(`有 ${record.length} 列，而列名有 ${columns.length} 个：请核对逗号和英文双引号`, at + 1);
    }
    const cells = columns.flatMap((column, index) => {
      const cell = withoutGuard(record[index]!.trim());
      if (flawIn(cell)) throw malformed(`列“${column}”含有不能保存的字符`, at + 1);
      return cell === '' ? [] : [[column, { form: 'text', text: cell }] as const];
    });
    return [{ row: at + 1, cells: Object.fromEntries(cells) }];
  });
  return { columns, rows };
}

function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  try {
    parseCsv(text, {
      bom: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      on_record: (record: string[]) => void records.push(record),
    });
    return records;
  } catch (error) {
    throw malformed(csvMessage(error), records.length + 1);
  }
}

function assertColumns(columns: readonly string[], row?: number): void {
  const twice = columns.find((name, at) => columns.indexOf(name) < at);
  if (twice !== undefined) throw malformed(`列“${excerpt(twice)}”重复`, row);
  const flawed = columns.find((name) => name === '' || name.length > 200 || flawIn(name));
  if (flawed !== undefined) throw malformed(`列名“${excerpt(flawed)}”为空、过长或含有不能保存的字符`, row);
}

function readJson(text: string, pointer: string | undefined): SourceTable {
  const list = at(parsed(text.replace(/^\uFEFF/, '')), pointer);
  if (!Array.isArray(list)) throw malformed(`${pointer ?? '整个文件'}须为列表，每行一个对象`);
  const columns = new Set<string>();
  const rows = list.map((item: unknown, index): SourceRow => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw malformed('须为对象', index + 1);
    const cells = Object.entries(item).flatMap(([column, value]) => {
      columns.add(column);
      const cell = cellOf(value, column, index + 1);
      return cell === undefined ? [] : [[column, cell] as const];
    });
    return { row: index + 1, cells: Object.fromEntries(cells) };
  });
  assertColumns([...columns]);
  return { columns: [...columns], rows };
}

function parsed(text: string): unknown {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw malformed('内容不是完好的 JSON');
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) throw malformed(`同一处有两个“${excerpt(repeated)}”`);
  return content;
}

/** What a JSON Pointer (RFC 6901) leads to. */
function at(content: unknown, pointer: string | undefined): unknown {
  const keys = (pointer ?? '').split('/').slice(1);
  return keys.reduce<unknown>((within, key) => {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
    const isThere = typeof within === 'object' && within !== null && Object.hasOwn(within, name);
    if (!isThere) throw malformed(`没有 ${excerpt(pointer!)} 这个位置`);
    return (within as Record<string, unknown>)[name];
  }, content);
}

/** The digits that a JSON number is sure to have kept while it was read. */
const digits = 15;

function cellOf(value: unknown, column: string, row: number): SourceRow['cells'][string] | undefined {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
  if (typeof value === 'string') {
    if (flawIn(value)) throw malformed(`“${excerpt(column)}”含有不能保存的字符`, row);
    return { form: 'text', text: value.trim() };
  }
  if (typeof value === 'number') {
    const number = new Decimal(String(value));
    if (number.precision() <= digits) return { form: 'number', text: number.toFixed() };
    throw malformed(`“${excerpt(column)}”超过 ${digits} 位有效数字，不能如实读取：请由数据源写作带引号的文本`, row);
  }
  // Lists, objects and truth values are no cells; where they are mapped, they are missed.
  return undefined;
}
