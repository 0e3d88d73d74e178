import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** An event as the server keeps it; `data` and `metadata` are bytes in base64. */
export interface LedgerEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: string;
  readonly metadata: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export type ProposedEvent = Pick<LedgerEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
export type Expected = 'any' | 'no-stream' | 'stream-exists' | number;

export interface Appended {
  readonly revision: number;
  readonly position: string;
}

/** The stream is not at the expected revision; its actual one is −1 where it does not exist. */
export class NotAtRevision extends Error {
  constructor(readonly actual: number) {
    super(`the stream is at ${actual}`);
  }
}

/** The stream was tombstoned: it can never be written again. */
export class Tombstoned extends Error {}

/** Bytes of one append, as servers up to 25.0 count them. */
export const maximumAppendSize = 1024 * 1024;

export const sizeOf = ({ type, data, metadata }: ProposedEvent): number =>
  Buffer.byteLength(data, 'base64') + Buffer.byteLength(metadata, 'base64') + 2 * type.length;

/**
 * The events of an EventStoreDB, and how it decides an append. With a file, they outlive the process. As on the real
 * server, a deletion is an event: `$tb` in the metadata stream `$$…` hides the events before it; `$streamDeleted`
 * tombstones the stream.
 */
export class Ledger {
  readonly all: LedgerEvent[] = [];
  private readonly streams = new Map<string, LedgerEvent[]>();
  private readonly hiddenBefore = new Map<string, number>();
  private readonly tombstoned = new Set<string>();
  private readonly waiting = new Set<() => void>();
  private end = 0n;

  constructor(
    private readonly file?: string,
    readonly now: () => number = Date.now,
  ) {
    if (file !== undefined && existsSync(file)) {
      // A line that a crash has cut short was not acknowledged.
      const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
      for (const line of lines) for (const event of JSON.parse(line) as LedgerEvent[]) this.keep(event);
    }
    if (this.all.length === 0) this.writeAboutItself(30);
  }

  /** The readable events of a stream. @throws {Tombstoned} */
  stream(name: string): readonly LedgerEvent[] {
    if (this.tombstoned.has(name)) throw new Tombstoned();
    return (this.streams.get(name) ?? []).slice(this.hiddenBefore.get(name) ?? 0);
  }

  /** Hides the stream's events; it can be written again, and its revisions continue. */
  delete(stream: string): void {
    this.writeSystemEvent(`$$${stream}`, '$metadata', { $tb: Number.MAX_SAFE_INTEGER });
  }

  /** Closes the stream for ever. */
  tombstone(stream: string): void {
    this.writeSystemEvent(stream, '$streamDeleted', {});
  }

  /**
   * As the server decides: an append at an earlier revision is a repeated one if all its ids are exactly there, and gets
   * its first answer. Ids are compared nowhere else.
   * @throws {NotAtRevision}
   * @throws {Tombstoned}
   */
  append(stream: string, expected: Expected, events: readonly ProposedEvent[]): Appended {
    if (this.tombstoned.has(stream)) throw new Tombstoned();
    const standing = this.streams.get(stream) ?? [];
    const actual = standing.length - 1;
    const isHidden = (this.hiddenBefore.get(stream) ?? 0) > actual;
    if (!isAt(expected, actual, isHidden)) {
      const from = expected === 'no-stream' ? 0 : typeof expected === 'number' ? expected + 1 : actual + 1;
      const repeated = standing.slice(from, from + events.length);
      const isRepeat = events.length > 0 && events.every(({ id }, index) => id === repeated[index]?.id);
      if (!isRepeat) throw new NotAtRevision(actual);
      return repeated.at(-1)!;
    }
    if (events.length === 0) return { revision: actual, position: standing.at(-1)?.position ?? '0' };
    if (isHidden && actual >= 0) this.writeSystemEvent(`$$${stream}`, '$metadata', { $tb: actual + 1 });
    const created = this.now();
    const kept = events.map((event, index) => ({
      ...event,
      stream,
      revision: actual + 1 + index,
      position: this.place(event),
      created,
    }));
    this.store(kept);
    // So that system events are between ours, and after them.
    if (this.all.length % 7 === 0) this.writeAboutItself(1);
    return kept.at(-1)!;
  }

  /** Whether a read may start there: a record starts there, or the log ends there. */
  isPlace(position: bigint): boolean {
    const event = this.all[this.indexOf(position)];
    return event === undefined || event.position === String(position);
  }

  /** The index of the first event at the position or after it. */
  indexOf(position: bigint): number {
    let [low, high] = [0, this.all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (BigInt(this.all[middle]!.position) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Resolves with the next append, or when the signal aborts. */
  async next(seen: number, signal: AbortSignal): Promise<void> {
    if (this.all.length > seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  /** Appends statistics, as the server does: while nobody writes there may be thousands in a row. */
  writeAboutItself(count: number): void {
    for (; count > 0; count--) this.writeSystemEvent('$stats-127.0.0.1:2113', '$statsCollected', { 'proc-cpu': 1 });
  }

  private writeSystemEvent(stream: string, type: string, data: object): void {
    const event = {
      id: randomUUID(),
      type,
      contentType: 'application/json',
      data: Buffer.from(JSON.stringify(data)).toString('base64'),
      metadata: '',
    };
    const revision = this.streams.get(stream)?.length ?? 0;
    this.store([{ ...event, stream, revision, position: this.place(event), created: this.now() }]);
  }

  private store(events: readonly LedgerEvent[]): void {
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify(events)}\n`);
    for (const event of events) this.keep(event);
    for (const wake of this.waiting) wake();
  }

  /** The next position: an offset in a log of bytes, so that it grows by the size of the record. */
  private place({ data, metadata }: ProposedEvent): string {
    const place = this.end;
    this.end += BigInt(150 + data.length + metadata.length);
    return String(place);
  }

  private keep(event: LedgerEvent): void {
    this.all.push(event);
    const stream = this.streams.get(event.stream) ?? [];
    stream.push(event);
    this.streams.set(event.stream, stream);
    if (event.type === '$streamDeleted') this.tombstoned.add(event.stream);
    if (event.type === '$metadata') {
      const { $tb = 0 } = JSON.parse(Buffer.from(event.data, 'base64').toString()) as { $tb?: number };
      this.hiddenBefore.set(event.stream.slice(2), $tb);
    }
    const after = BigInt(event.position) + BigInt(150 + event.data.length + event.metadata.length);
    if (after > this.end) this.end = after;
  }
}

function isAt(expected: Expected, actual: number, isHidden: boolean): boolean {
  switch (expected) {
    case 'any':
      return true;
    case 'stream-exists':
      return !isHidden;
    case 'no-stream':
      return isHidden;
    default:
      return expected === actual;
  }
}
