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
  type ChainLink,
  type LogKeeping,
  type ProofProgress,
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

/** The values of the last event that the next event depends on. */
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

/** Limits how long one commit can block the event loop. */
const appendsPerCommit = 1_000;

/**
 * An event log in one SQLite file, written by one process. Appends that arrive in the same turn of the event loop are
 * committed in one transaction (group commit), so they share one disk sync. Each append gets its own result.
 */
export class SqliteEventLog implements CopyTarget, LogKeeping {
  private readonly sql: Statements;
  private readonly write: (batch: readonly Queued[]) => (AppendResult | Error)[];
  private readonly copy: (events: readonly TakenOver[]) => void;
  private readonly commits = new Commits();
  private readonly queue: Queued[] = [];

  // Cached ends of the streams and of the log. Cleared after a failed commit and when another process wrote to the
  // file. At most 50,000 streams. `maxSize` with size 1 instead of `max`, because `max` allocates all slots up front.
  private readonly heads = new LRUCache<string, number>({ maxSize: 50_000, sizeCalculation: () => 1 });
  private tail: Tail | undefined;
  private dataVersion: number | undefined;
  /** The last error that a repeated call cannot overcome: the disk is full or failing, or the log is damaged. */
  private fault: EventLogUnavailable | EventLogDamaged | undefined;
  /** The opened files with their inodes, to detect a file that was removed or replaced. */
  private readonly files: readonly { path: string; inode: number | undefined }[];

  /** @throws {DatabaseUnusable} the file cannot be opened or created as an event log */
  static open(path: string, { clock }: { clock: Clock }): SqliteEventLog {
    return adapterOn(openDatabase(path, eventLogSchema), (db) => new SqliteEventLog(db, clock));
  }

  /**
   * Opens a log read-only, without changing the file. Another process may write to it meanwhile.
   * @throws {DatabaseUnusable} the file does not exist, or is not a readable event log
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
      this.clearCache();
      throw cause instanceof WrongExpectedRevision ? cause : this.failed(cause);
    }
    this.commits.announce();
  }

  async readStream(stream: string, options: { from?: number; limit?: number } = {}): Promise<RecordedEvent[]> {
    this.assertOpen();
    const from = options.from ?? 0;
    // Most reads find no new event. Looking up the last revision first answers them with one index search.
    const count = this.query(() => this.sql.head.get(stream) ?? -1) - from + 1;
    if (count <= 0) return [];
    return this.streamPage(stream, from, Math.min(count, pageSize(options.limit, 10_000))).map(toRecordedEvent);
  }

  async readAll(options: { after?: Position; limit?: number } = {}): Promise<RecordedEvent[]> {
    // SQLite reads are synchronous. Without this pause a caller that reads page after page would block the event loop.
    await nextTurn();
    this.assertOpen();
    const after = toInteger(options.after ?? '0');
    const rows = this.query(() => readable(this.sql.page, after, pageSize(options.limit, 1_000)));
    const events: RecordedEvent[] = [];
    try {
      for (const row of rows) events.push(toRecordedEvent(toStoredEvent(row)));
      const gap = firstGap(events, after);
      if (gap < events.length) {
        const next = events[gap]!.position;
        events.length = gap;
        throw new EventLogDamaged(String(after + BigInt(gap) + 1n), `missing: the next event is at position ${next}`);
      }
    } catch (error) {
      if (events.length === 0 || !(error instanceof EventLogDamaged)) throw error;
    }
    return events;
  }

  async eventAt(position: Position): Promise<RecordedEvent | undefined> {
    this.assertOpen();
    const [row] = this.query(() => readable(this.sql.page, toInteger(position) - 1n, 1));
    return row?.[0] === position ? toRecordedEvent(toStoredEvent(row)) : undefined;
  }

  subscribe(after: Position | undefined, signal: AbortSignal): AsyncIterable<RecordedEvent[]> {
    return this.commits.follow(this, after, signal);
  }

  async head(): Promise<Position | undefined> {
    this.assertOpen();
    return this.query(() => this.sql.last.get());
  }

  async lastEvent(): Promise<EventPlace | undefined> {
    this.assertOpen();
    return this.query(() => this.sql.lastEvent.get());
  }

  async lastRecordedAt(): Promise<Instant | undefined> {
    this.assertOpen();
    const { position, recordedAt } = this.query(() => this.end());
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

  /** Checks the last event, so that no event is appended after a damaged one. @throws {EventLogDamaged} */
  assertSoundEnd(): void {
    this.readTail();
  }

  /** See `verifyLog`. */
  async verify(expectedSeal?: Seal, progress?: ProofProgress): Promise<Proof> {
    this.assertOpen();
    return verifyLog(this.db, expectedSeal, progress);
  }

  async link(position: Position): Promise<ChainLink | undefined> {
    this.assertOpen();
    const at = toInteger(position);
    const [row] = this.query(() => readable(this.sql.page, at - 1n, 1));
    if (row?.[0] !== position) return undefined;
    const [chain, before] = this.query(() => [this.sql.chain.get(at), this.sql.chain.get(at - 1n)]);
    const previous = before ?? (at === 1n ? firstLink : undefined);
    if (!chain || !previous || !link(previous, toStoredEvent(row)).equals(chain)) {
      throw new EventLogDamaged(position, 'the event does not match the chain');
    }
    return { previous: previous.toString('hex'), chain: chain.toString('hex') };
  }

