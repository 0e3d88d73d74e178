import type { NewEvent, RecordedEvent } from './event.js';
import type { Position } from './position.js';
import { laterOf, type Clock, type Instant } from './time.js';

/** `none`: the stream must not exist. A number: the revision of the stream's last event. There is no "any". */
export type ExpectedRevision = 'none' | number;

export interface AppendResult {
  /** Revision and position of the last event of this append. */
  readonly revision: number;
  readonly position: Position;
}

/** Where an event is. A copy of the log keeps stream and revision, but has its own positions. */
export type EventPlace = Pick<RecordedEvent, 'stream' | 'revision' | 'position'>;

/** Limits that apply to every adapter: the smallest limit of all of them. */
export const limits = {
  streamNameLength: 200,
  eventsPerAppend: 500,
  /** Data plus metadata of one event, as UTF-8 JSON. */
  bytesPerEvent: 512 * 1024,
  /** All events of one append together. */
  bytesPerAppend: 1000 * 1024,
  eventsPerRead: 10_000,
} as const;

/** Tokens like this one name a port for injection: a type-only import leaves no metadata to inject by. */
export const EVENT_LOG = Symbol('EventLog');

/**
 * The event store: append-only streams in one total order. One contract suite (test/contract) runs against every
 * adapter. Callers may rely only on behaviour that the contract tests.
 */
export interface EventLog {
  /**
   * Appends all events or none. Once the promise resolves, the events survive a crash of the machine. Appending is
   * idempotent: the same call again (same stream, expected revision, event ids and bodies) returns the first result and
   * appends nothing.
   * @throws {WrongExpectedRevision} the stream is not at `expected`
   * @throws {EventIdReused} the stream already has these event ids with different contents
   * @throws {AppendRejected} no events, too many, or too large; or an invalid stream name, event id or event type
   * @throws {NotJsonError} data or metadata that JSON cannot represent exactly
   * @throws {EventLogUnavailable} the events were not stored, or the outcome is unknown. Repeat the same call once the
   *   condition named by `reason` has passed
   * @throws {EventLogDamaged} the end of the stream or of the log is damaged
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult>;

  /**
   * Reads events of one stream in order, from revision `from` (default 0), at most `limit` (default 10,000). A stream
   * that does not exist is empty.
   * @throws {EventLogDamaged} one of the events is damaged; no event is returned then
   */
  readStream(stream: string, options?: { from?: number; limit?: number }): Promise<RecordedEvent[]>;

  /**
   * Reads events of all streams in log order, strictly after position `after` (default: from the start), at most
   * `limit` (default 1,000). An empty result means the end of the log.
   * @throws {EventLogDamaged} the first event to read is damaged. Sound events before a damaged one are returned first
   */
  readAll(options?: { after?: Position; limit?: number }): Promise<RecordedEvent[]>;

  /**
   * The event at a position; undefined where none is.
   * @throws {EventLogDamaged} it is damaged
   */
  eventAt(position: Position): Promise<RecordedEvent | undefined>;

  /**
   * Yields all events after a position, then new events as they are appended. Events arrive in order of position, each
   * once, in batches. Ends when `signal` aborts.
   */
  subscribe(after: Position | undefined, signal: AbortSignal): AsyncIterable<RecordedEvent[]>;

  /** The position of the last event, or undefined for an empty log. */
  head(): Promise<Position | undefined>;

  /** The stream and revision of the last event with its position, or undefined for an empty log. */
  lastEvent(): Promise<EventPlace | undefined>;

  /** When the last event was recorded, or undefined for an empty log. */
  lastRecordedAt(): Promise<Instant | undefined>;

  close(): Promise<void>;
}

/** A log that calls `changes` where given, and the wrapped log for all other methods. */
export const withChanges = (log: EventLog, changes: Partial<EventLog>): EventLog => ({
  append: (stream, expected, events) => log.append(stream, expected, events),
  readStream: (stream, options) => log.readStream(stream, options),
  readAll: (options) => log.readAll(options),
  eventAt: (position) => log.eventAt(position),
  subscribe: (after, signal) => log.subscribe(after, signal),
  head: () => log.head(),
  lastEvent: () => log.lastEvent(),
  lastRecordedAt: () => log.lastRecordedAt(),
  close: () => log.close(),
  ...changes,
});

/** A log into which another log can be copied. */
export interface CopyTarget extends EventLog {
  /**
   * Appends events read from another log, in their order, with their ids, revisions, contents and recorded times.
   * Recorded times may decrease, because the clocks of a cluster's leaders differ. Positions are new. There must be no
   * other writer. If it fails, none or only the first of the events are stored: read the target before continuing.
   * @throws {WrongExpectedRevision} a stream is not at the revision before its first event given
   * @throws {AppendRejected} an event that `append` would reject
   * @throws {EventLogUnavailable}
   */
  takeOver(events: readonly RecordedEvent[]): Promise<void>;
}

/**
 * The current time for users of a log: the clock's time, but not before the last recorded event. So a clock that is set
 * back never puts recorded events into the future.
 */
export async function timeNow(log: Pick<EventLog, 'lastRecordedAt'>, clock: Clock): Promise<Instant> {
  const recorded = await log.lastRecordedAt();
  const now = clock.now();
  return recorded === undefined ? now : laterOf(now, recorded);
}

export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`wrong expected revision of stream ${stream}: expected ${expected}, actual ${actual}`);
  }
}

export class EventIdReused extends Error {
  override readonly name = 'EventIdReused';
  constructor(stream: string, id: string) {
    super(`event id ${id} already exists in stream ${stream} with different contents`);
  }
}

