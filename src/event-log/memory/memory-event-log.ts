import type { NewEvent, RecordedEvent } from '../../kernel/event.js';
import {
  EventLogUnavailable,
  pageSize,
  WrongExpectedRevision,
  type AppendResult,
  type CopyTarget,
  type EventPlace,
  type ExpectedRevision,
} from '../../kernel/event-log.js';
import { comparePositions, type Position } from '../../kernel/position.js';
import { systemClock, toInstant, toMilliseconds, type Clock, type Instant } from '../../kernel/time.js';
import { answerLate, appendRequest, firstRevision, takenOver } from '../append-request.js';
import { Commits } from '../commits.js';
import { toRecordedEvent, type StoredEvent } from '../stored-event.js';

/**
 * In-memory log for tests. It stores JSON text, so that a caller that changes an event object does not change the log.
 */
export class MemoryEventLog implements CopyTarget {
  private readonly events: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly commits = new Commits();
  private readonly clock: Clock;
  private closed = false;

  constructor({ clock = systemClock }: { clock?: Clock } = {}) {
    this.clock = clock;
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    const request = appendRequest(stream, expected, events);
    this.assertOpen();
    const stored = this.streams.get(stream) ?? [];
    const actual = stored.at(-1)?.revision ?? 'none';
    if (expected !== actual) {
      const from = firstRevision(request);
      const answer = answerLate(request, stored.slice(from, from + events.length), actual);
      if (answer instanceof Error) throw answer;
      return answer;
    }
    const recordedAt = Math.max(toMilliseconds(this.clock.now()), this.events.at(-1)?.recordedAt ?? 0);
    const first = stored.length;
    this.store(request.events.map((event, index) => ({ ...event, stream, revision: first + index, recordedAt })));
    return { revision: first + events.length - 1, position: String(this.events.length) };
  }

  async takeOver(events: readonly RecordedEvent[]): Promise<void> {
    const all = events.map(takenOver);
    this.assertOpen();
    const heads = new Map<string, ExpectedRevision>();
    for (const { stream, revision, expected } of all) {
      const actual = heads.get(stream) ?? this.streams.get(stream)?.at(-1)?.revision ?? 'none';
      if (actual !== expected) throw new WrongExpectedRevision(stream, expected, actual);
      heads.set(stream, revision);
    }
    this.store(all.map(({ expected: _, ...event }) => event));
  }

  private store(events: readonly Omit<StoredEvent, 'position'>[]): void {
    for (const event of events) {
      const stored = { ...event, position: String(this.events.length + 1) };
      this.events.push(stored);
      const streamEvents = this.streams.get(event.stream) ?? [];
      streamEvents.push(stored);
      this.streams.set(event.stream, streamEvents);
    }
    this.commits.announce();
  }

  async readStream(stream: string, options: { from?: number; limit?: number } = {}): Promise<RecordedEvent[]> {
    this.assertOpen();
    const from = options.from ?? 0;
    const stored = this.streams.get(stream) ?? [];
    return stored.slice(from, from + pageSize(options.limit, 10_000)).map(toRecordedEvent);
  }

  async readAll(options: { after?: Position; limit?: number } = {}): Promise<RecordedEvent[]> {
    this.assertOpen();
    const after = options.after ?? '0';
    // Positions are 1-based without gaps, so `after` is the index of the next event.
    const from = comparePositions(after, String(this.events.length)) > 0 ? this.events.length : Number(after);
    return this.events.slice(from, from + pageSize(options.limit, 1_000)).map(toRecordedEvent);
  }

  async eventAt(position: Position): Promise<RecordedEvent | undefined> {
    this.assertOpen();
    const stored = this.events[Number(position) - 1];
    return stored?.position === position ? toRecordedEvent(stored) : undefined;
  }

  subscribe(after: Position | undefined, signal: AbortSignal): AsyncIterable<RecordedEvent[]> {
    return this.commits.follow(this, after, signal);
  }

  async head(): Promise<Position | undefined> {
    this.assertOpen();
    return this.events.at(-1)?.position;
  }

  async lastEvent(): Promise<EventPlace | undefined> {
    this.assertOpen();
    const last = this.events.at(-1);
    return last && { stream: last.stream, revision: last.revision, position: last.position };
  }

  async lastRecordedAt(): Promise<Instant | undefined> {
    this.assertOpen();
    const last = this.events.at(-1);
    return last && toInstant(last.recordedAt);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.commits.announce();
  }

  private assertOpen(): void {
    if (this.closed) throw new EventLogUnavailable('the event log is closed');
  }
}
