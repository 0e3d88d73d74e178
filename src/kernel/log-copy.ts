import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedEvent } from './event.js';
import {
  EventLogDamaged,
  EventLogUnavailable,
  limits,
  WrongExpectedRevision,
  type CopyTarget,
  type EventLog,
  type EventPlace,
} from './event-log.js';
import { comparePositions, type Position } from './position.js';
import { canonicalJson } from './json.js';

/** Number of events of a log, and a hash over all of them. */
export interface LogDigest {
  readonly events: number;
  /** SHA-256 (hex) over the events in order. Each event is one line: its `copiedJson`, and a line feed. */
  readonly sha256: string;
}

export interface CopiedLog {
  /** Digest of the source up to the head that it had when the copy began. */
  readonly source: LogDigest;
  /** Digest of the whole target. */
  readonly target: LogDigest;
  /** Number of events that this run copied; the target already had the others. */
  readonly added: number;
  /** Events were appended to the source after the copy began: copy again. */
  readonly grown: boolean;
}

export interface CopyProgress {
  readonly step: 'compare' | 'copy' | 'digest source' | 'digest target';
  /** Position reached in the log that this step reads, and the position where the step ends. */
  readonly position: Position;
  readonly head: Position;
}

export interface CopyOptions {
  readonly onProgress?: (progress: CopyProgress) => void;
  /** Delay in milliseconds before each retry. After the last one the copy fails, but progress restarts the sequence. */
  readonly pauses?: readonly number[];
}

/** The target has events that the source does not have. Nothing was written to it. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
  constructor(
    /** The first event of the target that differs. */
    readonly found: EventPlace,
    /** The source's event at the same place; undefined if the source ends before it. */
    readonly expected: EventPlace | undefined,
    /** Names of the event fields that differ. */
    readonly aspects: readonly string[],
  ) {
    super(
      `the target differs from the source at position ${found.position} (${found.stream} ${found.revision}): ` +
        (expected
          ? `${aspects.join(', ')} differ from ${expected.stream} ${expected.revision}`
          : 'the source has no further event'),
    );
  }
}

/**
 * Copies a log into the target: the same events in the same order, with all fields except the position. Events are
 * copied as stored, without upcasting. First the events already in the target are compared with the source; a target
 * with other events is not written to. So an interrupted copy continues where it ended. The source may have writers
 * meanwhile; it is copied up to the head that it had at the start. At the end both logs are read completely and hashed.
 * @throws {CopyRefused} the target has events that the source does not have
 * @throws {EventLogUnavailable} one of the logs stayed unavailable. The events copied so far remain: copy again
 * @throws {EventLogDamaged} the source is damaged from some event on. The events before it were copied
 */
export async function copyLog(from: EventLog, to: CopyTarget, options: CopyOptions = {}): Promise<CopiedLog> {
  const { onProgress = () => undefined, pauses = [100, 500, 2_000, 5_000] } = options;
  const until = await withRetries(() => from.head(), pauses);
  const copying = new Copying(from, to, until, onProgress);
  await withRetries(
    () => copying.run(),
    pauses,
    () => copying.events,
  );
  const targetHead = await withRetries(() => to.head(), pauses);
  const source = await withRetries(() => digest(from, until, 'digest source', onProgress), pauses);
  const target = await withRetries(() => digest(to, targetHead, 'digest target', onProgress), pauses);
  const grown = (await withRetries(() => from.head(), pauses)) !== until;
  return { source, target, added: copying.added, grown };
}

/** The fields of an event that a copy keeps. `knownAt` is left out because it is derived from the others. */
const copiedFields = ({ position: _, knownAt: __, ...event }: RecordedEvent) => event;

/** Canonical JSON (RFC 8785) of the fields that a copy keeps. */
const copiedJson = (event: RecordedEvent): string => canonicalJson(copiedFields(event));

class Copying {
  /** Number of events, from the start, that both logs are known to have. */
  events = 0;
  /** Position of the last of these events in the source and in the target. */
  private source: Position | undefined;
  private target: Position | undefined;
  /** Number of common events before this run copied any. */
  private before: number | undefined;

  constructor(
    private readonly from: EventLog,
    private readonly to: CopyTarget,
    private readonly until: Position | undefined,
    private readonly onProgress: (progress: CopyProgress) => void,
  ) {}

