import { MemoryEventLog } from '../../src/event-log/memory/memory-event-log.js';
import type { NewEvent, RecordedEvent } from '../../src/kernel/event.js';
import type { AppendResult, EventPlace, ExpectedRevision } from '../../src/kernel/event-log.js';
import type { Position } from '../../src/kernel/position.js';

const start = 10n ** 17n;
const space = 977n;

/** Converts a position of the in-memory log to a large one with gaps, like those of a server. */
const toSpaced = (position: Position): Position => String(start + BigInt(position) * space);
/** Converts a position to the last one of the in-memory log that is not after it. */
const toMemory = (position: Position): Position => {
  const place = (BigInt(position) - start) / space;
  return String(place > 0n ? place : 0n);
};
const spaced = <Placed extends { readonly position: Position }>(placed: Placed): Placed => ({
  ...placed,
  position: toSpaced(placed.position),
});

/** An in-memory log with large positions and gaps, so that they differ from those of other logs. */
export class SpacedEventLog extends MemoryEventLog {
  override async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    return spaced(await super.append(stream, expected, events));
  }

  override async readStream(stream: string, options?: { from?: number; limit?: number }): Promise<RecordedEvent[]> {
    return (await super.readStream(stream, options)).map(spaced);
  }

  override async readAll({ after, limit }: { after?: Position; limit?: number } = {}): Promise<RecordedEvent[]> {
    const options = { ...(after !== undefined && { after: toMemory(after) }), ...(limit !== undefined && { limit }) };
    return (await super.readAll(options)).map(spaced);
  }

  override async eventAt(position: Position): Promise<RecordedEvent | undefined> {
    const found = await super.eventAt(toMemory(position));
    return found && toSpaced(found.position) === position ? spaced(found) : undefined;
  }

  override async head(): Promise<Position | undefined> {
    const head = await super.head();
    return head && toSpaced(head);
  }

  override async lastEvent(): Promise<EventPlace | undefined> {
    const last = await super.lastEvent();
    return last && spaced(last);
  }
}
