import { setMaxListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Metadata, NewEvent, RecordedEvent } from '../../kernel/event.js';
import {
  AppendRejected,
  EventLogDamaged,
  EventLogUnavailable,
  limits,
  pageSize,
  type AppendResult,
  type CopyTarget,
  type EventPlace,
  type ExpectedRevision,
} from '../../kernel/event-log.js';
import { comparePositions, type Position } from '../../kernel/position.js';
import type { JsonObject } from '../../kernel/json.js';
import { untilAnswered } from '../../kernel/repeated-appends.js';
import { toInstant, toMilliseconds, type Instant } from '../../kernel/time.js';
import { answerLate, appendRequest, firstRevision, type AppendRequest } from '../append-request.js';
import type { StoredEvent } from '../stored-event.js';
import { EventStoreDb } from './client.js';
import { InvalidPosition, type ServedEvent } from './served-event.js';

/** Milliseconds. */
export interface Patience {
  /** For the answer to one attempt to append. */
  readonly append: number;
  /** From the first attempt to append to the last. */
  readonly repeat: number;
  /** For the first event of a page, and from each to the next. */
  readonly read: number;
  /** For anything from a subscription, before the log is asked whether there is something. */
  readonly silence: number;
}

const usualPatience: Patience = { append: 3_000, repeat: 8_000, read: 10_000, silence: 5_000 };

/** Events in one batch of a subscription. */
const batchSize = 1_000;

/** Events per page where all or most may be system events. */
const searchSize = 500;

/** The metadata in which a copied event keeps the time at which the other log recorded it. */
const copiedFrom = 'tongjian.recordedAt';

/**
 * The log on EventStoreDB.
 * - An append of unknown outcome is repeated, identically, until the server answers it or `Patience.repeat` is over. Then
 *   it is `EventLogUnavailable`, whether it was stored or not.
 * - The server answers a repeated append with its first result, but does not compare contents. So an answer that may be a
 *   repeated append's is read and compared here. Not found are other contents under the same ids and revision that another
 *   process appended after the last event this one has seen.
 * - Recorded time is the server's; of a copied event, the other log's. Leaders' clocks may differ a little.
 * - A stream of which others have deleted the beginning is damaged. A stream that was deleted, not tombstoned, reads as if
 *   it had never existed, until it is written again.
 */
export class EventStoreDbEventLog implements CopyTarget {
  private readonly closing = new AbortController();
  /** The greatest position seen. An append that is answered with a position seen before the call is a repeated one. */
  private seen: Position | undefined;
  private seenAtStart: Promise<unknown> | undefined;
  /** The revisions answered, by stream: of appends made at once, they tell the first from the repeated ones. */
  private readonly answered = new LRUCache<string, number>({ max: 10_000 });
  /** The end of the log at the last look, system events included. */
  private end: { readonly position: Position; readonly last: RecordedEvent | undefined } | undefined;

  /** Connects with the first call. @throws {EventStoreDbAddressError} */
  static open(url: string, patience: Partial<Patience> = {}, onRepeat?: () => void): EventStoreDbEventLog {
    return new EventStoreDbEventLog(EventStoreDb.at(url), { ...usualPatience, ...patience }, onRepeat);
  }

  private constructor(
    private readonly server: EventStoreDb,
    private readonly patience: Patience,
    private readonly onRepeat?: () => void,
  ) {
    // One listener for each call in flight.
    setMaxListeners(0, this.closing.signal);
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    const request = appendRequest(stream, expected, events);
    if (events.some(({ metadata }) => copiedFrom in metadata)) throw new AppendRejected(`${copiedFrom} is reserved`);
    return this.store(request);
  }

  /** Stores all of them or the first ones: the server appends to one stream at a time. Repeated, it continues. */
  async takeOver(events: readonly RecordedEvent[]): Promise<void> {
    for (const run of runsOf(events)) {
      const { stream, revision } = run[0]!;
      const request = appendRequest(stream, revision === 0 ? 'none' : revision - 1, run);
      const marked = request.events.map((event, index) => ({
        ...event,
        metadata: JSON.stringify({ ...run[index]!.metadata, [copiedFrom]: run[index]!.recordedAt }),
      }));
      // One run after the other, so that they have this order in the whole log too.
      await this.store(request, { ...request, events: marked });
    }
  }

  async readStream(stream: string, options: { from?: number; limit?: number } = {}): Promise<RecordedEvent[]> {
    this.assertOpen();
    const from = options.from ?? 0;
    const limit = pageSize(options.limit, 10_000);
    if (limit === 0) return [];
    const events = (await this.server.readStream(stream, from, limit, this.waiting('read'))).map(toRecordedEvent);
    const gap = events.findIndex(({ revision }, index) => revision !== from + index);
    if (gap >= 0) throw new EventLogDamaged(events[gap]!.position, `${stream} ${from + gap} is not found in its place`);
    this.note(events.at(-1)?.position);
    return events;
  }

