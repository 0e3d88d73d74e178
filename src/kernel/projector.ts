import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { comparePositions, type EventLog, type Position } from './event-log.js';
import type { RecordedEvent } from './event.js';
import type { JsonValue } from './json.js';
import { concerns, type Projection } from './projection.js';
import { laterOf } from './time.js';
import {
  CheckpointConflict,
  type Version,
  type VersionedStore,
  type ViewId,
  type ViewInfo,
} from './versioned-store.js';

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly checkpoint: Position | undefined;
  /** Set where it stopped: the position of the event it could not take, and why. */
  readonly stopped?: { readonly position: Position; readonly error: string };
}

export interface Progress {
  readonly projection: string;
  readonly events: number;
  readonly position: Position | undefined;
  readonly head: Position | undefined;
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

/** Makes of an event as it is stored what projections are given; throws where this program cannot read it. */
type ReadEvent = (event: RecordedEvent) => RecordedEvent;
const asStored: ReadEvent = (event) => event;

/** Few enough that what is made of a page is garbage before the collector has to move it. */
const pageSize = 1_000;

/** Milliseconds from a failure of the log or of the store to the next try: doubled each time, within these. */
const pauses = { first: 100, longest: 5_000 };

/** Says of a failure in the midst of folding that it is the store's, and none of the event. */
class StoreFailed extends Error {
  override readonly name = 'StoreFailed';
  constructor(override readonly cause: unknown) {
    super(String(cause));
  }
}

/** One projection writing one generation of its view. */
class Folding {
  private readonly latest = new LRUCache<string, Version>({ max: 10_000 });
  stopped: ProjectionStatus['stopped'];

