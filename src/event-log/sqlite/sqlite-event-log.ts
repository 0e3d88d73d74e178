import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { NewEvent, RecordedEvent } from '../../kernel/event.js';
import {
  EventLogDamaged,
  EventLogUnavailable,
  pageSize,
  WrongExpectedRevision,
  type AppendResult,
  type CopyTarget,
  type EventPlace,
  type ExpectedRevision,
  type LogKeeping,
  type Proof,
  type Seal,
} from '../../kernel/event-log.js';
import type { Position } from '../../kernel/position.js';
import { systemClock, toInstant, toMilliseconds, type Clock, type Instant } from '../../kernel/time.js';
import { adapterOn, isDamage, isDiskFailure, isDiskFull, openDatabase, toInteger } from '../../sqlite/open-database.js';
import {
  answerLate,
  appendRequest,
  firstRevision,
  takenOver,
  type AppendRequest,
  type TakenOver,
} from '../append-request.js';
import { Commits } from '../commits.js';
import { toRecordedEvent, type StoredEvent } from '../stored-event.js';
import { firstLink, link } from './chain.js';
import { checksum } from './checksum.js';
import { openForReading } from './log-copy.js';
import { eventLogSchema, prepareStatements, readable, toStoredEvent, type Statements } from './schema.js';
import { verifyLog } from './verify-log.js';

/** The end of the log: what the next event follows. */
interface Tail {
  position: bigint;
  recordedAt: number;
  chain: Buffer;
}

interface Queued {
  readonly request: AppendRequest;
  resolve(result: AppendResult): void;
  reject(error: Error): void;
}

/** Bounds how long one commit can hold up the event loop. */
const appendsPerCommit = 1_000;

/**
 * The log in one SQLite file, written by one process. Appends that arrive in the same turn of the event loop share one
 * transaction, and so one write to the disk; each is answered by itself.
 */
export class SqliteEventLog implements CopyTarget, LogKeeping {
  private readonly sql: Statements;
  private readonly write: (batch: readonly Queued[]) => (AppendResult | Error)[];
  private readonly copy: (events: readonly TakenOver[]) => void;
  private readonly commits = new Commits();
  private readonly queue: Queued[] = [];

  // What the file says of its ends, as far as it is known; forgotten whenever it may be wrong.
  // So many streams; `max` would set room aside for all of them at once.
  private readonly heads = new LRUCache<string, number>({ maxSize: 50_000, sizeCalculation: () => 1 });
  private tail: Tail | undefined;
  private dataVersion: number | undefined;
  /** Why the last commit failed, unless it may simply be repeated. */
  private fault: EventLogUnavailable | EventLogDamaged | undefined;
  /** The files that were opened, as the system names them: their names may come to mean others. */
  private readonly files: readonly { path: string; inode: number | undefined }[];

  /** @throws {DatabaseUnusable} */
  static open(path: string, { clock }: { clock: Clock }): SqliteEventLog {
    return adapterOn(openDatabase(path, eventLogSchema), (db) => new SqliteEventLog(db, clock));
  }

  /**
   * A log that is only to be read, also while another process writes to it: not a byte of it changes.
   * @throws {DatabaseUnusable} also where there is none
   */
  static openForReading(path: string): SqliteEventLog {
    return adapterOn(openForReading(path), (db) => new SqliteEventLog(db, systemClock));
  }

  private constructor(
    private readonly db: Database.Database,
    private readonly clock: Clock,
  ) {
    this.sql = prepareStatements(db);
    this.files = db.memory ? [] : [db.name, `${db.name}-wal`].map((path) => ({ path, inode: inodeOf(path) }));
    this.write = db.transaction((batch: readonly Queued[]) => {
      const tail = this.end();
      const recordedAt = Math.max(toMilliseconds(this.clock.now()), tail.recordedAt);
      return batch.map(({ request }) => this.appendOne(request, tail, recordedAt));
    }).immediate;
    this.copy = db.transaction((events: readonly TakenOver[]) => {
      const tail = this.end();
      for (const event of events) {
        const { stream, expected } = event;
        const actual = this.headOf(stream);
        if (expected !== actual) throw new WrongExpectedRevision(stream, expected, actual);
        this.put(event, tail);
      }
      this.sql.noteTakenOver.run(tail.position);
    }).immediate;
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    const request = appendRequest(stream, expected, events);
    this.assertOpen();
    return new Promise((resolve, reject) => {
      this.queue.push({ request, resolve, reject });
      if (this.queue.length === 1) setImmediate(() => this.flush());
    });
  }

  async takeOver(events: readonly RecordedEvent[]): Promise<void> {
    const all = events.map(takenOver);
    this.assertOpen();
    if (all.length === 0) return;
    try {
      this.assertWritable();
      this.copy(all);
      this.fault = undefined;
    } catch (cause) {
      this.forget();
      throw cause instanceof WrongExpectedRevision ? cause : this.failed(cause);
    }
    this.commits.announce();
  }