  /** Commits queued appends, then closes the file. */
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
      this.clearCache();
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

  /** Inserts an event at the end of the log and updates `tail`. */
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
    const count = actual === 'none' ? 0 : Math.min(Math.max(0, actual + 1 - from), request.events.length);
    try {
      return answerLate(request, this.streamPage(request.stream, from, count), actual);
    } catch (error) {
      if (error instanceof EventLogDamaged) return error;
      throw error;
    }
  }

  /** Reads exactly `count` events of a stream from revision `from` on. @throws {EventLogDamaged} missing or damaged */
  private streamPage(stream: string, from: number, count: number): StoredEvent[] {
    const events = this.query(() => this.sql.streamPage.all(stream, from, count)).map(toStoredEvent);
    for (let index = 0; index < count; index++) {
      const event = events[index];
      if (event?.stream === stream && event.revision === from + index) continue;
      throw new EventLogDamaged(event?.position, `revision ${from + index} of stream ${stream} is missing`);
    }
    return events;
  }

  /** The cached end of the log, or read from the file. @throws {EventLogDamaged} the last event is damaged */
  private end(): Tail {
    this.detectOtherWriters();
    return (this.tail ??= this.readTail());
  }

  /**
   * Reads the end of the log and checks that the last event matches its checksum, position and hash chain value.
   * @throws {EventLogDamaged} it does not
   */
  private readTail(): Tail {
    const [last, before] = this.query(() => this.sql.end.all());
    if (!last) return { position: 0n, recordedAt: 0, chain: firstLink };
    const position = BigInt(last.position);
    const [row] = this.query(() => this.sql.page.all(position - 1n, 1));
    const follows = before ? BigInt(before.position) === position - 1n : position === 1n;
    if (!row || !follows || !link(before?.chain ?? firstLink, toStoredEvent(row)).equals(last.chain)) {
      throw new EventLogDamaged(last.position, 'the end of the log does not match the chain');
    }
    return { position, recordedAt: last.recordedAt, chain: last.chain };
  }

  /** Runs a query and translates SQLite errors to `EventLogDamaged` and `EventLogUnavailable`. */
  private query<Result>(read: () => Result): Result {
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

  /** @throws {EventLogUnavailable} an earlier commit failed with unknown outcome, or a file was removed or replaced */
  private assertWritable(): void {
    if (this.fault instanceof EventLogUnavailable && this.fault.reason === 'restart-needed') throw this.fault;
    const moved = this.files.find(({ path, inode }) => inodeOf(path) !== inode);
    if (moved) throw new EventLogUnavailable(`${moved.path} was removed or replaced`, { reason: 'restart-needed' });
  }

  /** Translates the error of a failed commit, and keeps it in `fault` if repeating the call cannot help. */
  private failed(cause: unknown): EventLogUnavailable | EventLogDamaged {
    const error = toPortError(cause, this.db.name);
    if (error instanceof EventLogDamaged || error.reason !== 'repeat') this.fault = error;
    return error;
  }

  /** Tests whether the disk has space, by writing a header value that does not change. */
  private tryToWrite(): void {
    this.db.pragma(`user_version = ${eventLogSchema.version}`);
    this.fault = undefined;
  }

  /**
   * Clears the cache if another process wrote to the file. Only one should, but a CLI command may run beside the
   * server.
   */
  private detectOtherWriters(): void {
    const dataVersion = this.sql.dataVersion.get();
    if (dataVersion !== this.dataVersion) this.clearCache();
    this.dataVersion = dataVersion;
  }

  private clearCache(): void {
    this.tail = undefined;
    this.heads.clear();
  }

  private assertOpen(): void {
    if (!this.db.open) throw new EventLogUnavailable('the event log is closed');
  }
}

const isFull = (fault: Error | undefined) => fault instanceof EventLogUnavailable && fault.reason === 'disk-full';

/**
 * Translates the error of a failed commit. An I/O error needs a restart: after a failed sync, a second attempt could
 * report success although the first pages never reached the disk.
 */
function toPortError(cause: unknown, file: string): EventLogUnavailable | EventLogDamaged {
  if (cause instanceof EventLogUnavailable || cause instanceof EventLogDamaged) return cause;
  if (isDamage(cause)) return new EventLogDamaged(undefined, `${file} cannot be read: ${String(cause)}`, { cause });
  if (isDiskFull(cause)) {
    return new EventLogUnavailable(`no space left for ${file}: nothing was stored`, { reason: 'disk-full', cause });
  }
  if (isDiskFailure(cause)) {
    const message = `writing ${file} failed, and it is unknown what reached the disk: ${String(cause)}`;
    return new EventLogUnavailable(message, { reason: 'restart-needed', cause });
  }
  return new EventLogUnavailable(`the append failed; repeat the same call: ${String(cause)}`, { cause });
}

const inodeOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.ino;

/** Number of events with consecutive positions after `after`, that is the index of the first gap. */
function firstGap(events: readonly RecordedEvent[], after: bigint): number {
  // Numbers are exact below 2^53 and several times faster than BigInt.
  const [base, toComparable] = after < 2n ** 52n ? [Number(after), Number] : [after, BigInt];
  let expected = base;
  for (const [index, { position }] of events.entries()) {
    if (toComparable(position) !== ++expected) return index;
  }
  return events.length;
}