  constructor(
    readonly projection: Projection,
    readonly view: ViewId,
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

  /**
   * Takes a page of the log, all or nothing; events it has already taken are passed by.
   * An event it cannot take stops it there, with everything before it kept.
   * @throws whatever the store throws; nothing is taken then, and the same page may be offered again
   */
  async take(events: readonly RecordedEvent[]): Promise<void> {
    const news = this.newsOf(events);
    if (this.stopped || news.length === 0) return;
    const versions: Version[] = [];
    const fresh = new Map<string, Version>();
    const { once } = this.projection;
    let taken: Position | undefined;
    let stopped: ProjectionStatus['stopped'];
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
      // Another projector was faster: what it committed is what we would have. Go on from where it stands.
      this.checkpoint = error.actual;
      this.latest.clear();
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

/** One at a time, in the order in which they ask. */
class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

/**
 * Keeps every view up with the log: one reader of the log feeds all projections, each with its own checkpoint.
 * A projection that stops does not stop the others: neither at an event that it cannot take, nor at one of its category
 * that this program cannot read.
 */
export class Projector {
  private foldings: Folding[] = [];
  private readonly stop = new AbortController();
  private running: Promise<void> = Promise.resolve();
  /** One at a time writes live views: the follower, or the end of a rebuild. */
  private readonly writing = new Turns();
  private readonly rebuilding = new Turns();
  private waiting: { position: Position; done: () => void }[] = [];
  /** Set while the log or the store fails. It is tried again and again, and goes on by itself once that passes. */
  failure: Error | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly store: VersionedStore,
    private readonly projections: readonly Projection[],
    private readonly read = asStored,
  ) {}

  /**
   * Brings all views up to the head of the log, making or rebuilding those that are missing, of another projection
   * version, or ahead of the log (an older log was put in place); then follows the log until `close`.
   */
  async start(onProgress?: (progress: Progress) => void): Promise<void> {
    const head = await this.log.head();
    const views = await this.store.views();
    for (const projection of this.projections) {
      this.foldings.push(await this.open(projection, views, head, onProgress));
    }
    await this.catchUp(this.foldings, onProgress);
    this.running = this.follow();
  }

  status(): ProjectionStatus[] {
    return this.foldings.map(({ projection, checkpoint, stopped }) => ({
      name: projection.name,
      version: projection.version,
      checkpoint,
      ...(stopped && { stopped }),
    }));
  }

  /** Resolves true once every running projection has reached the position; false if `timeout` milliseconds pass first. */
  async reached(position: Position, timeout: number): Promise<boolean> {
    if (this.stands(position)) return true;
    let waiter!: { position: Position; done: () => void };
    let timer!: NodeJS.Timeout;
    const arrived = new Promise<boolean>((resolve) => {
      waiter = { position, done: () => resolve(true) };
      timer = setTimeout(() => resolve(false), timeout);
      this.waiting.push(waiter);
    });
    try {
      return await arrived;
    } finally {
      clearTimeout(timer);
      this.waiting = this.waiting.filter((other) => other !== waiter);
    }
  }

  /**
   * Rebuilds one view from the log beside the live one and switches when it has caught up. Whatever cuts it off, be it
   * that `onProgress` throws, leaves the live one as it is.
   * @throws {ProjectionStopped}
   */
  rebuild(name: string, onProgress?: (progress: Progress) => void): Promise<void> {
    return this.rebuilding.take(async () => {
      const index = this.foldings.findIndex(({ projection }) => projection.name === name);
      const live = this.foldings[index];
      if (!live) throw new Error(`no projection ${name}`);
      const next = await Folding.fresh(live.projection, this.store, this.read);
      try {
        await this.catchUp([next], onProgress);
        // The last stretch with the live one held still, so that nothing falls between the two.
        await this.writing.take(async () => {
          await this.catchUp([next], onProgress);
          next.assertRunning();
          await this.store.switchTo(next.view);
          this.foldings[index] = next;
        });
      } catch (error) {
        // Where the store itself fails, the next start drops it.
        await this.store.dropView(next.view).catch(() => undefined);
        throw error;
      }
    });
  }

  /** Cuts off a rebuild that is under way. */
  async close(): Promise<void> {
    this.stop.abort(new Error('the projector was closed'));
    await this.rebuilding.take(() => this.running);
  }

  private async open(
    projection: Projection,
    views: readonly ViewInfo[],
    head: Position | undefined,
    onProgress?: (progress: Progress) => void,
  ): Promise<Folding> {
    const mine = views.filter((view) => view.name === projection.name);
    // What a rebuild that was cut off left behind.
    for (const view of mine.filter((view) => !view.live)) await this.store.dropView(view);
    const live = mine.find((view) => view.live);
    const ahead = live?.checkpoint && (!head || comparePositions(live.checkpoint, head) > 0);
    if (live && live.version === projection.version && !ahead) {
      return new Folding(projection, live, live.checkpoint, this.store, this.read);
    }
    const folding = await Folding.fresh(projection, this.store, this.read);
    if (live) {
      await this.catchUp([folding], onProgress);
      await this.store.switchTo(folding.view);
    }
    return folding;
  }

  private async catchUp(foldings: readonly Folding[], onProgress?: (progress: Progress) => void): Promise<void> {
    const head = await this.log.head();
    let after = lowest(foldings);
    let count = 0;
    for (;;) {
      this.stop.signal.throwIfAborted();
      const events = await this.log.readAll({ after, limit: pageSize });
      if (events.length === 0 || foldings.every(({ stopped }) => stopped)) return;
      for (const folding of foldings) await folding.take(events);
      after = events.at(-1)!.position;
      count += events.length;
      for (const { projection } of foldings) {
        onProgress?.({ projection: projection.name, events: count, position: after, head });
      }
    }
  }

  private async follow(): Promise<void> {
    const { signal } = this.stop;
    let pause = pauses.first;
    while (!signal.aborted) {
      try {
        await this.writing.take(() => this.catchUp(this.foldings));
        this.failure = undefined;
        pause = pauses.first;
        this.wake();
        for await (const events of this.log.subscribe(lowest(this.foldings), signal)) {
          await this.writing.take(async () => {
            for (const folding of this.foldings) await folding.take(events);
          });
          this.wake();
        }
      } catch (error) {
        if (signal.aborted) return;
        this.failure = error instanceof Error ? error : new Error(String(error));
        await delay(pause, undefined, { signal, ref: false }).catch(() => undefined);
        pause = Math.min(2 * pause, pauses.longest);
      }
    }
  }

  private stands(position: Position): boolean {
    return this.foldings.every(
      ({ checkpoint, stopped }) => stopped || (checkpoint && comparePositions(checkpoint, position) >= 0),
    );
  }

  private wake(): void {
    for (const waiter of this.waiting) if (this.stands(waiter.position)) waiter.done();
  }
}

/**
 * Folds the log from its start up to and including a position into an empty store, once. Returns how many events.
 * @throws {ProjectionStopped}
 */
export async function foldInto(
  store: VersionedStore,
  log: EventLog,
  projections: readonly Projection[],
  upTo: Position,
): Promise<number> {
  const foldings = await Promise.all(projections.map((projection) => Folding.fresh(projection, store, asStored)));
  let after: Position | undefined;
  let count = 0;
  for (;;) {
    const page = await log.readAll({ after, limit: pageSize });
    const events = page.filter(({ position }) => comparePositions(position, upTo) <= 0);
    for (const folding of foldings) {
      await folding.take(events);
      folding.assertRunning();
    }
    count += events.length;
    if (events.length < page.length || page.length === 0) return count;
    after = page.at(-1)!.position;
  }
}

/** Where to read on from so that no running projection misses anything: undefined is the start. */
function lowest(foldings: readonly Folding[]): Position | undefined {
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
