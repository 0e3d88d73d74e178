import type { NewEvent, RecordedEvent } from './event.js';
import type { Position } from './position.js';
import { laterOf, type Clock, type Instant } from './time.js';

/** `none`: the stream must not exist; a number: the revision of its last event. There is no "any". */
export type ExpectedRevision = 'none' | number;

export interface AppendResult {
  /** Revision and position of the last event of this append. */
  readonly revision: number;
  readonly position: Position;
}

/** Where an event stands: in its stream, which a copy of the log keeps, and in this log, which a copy does not. */
export type EventPlace = Pick<RecordedEvent, 'stream' | 'revision' | 'position'>;

/** What every adapter accepts, and no more: the smallest of their limits. */
export const limits = {
  streamNameLength: 200,
  eventsPerAppend: 500,
  /** Of one event's data and metadata as UTF-8 JSON together. */
  bytesPerEvent: 512 * 1024,
  /** Of one append's events together. */
  bytesPerAppend: 1000 * 1024,
  eventsPerRead: 10_000,
} as const;

/** Tokens like this one name a port for injection: a type-only import leaves no metadata to inject by. */
export const EVENT_LOG = Symbol('EventLog');

/**
 * The event log: append-only streams in one total order. One contract suite runs against every adapter; what is not in
 * the contract does not exist.
 */
export interface EventLog {
  /**
   * Appends all events or none. Once it resolves, they survive a crash of the machine. The identical call (same stream,
   * expected revision, event ids and bodies) repeated is answered with its first result and appends nothing.
   * @throws {WrongExpectedRevision} the stream is not at `expected`
   * @throws {EventIdReused} the same ids stand there with other contents
   * @throws {AppendRejected} empty, too many or too large; or a stream name, event id or type that is not
   * @throws {NotJsonError} contents that JSON cannot carry exactly
   * @throws {EventLogUnavailable} nothing was stored, or it is not known whether; repeat the identical call, when what
   *   its `reason` names has passed
   * @throws {EventLogDamaged} what stands where the events would go is not what was written
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult>;

  /**
   * Events of one stream in order from revision `from` (0), at most `limit` (10,000); an unknown stream is empty.
   * @throws {EventLogDamaged} one of them is not what was written: never a part of what was asked for
   */
  readStream(stream: string, options?: { from?: number; limit?: number }): Promise<RecordedEvent[]>;

  /**
   * Events of all streams in log order strictly after a position (from the start), at most `limit` (1,000); none only
   * where the log ends.
   * @throws {EventLogDamaged} the first of them is not what was written; events before a damaged one are given first
   */
  readAll(options?: { after?: Position; limit?: number }): Promise<RecordedEvent[]>;