  get added(): number {
    return this.events - (this.before ?? 0);
  }

  /** Called again after a failure. The comparison then shows whether the last page was stored. */
  async run(): Promise<void> {
    await this.compare();
    this.before ??= this.events;
    await this.copy();
  }

  private async compare(): Promise<void> {
    const head = await this.to.head();
    for (;;) {
      const found = await this.to.readAll({ after: this.target });
      if (found.length === 0) return;
      const source = await this.assertSame(found);
      this.advance(found.length, source, found.at(-1)!.position);
      this.report('compare', this.target, head);
    }
  }

  /** Compares events of the target with the source. @returns the position of the last of them in the source */
  private async assertSame(found: readonly RecordedEvent[]): Promise<Position> {
    let source = this.source;
    for (let at = 0; at < found.length;) {
      const page = await this.from.readAll({ after: source, limit: found.length - at });
      if (page.length === 0) throw new CopyRefused(found[at]!, undefined, []);
      for (const expected of page) assertSameEvent(found[at++]!, expected);
      source = page.at(-1)!.position;
    }
    return source!;
  }

  private async copy(): Promise<void> {
    while (this.until !== undefined && (!this.source || comparePositions(this.source, this.until) < 0)) {
      const page = await pageUpTo(this.from, this.source, this.until);
      await this.to.takeOver(page);
      this.advance(page.length, page.at(-1)!.position, await this.to.head());
      this.report('copy', this.source, this.until);
    }
  }

  private advance(events: number, source: Position, target: Position | undefined): void {
    this.events += events;
    this.source = source;
    this.target = target;
  }

  private report(step: 'compare' | 'copy', position: Position | undefined, head: Position | undefined): void {
    if (position !== undefined && head !== undefined) this.onProgress({ step, position, head });
  }
}

/** @throws {CopyRefused} */
function assertSameEvent(found: RecordedEvent, expected: RecordedEvent): void {
  if (copiedJson(found) === copiedJson(expected)) return;
  const [mine, other] = [copiedFields(found), copiedFields(expected)];
  const aspects = (Object.keys(mine) as (keyof typeof mine)[]).filter(
    (aspect) => canonicalJson(mine[aspect]) !== canonicalJson(other[aspect]),
  );
  throw new CopyRefused(found, expected, aspects);
}

/** Reads the next events up to and including position `until`, which the log is known to have. */
async function pageUpTo(log: EventLog, after: Position | undefined, until: Position): Promise<RecordedEvent[]> {
  const page = await log.readAll({ after, limit: limits.eventsPerAppend });
  const events = page.filter(({ position }) => comparePositions(position, until) <= 0);
  if (events.length === 0) throw new EventLogDamaged(until, 'events up to the head are missing');
  return events;
}

async function digest(
  log: EventLog,
  head: Position | undefined,
  step: 'digest source' | 'digest target',
  onProgress: (progress: CopyProgress) => void,
): Promise<LogDigest> {
  const hash = createHash('sha256');
  let events = 0;
  let position: Position | undefined;
  while (head !== undefined && position !== head) {
    const page = await pageUpTo(log, position, head);
    for (const event of page) hash.update(`${copiedJson(event)}\n`);
    events += page.length;
    position = page.at(-1)!.position;
    onProgress({ step, position, head });
  }
  return { events, sha256: hash.digest('hex') };
}

/** Retries after temporary errors, with one retry per pause. Progress since the last attempt restarts the sequence. */
async function withRetries<Result>(
  work: () => Promise<Result>,
  pauses: readonly number[],
  progress: () => number = () => 0,
): Promise<Result> {
  for (let retries = 0, reached = progress(); ; retries++) {
    try {
      return await work();
    } catch (error) {
      if (progress() > reached) [retries, reached] = [0, progress()];
      const pause = pauses[retries];
      if (pause === undefined || !isTemporary(error)) throw error;
      await delay(pause);
    }
  }
}

/**
 * WrongExpectedRevision counts as temporary: a page whose append seemed to fail may be stored late, while it is sent
 * again. Then the streams have moved on, and the next comparison finds the events.
 */
const isTemporary = (error: unknown): boolean =>
  (error instanceof EventLogUnavailable && error.reason === 'repeat') || error instanceof WrongExpectedRevision;
