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

/** An append whose contents are fixed: text, within the limits. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly SerialisedEvent[];
}

/**
 * What every adapter does with an append first.
 * @throws {AppendRejected}
 * @throws {NotJsonError}
 */
export function appendRequest(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): AppendRequest {
  assertAppendable(stream, expected, events);
  let total = 0;
  const serialised = events.map(({ id, type, data, metadata }) => {
    const event = { id, type, data: strictJson(data), metadata: strictJson(metadata) };
    const bytes = Buffer.byteLength(event.data) + Buffer.byteLength(event.metadata);
    if (bytes > limits.bytesPerEvent) {
      throw new AppendRejected(`${type} has ${bytes} bytes; an event has at most ${limits.bytesPerEvent}`);
    }
    total += bytes;
    return event;
  });
  if (total > limits.bytesPerAppend) {
    throw new AppendRejected(`an append of ${total} bytes; at most ${limits.bytesPerAppend}`);
  }
  return { stream, expected, events: serialised };
}

/** An event of another log as this one will store it, and where its stream has to stand for that. */
export interface TakenOver extends Omit<StoredEvent, 'position'> {
  readonly expected: ExpectedRevision;
}

/**
 * What every adapter does first with an event that comes from another log: it is held to the rules of an append.
 * @throws {AppendRejected}
 * @throws {NotJsonError}
 */
export function takenOver(recorded: RecordedEvent): TakenOver {
  const { stream, revision } = recorded;
  const expected = revision === 0 ? 'none' : revision - 1;
  const [event] = appendRequest(stream, expected, [recorded]).events;
  return { ...event!, stream, revision, expected, recordedAt: toMilliseconds(recorded.recordedAt) };
}

/** The revisions that the events of a request take, or took when it came the first time. */
export const firstRevision = ({ expected }: AppendRequest): number => (expected === 'none' ? 0 : expected + 1);

/**
 * The answer to a request whose expected revision is not the stream's: its first result, if it is a repeated one.
 * `standing` are the events that stand where it would have put its own.
 */
export function answerLate(
  { stream, expected, events }: AppendRequest,
  standing: readonly StoredEvent[],
  actual: ExpectedRevision,
): AppendResult | WrongExpectedRevision | EventIdReused {
  const last = standing.at(-1);
  if (!last || standing.length !== events.length || !events.every(({ id }, index) => id === standing[index]!.id)) {
    return new WrongExpectedRevision(stream, expected, actual);
  }
  const changed = events.find((event, index) => !sameContents(event, standing[index]!));
  if (changed) return new EventIdReused(stream, changed.id);
  return { revision: last.revision, position: last.position };
}

const sameContents = (a: SerialisedEvent, b: SerialisedEvent): boolean =>
  a.type === b.type && a.data === b.data && a.metadata === b.metadata;