export class AppendRejected extends Error {
  override readonly name = 'AppendRejected';
}

/**
 * Why the log does not accept appends.
 * - `repeat`: a temporary failure; repeat the call.
 * - `disk-full`: nothing was stored. Appends work again once the disk has space.
 * - `restart-needed`: it is unknown whether the last commit reached the disk, or the database file was moved or
 *   replaced. The log refuses all further appends until it is reopened. Then the last commit is there completely or not
 *   at all.
 */
export type Unavailability = 'repeat' | 'disk-full' | 'restart-needed';

export class EventLogUnavailable extends Error {
  override readonly name = 'EventLogUnavailable';
  readonly reason: Unavailability;
  constructor(message: string, { reason = 'repeat', cause }: { reason?: Unavailability; cause?: unknown } = {}) {
    super(message, { cause });
    this.reason = reason;
  }
}

/** The stored events are not what was written. The log does not return them. Recovery: restore a sound copy. */
export class EventLogDamaged extends Error {
  override readonly name = 'EventLogDamaged';
  constructor(
    /** The first damaged position, if known. */
    readonly position: Position | undefined,
    readonly what: string,
    options?: ErrorOptions,
  ) {
    super(`the log is damaged${position === undefined ? '' : ` at position ${position}`}: ${what}`, options);
  }
}

/**
 * The hash chain value at a position, in hex. An auditor keeps a seal outside the log. If a later verification arrives
 * at the same value, no event up to that position was changed, removed or inserted.
 */
export interface Seal {
  readonly position: Position;
  readonly chain: string;
}

/** A seal as text, `4526:9f86d0…`: position, colon, 64 lower-case hexadecimal digits. */
export const sealForm = /^([1-9]\d{0,18}):([0-9a-f]{64})$/;

/** @throws {RangeError} the text does not match `sealForm` */
export function parseSeal(text: string): Seal {
  const match = sealForm.exec(text);
  if (!match) throw new RangeError(`not a seal: ${JSON.stringify(text.slice(0, 100))}`);
  return { position: match[1]!, chain: match[2]! };
}

export interface Proof {
  readonly events: number;
  /** Seal of the last sound event; absent if there is no sound event. */
  readonly seal?: Seal;
  /** The first damage found. */
  readonly damage?: { readonly position: Position; readonly kind: DamageKind; readonly what: string };
}

/**
 * - `missing`: events are missing.
 * - `chain`, `checksum`: the stored event does not match its hash chain value or its checksum.
 * - `stream`: the stream index does not find the event, or the previous event of its stream has a larger position.
 * - `time`: the recorded time is before that of the previous event.
 * - `seal`: the log is consistent, but differs from the seal that was given.
 * - `unreadable`: the file cannot be read any further.
 */
export type DamageKind = 'missing' | 'chain' | 'checksum' | 'stream' | 'time' | 'seal' | 'unreadable';

export const LOG_KEEPING = Symbol('LogKeeping');

/** Health and integrity checks of a log that is stored on a local disk. */
export interface LogKeeping {
  /**
   * Why the log refuses appends now, or undefined if it accepts them. Checks the disk again if the failure was
   * temporary.
   */
  trouble(): Promise<EventLogUnavailable | EventLogDamaged | undefined>;
  /**
   * Reads the whole log and proves that no event was changed, removed or inserted. With `expectedSeal`, also proves
   * that the log up to that position is the one that was sealed.
   */
  verify(expectedSeal?: Seal, progress?: ProofProgress): Promise<Proof>;
  /**
   * The hash chain value of the event at a position, and the one before it, in hex; undefined where there is no event.
   * @throws {EventLogDamaged} the event does not match its value
   */
  link(position: Position): Promise<ChainLink | undefined>;
}

/** Told now and then how many events were proved so far. */
export type ProofProgress = (events: number) => void;

export interface ChainLink {
  readonly previous: string;
  readonly chain: string;
}

/**
 * Checks names, ids, the expected revision and the number of events, for all adapters alike. Sizes are checked later,
 * on the serialised text.
 * @throws {AppendRejected}
 */
export function assertAppendable(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): void {
  if (!/^[a-z]+-[A-Za-z0-9._-]+$/.test(stream) || stream.length > limits.streamNameLength) {
    throw new AppendRejected(`invalid stream name: ${JSON.stringify(stream.slice(0, 80))}`);
  }
  if (expected !== 'none' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new AppendRejected(`invalid expected revision: ${String(expected)}`);
  }
  if (events.length === 0) throw new AppendRejected('nothing to append');
  if (events.length > limits.eventsPerAppend) {
    throw new AppendRejected(`${events.length} events in one append; at most ${limits.eventsPerAppend}`);
  }
  for (const { id, type } of events) {
    if (!uuid.test(id)) throw new AppendRejected(`event id is not a lower-case UUID: ${JSON.stringify(id)}`);
    if (!eventTypeName.test(type)) throw new AppendRejected(`invalid event type: ${JSON.stringify(type)}`);
  }
  const ids = events.map(({ id }) => id);
  if (new Set(ids).size < ids.length) {
    const repeated = ids.find((id, index) => ids.indexOf(id) < index);
    throw new AppendRejected(`event id ${repeated} occurs twice in one append`);
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const eventTypeName = /^[A-Za-z][A-Za-z0-9._-]{0,199}$/;

/**
 * The largest number of events that a read returns: `asked`, by default `usual`, and at most `limits.eventsPerRead`.
 */
export function pageSize(asked: number | undefined, usual: number): number {
  return Math.max(0, Math.min(asked ?? usual, limits.eventsPerRead));
}
