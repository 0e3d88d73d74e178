import { DomainError, type Problem } from '../kernel/errors.js';
import { codeMeant, orMeant, periodMeant } from '../kernel/did-you-mean.js';
import { findPeriod } from '../kernel/period.js';
import { excerpt } from '../kernel/text.js';
import { codeColumn, listColumns } from '../reporting/columns.js';
import type { GivenCell, GivenRow } from '../reporting/given-row.js';
import type { FeedSettings } from './feed.events.js';
import type { SourceRow, SourceTable } from './read-table.js';

export type Mapping = FeedSettings['mapping'];
type MappedColumn = Mapping['unit'];
type MappedFigure = Mapping['figures'][number];

export interface MappedRows {
  readonly rows: readonly GivenRow[];
  /** Rows of other names, and figures without a number. */
  readonly skipped: number;
}

/** The columns of a source that a mapping reads, each once. */
export const mappedColumns = ({ unit, period, figures }: Mapping): string[] => [
  ...new Set(
    [
      unit.column,
      period.column,
      ...figures.flatMap(({ code, value, numerator, denominator }) => [code.column, value, numerator, denominator]),
    ].filter((column) => column !== undefined),
  ),
];

/**
 * That a source has the columns that are mapped. `former`: those that it had when it was taken last.
 * @throws {DomainError} `feed.columns-changed`
 */
export function assertMapped(
  columns: readonly string[],
  mapping: Mapping,
  former: readonly string[] | undefined,
): void {
  const mapped = mappedColumns(mapping);
  const missing = mapped.filter((column) => !columns.includes(column));
  if (missing.length === 0) return;
  const gained = columns.filter((column) => !(former ?? mapped).includes(column));
  const more = gained.length > 0 ? `；多出列${listed(gained)}` : '';
  const message = `数据源缺少列${listed(missing)}${more}：没有报送，请核对数据源，或修改对应关系`;
  const problems = missing.map((column): Problem => {
    const meant = codeMeant(column, gained);
    return { code: 'feed.columns-changed', message: `缺少列“${excerpt(column)}”${orMeant(meant)}`, field: column };
  });
  throw new DomainError('invalid', 'feed.columns-changed', message, { problems });
}

const shown = 10;

const listed = (columns: readonly string[]): string =>
  `${columns
    .slice(0, shown)
    .map((column) => `“${excerpt(column)}”`)
    .join('、')}${columns.length > shown ? `等 ${columns.length} 列` : ''}`;

/**
 * The rows of a source as rows of a report.
 * @throws {DomainError} `feed.rows-refused`, with a problem for each cell whose meaning the mapping does not say
 */
export function mapRows({ rows }: SourceTable, mapping: Mapping): MappedRows {
  const problems: Problem[] = [];
  let skipped = 0;
  const mapped = rows.flatMap((row) => {
    const unit = meaning(row, mapping.unit, '单位');
    const period = meaning(row, mapping.period, '期间', periodOf);
    return mapping.figures.flatMap((figure, at): GivenRow[] => {
      const code = meaning(row, figure.code, '指标代码');
      const numbers = numbersOf(row, figure);
      const said = [unit, period, code];
      if (said.includes('skip') || numbers.length === 0) {
        skipped++;
        return [];
      }
      const wrong = said.flatMap((each) => (typeof each === 'object' && 'problem' in each ? [each.problem] : []));
      problems.push(...wrong.filter((each) => !problems.some((other) => other.message === each.message)));
      if (wrong.length > 0) return [];
      const place = mapping.figures.length > 1 ? `第 ${row.row} 行第 ${at + 1} 项` : `第 ${row.row} 行`;
      const [unitCell, periodCell, cell] = said as GivenCell[];
      const about = { [codeColumn]: cell!, [listColumns.unit]: unitCell!, [listColumns.period]: periodCell! };
      const cells = { ...about, ...Object.fromEntries(numbers) };
      return [{ table: '指标', row: row.row, at: place, cells }];
    });
  });
  if (problems.length === 0) return { rows: mapped, skipped };
  const message = `有 ${problems.length} 处不能对应，没有报送：请补充写法对照，或由数据源改正`;
  throw new DomainError('invalid', 'feed.rows-refused', message, { problems });
}

function numbersOf({ row, cells }: SourceRow, { value, numerator, denominator }: MappedFigure) {
  const columns = { 数值: value, 分子: numerator, 分母: denominator };
  return Object.entries(columns).flatMap(([name, column]): [string, GivenCell][] => {
    const cell = column === undefined ? undefined : cells[column];
    return cell ? [[name, { ...cell, at: placeOf(row, column!) }]] : [];
  });
}

const placeOf = (row: number, column: string): string => `第 ${row} 行“${column}”`;

const periodOf = (text: string): string => (findPeriod(text) ? text : (periodMeant(text) ?? text));

/** The code that a row has for something; `skip` where the row is to be passed over. */
function meaning(
  { row, cells }: SourceRow,
  { column, is, names, others }: MappedColumn,
  label: string,
  written: (text: string) => string = (text) => text,
): GivenCell | 'skip' | { readonly problem: Problem } {
  if (is !== undefined) return { at: `第 ${row} 行`, form: 'text', text: is };
  const at = placeOf(row, column!);
  const text = cells[column!]?.text;
  if (text === undefined) return others ?? refusedCell(row, at, `没有${label}`);
  if (!names) return { at, form: 'text', text: written(text) };
  const named = names.find(({ from }) => from === text);
  if (named) return { at, form: 'text', text: named.to };
  return others ?? refusedCell(row, at, `${label}“${excerpt(text)}”不在写法对照表中`);
}

const refusedCell = (row: number, at: string, message: string) => ({
  problem: { code: 'feed.name-unknown', message: `${at}：${message}`, field: at, row },
});
