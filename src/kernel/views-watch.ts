import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog } from './event-log.js';
import { hasReached, type Position } from './position.js';
import { Folding, type Progress, type ReadEvent } from './folding.js';
import type { Projection } from './projection.js';
import type { ProjectionStatus, ViewsFollower } from './projector.js';
import { buildBeside } from './rebuild.js';
import type { VersionedStore, ViewInfo } from './versioned-store.js';

/** Milliseconds between two polls of the store while a caller waits: doubled from `first` up to `longest`. */
const pauses = { first: 5, longest: 50 };

/**
 * For a process that only reads views: polls the store for the checkpoints that projectors of other processes write.
 */
export class ViewsWatch implements ViewsFollower {
  /** Always undefined: each call reports its own error, and nothing runs in the background. */
  readonly failure = undefined;
  private readonly stop = new AbortController();
  private rebuilding: Promise<unknown> = Promise.resolve();
  private loading: Promise<ViewInfo[]> | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly store: VersionedStore,
    private readonly projections: readonly Projection[],
    private readonly read: ReadEvent,
  ) {}

  async start(): Promise<void> {}

  async status(): Promise<ProjectionStatus[]> {
    const views = await this.views();
    return this.projections.map(({ name, version }) => {
      const live = views.find((view) => view.name === name && view.live);
      const checkpoint = live?.checkpoint;
      if (!live || live.version === version) return { name, version, checkpoint };
      const error = `built by another version of the program (${live.version}, not ${version})`;
      return { name, version, checkpoint, stopped: { position: checkpoint ?? '0', error } };
    });
  }

  async reached(position: Position, timeout: number): Promise<boolean> {
    const deadline = performance.now() + timeout;
    for (let pause = pauses.first; ; pause = Math.min(2 * pause, pauses.longest)) {
      const views = await this.status();
      const reached = views.every(({ checkpoint, stopped }) => stopped || hasReached(checkpoint, position));
      const left = deadline - performance.now();
      if (reached || left <= 0) return reached;
      await delay(Math.min(pause, left));
    }
  }

  rebuild(name: string, onProgress?: (progress: Progress) => void): Promise<void> {
    const projection = this.projections.find((other) => other.name === name);
    if (!projection) return Promise.reject(new Error(`no projection named ${name}`));
    const rebuilding = this.rebuilding.then(async () => {
      const next = await Folding.create(projection, this.store, this.read);
      await buildBeside(this.log, this.store, next, { signal: this.stop.signal, onProgress });
    });
    this.rebuilding = rebuilding.catch(() => undefined);
    return rebuilding;
  }

  async close(): Promise<void> {
    this.stop.abort(new Error('the watch was closed'));
    await this.rebuilding;
  }

  /** Concurrent callers share one query of the store. */
  private views(): Promise<ViewInfo[]> {
    this.loading ??= this.store.views().finally(() => (this.loading = undefined));
    return this.loading;
  }
}
