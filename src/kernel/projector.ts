import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog } from './event-log.js';
import { comparePositions, hasReached, type Position } from './position.js';
import {
  catchUp,
  Folding,
  foldingPage,
  isMoved,
  lowest,
  takeAll,
  ViewWentBack,
  type Progress,
  type ReadEvent,
  type Stop,
} from './folding.js';
import type { Projection } from './projection.js';
import { buildBeside } from './rebuild.js';
import type { VersionedStore, ViewInfo } from './versioned-store.js';

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly checkpoint: Position | undefined;
  /** Set where it stopped: the position of the event it could not take, and why. */
  readonly stopped?: Stop;
}

export const VIEWS_FOLLOWER = Symbol('ViewsFollower');

/** Who knows how far the views are: the projector that writes them or, in a process that only reads them, their watch. */
export interface ViewsFollower {
  start(onProgress?: (progress: Progress) => void): Promise<void>;
  status(): ProjectionStatus[] | Promise<ProjectionStatus[]>;
  /** Resolves true once every running projection has reached the position; false if `timeout` milliseconds pass first. */
  reached(position: Position, timeout: number): Promise<boolean>;
  /**
   * Rebuilds one view from the log beside the live one and switches when it has caught up. Whatever cuts it off, be it
   * that `onProgress` throws, leaves the live one as it is.
   * @throws {ProjectionStopped}
   */
  rebuild(name: string, onProgress?: (progress: Progress) => void): Promise<void>;
  /** Set while the log or the store fails. It is tried again and again, and goes on by itself once that passes. */
  readonly failure: Error | undefined;
  /** Cuts off a rebuild that is under way. */
  close(): Promise<void>;
}

const asStored: ReadEvent = (event) => event;

/** Milliseconds from a failure of the log or of the store to the next try: doubled each time, within these. */
const pauses = { first: 100, longest: 5_000 };

/** One at a time, in the order in which they ask. */
class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

export interface ProjectorOptions {
  readonly read?: ReadEvent;
  /** Other processes work on the same store: what they are building is not cleared away, but shared. */
  readonly shared?: boolean;
  /** Milliseconds between two looks at a shared store, which may lose what it had while nothing is written. */
  readonly lookEvery?: number;
}

/**
 * Keeps every view up with the log: one reader of the log feeds all projections, each with its own checkpoint.
 * A projection that stops does not stop the others: neither at an event that it cannot take, nor at one of its category
 * that this program cannot read. Any number of projectors may work on one store.
 */
