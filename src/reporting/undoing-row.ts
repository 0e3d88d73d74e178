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
import { CorrectInvestment } from '../projects/project.commands.js';
import type { CommandClass } from '../slice/command.js';
import { ReopenTask } from '../tasks/task.commands.js';
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
  /** What it brought stays: the events that cannot be undone, by type. */
  | { readonly lasting: readonly string[] }
  /** It brought nothing. */
  | 'nothing';

/** Which events of a stream the submission brought, and which ones undid them. */
export interface Origins {
  readonly brought: (event: RecordedEvent) => boolean;
  readonly undid: (event: RecordedEvent) => boolean;
}

/** How a row of a submission is undone, given all events of its stream. */
export function undoingOf(item: ReportItem, events: readonly RecordedEvent[], { brought, undid }: Origins): Undoing {
  const first = events.findIndex(brought);
  const last = events.findLastIndex(brought);
  if (first < 0) return 'nothing';
  // Where a crash cut the undoing off, the same commands are given again; those that were carried out are repeated.
  const begun = events.findIndex(undid);
  const until = begun < 0 ? events : events.slice(0, begun);
  const other = until.slice(last + 1).findLast(isOwnWord);
  if (other) return { since: conflictOf(other, said(events[last]!), said(other)) };
  return 'row' in item
    ? undoneProgramme(item.subject.code, events.filter(brought))
    : { commands: undoneFigure(item.subject, figureAfter(events.slice(0, first)), figureAfter(until)!) };
}

/** A return leaves a report with its reporter; anything else is somebody's own word on it. */
const isOwnWord = ({ type }: RecordedEvent): boolean => type !== 'MeasurementReturned';

type FigureSubject = Extract<ReportItem, { parts: unknown }>['subject'];

/** Back to the value that was in force before; where there was none, to none. */
function undoneFigure(
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

/** An investment that was corrected is corrected back, a completed task is reopened; other reports have no opposite. */
function undoneProgramme(id: string, events: readonly RecordedEvent[]): Undoing {
  const commands: UndoingCommand[] = [];
  const lasting: string[] = [];
  for (const { type, data } of events.toReversed()) {
    if (type === 'InvestmentCorrected') {
      commands.push({ type: CorrectInvestment, input: { id, on: data['on'], amount: data['from'] } });
    } else if (type === 'TaskCompleted') {
      commands.push({ type: ReopenTask, input: { id, on: data['on'] } });
    } else lasting.push(type);
  }
  return lasting.length > 0 ? { lasting } : { commands };
}

/** What an event says, for people. */
function said({ data }: RecordedEvent): string {
  const reported = data['to'] ?? data['reported'];
  if (typeof reported === 'object' && reported !== null) return enteredText(reported as Reported);
  return Object.values(data).map(String).join(' ');
}