  async readStream(stream: string, options: { from?: number; limit?: number } = {}): Promise<RecordedEvent[]> {
    this.assertOpen();
    const from = options.from ?? 0;
    // Most ask whether anything came since, and nothing did: one search in the index says so.
    const since = this.reading(() => this.sql.head.get(stream) ?? -1) - from + 1;
    if (since <= 0) return [];
    return this.streamPage(stream, from, Math.min(since, pageSize(options.limit, 10_000))).map(toRecordedEvent);
  }

  async readAll(options: { after?: Position; limit?: number } = {}): Promise<RecordedEvent[]> {
    // SQLite answers at once: without a turn of the event loop, whoever reads page after page would keep it to himself.
    await nextTurn();
    this.assertOpen();
    const after = toInteger(options.after ?? '0');
    const rows = this.reading(() => readable(this.sql.page, after, pageSize(options.limit, 1_000)));
    const events: RecordedEvent[] = [];
    try {
      for (const row of rows) events.push(toRecordedEvent(toStoredEvent(row)));
      const gap = firstGap(events, after);
      if (gap < events.length) {
        const next = events[gap]!.position;
        events.length = gap;
        throw new EventLogDamaged(String(after + BigInt(gap) + 1n), `missing: the next event stands at ${next}`);
      }
    } catch (error) {
      if (events.length === 0 || !(error instanceof EventLogDamaged)) throw error;
    }
    return events;
  }

  subscribe(after: Position | undefined, signal: AbortSignal): AsyncIterable<RecordedEvent[]> {
    return this.commits.follow(this, after, signal);
  }

  async head(): Promise<Position | undefined> {
    this.assertOpen();
    return this.reading(() => this.sql.last.get());
  }

  async lastEvent(): Promise<EventPlace | undefined> {
    this.assertOpen();
    return this.reading(() => this.sql.lastEvent.get());
  }

  async lastRecordedAt(): Promise<Instant | undefined> {
    this.assertOpen();
    const { position, recordedAt } = this.reading(() => this.end());
    return position === 0n ? undefined : toInstant(recordedAt);
  }

  async trouble(): Promise<EventLogUnavailable | EventLogDamaged | undefined> {
    this.assertOpen();
    try {
      this.assertWritable();
      if (isFull(this.fault)) this.tryToWrite();
    } catch (cause) {
      this.failed(cause);
    }
    return this.fault;
  }

  /** Proves the end of the log, so that nothing is put after a damaged one. @throws {EventLogDamaged} */
  assertSoundEnd(): void {
    this.readTail();
  }

  /** See `verifyLog`. */
  async verify(noted?: Seal): Promise<Proof> {
    this.assertOpen();
    return verifyLog(this.db, noted);
  }

  /** Commits what is queued first. */
  async close(): Promise<void> {
    if (!this.db.open) return;
    while (this.queue.length > 0) this.flush();
    this.db.close();
    this.commits.announce();
  }

  private flush(): void {
    const batch = this.queue.splice(0, appendsPerCommit);
    if (this.queue.length > 0) setImmediate(() => this.flush());
    if (batch.length === 0) return;
    let answers: (AppendResult | Error)[];
    try {
      this.assertWritable();
      answers = this.write(batch);
      this.fault = undefined;
    } catch (cause) {
      this.forget();
      const error = this.failed(cause);
      for (const { reject } of batch) reject(error);
      return;
    }
    batch.forEach(({ resolve, reject }, index) => {
      const answer = answers[index]!;
      if (answer instanceof Error) reject(answer);
      else resolve(answer);
    });
    this.commits.announce();
  }

  private appendOne(request: AppendRequest, tail: Tail, recordedAt: number): AppendResult | Error {
    const { stream, expected, events } = request;
    const actual = this.headOf(stream);
    if (expected !== actual) return this.answerLate(request, actual);
    let revision = firstRevision(request) - 1;
    for (const event of events) this.put({ ...event, stream, revision: ++revision, recordedAt }, tail);
    return { revision, position: String(tail.position) };
  }

  private headOf(stream: string): ExpectedRevision {
    return this.heads.get(stream) ?? this.sql.head.get(stream) ?? 'none';
  }

  /** Puts an event after the end of the log, which then is the end. */
  private put(event: Omit<StoredEvent, 'position'>, tail: Tail): void {
    const { stream, revision, id, type, recordedAt, data, metadata } = event;
    const stored = { id, type, data, metadata, stream, revision, recordedAt, position: String(++tail.position) };
    tail.chain = link(tail.chain, stored);
    this.sql.addEvent.run(
      tail.position,
      stream,
      revision,
      id,
      type,
      recordedAt,
      data,
      metadata,
      checksum(stored),
      tail.chain,
    );
    tail.recordedAt = recordedAt;
    this.heads.set(stream, revision);
  }

  private answerLate(request: AppendRequest, actual: ExpectedRevision): AppendResult | Error {
    const from = firstRevision(request);
    const standing = actual === 'none' ? 0 : Math.min(Math.max(0, actual + 1 - from), request.events.length);
    try {
      return answerLate(request, this.streamPage(request.stream, from, standing), actual);
    } catch (error) {
      if (error instanceof EventLogDamaged) return error;
      throw error;
    }
  }