  async readAll(options: { after?: Position; limit?: number } = {}): Promise<RecordedEvent[]> {
    const limit = pageSize(options.limit, 1_000);
    const events: RecordedEvent[] = [];
    let { after } = options;
    let atLeast = 0;
    for (let isEnd = limit === 0; !isEnd && events.length < limit;) {
      const maxCount = Math.max(limit - events.length, atLeast) + 1;
      const page = await this.page(after, maxCount);
      const read = upToDamage(page.filter(({ position }) => isAfter(position, after)));
      if (read.damage && events.length + read.events.length === 0) throw read.damage;
      events.push(...read.events.slice(0, limit - events.length));
      // After a page of system events only, there may be many more.
      atLeast = read.events.length === 0 ? searchSize : 0;
      after = page.at(-1)?.position;
      isEnd = page.length < maxCount || read.damage !== undefined;
    }
    this.note(events.at(-1)?.position);
    return events;
  }

  async eventAt(position: Position): Promise<RecordedEvent | undefined> {
    this.assertOpen();
    try {
      const [found] = await this.server.readAll(position, { maxCount: 1, direction: 'forwards' }, this.waiting('read'));
      return found?.position === position && isOurs(found) ? toRecordedEvent(found) : undefined;
    } catch (error) {
      if (error instanceof InvalidPosition) return undefined;
      throw error;
    }
  }

  async *subscribe(after: Position | undefined, signal: AbortSignal): AsyncGenerator<RecordedEvent[], void> {
    try {
      yield* this.follow(after, signal);
    } catch (error) {
      if (!(error instanceof InvalidPosition)) throw error;
      yield* this.follow(await this.recordUpTo(after!), signal);
    }
  }

  async head(): Promise<Position | undefined> {
    return (await this.last())?.position;
  }

  async lastEvent(): Promise<EventPlace | undefined> {
    const last = await this.last();
    return last && { stream: last.stream, revision: last.revision, position: last.position };
  }

  async lastRecordedAt(): Promise<Instant | undefined> {
    return (await this.last())?.recordedAt;
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort(new EventLogUnavailable('the event log was closed'));
    await this.server.release();
  }

  /** Stores the request's events; `sent` is the same request with what marks them as copied. */
  private store(request: AppendRequest, sent = request): Promise<AppendResult> {
    const { onRepeat, patience } = this;
    return untilAnswered(() => this.attempt(request, sent), { patience: patience.repeat, onRepeat });
  }

  private async attempt(request: AppendRequest, sent: AppendRequest): Promise<AppendResult> {
    this.assertOpen();
    await (this.seenAtStart ??= this.head().catch((error: unknown) => {
      this.seenAtStart = undefined;
      throw error;
    }));
    const { stream, expected, events } = request;
    const before = this.seen;
    const answer = await this.server.append(sent, this.waiting('append'));
    if (answer.revision !== firstRevision(request) + events.length - 1) {
      throw new EventLogDamaged(answer.position, `${stream} was deleted, and begun anew at ${answer.revision}`);
    }
    if (!isAfter(answer.position, before) || answer.revision <= (this.answered.get(stream) ?? -1)) {
      const standing = await this.readStream(stream, { from: firstRevision(request), limit: events.length });
      const late = answerLate(request, standing.map(toStoredEvent), expected);
      if (late instanceof Error) throw late;
      return late;
    }
    this.answered.set(stream, answer.revision);
    this.note(answer.position);
    return answer;
  }

  private async *follow(after: Position | undefined, signal: AbortSignal): AsyncGenerator<RecordedEvent[], void> {
    this.assertOpen();
    const subscription = this.server.subscribe(after);
    const stir = () => subscription.stir();
    const signals = [signal, this.closing.signal];
    for (const either of signals) either.addEventListener('abort', stir);
    try {
      for (let missed: Position | undefined; !signal.aborted;) {
        // The client hands over events one by one: after a turn of the event loop there are many.
        await nextTurn();
        this.assertOpen();
        const { events, damage } = upToDamage(subscription.take(batchSize));
        if (events.length > 0) {
          missed = undefined;
          after = events.at(-1)!.position;
          this.note(after);
          yield events;
        }
        if (damage) throw damage;
        if (events.length > 0 || (await subscription.comes(this.patience.silence))) continue;
        if (missed !== undefined) {
          throw new EventLogUnavailable(`the subscription is silent, though the log has come to ${missed}`);
        }
        // The last event may be on its way. If it has not arrived after another silence, it will not.
        const head = await this.head();
        if (head !== undefined && isAfter(head, after)) missed = head;
      }
    } finally {
      for (const either of signals) either.removeEventListener('abort', stir);
      subscription.close();
    }
  }

