import {
  WrongExpectedRevision,
  assertAppendable,
  limits,
  type AppendResult,
  type EventLog,
  type ExpectedRevision,
} from '../kernel/event-log.js';
import type { NewEvent, RecordedEvent } from '../kernel/event.js';
import type { Clock } from '../kernel/time.js';

interface StagedStream {
  /** Where the stream stands in the log beneath. */
  readonly beneath: ExpectedRevision;
  readonly events: RecordedEvent[];
}

/**
 * The log as it would be: what is appended here is seen by later reads and stored nowhere, until it is carried over. So a
 * submission is validated whole, by the deciders themselves, before its first event.
 */
export class StagedLog implements EventLog {
  private readonly streams = new Map<string, StagedStream>();
  private staged = 0;

  constructor(
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  /** How many events are staged. */
  get size(): number {
    return this.staged;
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    assertAppendable(stream, expected, events);
    const staged = await this.stream(stream);
    const actual = staged.events.at(-1)?.revision ?? staged.beneath;
    if (actual !== expected) throw new WrongExpectedRevision(stream, expected, actual);
    const recordedAt = this.clock.now();
    const first = expected === 'none' ? 0 : expected + 1;
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

  /** Appends all that was staged, stream by stream, many at a time; each append is the same when it is repeated. */
  async carryOver(onProgress: (events: number) => void): Promise<number> {
    const appends = [...this.streams].flatMap(([stream, { beneath, events }]) => chunks(stream, beneath, events));
    let done = 0;
    // Streams are independent of each other; the chunks of one stream follow each other within `chain`.
    for (let at = 0; at < appends.length; at += concurrent) {
      await Promise.all(
        appends.slice(at, at + concurrent).map(async (chain) => {
          for (const { stream, expected, events } of chain) {
            await this.log.append(stream, expected, events);
            done += events.length;
          }
        }),
      );
      onProgress(done);
    }
    return done;
  }

  readAll = (): Promise<RecordedEvent[]> => this.log.readAll();
  subscribe = (after: string | undefined, signal: AbortSignal) => this.log.subscribe(after, signal);
  head = () => this.log.head();
  close = () => Promise.resolve();

  private async stream(name: string): Promise<StagedStream> {
    const known = this.streams.get(name);
    if (known) return known;
    let beneath: ExpectedRevision = 'none';
    for (;;) {
      const events = await this.log.readStream(name, { from: beneath === 'none' ? 0 : beneath + 1 });
      beneath = events.at(-1)?.revision ?? beneath;
      if (events.length < limits.eventsPerRead) break;
    }
    const staged: StagedStream = { beneath, events: [] };
    this.streams.set(name, staged);
    return staged;
  }
}

/** As many as the log commits together. */
const concurrent = 1_000;
/** Well below the log's own limit in bytes for events of ordinary size. */
const chunkSize = 100;

function chunks(stream: string, beneath: ExpectedRevision, events: readonly RecordedEvent[]) {
  if (events.length === 0) return [];
  const chain: { stream: string; expected: ExpectedRevision; events: NewEvent[] }[] = [];
  for (let at = 0; at < events.length; at += chunkSize) {
    const first = events[at]!.revision;
    chain.push({
      stream,
      expected: at === 0 ? beneath : first - 1,
      events: events.slice(at, at + chunkSize).map(({ id, type, data, metadata }) => ({ id, type, data, metadata })),
    });
  }
  return [chain];
}
