import { isDeepStrictEqual } from 'node:util';
import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import type { EventLog } from '../kernel/event-log.js';
import type { RecordedEvent } from '../kernel/event.js';
import { WithdrawPolicyReport } from '../policies/policy.commands.js';
import { policyReports } from '../policies/policy.decider.js';
import { policyStream } from '../policies/policy.events.js';
import { policyFolder } from '../policies/policy.folder.js';
import { WithdrawProjectReport } from '../projects/project.commands.js';
import { projectReports } from '../projects/project.decider.js';
import { projectStream } from '../projects/project.events.js';
import { projectFolder } from '../projects/project.folder.js';
import type { CommandClass } from '../slice/command.js';
import type { DatedAction } from '../slice/folder-part.js';
import { WithdrawTaskReport } from '../tasks/task.commands.js';
import { taskReports } from '../tasks/task.decider.js';
import { taskStream } from '../tasks/task.events.js';
import { taskFolder } from '../tasks/task.folder.js';
import { dayIn } from './day-cell.js';
import { reasonColumn } from './columns.js';
import { textIn, type Flaw, type GivenRow, type TableName } from './given-row.js';
import { numberIn } from './number-cell.js';
import { commandOf, locateIn, noteFlaw, type PlannedRow, type RowContext } from './planned-row.js';
import type { RowSubject } from './row-key.js';
import { conflictOf, streamSight, type StreamSight } from './stream-sight.js';

type ProgrammeTable = Exclude<TableName, '指标'>;
export type ProgrammeSubject = Exclude<RowSubject, { table: '指标' }>;

/** How the rows of a table become commands: the actions of its slice, and the columns that stand for one of them. */
interface Programme {
  readonly stream: (plan: string, id: string) => string;
  readonly actions: Readonly<Record<string, DatedAction>>;
  /** Actions that a row brings by filling a column, in the order in which they are carried out. */
  readonly filled: readonly { readonly column: string; readonly action: string }[];
  /** Actions of the drop-down that come before the filled ones; all others come after them. */
  readonly first: readonly string[];
  /** Which events another's change of the same thing is, by the action of the row. */
  readonly rivals: (action: string) => readonly string[];
  /** Withdraws what a row reported. */
  readonly withdrawal: CommandClass;
  readonly reports: Pick<typeof projectReports, 'standingOf' | 'restingOn' | 'named'>;
}

const steps = ['ProjectStarted', 'ProjectSuspended', 'ProjectResumed', 'ProjectCompleted', 'ProjectCancelled'];
const invested = ['InvestmentReported', 'InvestmentCorrected'];

const programmes: Readonly<Record<ProgrammeTable, Programme>> = {
  项目: {
    stream: projectStream,
    actions: projectFolder.progress!,
    filled: [
      { column: '百分比', action: '项目进度' },
      { column: '金额', action: '项目投资' },
    ],
    first: ['项目开工', '项目复工'],
    rivals: (action) =>
      ({
        项目进度: ['ProjectProgressReported'],
        项目投资: invested,
        投资更正: invested,
        项目调整: ['ProjectRescheduled'],
      })[action] ?? steps,
    withdrawal: WithdrawProjectReport,
    reports: projectReports,
  },
  政策: {
    stream: policyStream,
    actions: policyFolder.progress!,
    filled: [],
    first: [],
    rivals: (action) =>
      action === '政策延期'
        ? ['PolicyPostponed']
        : ['PolicyDrafted', 'PolicyIssued', 'PolicyRevised', 'PolicyDropped', 'PolicyRepealed'],
    withdrawal: WithdrawPolicyReport,
    reports: policyReports,
  },
  任务: {
    stream: taskStream,
    actions: taskFolder.progress!,
    filled: [{ column: '文字', action: '任务进展' }],
    first: [],
    rivals: () => ['TaskProgressReported', 'TaskCompleted', 'TaskReopened', 'TaskDropped'],
    withdrawal: WithdrawTaskReport,
    reports: taskReports,
  },
};

const nameColumns = { 项目: '项目名称', 政策: '政策名称', 任务: '任务' } as const;

/** The stream that a row of the programme is about. */
export const programmeStream = (plan: string, { table, code }: ProgrammeSubject): string =>
  programmes[table].stream(plan, code);

/** How what a row of the table reported is withdrawn. */
export const withdrawingOf = (table: ProgrammeTable): Pick<Programme, 'withdrawal' | 'reports'> => programmes[table];

export interface ProgrammeRow {
  readonly key: string;
  readonly subject: ProgrammeSubject;
  readonly row: GivenRow;
  readonly revision?: number | 'none';
}

