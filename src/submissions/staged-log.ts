import {
  WrongExpectedRevision,
  assertAppendable,
  limits,
  timeNow,
  type AppendResult,
  type EventLog,
  type ExpectedRevision,
} from '../kernel/event-log.js';
import type { NewEvent, RecordedEvent } from '../kernel/event.js';
import type { Clock, Instant } from '../kernel/time.js';

interface StagedStream {
  /** Where the stream stands in the log beneath. */
  readonly beneath: ExpectedRevision;
  readonly done: readonly Done[];
  readonly events: RecordedEvent[];
}

/** An event of the log beneath, as far as it says what was carried out before. */
export interface Done {
  readonly type: string;
  readonly commandId: string;
}

/**
 * The log as it would be: what is appended here is seen by later reads and stored nowhere, until it is carried over. So a
 * submission is validated whole, by the deciders themselves, before its first event.
 */
export class StagedLog implements EventLog {
  private readonly streams = new Map<string, StagedStream>();
  private staged = 0;
  /** The stream of the last append, and how many events were staged in it before. */
  private last: { readonly stream: string; readonly from: number } | undefined;
  private recorded: Promise<Instant | undefined> | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  /** How many events are staged. */
  get size(): number {
    return this.staged;
  }

  /** How many events of each type are staged. */
  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { events } of this.streams.values()) {
      for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    return counts;
  }

  /** Whether the log beneath had something in a stream that was read. */
  isKnown(stream: string): boolean {
    return (this.streams.get(stream)?.beneath ?? 'none') !== 'none';
  }

  /** Reads what stands in these streams, many at a time, so that no command waits for its own when the log is far away. */
  async readAhead(streams: Iterable<string>): Promise<void> {
    const names = [...new Set(streams)];
    for (let at = 0; at < names.length; at += readTogether) {
      await Promise.all(names.slice(at, at + readTogether).map((name) => this.stream(name)));
    }
  }

  /** What stood in the stream when it was first read. */
  async done(stream: string): Promise<readonly Done[]> {
    return (await this.stream(stream)).done;
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    assertAppendable(stream, expected, events);
    const staged = await this.stream(stream);
    const actual = staged.events.at(-1)?.revision ?? staged.beneath;
    if (actual !== expected) throw new WrongExpectedRevision(stream, expected, actual);
    const recordedAt = await timeNow(this, this.clock);
    const first = expected === 'none' ? 0 : expected + 1;
    this.last = { stream, from: staged.events.length };
    events.forEach((event, index) => {
      const { metadata } = event;
      const knownAt = metadata.knownAt ?? recordedAt;
      staged.events.push({ ...event, stream, revision: first + index, position: 'staged', recordedAt, knownAt });
    });
    this.staged += events.length;
    return { revision: first + events.length - 1, position: 'staged' };
  }

  async readStream(stream: string, { from = 0, limit = limits.eventsPerRead } = {}): Promise<RecordedEvent[]> {
    const { beneath, events } = await this.stream(stream);
    const first = beneath === 'none' ? 0 : beneath + 1;
    if (from >= first) return events.slice(from - first, from - first + limit);
    // What another wrote since is left to the conflict when this is carried over.
    const below = (await this.log.readStream(stream, { from, limit })).filter(({ revision }) => revision < first);
    return [...below, ...events].slice(0, limit);
  }

  /**
   * Appends all that was staged, stream by stream, many at a time; each append is the same when it is repeated. What was
   * staged last comes last: it may end what the rest needs, as the end of a plan does. Reports progress at the start and
   * about a hundred times.
   */
  async carryOver(onProgress: (events: number) => void): Promise<number> {
    const streams = [...this.streams];
    const upTo = (stream: string) => (stream === this.last?.stream ? this.last.from : undefined);
    let done = 0;
    let told = 0;
    onProgress(done);
    const tell = () => {
      if (done < this.staged && done - told < this.staged / 100) return;
      told = done;
      onProgress(done);
    };
    const append = async (stream: string, { beneath, events }: StagedStream, first: number, end?: number) => {
      const part = events.slice(0, end);
      for (let from = first; from < part.length; from += chunkSize) {
        const chunk = part.slice(from, from + chunkSize);
        await this.log.append(stream, from === 0 ? beneath : chunk[0]!.revision - 1, chunk);
        done += chunk.length;
        tell();
      }
    };
    // Streams are independent of each other; the chunks of one stream follow each other.
    for (let at = 0; at < streams.length; at += concurrent) {
      const some = streams.slice(at, at + concurrent);
      await Promise.all(some.map(([stream, staged]) => append(stream, staged, 0, upTo(stream))));
    }
    if (this.last) await append(this.last.stream, this.streams.get(this.last.stream)!, this.last.from);
    return done;
  }

  readAll = (): Promise<RecordedEvent[]> => this.log.readAll();
  eventAt = (position: string) => this.log.eventAt(position);
  subscribe = (after: string | undefined, signal: AbortSignal) => this.log.subscribe(after, signal);
  head = () => this.log.head();
  lastEvent = () => this.log.lastEvent();
  /** Asked once: what is staged is not in the log, so that a later moment changes nothing. */
  lastRecordedAt = () => (this.recorded ??= this.log.lastRecordedAt());
  close = () => Promise.resolve();

  private async stream(name: string): Promise<StagedStream> {
    const known = this.streams.get(name);
    if (known) return known;
    let beneath: ExpectedRevision = 'none';
    const done: Done[] = [];
    for (;;) {
      const events = await this.log.readStream(name, { from: beneath === 'none' ? 0 : beneath + 1 });
      beneath = events.at(-1)?.revision ?? beneath;
      done.push(...events.map(({ type, metadata: { commandId } }) => ({ type, commandId })));
      if (events.length < limits.eventsPerRead) break;
    }
    const staged: StagedStream = { beneath, done, events: [] };
    this.streams.set(name, staged);
    return staged;
  }
}

/** As many as the log commits together. */
const concurrent = 1_000;
/** As many as a server answers at the same time. */
const readTogether = 64;
/** Well below the log's own limit in bytes for events of ordinary size. */
const chunkSize = 100;