  /**
   * All events after a position, then those to come, in order and each once, in batches as they are there; ends when
   * `signal` aborts. No event is seen before one with a smaller position.
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

/** The same log, but for these of its methods. */
export const withChanges = (log: EventLog, changes: Partial<EventLog>): EventLog => ({
  append: (stream, expected, events) => log.append(stream, expected, events),
  readStream: (stream, options) => log.readStream(stream, options),
  readAll: (options) => log.readAll(options),
  subscribe: (after, signal) => log.subscribe(after, signal),
  head: () => log.head(),
  lastEvent: () => log.lastEvent(),
  lastRecordedAt: () => log.lastRecordedAt(),
  close: () => log.close(),
  ...changes,
});

/** A log that can be made the copy of another. */
export interface CopyTarget extends EventLog {
  /**
   * Appends events of another log after those it has: in their order, with their ids, revisions, contents and recorded
   * times, also where these fall (the clocks of a cluster's leaders differ); positions are its own. Nobody else writes
   * meanwhile. Where it fails, none of them is stored or only the first ones: look what stands there before going on.
   * @throws {WrongExpectedRevision} a stream does not stand where its events go on
   * @throws {AppendRejected} an event that `append` would not take
   * @throws {EventLogUnavailable}
   */
  takeOver(events: readonly RecordedEvent[]): Promise<void>;
}

/**
 * What time it is for whoever works with a log: the clock's, though never before what is recorded. A clock that falls back
 * does not make what has happened the future.
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
    super(`stream ${stream} is at ${actual}, not at ${expected}`);
  }
}

export class EventIdReused extends Error {
  override readonly name = 'EventIdReused';
  constructor(stream: string, id: string) {
    super(`event id ${id} stands in ${stream} with other contents`);
  }
}

export class AppendRejected extends Error {
  override readonly name = 'AppendRejected';
}

/**
 * What has to pass before the log takes appends again.
 * - `repeat`: nothing that is known; it may already have passed.
 * - `disk-full`: nothing was stored; it goes on by itself once there is space.
 * - `restart-needed`: what the disk has of the last commit is not known, or its file is no longer in its place. Nothing
 *   more is tried until the log is opened anew; what it then has of that commit is all of it or nothing.
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

/** What the log holds is not what was written. It gives nothing of it; the way out is a sound copy. */
export class EventLogDamaged extends Error {
  override readonly name = 'EventLogDamaged';
  constructor(
    /** The first position that is not sound, where it is known. */
    readonly position: Position | undefined,
    readonly what: string,
    options?: ErrorOptions,
  ) {
    super(`the log is damaged${position === undefined ? '' : ` at position ${position}`}: ${what}`, options);
  }
}

/** The proof of a log up to a position, in hex. Noted outside the log, it shows later that all up to there still stands. */
export interface Seal {
  readonly position: Position;
  readonly chain: string;
}

/** A seal as it is noted, `4526:9f86d0…`: position, and 64 hexadecimal digits. */
export const sealForm = /^([1-9]\d{0,18}):([0-9a-f]{64})$/;

/** @throws {RangeError} */
export function parseSeal(text: string): Seal {
  const match = sealForm.exec(text);
  if (!match) throw new RangeError(`not a seal: ${JSON.stringify(text.slice(0, 100))}`);
  return { position: match[1]!, chain: match[2]! };
}

export interface Proof {
  readonly events: number;
  /** The last sound event's; absent where there is none. */
  readonly seal?: Seal;
  /** The first thing that is not as it was written. */
  readonly damage?: { readonly position: Position; readonly kind: DamageKind; readonly what: string };
}

/**
 * - `missing`: events are gone.
 * - `chain`, `checksum`: what stands there is not what was written.
 * - `stream`: it is not found in its stream, or its predecessor there is not before it.
 * - `time`: it was recorded before the event before it.
 * - `seal`: all is sound in itself, but not what was noted.
 * - `unreadable`: the file gives no more.
 */
export type DamageKind = 'missing' | 'chain' | 'checksum' | 'stream' | 'time' | 'seal' | 'unreadable';

export const LOG_KEEPING = Symbol('LogKeeping');

/** What a log that keeps its events on a disk can say about them. */
export interface LogKeeping {
  /** Why the log takes no appends now; asks the disk anew where that may have passed. Undefined: it takes them. */
  trouble(): Promise<EventLogUnavailable | EventLogDamaged | undefined>;
  /** Walks the whole log and proves that nothing in it was altered, removed or put in, up to a seal that was noted. */
  verify(noted?: Seal): Promise<Proof>;
}

/** Refuses what no adapter takes, before it reaches any. Returns nothing; sizes are checked on the serialised text. */
export function assertAppendable(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): void {
  if (!/^[a-z]+-[A-Za-z0-9._-]+$/.test(stream) || stream.length > limits.streamNameLength) {
    throw new AppendRejected(`not a stream name: ${JSON.stringify(stream.slice(0, 80))}`);
  }
  if (expected !== 'none' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new AppendRejected(`not an expected revision: ${String(expected)}`);
  }
  if (events.length === 0) throw new AppendRejected('nothing to append');
  if (events.length > limits.eventsPerAppend) {
    throw new AppendRejected(`${events.length} events in one append; at most ${limits.eventsPerAppend}`);
  }
  for (const { id, type } of events) {
    if (!uuid.test(id)) throw new AppendRejected(`not an event id (a UUID in lower case): ${JSON.stringify(id)}`);
    if (!eventTypeName.test(type)) throw new AppendRejected(`not an event type: ${JSON.stringify(type)}`);
  }
  const ids = events.map(({ id }) => id);
  if (new Set(ids).size < ids.length) {
    throw new AppendRejected(`event ${ids.find((id, index) => ids.indexOf(id) < index)} twice in one append`);
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const eventTypeName = /^[A-Za-z][A-Za-z0-9._-]{0,199}$/;

/** How many events a read gives at most: what was asked for, within what every adapter gives at once. */
export function pageSize(asked: number | undefined, usual: number): number {
  return Math.max(0, Math.min(asked ?? usual, limits.eventsPerRead));
}