  /** The last event of the log that is not a system event. Reads only what was appended since the last look. */
  private async last(): Promise<RecordedEvent | undefined> {
    this.assertOpen();
    const [end] = await this.backwards(undefined, 1);
    // A log that has become shorter is another log.
    const known = end && this.end && comparePositions(end.position, this.end.position) >= 0 ? this.end : undefined;
    let last: RecordedEvent | undefined;
    let page = end ? [end] : [];
    for (let maxCount = 8; page.length > 0; maxCount = Math.min(8 * maxCount, searchSize)) {
      const since = page.filter(({ position }) => isAfter(position, known?.position));
      const found = since.find(isOurs);
      if (found) last = toRecordedEvent(found);
      else if (since.length < page.length) last = known?.last;
      if (found || since.length < page.length) break;
      page = await this.backwards(page.at(-1)!.position, maxCount);
    }
    if (end && isAfter(end.position, known?.position)) this.end = { position: end.position, last };
    this.note(last?.position);
    return last;
  }

  private backwards(before: Position | undefined, maxCount: number): Promise<ServedEvent[]> {
    return this.server.readAll(before, { maxCount, direction: 'backwards' }, this.waiting('read'));
  }

  /** Starts with the event at `after`, if there is one. */
  private async page(after: Position | undefined, maxCount: number): Promise<ServedEvent[]> {
    this.assertOpen();
    const from = (position: Position | undefined) =>
      this.server.readAll(position, { maxCount, direction: 'forwards' }, this.waiting('read'));
    try {
      return await from(after);
    } catch (error) {
      if (!(error instanceof InvalidPosition)) throw error;
      return from(await this.recordUpTo(after!));
    }
  }

  /** The last record before a position at which no record starts, such as a position of another log. */
  private async recordUpTo(position: Position): Promise<Position | undefined> {
    let last: Position | undefined;
    for (let isEnd = false; !isEnd;) {
      const page = await this.page(last, searchSize);
      const before = page.filter((event) => !isAfter(event.position, position));
      last = before.at(-1)?.position;
      isEnd = before.length < searchSize;
    }
    return last;
  }

  private waiting(what: 'append' | 'read') {
    return { milliseconds: this.patience[what], signal: this.closing.signal };
  }

  private note(position: Position | undefined): void {
    if (position !== undefined && isAfter(position, this.seen)) this.seen = position;
  }

  private assertOpen(): void {
    this.closing.signal.throwIfAborted();
  }
}

const isAfter = (position: Position, other: Position | undefined): boolean =>
  other === undefined || comparePositions(position, other) > 0;

/** System events have a stream or a type that starts with `$`. */
const isOurs = ({ stream, type }: ServedEvent): boolean => !stream.startsWith('$') && !type.startsWith('$');

/** Our events before the first one that is neither ours nor a system event. */
function upToDamage(page: readonly ServedEvent[]): { events: RecordedEvent[]; damage?: EventLogDamaged } {
  const events: RecordedEvent[] = [];
  try {
    for (const event of page) if (isOurs(event)) events.push(toRecordedEvent(event));
    return { events };
  } catch (error) {
    if (error instanceof EventLogDamaged) return { events, damage: error };
    throw error;
  }
}

/** @throws {EventLogDamaged} Tongjian did not write it */
function toRecordedEvent(event: ServedEvent): RecordedEvent {
  const { position, stream, revision, id, type, data } = event;
  if (!isObject(data) || !isObject(event.metadata) || !('schemaVersion' in event.metadata)) {
    throw new EventLogDamaged(position, `${stream} ${revision} is no event of Tongjian’s`);
  }
  const { metadata, copied } = unmarked(event.metadata as unknown as Metadata);
  const recordedAt = copied ?? toInstant(event.created);
  const knownAt = metadata.knownAt ?? recordedAt;
  return { position, stream, revision, id, type, data: data as JsonObject, metadata, recordedAt, knownAt };
}

/** The metadata as they were handed in. */
function unmarked(stored: Metadata & { [copiedFrom]?: Instant }): { metadata: Metadata; copied?: Instant } {
  if (!(copiedFrom in stored)) return { metadata: stored };
  const { [copiedFrom]: copied, ...metadata } = stored;
  return { metadata, copied };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

const toStoredEvent = (event: RecordedEvent): StoredEvent => ({
  ...event,
  data: JSON.stringify(event.data),
  metadata: JSON.stringify(event.metadata),
  recordedAt: toMilliseconds(event.recordedAt),
});

/** Splits events into runs of the same stream, each as large as one append may be. */
function* runsOf(events: readonly RecordedEvent[]): Generator<RecordedEvent[]> {
  let run: RecordedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    // With what marks it as copied, and what the server counts in addition.
    const size = Buffer.byteLength(JSON.stringify([event.data, event.metadata])) + 2 * event.type.length + 100;
    const follows = event.stream === run[0]?.stream && event.revision === run[0].revision + run.length;
    const fits = run.length < limits.eventsPerAppend && bytes + size <= limits.bytesPerAppend;
    if (run.length > 0 && !(follows && fits)) {
      yield run;
      [run, bytes] = [[], 0];
    }
    run.push(event);
    bytes += size;
  }
  if (run.length > 0) yield run;
}
