import type { Command } from '../slice/command.js';
import type { PlacedCommand } from '../slice/folder-part.js';
import type { CommandRegistry, Undoing } from '../slice/slice.js';
import type { Done } from './staged-log.js';

/**
 * Tells which rows of a folder are carried out anew. A row that an earlier submission carried out is not carried out
 * again, unless it was undone since: a report that was withdrawn or returned. Such a row is a new report: it has an id of
 * its own in this submission, and is known since now and not since the day that it names, on which its first report was
 * known.
 */
export class Renewal {
  /** The types of the events that the folder's rows bring, by stream. */
  private readonly told = new Map<string, string[]>();
  private readonly places = new Map<PlacedCommand, number>();

  constructor(
    private readonly registry: CommandRegistry,
    private readonly submission: string,
    rows: readonly PlacedCommand[],
  ) {
    for (const row of rows) {
      const { undoing, stream } = this.ofRow(row);
      if (!undoing) continue;
      const told = this.told.get(stream) ?? [];
      this.told.set(stream, told);
      this.places.set(row, told.push(undoing.eventOf[row.command.type] ?? row.command.type) - 1);
    }
  }

  /** The row as it is to be carried out. `doneOf` gives what stood in a stream before this submission's own run. */
  async of(row: PlacedCommand, doneOf: (stream: string) => Promise<readonly Done[]>): Promise<PlacedCommand> {
    const { undoing, stream } = this.ofRow(row);
    if (!undoing) return row;
    // What the folder itself undoes later is history, and stays as it is.
    if (undoing.undoneBy(this.told.get(stream)!, this.places.get(row)!) !== undefined) return row;
    const done = await doneOf(stream);
    const last = done.findLast(({ commandId }) => originOf(commandId) === row.sender.commandId);
    if (!last) return row;
    const ownId = `${row.sender.commandId}.${this.submission}`;
    // Also where a crash cut this submission off after it had carried the row out.
    if (last.commandId !== ownId && !this.isUndone(done, last, undoing)) return row;
    return { ...row, command: knownNow(row.command), sender: { ...row.sender, commandId: ownId } };
  }

  /** Whether it does not hold any more, and nothing that was said later holds in its place. */
  private isUndone(done: readonly Done[], { commandId }: Done, undoing: Undoing): boolean {
    // What this submission itself carried out before a crash does not count.
    const others = done.filter((event) => !event.commandId.endsWith(`.${this.submission}`));
    const types = others.map(({ type }) => type);
    const at = others.findIndex((event) => event.commandId === commandId);
    const isUndone = (place: number) => undoing.undoneBy(types, place) !== undefined;
    const holds = (type: string, place: number) => undoing.undoable.includes(type) && !isUndone(place);
    return isUndone(at) && !types.some((type, place) => place > at && holds(type, place));
  }

  private ofRow({ command }: PlacedCommand): { readonly undoing: Undoing | undefined; readonly stream: string } {
    const own = this.registry.of(command);
    return { undoing: own.undoing, stream: own.stream(command as never) };
  }
}

/** The id of the row without that of the submission which renewed it. */
const originOf = (commandId: string) => commandId.split('.', 1)[0]!;

function knownNow<C extends Command>(command: C): C {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(command) as object) as C, command);
  delete copy.knownAt;
  return copy;
}