  /** So many events of a stream from a revision on. @throws {EventLogDamaged} they are not there, or not sound */
  private streamPage(stream: string, from: number, count: number): StoredEvent[] {
    const events = this.reading(() => this.sql.streamPage.all(stream, from, count)).map(toStoredEvent);
    for (let index = 0; index < count; index++) {
      const event = events[index];
      if (event?.stream === stream && event.revision === from + index) continue;
      throw new EventLogDamaged(event?.position, `${stream} ${from + index} is not found in its place`);
    }
    return events;
  }

  /** The end of the log, read only where it is not known. @throws {EventLogDamaged} */
  private end(): Tail {
    this.lookForOtherWriters();
    return (this.tail ??= this.readTail());
  }

  /**
   * The end of the log. Before anything is put after it, it is proven to follow what stands before it.
   * @throws {EventLogDamaged}
   */
  private readTail(): Tail {
    const [last, before] = this.reading(() => this.sql.end.all());
    if (!last) return { position: 0n, recordedAt: 0, chain: firstLink };
    const position = BigInt(last.position);
    const [row] = this.reading(() => this.sql.page.all(position - 1n, 1));
    const follows = before ? BigInt(before.position) === position - 1n : position === 1n;
    if (!row || !follows || !link(before?.chain ?? firstLink, toStoredEvent(row)).equals(last.chain)) {
      throw new EventLogDamaged(last.position, 'the end of the log does not match the chain');
    }
    return { position, recordedAt: last.recordedAt, chain: last.chain };
  }

  /** SQLite's own errors in reading, as the port names them. */
  private reading<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      if (isDamage(error)) throw new EventLogDamaged(undefined, `${this.db.name} cannot be read: ${String(error)}`);
      if (isDiskFailure(error)) {
        throw new EventLogUnavailable(`${this.db.name} cannot be read: ${String(error)}`, { cause: error });
      }
      throw error;
    }
  }

  /** @throws {EventLogUnavailable} once it is not known what the disk has, or the files are no longer in their place */
  private assertWritable(): void {
    if (this.fault instanceof EventLogUnavailable && this.fault.reason === 'restart-needed') throw this.fault;
    const strange = this.files.find(({ path, inode }) => inodeOf(path) !== inode);
    if (strange) throw new EventLogUnavailable(`${strange.path} was removed or replaced`, { reason: 'restart-needed' });
  }

  /** What a failed commit means. After a failure of the disk none is tried again: it could claim what was not written. */
  private failed(cause: unknown): EventLogUnavailable | EventLogDamaged {
    const error = meaningOf(cause, this.db.name);
    if (error instanceof EventLogDamaged || error.reason !== 'repeat') this.fault = error;
    return error;
  }

  /** Writes what changes nothing, to see whether there is space. */
  private tryToWrite(): void {
    this.db.pragma(`user_version = ${eventLogSchema.version}`);
    this.fault = undefined;
  }

  /** One process is to write, but a second one (a command line beside the server) must not do harm. */
  private lookForOtherWriters(): void {
    const dataVersion = this.sql.dataVersion.get();
    if (dataVersion !== this.dataVersion) this.forget();
    this.dataVersion = dataVersion;
  }

  private forget(): void {
    this.tail = undefined;
    this.heads.clear();
  }

  private assertOpen(): void {
    if (!this.db.open) throw new EventLogUnavailable('the event log is closed');
  }
}

const isFull = (fault: Error | undefined) => fault instanceof EventLogUnavailable && fault.reason === 'disk-full';

/** What a failed commit means: after a failure of the disk, another could claim to have stored what it did not. */
function meaningOf(cause: unknown, file: string): EventLogUnavailable | EventLogDamaged {
  if (cause instanceof EventLogUnavailable || cause instanceof EventLogDamaged) return cause;
  if (isDamage(cause)) return new EventLogDamaged(undefined, `${file} cannot be read: ${String(cause)}`, { cause });
  if (isDiskFull(cause)) {
    return new EventLogUnavailable(`no space left for ${file}: nothing was stored`, { reason: 'disk-full', cause });
  }
  if (isDiskFailure(cause)) {
    const message = `writing ${file} failed, and what of it is on the disk is not known: ${String(cause)}`;
    return new EventLogUnavailable(message, { reason: 'restart-needed', cause });
  }
  return new EventLogUnavailable(`the append failed, repeat it as it is: ${String(cause)}`, { cause });
}

const inodeOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.ino;

/** How many events follow on each other from a position; all of them, if none is missing or out of its place. */
function firstGap(events: readonly RecordedEvent[], after: bigint): number {
  // Exact as numbers below 2^53, and then several times faster.
  const [base, toPlace] = after < 2n ** 52n ? [Number(after), Number] : [after, BigInt];
  let expected = base;
  for (const [index, { position }] of events.entries()) {
    if (toPlace(position) !== ++expected) return index;
  }
  return events.length;
}
