import {
  CorrectMeasurement,
  DeclareMissing,
  MeasureIndicator,
  WithdrawMeasurement,
} from '../figures/figure.commands.js';
import { figureAfter, type FigureDocument } from '../figures/figure.projection.js';
import type { Reported } from '../figures/figure.events.js';
import { enteredText } from '../figures/reported.js';
import type { RecordedEvent } from '../kernel/event.js';
import type { CommandClass } from '../slice/command.js';
import { withdrawingOf, type ProgrammeRow } from './programme-row.js';
import type { ReportItem } from './report-plan.js';
import { conflictOf, type Conflict } from './stream-sight.js';

/** A command that undoes what a submission brought. */
export interface UndoingCommand {
  readonly type: CommandClass;
  readonly input: object;
}

/** How one row of a submission is undone. */
export type Undoing =
  | { readonly commands: readonly UndoingCommand[] }
  /** Somebody acted on it since. */
  | { readonly since: Conflict }
  /** It brought nothing. */
  | 'nothing';

/** Which events of a stream the submission brought, and which ones undid them. */
export interface Origins {
  readonly brought: (event: RecordedEvent) => boolean;
  readonly undid: (event: RecordedEvent) => boolean;
}

/** How a row of a submission is undone, given all events of its stream. */
export function undoingOf(item: ReportItem, events: readonly RecordedEvent[], { brought, undid }: Origins): Undoing {
  // Where a crash cut the undoing off, the same commands are given again; those that were carried out are repeated.
  const begun = events.findIndex(undid);
  const until = begun < 0 ? events : events.slice(0, begun);
  return 'row' in item ? undoneProgramme(item.subject, until, brought) : undoneFigure(item.subject, until, brought);
}

/** A return leaves a report with its reporter; anything else is somebody's own word on it. */
const isOwnWord = ({ type }: RecordedEvent): boolean => type !== 'MeasurementReturned';

type FigureSubject = Extract<ReportItem, { parts: unknown }>['subject'];

/** Back to the value that was in force before; where there was none, to none. */
function undoneFigure(subject: FigureSubject, until: readonly RecordedEvent[], brought: Origins['brought']): Undoing {
  const first = until.findIndex(brought);
  const last = until.findLastIndex(brought);
  if (first < 0) return 'nothing';
  const other = until.slice(last + 1).findLast(isOwnWord);
  if (other) return { since: conflictOf(other, said(until[last]!), said(other)) };
  return { commands: backTo(subject, figureAfter(until.slice(0, first)), figureAfter(until)!) };
}

function backTo(
  { code, unit, period }: FigureSubject,
  before: FigureDocument | undefined,
  now: FigureDocument,
): UndoingCommand[] {
  const figure = { code, unit, period };
  const withdrawn = { type: WithdrawMeasurement, input: figure };
  if (!before || before.standing === 'withdrawn') return [withdrawn];
  if (before.standing === 'missing')
    return [withdrawn, { type: DeclareMissing, input: { ...figure, because: before.because } }];
  const value = before.standing === 'returned' ? before.approved : before.latest;
  // Of what was returned, and never approved, no value was in force.
  if (!value) return [withdrawn];
  const input = {
    ...figure,
    ...value.reported,
    ...(now.latest?.reported.parts && !value.reported.parts && { parts: [] }),
  };
  const isReturned = now.standing === 'returned' && !now.approved;
  return [isReturned ? { type: MeasureIndicator, input } : { type: CorrectMeasurement, input }];
}

/** What it reported is withdrawn, the last first, unless a later report rests on it. */
function undoneProgramme(
  { table, code }: ProgrammeRow['subject'],
  until: readonly RecordedEvent[],
  brought: Origins['brought'],
): Undoing {
  const { withdrawal, reports } = withdrawingOf(table);
  let standing = reports.standingOf(until);
  const own = standing.filter(brought).reverse();
  for (const report of own) {
    const other = reports.restingOn(standing, report.id);
    if (other) return { since: conflictOf(other, undefined, reports.named(other)) };
    standing = standing.filter((event) => event !== report);
  }
  if (own.length === 0) return 'nothing';
  return { commands: own.map(({ id }) => ({ type: withdrawal, input: { id: code, report: id } })) };
}

/** What an event of a figure says, for people. */
function said({ data }: RecordedEvent): string {
  const reported = data['to'] ?? data['reported'];
  if (typeof reported === 'object' && reported !== null) return enteredText(reported as Reported);
  return Object.values(data).map(String).join(' ');
}
