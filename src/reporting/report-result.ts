import { DomainError, type Problem } from '../kernel/errors.js';
import type { FolderWarning } from '../slice/plausibility.js';
import type { Staged } from '../submissions/staging.js';
import type { GivenRow } from './given-row.js';
import type { PlannedRow } from './planned-row.js';
import type { Conflict } from './stream-sight.js';

export type RowOutcome = 'new' | 'changed' | 'unchanged' | 'refused' | 'conflict';

/** What becomes of one row of a report. */
export interface ReportedRow {
  /** Where it stands: `指标!7`. */
  readonly at: string;
  /** What it is about: `figure/02/331102/2022`, `project/P01`; absent where that cannot be told. */
  readonly key?: string;
  readonly name: string;
  readonly outcome: RowOutcome;
  readonly from?: string;
  readonly to?: string;
  readonly note?: string;
  /** What a feed has otherwise, `to`, than was reported, `from`; that stays. */
  readonly differs?: true;
  /** Of a refused row: why, with the cell in `field`. */
  readonly problems?: readonly Problem[];
  /** Who changed it since the workbook was made, and how. */
  readonly conflict?: Conflict;
}

export interface ReportResult {
  readonly plan: string;
  readonly title: string;
  readonly submission: string;
  readonly demo: boolean;
  /** Whether nothing was stored, because nothing was to be. */
  readonly dryRun: boolean;
  /** What was appended, or would be; 0 when all of it was there before. */
  readonly events: number;
  readonly counts: Readonly<Record<RowOutcome, number>>;
  readonly rows: readonly ReportedRow[];
  readonly warnings: readonly FolderWarning[];
  /** Of a dry run: the ids of the warnings that are not accepted. */
  readonly unaccepted: readonly string[];
  /** Sheets that are none of the tables: they were not read. */
  readonly passedOver: readonly string[];
}

/** What became of each row, given what the deciders took. */
export function reportedRows(
  planned: readonly PlannedRow[],
  lost: readonly GivenRow[],
  { mistakes, fresh }: Pick<Staged, 'mistakes' | 'fresh'>,
): ReportedRow[] {
  const problems = new Map<string, Problem[]>();
  for (const problem of mistakes.problems) {
    const at = problem.field ?? '';
    problems.set(at, [...(problems.get(at) ?? []), problem]);
  }
  const problemsOf = (rows: readonly GivenRow[]) =>
    rows
      .flatMap(({ at, cells }) => [at, ...Object.values(cells).map((cell) => cell.at)])
      .flatMap((at) => problems.get(at) ?? []);
  const rows = planned.map((row): ReportedRow => {
    const { key, name, rows: given, from, to, note, conflict, commands } = row;
    const wrong = problemsOf(given);
    const about = { at: given[0]!.at, key, name };
    const texts = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    if (wrong.length > 0) return { ...about, outcome: 'refused', ...texts, problems: wrong };
    if (conflict) return { ...about, outcome: 'conflict', ...texts, conflict };
    if (row.differs) return { ...about, outcome: 'unchanged', ...texts, differs: true };
    const isTaken = commands.some((command) => fresh.has(command));
    if (isTaken) return { ...about, outcome: row.intent, ...texts };
    const follows = commands.some(({ command }) => command.about && mistakes.unmade.has(command.about));
    if (follows) return { ...about, outcome: 'refused', ...texts };
    return { ...about, outcome: 'unchanged', ...(note !== undefined && { ...texts, note }) };
  });
  const unknown = lost.map((row): ReportedRow => ({
    at: row.at,
    name: '',
    outcome: 'refused',
    problems: problemsOf([row]),
  }));
  return [...rows, ...unknown];
}

export function countsOf(rows: readonly ReportedRow[]): ReportResult['counts'] {
  const counts = { new: 0, changed: 0, unchanged: 0, refused: 0, conflict: 0 };
  for (const { outcome } of rows) counts[outcome]++;
  return counts;
}

const shown = 200;

/** The refusal of a report, or of its withdrawal, with its mistakes. */
export function reportRefused(problems: readonly Problem[]): DomainError {
  const message = `共 ${problems.length} 处错误，未写入任何数据${problems.length > shown ? `；列出前 ${shown} 处` : ''}`;
  return new DomainError('invalid', 'report.refused', message, { problems: problems.slice(0, shown) });
}

/** Why a report cannot be applied; undefined where it can. */
export function refusalOf(
  rows: readonly ReportedRow[],
  problems: readonly Problem[],
  file: string,
): DomainError | undefined {
  const conflicts = rows.flatMap((row) => (row.conflict ? [conflictProblem(row, row.conflict, file)] : []));
  if (problems.length > 0) {
    return reportRefused([...problems, ...conflicts]);
  }
  if (conflicts.length === 0) return undefined;
  const message = `有 ${conflicts.length} 行在工作簿下载之后已由他人更改，未写入任何数据：请核对后重新下载工作簿再填，或删去这些行`;
  return new DomainError('conflict', 'report.conflict', message, { problems: conflicts.slice(0, shown) });
}

function conflictProblem({ at, name, to }: ReportedRow, { by, at: when, ...change }: Conflict, file: string): Problem {
  const from = change.from === undefined ? '' : `由 ${change.from} `;
  const message = `${name}：工作簿下载之后，${by.name}${by.unit === undefined ? '' : `（${by.unit}）`}于 ${when} ${from}改为 ${change.to}${to === undefined ? '' : `，本行填的是 ${to}`}：没有覆盖，请核对`;
  return { code: 'report.conflict', message, field: at, file };
}
