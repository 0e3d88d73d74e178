import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from './errors.js';
import type { EventLog } from './event-log.js';
import { comparePositions, hasReached, type Position } from './position.js';
import {
  catchUp,
  Folding,
  foldingPage,
  isMoved,
  lowest,
  foldAll,
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
  /** Set if the projection has stopped. */
  readonly stopped?: Stop;
}

export const VIEWS_FOLLOWER = Symbol('ViewsFollower');

/**
 * Follows the state of the views: the projector that writes them or, in a process that only reads them, `ViewsWatch`.
 */
export interface ViewsFollower {
  start(onProgress?: (progress: Progress) => void): Promise<void>;
  status(): ProjectionStatus[] | Promise<ProjectionStatus[]>;
  /** Resolves to true once every running projection has reached the position; to false after `timeout` milliseconds. */
  reached(position: Position, timeout: number): Promise<boolean>;
  /**
   * Rebuilds one view from the log beside the live one, and switches when it has caught up. If the rebuild is
   * interrupted by any error, also one thrown by `onProgress`, the live view stays unchanged.
   * @throws {ProjectionStopped} the projection cannot process an event
   */
  rebuild(name: string, onProgress?: (progress: Progress) => void): Promise<void>;
  /** The error while the log or the store fails. The follower retries and recovers automatically. */
  readonly failure: Error | undefined;
  /** Stops following and interrupts a running rebuild. */
  close(): Promise<void>;
}

/**
 * Waits until the views have reached a position.
 * @throws {DomainError} `views.behind`, after `timeout` milliseconds
 */
export async function untilReached(
  views: Pick<ViewsFollower, 'reached'>,
  position: Position,
  timeout: number,
): Promise<void> {
  if (await views.reached(position, timeout)) return;
  throw new DomainError('unavailable', 'views.behind', '视图尚未跟上日志：请稍后再试');
}

const asStored: ReadEvent = (event) => event;

/**
 * Delay in milliseconds before a retry after a failure of the log or the store: doubled from `first` up to `longest`.
 */
const pauses = { first: 100, longest: 5_000 };

/** Runs tasks one at a time, in the order of the calls. */
class SerialQueue {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.last.then(task);
    this.last = result.catch(() => undefined);
    return result;
  }
}

export interface ProjectorOptions {
  /** Upcasts stored events; by default events are passed on as stored. */
  readonly read?: ReadEvent;
  /** Other processes use the same store. Generations they are building are continued together, not dropped. */
  readonly shared?: boolean;
  /** Milliseconds between two checks of a shared store, which may lose commits while no event arrives. */
  readonly checkIntervalMs?: number;
}

/**
 * Keeps all views up to date with the log. One subscription feeds all projections, each with its own checkpoint. A
 * projection stops at an event that it cannot process, or that is in its category and unreadable; the others continue.
 * Any number of projectors may use one store.
 */
