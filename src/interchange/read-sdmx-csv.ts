import { parse as parseCsv } from 'csv-parse/sync';
import type { Problem } from '../kernel/errors.js';
import { grouped } from '../kernel/grouped.js';
import { excerpt, flawIn } from '../kernel/text.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { codeColumn, listColumns } from '../reporting/columns.js';
import type { GivenCell, GivenRow, GivenRows } from '../reporting/given-row.js';
import { assertRowLimit, type GivenFile } from '../reporting/read-report.js';
import { reportRefused } from '../reporting/report-result.js';
import { csvMessage } from '../submissions/csv-errors.js';
import { decodeText } from '../submissions/text-file.js';
import { measures, whole } from './observation.js';
import { dataflowOf } from './sdmx-csv.js';
import { planPeriod } from './sdmx-period.js';

type Plan = Pick<PlanDocument, 'plan' | 'fiscalYear' | 'demo'>;

/** A line of the message: its cells by column, empty ones absent. */
interface Line {
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * The figures of an SDMX-CSV 2.0 message as rows of a report. Rows of one figure are put together: the components of a
 * ratio. Targets and computed values are passed over.
 * @throws {DomainError} `report.refused`, with a problem `sdmx.*` for each mistake; `report.too-many-rows`
 */
export function readSdmxCsv({ bytes }: GivenFile, plan: Plan): GivenRows {
  const lines = linesOf(bytes);
  const problems = lines.flatMap((line) => problemsIn(line, plan));
  if (problems.length > 0) throw reportRefused(problems);
  const [figures, others] = [lines.filter(isReported), lines.filter((line) => !isReported(line))];
  const rows = [...grouped(figures, figureKey).values()].map((own) => rowOf(own, plan));
  const flawed = rows.flatMap((row) => ('problem' in row ? [row.problem] : []));
  if (flawed.length > 0) throw reportRefused(flawed);
  const passedOver = [...grouped(others, measureOf)].map(
    ([measure, { length }]) => `MEASURE=${measure}（${length} 行）`,
  );
  return assertRowLimit({ rows: rows as GivenRow[], passedOver });
}

const measureOf = ({ cells }: Line): string => cells.MEASURE ?? 'VALUE';
const isReported = (line: Line): boolean => ['VALUE', 'NUMERATOR', 'DENOMINATOR'].includes(measureOf(line));
const figureKey = ({ cells }: Line): string =>
  JSON.stringify([cells.INDICATOR, cells.REF_AREA, cells.TIME_PERIOD, cells.BREAKDOWN ?? whole]);

/** What is wrong, and the way out. */
interface Said {
  readonly code: string;
  readonly message: string;
}

const problem = ({ code, message }: Said, row?: number, field?: string): Problem => ({
  ...{ code, message: row === undefined ? message : `第 ${row} 行：${message}` },
  ...(row !== undefined && { row }),
  ...(field !== undefined && { field }),
});
const malformed = (message: string, row?: number, field?: string) =>
  reportRefused([problem({ code: 'sdmx.malformed', message }, row, field)]);

/** Columns without which no row says what it is about. */
const needed = ['STRUCTURE_ID', 'INDICATOR', 'REF_AREA', 'TIME_PERIOD'];

function linesOf(bytes: Uint8Array): Line[] {
  const text = decodeText(bytes)?.text;
  if (text === undefined) throw malformed('内容不是文本：SDMX-CSV 须为 UTF-8 文本');
  const [head = [], ...records] = recordsOf(text);
  if (head[0] !== 'STRUCTURE') {
    throw malformed(
      '第一列须为 STRUCTURE（SDMX-CSV 2.0，没有子字段）：请由本系统导出，或按文档的列名编制',
      1,
      'STRUCTURE',
    );
  }
  const lacking = needed.filter((column) => !head.includes(column));
  if (lacking.length > 0) throw malformed(`缺少列 ${lacking.join('、')}`, 1, lacking[0]);
  const repeated = head.find((column, at) => head.indexOf(column) !== at);
  if (repeated !== undefined) throw malformed(`列 ${excerpt(repeated)} 出现两次`, 1, repeated);
  if (head.includes('VALID_TO')) {
    throw malformed('这是含历次版本的导出，不能报送：请用不含 includeHistory 的导出', 1, 'VALID_TO');
  }
  return records.flatMap((record, at): Line[] => {
    const row = at + 2;
    if (record.every((cell) => cell.trim() === '')) return [];
    if (record.length !== head.length) throw malformed(`有 ${record.length} 列，而列名有 ${head.length} 个`, row);
    const cells = head.flatMap((column, index) => {
      const cell = record[index]!.trim();
      if (flawIn(cell)) throw malformed(`列 ${excerpt(column)} 含有不能保存的字符`, row, column);
      return cell === '' ? [] : [[column, cell] as const];
    });
    return [{ row, cells: Object.fromEntries(cells) }];
  });
}

/** The separator is what follows the first column's name. */
function recordsOf(text: string): string[][] {
  const delimiter = /^\uFEFF?"?STRUCTURE"?([;\t|])/.exec(text)?.[1] ?? ',';
  try {
    return parseCsv(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: false });
  } catch (error) {
    throw malformed(csvMessage(error));
  }
}

