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

/** What a log tells, in short. */
export interface LogDigest {
  readonly events: number;
  /** SHA-256, in hex, over one line for each event in order: `line` of it, and a line feed. */
  readonly sha256: string;
}

export interface CopiedLog {
  /** Of the source up to where it stood when the copying began. */
  readonly source: LogDigest;
  /** Of the whole target. */
  readonly target: LogDigest;
  /** How many of the events were copied now; the others were there from before. */
  readonly added: number;
  /** Something was appended to the source since the copying began: copy again. */
  readonly grown: boolean;
}

export interface CopyProgress {
  readonly step: 'compare' | 'copy' | 'digest source' | 'digest target';
  /** How far, in the log that is read, and where that ends. */
  readonly position: Position;
  readonly head: Position;
}

export interface CopyOptions {
  readonly onProgress?: (progress: CopyProgress) => void;
  /** Milliseconds before each further try where a log is out of reach; those are all, unless it got further meanwhile. */
  readonly pauses?: readonly number[];
}

/** The target holds what the source does not tell: it was left as it is. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
  constructor(
    /** The first event of the target that is another. */
    readonly found: EventPlace,
    /** What the source has there; nothing where it ends before. */
    readonly expected: EventPlace | undefined,
    /** In what the two differ. */
    readonly aspects: readonly string[],
  ) {
    super(
      `the target holds something else from position ${found.position} on (${found.stream} ${found.revision}): ` +
        (expected
          ? `${aspects.join(', ')} differ from ${expected.stream} ${expected.revision}`
          : 'the source ends here'),
    );
  }
}

/**
 * Makes the target the copy of a log: the same events in the same order, all of each but its position. It goes on where
 * an earlier run ended, wherever that was; what stands in the target is compared first, and nothing is written into a
 * target that holds anything else. Events are taken as they are stored, whatever this program knows of them.
 * A source that is written to is copied up to where it stood at the beginning. In the end both logs are read whole.
 * @throws {CopyRefused}
 * @throws {EventLogUnavailable} one of the logs stayed out of reach; what was copied stays: copy again
 * @throws {EventLogDamaged} the source, from some event on; all before it were copied
 */
export async function copyLog(from: EventLog, to: CopyTarget, options: CopyOptions = {}): Promise<CopiedLog> {
  const { onProgress = () => undefined, pauses = [100, 500, 2_000, 5_000] } = options;
  const until = await persistently(() => from.head(), pauses);
  const copying = new Copying(from, to, until, onProgress);
  await persistently(
    () => copying.goOn(),
    pauses,
    () => copying.events,
  );
  const whole = await persistently(() => to.head(), pauses);
  const source = await persistently(() => digest(from, until, 'digest source', onProgress), pauses);
  const target = await persistently(() => digest(to, whole, 'digest target', onProgress), pauses);
  const grown = (await persistently(() => from.head(), pauses)) !== until;
  return { source, target, added: copying.added, grown };
}

/** Of an event, all that a copy keeps. */
const told = ({ position: _, knownAt: __, ...event }: RecordedEvent) => event;

/** Canonical JSON (RFC 8785) of what a copy keeps of an event. */
const line = (event: RecordedEvent): string => canonicalJson(told(event));

class Copying {
  /** How many events both are known to have, from the start, and where these end in either. */
  events = 0;
  private source: Position | undefined;
  private target: Position | undefined;
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

  /** After a failure, what came of the last page is not known: looked at again, it is. */
  async goOn(): Promise<void> {
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

  /** @returns where they end in the source */
  private async assertSame(found: readonly RecordedEvent[]): Promise<Position> {
    let source = this.source;
    for (let at = 0; at < found.length;) {
      const page = await this.from.readAll({ after: source, limit: found.length - at });
      if (page.length === 0) throw new CopyRefused(found[at]!, undefined, []);
      for (const expected of page) assertTellsTheSame(found[at++]!, expected);
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
function assertTellsTheSame(found: RecordedEvent, expected: RecordedEvent): void {
  if (line(found) === line(expected)) return;
  const [mine, other] = [told(found), told(expected)];
  const aspects = (Object.keys(mine) as (keyof typeof mine)[]).filter(
    (aspect) => canonicalJson(mine[aspect]) !== canonicalJson(other[aspect]),
  );
  throw new CopyRefused(found, expected, aspects);
}

/** The next events of a log that is known to have some up to a position. */
async function pageUpTo(log: EventLog, after: Position | undefined, until: Position): Promise<RecordedEvent[]> {
  const page = await log.readAll({ after, limit: limits.eventsPerAppend });
  const events = page.filter(({ position }) => comparePositions(position, until) <= 0);
  if (events.length === 0) throw new EventLogDamaged(until, 'the log ends before its last event');
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
    for (const event of page) hash.update(`${line(event)}\n`);
    events += page.length;
    position = page.at(-1)!.position;
    onProgress({ step, position, head });
  }
  return { events, sha256: hash.digest('hex') };
}

/** Tries again after a pause what may only have come too early or too late; anew as often wherever it got further. */
async function persistently<Result>(
  work: () => Promise<Result>,
  pauses: readonly number[],
  progress: () => number = () => 0,
): Promise<Result> {
  for (let tries = 0, stood = progress(); ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (progress() > stood) [tries, stood] = [0, progress()];
      const pause = pauses[tries];
      if (pause === undefined || !mayPass(error)) throw error;
      await delay(pause);
    }
  }
}

/** A page that was taken for lost may come while it is sent again: then the streams have moved on. */
const mayPass = (error: unknown): boolean =>
  (error instanceof EventLogUnavailable && error.reason === 'repeat') || error instanceof WrongExpectedRevision;
