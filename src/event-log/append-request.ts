import type { NewEvent, RecordedEvent } from '../kernel/event.js';
import {
  AppendRejected,
  assertAppendable,
  EventIdReused,
  limits,
  WrongExpectedRevision,
  type AppendResult,
  type ExpectedRevision,
} from '../kernel/event-log.js';
import { strictJson } from '../kernel/json.js';
import { toMilliseconds } from '../kernel/time.js';
import type { SerialisedEvent, StoredEvent } from './stored-event.js';

/** A checked append: events serialised to JSON text and within the limits. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly SerialisedEvent[];
}

/**
 * Validates and serialises an append. Every adapter calls this first.
 * @throws {AppendRejected} invalid names or ids, too many events, or too large
 * @throws {NotJsonError} data or metadata that strict JSON cannot represent
 */
export function appendRequest(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): AppendRequest {
  assertAppendable(stream, expected, events);
  let total = 0;
  const serialised = events.map(({ id, type, data, metadata }) => {
    const event = { id, type, data: strictJson(data), metadata: strictJson(metadata) };
    const bytes = Buffer.byteLength(event.data) + Buffer.byteLength(event.metadata);
    if (bytes > limits.bytesPerEvent) {
      throw new AppendRejected(`event ${type} has ${bytes} bytes; at most ${limits.bytesPerEvent}`);
    }
    total += bytes;
    return event;
  });
  if (total > limits.bytesPerAppend) {
    throw new AppendRejected(`${total} bytes in one append; at most ${limits.bytesPerAppend}`);
  }
  return { stream, expected, events: serialised };
}

/** An event copied from another log as this log will store it, and the stream revision that this needs. */
export interface TakenOver extends Omit<StoredEvent, 'position'> {
  readonly expected: ExpectedRevision;
}

/**
 * Validates and serialises an event copied from another log, by the same rules as an append. Every adapter calls this
 * first in `takeOver`.
 * @throws {AppendRejected} invalid names or ids, or too large
 * @throws {NotJsonError} data or metadata that strict JSON cannot represent
 */
export function takenOver(recorded: RecordedEvent): TakenOver {
  const { stream, revision } = recorded;
  const expected = revision === 0 ? 'none' : revision - 1;
  const [event] = appendRequest(stream, expected, [recorded]).events;
  return { ...event!, stream, revision, expected, recordedAt: toMilliseconds(recorded.recordedAt) };
}

/** Revision of the first event of a request. */
export const firstRevision = ({ expected }: AppendRequest): number => (expected === 'none' ? 0 : expected + 1);

/**
 * The answer to a request whose expected revision is not the stream's current one. If it repeats an earlier append, the
 * answer is that append's result. `stored` are the events at the revisions that the request would write.
 */
export function answerLate(
  { stream, expected, events }: AppendRequest,
  stored: readonly StoredEvent[],
  actual: ExpectedRevision,
): AppendResult | WrongExpectedRevision | EventIdReused {
  const last = stored.at(-1);
  if (!last || stored.length !== events.length || !events.every(({ id }, index) => id === stored[index]!.id)) {
    return new WrongExpectedRevision(stream, expected, actual);
  }
  const changed = events.find((event, index) => !sameContents(event, stored[index]!));
  if (changed) return new EventIdReused(stream, changed.id);
  return { revision: last.revision, position: last.position };
}

const sameContents = (a: SerialisedEvent, b: SerialisedEvent): boolean =>
  a.type === b.type && a.data === b.data && a.metadata === b.metadata;