export class Projector implements ViewsFollower {
  private foldings: Folding[] = [];
  private readonly stop = new AbortController();
  private running: Promise<void> = Promise.resolve();
  /** One at a time writes live views: the follower, or the end of a rebuild. */
  private readonly writing = new Turns();
  private readonly rebuilding = new Turns();
  private waiting: { position: Position; done: () => void }[] = [];
  private readonly read: ReadEvent;
  private readonly shared: boolean;
  private readonly lookEvery: number;
  failure: Error | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly store: VersionedStore,
    private readonly projections: readonly Projection[],
    { read = asStored, shared = false, lookEvery = 5_000 }: ProjectorOptions = {},
  ) {
    this.read = read;
    this.shared = shared;
    this.lookEvery = lookEvery;
  }

  /**
   * Brings all views up to the head of the log, making or rebuilding those that are missing, of another projection
   * version, or ahead of the log (an older log was put in place); then follows the log until `close`. Where others share
   * the store, a view of a newer version is left to them.
   */
  async start(onProgress?: (progress: Progress) => void): Promise<void> {
    this.foldings = [];
    for (const projection of this.projections) this.foldings.push(await this.open(projection, onProgress));
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

  rebuild(name: string, onProgress?: (progress: Progress) => void): Promise<void> {
    return this.rebuilding.take(async () => {
      const live = this.foldings.find(({ projection }) => projection.name === name);
      if (!live) throw new Error(`no projection ${name}`);
      const next = await Folding.fresh(live.projection, this.store, this.read);
      await buildBeside(this.log, this.store, next, {
        signal: this.stop.signal,
        onProgress,
        finish: (lastStretch) =>
          this.writing.take(async () => {
            const switched = await lastStretch();
            // At once, so that the follower goes on with it and misses nothing.
            if (switched) this.foldings[this.foldings.findIndex(({ projection }) => projection.name === name)] = next;
            return switched;
          }),
      });
    });
  }

  async close(): Promise<void> {
    this.stop.abort(new Error('the projector was closed'));
    await this.rebuilding.take(() => this.running);
  }

  /** The view of a projection, ready to be folded on; built beside one that cannot be. */
  private async open(projection: Projection, onProgress?: (progress: Progress) => void): Promise<Folding> {
    for (;;) {
      try {
        return await this.opened(projection, onProgress);
      } catch (error) {
        // Another process switched to what it had built.
        if (!(this.shared && isMoved(error))) throw error;
        this.stop.signal.throwIfAborted();
      }
    }
  }

  private async opened(projection: Projection, onProgress?: (progress: Progress) => void): Promise<Folding> {
    const mine = await this.viewsOf(projection);
    // Read after the views, which others move on meanwhile: none of them is ahead of it unless the log is an older one.
    const head = await this.log.head();
    const isAhead = ({ checkpoint }: ViewInfo) => checkpoint && (!head || comparePositions(checkpoint, head) > 0);
    const isSound = (view: ViewInfo) => view.version === projection.version && !isAhead(view);
    // What a rebuild that was cut off left behind.
    if (!this.shared) for (const view of mine.filter(({ live }) => !live)) await this.store.dropView(view);
    const live = mine.find((view) => view.live);
    if (live && isSound(live)) return this.folding(projection, live);
    // A newer program is at work on it, or was: going back is for somebody to ask for, by a rebuild.
    if (this.shared && live && live.version > projection.version) {
      return this.standingAside(this.folding(projection, live), live);
    }
    const begun = this.shared ? mine.find((view) => !view.live && isSound(view)) : undefined;
    if (begun) return this.builtBeside(this.folding(projection, begun), onProgress);
    const fresh = await Folding.fresh(projection, this.store, this.read);
    if (!this.shared) return live ? this.builtBeside(fresh, onProgress) : fresh;
    // Another projector may have begun at the same time: the first one's is everybody's.
    const first = (await this.viewsOf(projection)).find((view) => isSound(view));
    if (first && first.generation !== fresh.view.generation) await this.store.dropView(fresh.view);
    if (first?.live) return this.folding(projection, first);
    return this.builtBeside(first ? this.folding(projection, first) : fresh, onProgress);
  }

  private async builtBeside(folding: Folding, onProgress?: (progress: Progress) => void): Promise<Folding> {
    await this.catchUp([folding], onProgress);
    await this.store.switchTo(folding.view);
    return folding;
  }

  /** Its live view first, then by generation. */
  private async viewsOf({ name }: Projection): Promise<ViewInfo[]> {
    const views = (await this.store.views()).filter((view) => view.name === name);
    return views.sort((a, b) => Number(b.live) - Number(a.live) || a.generation - b.generation);
  }

  private folding(projection: Projection, view: ViewInfo): Folding {
    return new Folding(projection, view, view.checkpoint, this.store, this.read);
  }

  /** Goes on where the store has the views by now: others may have switched or moved them, or it may have lost them. */
  private async settle(): Promise<void> {
    const views = await this.store.views();
    for (const [index, folding] of this.foldings.entries()) {
      const { projection } = folding;
      const live = views.find(({ name, live }) => name === projection.name && live);
      if (!live) {
        this.foldings[index] = await this.open(projection);
      } else if (live.version !== projection.version) {
        this.standingAside(folding, live);
      } else if (live.generation !== folding.view.generation) {
        this.foldings[index] = this.folding(projection, live);
      } else {
        folding.goOnFrom(live, live.checkpoint);
      }
    }
  }

  private standingAside(folding: Folding, { version, checkpoint }: ViewInfo): Folding {
    const error = `another version of the program (${version}, not ${folding.projection.version}) has taken it over`;
    folding.stopped = { position: checkpoint ?? '0', error };
    return folding;
  }

  private catchUp(foldings: readonly Folding[], onProgress?: (progress: Progress) => void): Promise<void> {
    return catchUp(this.log, foldings, { signal: this.stop.signal, onProgress });
  }

  private async follow(): Promise<void> {
    const { signal } = this.stop;
    let pause = pauses.first;
    while (!signal.aborted) {
      try {
        await this.writing.take(async () => {
          await this.settle();
          await this.catchUp(this.foldings);
        });
        this.failure = undefined;
        pause = pauses.first;
        this.wake();
        await this.subscribed();
      } catch (error) {
        if (signal.aborted) return;
        if (!isMoved(error)) this.failure = error instanceof Error ? error : new Error(String(error));
        await delay(pause, undefined, { signal, ref: false }).catch(() => undefined);
        pause = Math.min(2 * pause, pauses.longest);
      }
    }
  }

  /** Takes what comes, until something fails or the store turns out not to be where it was left. */
  private async subscribed(): Promise<void> {
    const { signal } = this.stop;
    const moved = new AbortController();
    const looking = this.shared && setInterval(() => void this.look(moved), this.lookEvery);
    try {
      const either = AbortSignal.any([signal, moved.signal]);
      for await (const events of this.log.subscribe(lowest(this.foldings), either)) {
        await this.writing.take(() => takeAll(this.foldings, events));
        this.wake();
      }
      moved.signal.throwIfAborted();
    } finally {
      if (looking) clearInterval(looking);
    }
  }

  private look(moved: AbortController): Promise<void> {
    // In turn, so that what is compared is not moved on meanwhile.
    return this.writing.take(async () => {
      try {
        const views = await this.store.views();
        const lost = this.foldings.find(({ view, checkpoint, stopped }) => {
          const live = views.find(({ name, live }) => name === view.name && live);
          const isThere = live?.generation === view.generation;
          return !stopped && !(isThere && hasReached(live.checkpoint, checkpoint));
        });
        if (lost) moved.abort(new ViewWentBack(`view ${lost.view.name} is not where it was left`));
      } catch (error) {
        moved.abort(error);
      }
    });
  }

  private stands(position: Position): boolean {
    return this.foldings.every(({ checkpoint, stopped }) => stopped || hasReached(checkpoint, position));
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
    const page = await log.readAll({ after, limit: foldingPage });
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
