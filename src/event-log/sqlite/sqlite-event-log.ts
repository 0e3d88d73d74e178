import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { NewEvent, RecordedEvent } from '../../kernel/event.js';
import {
  EventLogUnavailable,
  pageSize,
  type AppendResult,
  type EventLog,
  type ExpectedRevision,
  type Position,
} from '../../kernel/event-log.js';
import { toMilliseconds, type Clock } from '../../kernel/time.js';
import { openDatabase, toInteger } from '../../sqlite/open-database.js';
import { answerLate, appendRequest, firstRevision, type AppendRequest } from '../append-request.js';
import { Commits } from '../commits.js';
import { toRecordedEvent } from '../stored-event.js';
import { firstLink, link } from './chain.js';
import { eventLogSchema, prepareStatements, toStoredEvent, type Statements } from './schema.js';
import { verifyLog, type Proof, type Seal } from './verify-log.js';

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
export class SqliteEventLog implements EventLog {
  private readonly sql: Statements;
  private readonly write: (batch: readonly Queued[]) => (AppendResult | Error)[];
  private readonly commits = new Commits();
  private readonly queue: Queued[] = [];

  // What the file says of its ends, as far as it is known; forgotten whenever it may be wrong.
  private readonly heads = new LRUCache<string, number>({ max: 50_000 });
  private tail: Tail | undefined;
  private dataVersion: number | undefined;

  /** @throws {DatabaseUnusable} */
  static open(path: string, { clock }: { clock: Clock }): SqliteEventLog {
    return new SqliteEventLog(openDatabase(path, eventLogSchema), clock);
  }

  private constructor(
    private readonly db: Database.Database,
    private readonly clock: Clock,
  ) {
    this.sql = prepareStatements(db);
    this.write = db.transaction((batch: readonly Queued[]) => {
      this.lookForOtherWriters();
      const tail = (this.tail ??= this.readTail());
      const recordedAt = Math.max(toMilliseconds(this.clock.now()), tail.recordedAt);
      return batch.map(({ request }) => this.appendOne(request, tail, recordedAt));
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

  async readStream(stream: string, options: { from?: number; limit?: number } = {}): Promise<RecordedEvent[]> {
    this.assertOpen();
    const from = options.from ?? 0;
    // Most ask whether anything came since, and nothing did: one search in the index says so.
    if ((this.sql.head.get(stream) ?? -1) < from) return [];
    const rows = this.sql.streamPage.all(stream, from, pageSize(options.limit, 10_000));
    return rows.map((row) => toRecordedEvent(toStoredEvent(row)));
  }

  async readAll(options: { after?: Position; limit?: number } = {}): Promise<RecordedEvent[]> {
    // SQLite answers at once: without a turn of the event loop, whoever reads page after page would keep it to himself.
    await nextTurn();
    this.assertOpen();
    const rows = this.sql.page.all(toInteger(options.after ?? '0'), pageSize(options.limit, 1_000));
    return rows.map((row) => toRecordedEvent(toStoredEvent(row)));
  }

  subscribe(after: Position | undefined, signal: AbortSignal): AsyncIterable<RecordedEvent[]> {
    return this.commits.follow(this, after, signal);
  }

  async head(): Promise<Position | undefined> {
    this.assertOpen();
    return this.sql.last.get()?.position;
  }

  /** Walks the whole log and proves that nothing in it was altered, removed or put in; see `verifyLog`. */
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
      answers = this.write(batch);
    } catch (cause) {
      this.forget();
      const error = new EventLogUnavailable(`the append failed, repeat it as it is: ${String(cause)}`, { cause });
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
    const actual = this.heads.get(stream) ?? this.sql.head.get(stream) ?? 'none';
    if (expected !== actual) {
      const standing = this.sql.streamPage.all(stream, firstRevision(request), events.length);
      return answerLate(request, standing.map(toStoredEvent), actual);
    }
    let revision = firstRevision(request) - 1;
    for (const event of events) {
      const { id, type, data, metadata } = event;
      revision++;
      tail.chain = link(tail.chain, { ...event, position: String(++tail.position), stream, revision, recordedAt });
      this.sql.addEvent.run(tail.position, stream, revision, id, type, recordedAt, data, metadata, tail.chain);
    }
    tail.recordedAt = recordedAt;
    this.heads.set(stream, revision);
    return { revision, position: String(tail.position) };
  }

  private readTail(): Tail {
    const last = this.sql.last.get();
    if (!last) return { position: 0n, recordedAt: 0, chain: firstLink };
    return { ...last, position: BigInt(last.position) };
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
