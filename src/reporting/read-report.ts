import { Decimal } from '../kernel/decimal.js';
import { invalid, type Problem } from '../kernel/errors.js';
import { excerpt, flawIn } from '../kernel/text.js';
import { csvRows } from '../submissions/csv-rows.js';
import { textOf } from '../submissions/folder-text.js';
import { Mistakes } from '../submissions/mistakes.js';
import { codeColumn, columnsOf, listColumns } from './columns.js';
import { reportRefused } from './report-result.js';
import { tableNames, type GivenCell, type GivenRow, type GivenRows, type TableName } from './given-row.js';
import { readWorkbook } from './read-workbook.js';

/** A file that came with its name. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Rows that one submission may have. */
const mostRows = 20_000;

const known = [
  ...new Set([
    ...Object.values(listColumns),
    codeColumn,
    ...tableNames.flatMap((table) => columnsOf[table]).map(({ name }) => name),
  ]),
];

/**
 * The rows of a file: a workbook (.xlsx), or a table as text (.csv, in UTF-8, UTF-16 or GB18030).
 * @throws {DomainError} those of `readWorkbook`; `report.refused` for text that is no table; `report.too-many-rows`
 */
export async function readReportFile({ name, bytes }: GivenFile): Promise<GivenRows> {
  return assertRowLimit(/\.(csv|txt)$/i.test(name) ? readTable(name, bytes) : await readWorkbook(bytes, name));
}

function readTable(name: string, bytes: Buffer): GivenRows {
  const mistakes = new Mistakes();
  const { files, problems } = textOf({ [name]: bytes });
  const text = files[name];
  const table =
    text === undefined ? undefined : csvRows(name, text, { needed: [codeColumn], optional: known }, mistakes);
  const found = [...problems, ...mistakes.problems];
  if (!table || found.length > 0) throw reportRefused(found);
  return listed(table.rows.map(({ place: { row = 0 }, cells }) => [row, cells]));
}

/**
 * The rows of a request: objects with the names of columns for keys, and text or numbers.
 * @throws {DomainError} `report.rows`, `report.refused`, `report.too-many-rows`
 */
export function readReportRows(given: unknown): GivenRows {
  if (!Array.isArray(given))
    throw invalid('report.rows', 'rows 须为列表，每行一个对象：键为列名，值为文本或数', 'rows');
  const problems: Problem[] = [];
  const rows = given.map((row: unknown, index): [number, Record<string, unknown>] => {
    const isRow = typeof row === 'object' && row !== null && !Array.isArray(row);
    if (!isRow) problems.push(wrongRow(index, '每行须为对象：键为列名，值为文本或数'));
    const fields = isRow ? Object.entries(row) : [];
    for (const [column, value] of fields) {
      if (!known.includes(column))
        problems.push(wrongRow(index, `没有名为“${excerpt(column)}”的列：可用 ${known.join('、')}`));
      else if (!isCellValue(value)) problems.push(wrongRow(index, `“${column}”须为文本或数`));
    }
    return [index + 1, Object.fromEntries(fields)];
  });
  if (problems.length > 0) throw reportRefused(problems);
  return assertRowLimit(listed(rows));
}

const wrongRow = (index: number, message: string): Problem => ({
  code: 'report.rows',
  field: `rows.${index}`,
  message: `第 ${index + 1} 行：${message}`,
});

const isCellValue = (value: unknown): value is string | number | null =>
  value === null ||
  (typeof value === 'string' && !flawIn(value.replaceAll('\r', ''))) ||
  (typeof value === 'number' && Number.isFinite(value));

function listed(rows: readonly (readonly [number, Readonly<Record<string, unknown>>])[]): GivenRows {
  const problems: Problem[] = [];
  const read = rows.map(([row, values]): GivenRow => {
    const cells = Object.fromEntries(
      Object.entries(values).flatMap(([column, value]) => {
        const cell = cellOf(value as string | number | null, `第 ${row} 行“${column}”`);
        return cell ? [[column, cell] as const] : [];
      }),
    );
    const said = cells[listColumns.table]?.text.trim() ?? tableNames[0];
    const table = tableNames.find((each) => each === said);
    if (!table) {
      const message = `第 ${row} 行：“${listColumns.table}”须为${tableNames.join('、')}之一（此处为「${excerpt(said)}」）`;
      problems.push({ code: 'report.rows', field: listColumns.table, row, message });
    }
    return { table: table ?? ('指标' satisfies TableName), row, at: `第 ${row} 行`, cells };
  });
  if (problems.length > 0) throw reportRefused(problems);
  return { rows: read, passedOver: [] };
}

function cellOf(value: string | number | null, at: string): GivenCell | undefined {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
  if (typeof value === 'string') return { at, form: 'text', text: value };
  return { at, form: 'number', text: new Decimal(String(value)).toFixed() };
}

export function assertRowLimit(given: GivenRows): GivenRows {
  if (given.rows.length <= mostRows) return given;
  throw invalid(
    'report.too-many-rows',
    `一次至多报 ${mostRows} 行，收到 ${given.rows.length} 行：请分几次报送`,
    'rows',
  );
}