function problemsIn({ row, cells }: Line, { plan, demo }: Plan): Problem[] {
  const of = (column: string, said: Said) => [problem(said, row, column)];
  const own = dataflowOf(plan);
  const { STRUCTURE, STRUCTURE_ID, ACTION = 'I', MEASURE = 'VALUE' } = cells;
  if (STRUCTURE !== 'dataflow' || STRUCTURE_ID !== own) {
    return of('STRUCTURE_ID', { code: 'sdmx.other-structure', message: `不是本规划的数据流：须为 dataflow、${own}` });
  }
  if (ACTION === 'D') {
    return of('ACTION', { code: 'sdmx.action', message: '删除（D）不能报送：要收回的数据请写明事由撤回，并删去本行' });
  }
  if (!['I', 'A', 'M', 'R'].includes(ACTION)) {
    return of('ACTION', { code: 'sdmx.action', message: `没有动作 ${excerpt(ACTION)}：可用 I、A、M、R` });
  }
  if (!(measures as readonly string[]).includes(MEASURE)) {
    return of('MEASURE', {
      code: 'sdmx.measure',
      message: `没有 MEASURE ${excerpt(MEASURE)}：可用 ${measures.join('、')}`,
    });
  }
  const empty = ['INDICATOR', 'REF_AREA', 'TIME_PERIOD'].find((column) => cells[column] === undefined);
  if (empty !== undefined) return of(empty, { code: 'sdmx.malformed', message: `${empty} 为空，不知道本行是什么` });
  if (cells.DEMO === 'Y' && !demo) {
    return of('DEMO', { code: 'sdmx.demo', message: '示例数据不能报给实际的规划：请删去 DEMO 为 Y 的各行' });
  }
  return [];
}

/** The row of a report that the lines of one figure make. */
function rowOf(lines: readonly Line[], plan: Plan): GivenRow | { readonly problem: Problem } {
  const [first] = lines as [Line];
  const by = grouped(lines, measureOf);
  const twice = [...by.values()].find(({ length }) => length > 1);
  if (twice) {
    const [, again] = twice as [Line, Line];
    const message = `与第 ${twice[0]!.row} 行是同一个数，只能有一行`;
    return { problem: problem({ code: 'sdmx.twice', message }, again.row, 'MEASURE') };
  }
  const [value, numerator, denominator] = ['VALUE', 'NUMERATOR', 'DENOMINATOR'].map((each) => by.get(each)?.[0]);
  const hasComponents = numerator !== undefined || denominator !== undefined;
  if (value?.cells.COMPUTED === 'ratio' && !hasComponents) {
    const message = '由分子、分母算出的值须连同 NUMERATOR、DENOMINATOR 两行一起报';
    return { problem: problem({ code: 'sdmx.no-components', message }, value.row, 'COMPUTED') };
  }
  const { INDICATOR, REF_AREA, TIME_PERIOD, BREAKDOWN = whole } = first.cells;
  const cellOf = (line: Line, column: string, text: string): GivenCell => ({
    ...{ at: `第 ${line.row} 行“${column}”`, form: 'text', text },
  });
  const given = (name: string, line: Line | undefined, column: string, text = line?.cells[column]) =>
    line && text !== undefined ? { [name]: cellOf(line, column, text) } : {};
  return {
    ...{ table: '指标', row: first.row, at: `第 ${first.row} 行` },
    cells: {
      ...given(codeColumn, first, 'INDICATOR', INDICATOR),
      ...given(listColumns.unit, first, 'REF_AREA', REF_AREA),
      ...given(listColumns.period, first, 'TIME_PERIOD', planPeriod(TIME_PERIOD!, plan)),
      ...(BREAKDOWN !== whole && given('分组', first, 'BREAKDOWN', BREAKDOWN)),
      ...(hasComponents
        ? { ...given('分子', numerator, 'OBS_VALUE'), ...given('分母', denominator, 'OBS_VALUE') }
        : given('数值', value, 'OBS_VALUE')),
      ...given('缺报原因', value, 'MISSING_REASON'),
    },
  };
}
