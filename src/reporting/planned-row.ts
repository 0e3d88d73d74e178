import type { Actor, Evidence } from '../kernel/event.js';
import { sha256 } from '../kernel/json.js';
import type { Command, CommandClass } from '../slice/command.js';
import { placed, type Locate, type PlacedCommand, type Spot } from '../slice/folder-part.js';
import type { Mistakes } from '../submissions/mistakes.js';
import type { Flaw, GivenCell, GivenRow } from './given-row.js';
import type { Fed } from './report-content.js';
import type { Conflict } from './stream-sight.js';

/** A row of a report beside what the plan has, and the commands that carry it out. */
export interface PlannedRow {
  readonly key: string;
  readonly rows: readonly GivenRow[];
  /** What the row is about, by name. */
  readonly name: string;
  /** What it would be after the commands are taken; a row that is refused while it is read has no commands. */
  readonly intent: 'new' | 'changed' | 'unchanged' | 'conflict' | 'refused';
  readonly from?: string;
  readonly to?: string;
  /** What the sender should know of a row that changes nothing. */
  readonly note?: string;
  readonly conflict?: Conflict;
  /** A feed has something else than was reported: that stays. */
  readonly differs?: true;
  readonly commands: readonly PlacedCommand[];
}

/** What the rows of one submission have in common. */
export interface RowContext {
  readonly plan: string;
  readonly submission: string;
  /** How often the submission was withdrawn before: the same rows again are new reports then. */
  readonly round: number;
  readonly actor: Actor;
  readonly demo: boolean;
  /** The reason for what gives none of its own. */
  readonly reason: string | undefined;
  readonly file: string;
  readonly fed?: Fed;
  /** What each value names. */
  readonly evidence?: readonly Evidence[];
  readonly mistakes: Mistakes;
}

/** Notes the flaw of a cell, or of the whole row where the cell is missing. */
export function noteFlaw(
  { mistakes, file }: RowContext,
  { row, at }: Pick<GivenRow, 'row' | 'at'>,
  cell: GivenCell | undefined,
  { code, message }: Flaw,
): void {
  mistakes.add({ file, row, field: cell?.at ?? at, ...(cell && { cell: cell.text }) }, code, message);
}

/** Where the fields of a command stand: `columns` names their columns. */
export const locateIn =
  (file: string, { row, at, cells }: GivenRow, columns: Readonly<Record<string, string>>): Locate =>
  (field): Spot => {
    const cell = field === undefined ? undefined : cells[columns[field] ?? ''];
    return { file, row, field: cell?.at ?? at, ...(cell && { cell: cell.text }) };
  };

/** A command of a row; its id follows from the submission and the row, so that it is carried out once. */
export function commandOf<C extends Command>(
  { plan, submission, round, actor, demo, mistakes }: RowContext,
  type: CommandClass<C>,
  input: object,
  { key, locate }: { readonly key: string; readonly locate: Locate },
): PlacedCommand[] {
  const command = mistakes.note(locate, () =>
    placed(type, { plan, ...input, ...(demo && { demo: true }) }, actor, locate, false),
  );
  if (!command) return [];
  const commandId = `${idPrefix(submission, round)}${sha256(`${key} ${command.command.type}`).slice(0, 16)}`;
  return [{ ...command, sender: { commandId, actor, correlationId: `submission-${submission}` } }];
}

/** How the ids of the commands begin that a submission brings. */
export const idPrefix = (submission: string, round: number): string => `submission-${submission}-${round}-`;