export class Projector implements ViewsFollower {
  private foldings: Folding[] = [];
  private readonly stop = new AbortController();
  private running: Promise<void> = Promise.resolve();
  /** Serialises writes to live views: by the follower, and by the last step of a rebuild. */
  private readonly writing = new SerialQueue();
  private readonly rebuilding = new SerialQueue();
  private waiting: { position: Position; done: () => void }[] = [];
  private readonly read: ReadEvent;
  private readonly shared: boolean;
  private readonly checkIntervalMs: number;
  failure: Error | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly store: VersionedStore,
    private readonly projections: readonly Projection[],
    { read = asStored, shared = false, checkIntervalMs = 5_000 }: ProjectorOptions = {},
  ) {
    this.read = read;
    this.shared = shared;
    this.checkIntervalMs = checkIntervalMs;
  }

  /**
   * Catches up all views with the head of the log, then follows the log until `close`. A view is built or rebuilt if it
   * is missing, of another projection version, or ahead of the log (an older log was restored). In a shared store, a
   * view of a newer projection version is left to the process that built it.
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
    if (this.haveReached(position)) return true;
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
    return this.rebuilding.run(async () => {
      const live = this.foldings.find(({ projection }) => projection.name === name);
      if (!live) throw new Error(`no projection named ${name}`);
      const next = await Folding.create(live.projection, this.store, this.read);
      await buildBeside(this.log, this.store, next, {
        signal: this.stop.signal,
        onProgress,
        finish: (lastStep) =>
          this.writing.run(async () => {
            const switched = await lastStep();
            // Replaced within the same task, so that the follower's next write goes to the new generation.
            if (switched) this.foldings[this.foldings.findIndex(({ projection }) => projection.name === name)] = next;
            return switched;
          }),
      });
    });
  }

  async close(): Promise<void> {
    this.stop.abort(new Error('the projector was closed'));
    await this.rebuilding.run(() => this.running);
  }

  /** Opens the live view of a projection. If that is missing or unusable, builds a new generation. */
  private async open(projection: Projection, onProgress?: (progress: Progress) => void): Promise<Folding> {
    for (;;) {
      try {
        return await this.opened(projection, onProgress);
      } catch (error) {
        // Another process switched to its generation: try again.
        if (!(this.shared && isMoved(error))) throw error;
        this.stop.signal.throwIfAborted();
      }
    }
  }

  private async opened(projection: Projection, onProgress?: (progress: Progress) => void): Promise<Folding> {
    const views = await this.viewsOf(projection);
    // The head is read after the views. So a view that others advance meanwhile is not taken to be ahead of the log.
    const head = await this.log.head();
    const isAhead = ({ checkpoint }: ViewInfo) => checkpoint && (!head || comparePositions(checkpoint, head) > 0);
    const isUsable = (view: ViewInfo) => view.version === projection.version && !isAhead(view);
    // Generations left by an interrupted rebuild.
    if (!this.shared) for (const view of views.filter(({ live }) => !live)) await this.store.dropView(view);
    const live = views.find((view) => view.live);
    if (live && isUsable(live)) return this.folding(projection, live);
    // A newer program version wrote the view. Only an explicit rebuild replaces it with the older version.
    if (this.shared && live && live.version > projection.version) {
      return this.stopAsSuperseded(this.folding(projection, live), live);
    }
    const begun = this.shared ? views.find((view) => !view.live && isUsable(view)) : undefined;
    if (begun) return this.catchUpAndSwitch(this.folding(projection, begun), onProgress);
    const created = await Folding.create(projection, this.store, this.read);
    if (!this.shared) return live ? this.catchUpAndSwitch(created, onProgress) : created;
    // Other projectors may have created a generation at the same time. All of them use the first one.
    const first = (await this.viewsOf(projection)).find((view) => isUsable(view));
    if (first && first.generation !== created.view.generation) await this.store.dropView(created.view);
    if (first?.live) return this.folding(projection, first);
    return this.catchUpAndSwitch(first ? this.folding(projection, first) : created, onProgress);
  }

  private async catchUpAndSwitch(folding: Folding, onProgress?: (progress: Progress) => void): Promise<Folding> {
    await this.catchUp([folding], onProgress);
    await this.store.switchTo(folding.view);
    return folding;
  }

  /** All generations of a projection's view: the live one first, then by number. */
  private async viewsOf({ name }: Projection): Promise<ViewInfo[]> {
    const views = (await this.store.views()).filter((view) => view.name === name);
    return views.sort((a, b) => Number(b.live) - Number(a.live) || a.generation - b.generation);
  }

  private folding(projection: Projection, view: ViewInfo): Folding {
    return new Folding(projection, view, view.checkpoint, this.store, this.read);
  }

  /**
   * Reads generations and checkpoints from the store. Other processes may have switched or advanced the views, or the
   * store may have lost commits.
   */
  private async syncWithStore(): Promise<void> {
    const views = await this.store.views();
    for (const [index, folding] of this.foldings.entries()) {
      const { projection } = folding;
      const live = views.find(({ name, live }) => name === projection.name && live);
      if (!live) {
        this.foldings[index] = await this.open(projection);
      } else if (live.version !== projection.version) {
        this.stopAsSuperseded(folding, live);
      } else if (live.generation !== folding.view.generation) {
        this.foldings[index] = this.folding(projection, live);
      } else {
        folding.resumeFrom(live, live.checkpoint);
      }
    }
  }

  private stopAsSuperseded(folding: Folding, { version, checkpoint }: ViewInfo): Folding {
    const error = `taken over by another version of the program (${version}, not ${folding.projection.version})`;
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
        await this.writing.run(async () => {
          await this.syncWithStore();
          await this.catchUp(this.foldings);
        });
        this.failure = undefined;
        pause = pauses.first;
        this.resolveWaiters();
        await this.foldSubscription();
      } catch (error) {
        if (signal.aborted) return;
        if (!isMoved(error)) this.failure = error instanceof Error ? error : new Error(String(error));
        await delay(pause, undefined, { signal, ref: false }).catch(() => undefined);
        pause = Math.min(2 * pause, pauses.longest);
      }
    }
  }

  /**
   * Folds new events until the log or the store fails, or a view in the store is behind what this process committed.
   */
  private async foldSubscription(): Promise<void> {
    const { signal } = this.stop;
    const moved = new AbortController();
    const checks = this.shared && setInterval(() => void this.checkStore(moved), this.checkIntervalMs);
    try {
      const either = AbortSignal.any([signal, moved.signal]);
      for await (const events of this.log.subscribe(lowest(this.foldings), either)) {
        await this.writing.run(() => foldAll(this.foldings, events));
        this.resolveWaiters();
      }
      moved.signal.throwIfAborted();
    } finally {
      if (checks) clearInterval(checks);
    }
  }

  /** Aborts `moved` if a view in the store was switched or is behind its checkpoint here. */
  private checkStore(moved: AbortController): Promise<void> {
    // In the queue, so that no write changes the checkpoints during the comparison.
    return this.writing.run(async () => {
      try {
        const views = await this.store.views();
        const lost = this.foldings.find(({ view, checkpoint, stopped }) => {
          const live = views.find(({ name, live }) => name === view.name && live);
          const isThere = live?.generation === view.generation;
          return !stopped && !(isThere && hasReached(live.checkpoint, checkpoint));
        });
        if (lost) moved.abort(new ViewWentBack(`view ${lost.view.name} was switched or lost commits`));
      } catch (error) {
        moved.abort(error);
      }
    });
  }

  private haveReached(position: Position): boolean {
    return this.foldings.every(({ checkpoint, stopped }) => stopped || hasReached(checkpoint, position));
  }

  private resolveWaiters(): void {
    for (const waiter of this.waiting) if (this.haveReached(waiter.position)) waiter.done();
  }
}

/**
 * Folds the log from its start up to and including a position into an empty store. Returns the number of events.
 * @throws {ProjectionStopped} a projection cannot process an event
 */
export async function foldInto(
  store: VersionedStore,
  log: EventLog,
  projections: readonly Projection[],
  upTo: Position,
): Promise<number> {
  const foldings = await Promise.all(projections.map((projection) => Folding.create(projection, store, asStored)));
  let after: Position | undefined;
  let count = 0;
  for (;;) {
    const page = await log.readAll({ after, limit: foldingPage });
    const events = page.filter(({ position }) => comparePositions(position, upTo) <= 0);
    for (const folding of foldings) {
      await folding.fold(events);
      folding.assertRunning();
    }
    count += events.length;
    if (events.length < page.length || page.length === 0) return count;
    after = page.at(-1)!.position;
  }
}