/** Compares a row of a project, policy or task with what stands, and makes the commands that carry it out. */
export async function plannedProgramme(
  { key, subject, row, revision }: ProgrammeRow,
  context: RowContext,
  log: Pick<EventLog, 'readStream'>,
): Promise<PlannedRow> {
  const { stream, actions, rivals, reports } = programmes[subject.table];
  const about = { key, rows: [row], name: textIn(row, nameColumns[subject.table]) ?? subject.code };
  const words = actionsIn(row, subject.table, context);
  if (words === 'flawed') return { ...about, intent: 'refused', commands: [] };
  if (words.length === 0) return { ...about, intent: 'unchanged', commands: [] };
  const sight = await streamSight(log, stream(context.plan, subject.code), revision);
  const standing = reports.standingOf(sight.events);
  const made = words.map((word) => {
    const input = inputOf(row, actions[word]!, context);
    return { word: wordFor(word, input, standing), input };
  });
  if (made.some(({ input }) => input === 'flawed')) return { ...about, intent: 'refused', commands: [] };
  const rival = made.flatMap(({ word, input }) =>
    rivalOf(rivals(word), input as object, changedSince(sight, standing), context),
  )[0];
  if (rival) {
    const before = sight.base!.findLast(({ id, type }) => id === withdrawnBy(rival) || type === rival.type);
    const conflict = conflictOf(rival, before && described(before), described(rival));
    return { ...about, intent: 'conflict', conflict, commands: [] };
  }
  const commands = made.flatMap(({ word, input }) => {
    const { type, fields } = actions[word]!;
    const columns = {
      ...Object.fromEntries(Object.entries(fields).map(([column, field]) => [field, column])),
      reason: reasonColumn,
    };
    return commandOf(
      context,
      type,
      { id: subject.code, ...(input as object) },
      { key, locate: locateIn(context.file, row, columns) },
    );
  });
  const isChange = made.some(({ word }) => word === '投资更正');
  const to = made.map(({ word, input }) => `${word} ${Object.values(input as object).join(' ')}`).join('；');
  return { ...about, intent: commands.length < made.length ? 'refused' : isChange ? 'changed' : 'new', to, commands };
}

/** What the row does: by its drop-down, and by the columns that it fills. */
function actionsIn(row: GivenRow, table: ProgrammeTable, context: RowContext): readonly string[] | 'flawed' {
  const { actions, filled, first } = programmes[table];
  const chosen = textIn(row, '动作');
  if (chosen !== undefined && !Object.hasOwn(actions, chosen)) {
    const words = Object.keys(actions);
    const message = `动作须为${words.join('、')}之一${orMeant(codeMeant(chosen, words))}`;
    noteFlaw(context, row, row.cells['动作'], { code: 'report.choice', message });
    return 'flawed';
  }
  const used = chosen === undefined ? [] : Object.keys(actions[chosen]!.fields);
  // A text that the chosen action takes is no report of its own.
  const own = filled
    .filter(({ column }) => row.cells[column] !== undefined && !used.includes(column))
    .map(({ action }) => action);
  const all = chosen === undefined ? own : first.includes(chosen) ? [chosen, ...own] : [...own, chosen];
  const taken = new Set(all.flatMap((word) => Object.keys(actions[word]!.fields)));
  const columns = [...new Set(Object.values(actions).flatMap(({ fields }) => Object.keys(fields)))];
  // The day alone is what the workbook had in it.
  const unused = columns.find((column) => column !== '日期' && row.cells[column] !== undefined && !taken.has(column));
  if (unused === undefined) return all;
  const message = `填了“${unused}”，而本行的动作不用它：请在“动作”中选择做了什么，或删去`;
  noteFlaw(context, row, row.cells[unused], { code: 'report.cell-unused', message });
  return 'flawed';
}

const numberFields = ['percent', 'amount'];

function inputOf(row: GivenRow, { fields }: DatedAction, context: RowContext): Record<string, string> | 'flawed' {
  const input: Record<string, string> = {};
  let isFlawed = false;
  for (const [column, field] of Object.entries(fields)) {
    const cell = row.cells[column];
    if (!cell) {
      if (column !== '日期') continue;
      isFlawed = true;
      noteFlaw(context, row, undefined, { code: 'report.day', message: '须填“日期”：事情发生在哪一天' });
      continue;
    }
    const read: string | Flaw =
      cell.flaw ??
      (field === 'on'
        ? dayIn(cell)
        : numberFields.includes(field)
          ? numberIn(cell, field === 'percent' ? '%' : '金额')
          : cell.text.trim());
    if (typeof read === 'string') input[field] = read;
    else {
      isFlawed = true;
      noteFlaw(context, row, cell, read);
    }
  }
  const reason = textIn(row, reasonColumn) ?? context.reason;
  return isFlawed ? 'flawed' : { ...input, ...(reason !== undefined && { reason }) };
}

/** An investment of a day that was reported before is corrected. */
function wordFor(word: string, input: Record<string, string> | 'flawed', events: readonly RecordedEvent[]): string {
  if (word !== '项目投资' || input === 'flawed') return word;
  const standing = events.findLast(({ type, data }) => invested.includes(type) && data['on'] === input['on']);
  if (!standing) return word;
  return (standing.data['to'] ?? standing.data['amount']) === input['amount'] ? word : '投资更正';
}

/** The event that another withdraws. */
const withdrawnBy = ({ type, data }: RecordedEvent): unknown =>
  type.endsWith('ReportWithdrawn') ? data['eventId'] : undefined;

/** What changed since the row was made: the reports that still stand, and the withdrawals of what it was made with. */
const changedSince = ({ base, since }: StreamSight, standing: readonly RecordedEvent[]): RecordedEvent[] =>
  since.filter((event) => standing.includes(event) || base!.some(({ id }) => id === withdrawnBy(event)));

/** What somebody else said of the same since the workbook was made, unless the row says the same. */
function rivalOf(
  types: readonly string[],
  input: object,
  since: readonly RecordedEvent[],
  { actor }: RowContext,
): RecordedEvent[] {
  const isOfSame = (event: RecordedEvent) =>
    types.some((type) => type === (withdrawnBy(event) === undefined ? event.type : event.data['type']));
  const rival = since.findLast((event) => isOfSame(event) && event.metadata.actor.id !== actor.id);
  if (!rival) return [];
  const { reason: _, ...said } = input as Record<string, string>;
  return isDeepStrictEqual({ ...rival.data }, said) ? [] : [rival];
}

const described = (event: RecordedEvent): string =>
  withdrawnBy(event) === undefined ? Object.values(event.data).map(String).join(' ') : '已撤回';
