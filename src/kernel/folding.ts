import { LRUCache } from 'lru-cache';
import type { EventLog } from './event-log.js';
import { comparePositions, type Position } from './position.js';
import type { RecordedEvent } from './event.js';
import type { JsonValue } from './json.js';
import { concerns, type Projection } from './projection.js';
import { laterOf } from './time.js';
import { CheckpointConflict, UnknownView, type Version, type VersionedStore, type ViewId } from './versioned-store.js';

export interface Progress {
  readonly projection: string;
  readonly events: number;
  readonly position: Position | undefined;
  readonly head: Position | undefined;
}

/** Where a projection stopped: the position of the event it could not take, and why. */
export interface Stop {
  readonly position: Position;
  readonly error: string;
}

/** A projection met an event that it cannot take, or that this program cannot read. */
export class ProjectionStopped extends Error {
  override readonly name = 'ProjectionStopped';
  constructor(
    readonly projection: string,
    readonly position: Position,
    readonly why: string,
  ) {
    super(`${projection} stops at position ${position}: ${why}`);
  }
}

/** The view is not where this process left it, and the events at hand do not go on from there: read again from the log. */
export class ViewWentBack extends Error {
  override readonly name = 'ViewWentBack';
}

/** Another process switched the view, or moved it where the events at hand do not go on. */
export const isMoved = (error: unknown): boolean => error instanceof ViewWentBack || error instanceof UnknownView;

/** Makes of an event as it is stored what projections are given; throws where this program cannot read it. */
export type ReadEvent = (event: RecordedEvent) => RecordedEvent;

/** Few enough that what is made of a page is garbage before the collector has to move it. */
export const foldingPage = 1_000;

/** Says of a failure in the midst of folding that it is the store's, and none of the event. */
class StoreFailed extends Error {
  override readonly name = 'StoreFailed';
  constructor(override readonly cause: unknown) {
    super(String(cause));
  }
}

/** One projection writing one generation of its view; others may write it too. */
export class Folding {
  private readonly latest = new LRUCache<string, Version>({ max: 10_000 });
  stopped: Stop | undefined;

  constructor(
    readonly projection: Projection,
    public view: ViewId,
    public checkpoint: Position | undefined,
    private readonly store: VersionedStore,
    private readonly read: ReadEvent,
  ) {}

  /** Of a new generation: live at once if the projection has no view yet, else beside it. */
  static async fresh(projection: Projection, store: VersionedStore, read: ReadEvent): Promise<Folding> {
    const { name, version, once } = projection;
    return new Folding(projection, await store.createView(name, version, { once }), undefined, store, read);
  }

  /** @throws {ProjectionStopped} */
  assertRunning(): void {
    if (this.stopped) throw new ProjectionStopped(this.projection.name, this.stopped.position, this.stopped.error);
  }

  /** Goes on where the store now has the view. */
  goOnFrom({ name, generation }: ViewId, checkpoint: Position | undefined): void {
    if (generation === this.view.generation && checkpoint === this.checkpoint) return;
    this.view = { name, generation };
    this.checkpoint = checkpoint;
    this.latest.clear();
  }

  /**
   * Takes a page of the log, all or nothing; events it has already taken are passed by.
   * An event it cannot take stops it there, with everything before it kept.
   * @throws {ViewWentBack} the store lost what was committed last
   * @throws whatever the store throws; nothing is taken then, and the same page may be offered again
   */
  async take(events: readonly RecordedEvent[]): Promise<void> {
    const news = this.newsOf(events);
    if (this.stopped || news.length === 0) return;
    const versions: Version[] = [];
    const fresh = new Map<string, Version>();
    const { once } = this.projection;
    let taken: Position | undefined;
    let stopped: Stop | undefined;
    for (const stored of news) {
      if (!concerns(this.projection, stored)) {
        taken = stored.position;
        continue;
      }
      try {
        const event = this.read(stored);
        // Of an event that fails halfway, nothing is kept.
        const made: Version[] = [];
        const { position, knownAt } = event;
        for (const key of this.projection.keys(event)) {
          const before = once ? undefined : (fresh.get(key) ?? this.latest.get(key) ?? (await this.stored(key, event)));
          const body = this.projection.evolve(before?.body, event) as JsonValue;
          made.push({ key, position, knownAt: before ? laterOf(before.knownAt, knownAt) : knownAt, body });
        }
        if (!once) for (const version of made) fresh.set(version.key, version);
        versions.push(...made);
        taken = event.position;
      } catch (error) {
        if (error instanceof StoreFailed) throw error.cause;
        stopped = { position: stored.position, error: error instanceof Error ? error.message : String(error) };
        break;
      }
    }
    try {
      if (taken !== undefined) await this.store.commit(this.view, versions, { from: this.checkpoint, to: taken });
    } catch (error) {
      if (!(error instanceof CheckpointConflict)) throw error;
      const { actual } = error;
      if (actual === undefined || (this.checkpoint !== undefined && comparePositions(actual, this.checkpoint) < 0)) {
        throw new ViewWentBack(error.message, { cause: error });
      }
      // Another projector was faster: what it committed is what we would have. Go on from where it stands.
      this.goOnFrom(this.view, actual);
      return this.take(events);
    }
    this.stopped = stopped;
    this.checkpoint = taken ?? this.checkpoint;
    for (const [key, version] of fresh) this.latest.set(key, version);
  }

  private newsOf(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
    const { checkpoint } = this;
    if (checkpoint === undefined) return events;
    const first = events.findIndex(({ position }) => comparePositions(position, checkpoint) > 0);
    return first < 0 ? [] : events.slice(first);
  }

  private stored(key: string, event: RecordedEvent): Promise<Version | undefined> | undefined {
    // A document is fed by one stream: its first event finds none.
    if (event.revision === 0) return undefined;
    return this.store.get(this.view, key).catch((error: unknown) => {
      throw new StoreFailed(error);
    });
  }
}

/**
 * Lets all of them take a page at the same time: of a store on another machine, they then wait together. Ends when all
 * have ended, also where one fails.
 */
export async function takeAll(foldings: readonly Folding[], events: readonly RecordedEvent[]): Promise<void> {
  const ends = await Promise.allSettled(foldings.map((folding) => folding.take(events)));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Reads the log on from where the slowest stands until its end. @throws whatever log or store throw, and once aborted */
export async function catchUp(
  log: EventLog,
  foldings: readonly Folding[],
  { signal, onProgress }: { signal: AbortSignal; onProgress?: (progress: Progress) => void },
): Promise<void> {
  const head = await log.head();
  let after = lowest(foldings);
  let count = 0;
  for (;;) {
    signal.throwIfAborted();
    const events = await log.readAll({ after, limit: foldingPage });
    if (events.length === 0 || foldings.every(({ stopped }) => stopped)) return;
    await takeAll(foldings, events);
    after = events.at(-1)!.position;
    count += events.length;
    for (const { projection } of foldings) {
      onProgress?.({ projection: projection.name, events: count, position: after, head });
    }
  }
}

/** Where to read on from so that no running projection misses anything: undefined is the start. */
export function lowest(foldings: readonly Folding[]): Position | undefined {
  const checkpoints = foldings.filter(({ stopped }) => !stopped).map(({ checkpoint }) => checkpoint);
  if (checkpoints.length === 0)
    return foldings
      .map(({ checkpoint }) => checkpoint)
      .sort(byPosition)
      .at(-1);
  return checkpoints.sort(byPosition)[0];
}

const byPosition = (a: Position | undefined, b: Position | undefined): number =>
  a === b ? 0 : a === undefined ? -1 : b === undefined ? 1 : comparePositions(a, b);
