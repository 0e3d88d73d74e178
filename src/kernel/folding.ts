import { LRUCache } from 'lru-cache';
import type { EventLog } from './event-log.js';
import { comparePositions, type Position } from './position.js';
import type { RecordedEvent } from './event.js';
import type { JsonValue } from './json.js';
import { concerns, type Projection } from './projection.js';
import { laterOf } from './time.js';
import { CheckpointConflict, UnknownView, type Version, type VersionedStore, type ViewId } from './versioned-store.js';

/** Progress of catching up. */
export interface Progress {
  readonly projection: string;
  /** Number of events read so far. */
  readonly events: number;
  /** Position of the last event read. */
  readonly position: Position | undefined;
  /** Position of the last event of the log when catching up began. */
  readonly head: Position | undefined;
}

/** Where and why a projection stopped: the position of the event that failed, and the error message. */
export interface Stop {
  readonly position: Position;
  readonly error: string;
}

/** A projection stopped at an event that it cannot process, or that this program cannot read. */
export class ProjectionStopped extends Error {
  override readonly name = 'ProjectionStopped';
  constructor(
    readonly projection: string,
    readonly position: Position,
    readonly why: string,
  ) {
    super(`projection ${projection} stopped at position ${position}: ${why}`);
  }
}

/**
 * The view's checkpoint moved back, so the given events do not continue it. The events must be read from the log again.
 */
export class ViewWentBack extends Error {
  override readonly name = 'ViewWentBack';
}

/** Whether an error means that the view was switched to another generation, or that its checkpoint moved back. */
export const isMoved = (error: unknown): boolean => error instanceof ViewWentBack || error instanceof UnknownView;

/** Converts a stored event to what projections receive (upcasting). @throws if this program cannot read the event */
export type ReadEvent = (event: RecordedEvent) => RecordedEvent;

/** Events per page. Pages are small enough that their objects die young, which keeps garbage collection cheap. */
export const foldingPage = 1_000;

/** Marks an error of the store, to distinguish it from an event that cannot be processed. */
class StoreFailed extends Error {
  override readonly name = 'StoreFailed';
  constructor(override readonly cause: unknown) {
    super(String(cause));
  }
}

/** Folds events with one projection into one generation of its view. Other processes may write the same generation. */
export class Folding {
  /** Latest version of recently written documents, by key. */
  private readonly latest = new LRUCache<string, Version>({ max: 10_000 });
  stopped: Stop | undefined;

  constructor(
    readonly projection: Projection,
    public view: ViewId,
    public checkpoint: Position | undefined,
    private readonly store: VersionedStore,
    private readonly read: ReadEvent,
  ) {}

  /** Creates a new generation. It is live at once if the projection has no live view yet. */
  static async create(projection: Projection, store: VersionedStore, read: ReadEvent): Promise<Folding> {
    const { name, version, once } = projection;
    return new Folding(projection, await store.createView(name, version, { once }), undefined, store, read);
  }

  /** @throws {ProjectionStopped} the projection has stopped */
  assertRunning(): void {
    if (this.stopped) throw new ProjectionStopped(this.projection.name, this.stopped.position, this.stopped.error);
  }

  /** Continues from a generation and checkpoint read from the store. */
  resumeFrom({ name, generation }: ViewId, checkpoint: Position | undefined): void {
    if (generation === this.view.generation && checkpoint === this.checkpoint) return;
    this.view = { name, generation };
    this.checkpoint = checkpoint;
    this.latest.clear();
  }

  /**
   * Folds a page of the log and commits the result in one transaction. Events up to the checkpoint are skipped. At an
   * event that cannot be processed the projection stops; the result of the events before it is committed.
   * @throws {ViewWentBack} the store lost the latest commits
   * @throws any error of the store; nothing is committed then, and the same page may be folded again
   */
  async fold(events: readonly RecordedEvent[]): Promise<void> {
    const pending = this.afterCheckpoint(events);
    if (this.stopped || pending.length === 0) return;
    const versions: Version[] = [];
    const latestInPage = new Map<string, Version>();
    const { once } = this.projection;
    let processed: Position | undefined;
    let stopped: Stop | undefined;
    for (const stored of pending) {
      if (!concerns(this.projection, stored)) {
        processed = stored.position;
        continue;
      }
      try {
        const event = this.read(stored);
        // Collected per event, so that an event that fails at its second document leaves no version.
        const made: Version[] = [];
        const { position, knownAt } = event;
        for (const key of this.projection.keys(event)) {
          const before = once
            ? undefined
            : (latestInPage.get(key) ?? this.latest.get(key) ?? (await this.stored(key, event)));
          const body = this.projection.evolve(before?.body, event) as JsonValue;
          made.push({ key, position, knownAt: before ? laterOf(before.knownAt, knownAt) : knownAt, body });
        }
        if (!once) for (const version of made) latestInPage.set(version.key, version);
        versions.push(...made);
        processed = event.position;
      } catch (error) {
        if (error instanceof StoreFailed) throw error.cause;
        stopped = { position: stored.position, error: error instanceof Error ? error.message : String(error) };
        break;
      }
    }
    try {
      if (processed !== undefined) {
        await this.store.commit(this.view, versions, { from: this.checkpoint, to: processed });
      }
    } catch (error) {
      if (!(error instanceof CheckpointConflict)) throw error;
      const { actual } = error;
      if (actual === undefined || (this.checkpoint !== undefined && comparePositions(actual, this.checkpoint) < 0)) {
        throw new ViewWentBack(error.message, { cause: error });
      }
      // Another projector committed these events first, with the same result. Continue from its checkpoint.
      this.resumeFrom(this.view, actual);
      return this.fold(events);
    }
    this.stopped = stopped;
    this.checkpoint = processed ?? this.checkpoint;
    for (const [key, version] of latestInPage) this.latest.set(key, version);
  }

  private afterCheckpoint(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
    const { checkpoint } = this;
    if (checkpoint === undefined) return events;
    const first = events.findIndex(({ position }) => comparePositions(position, checkpoint) > 0);
    return first < 0 ? [] : events.slice(first);
  }

  private stored(key: string, event: RecordedEvent): Promise<Version | undefined> | undefined {
    // Each document is fed by one stream, so before the first event of the stream there is no document.
    if (event.revision === 0) return undefined;
    return this.store.get(this.view, key).catch((error: unknown) => {
      throw new StoreFailed(error);
    });
  }
}

/**
 * Folds one page with all projections in parallel, so that their store round trips overlap. Waits for all of them, then
 * rethrows the first error.
 */
export async function foldAll(foldings: readonly Folding[], events: readonly RecordedEvent[]): Promise<void> {
  const results = await Promise.allSettled(foldings.map((folding) => folding.fold(events)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/**
 * Folds all events from the lowest checkpoint to the end of the log.
 * @throws any error of the log or the store, and the abort reason of `signal`
 */
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
    await foldAll(foldings, events);
    after = events.at(-1)!.position;
    count += events.length;
    for (const { projection } of foldings) {
      onProgress?.({ projection: projection.name, events: count, position: after, head });
    }
  }
}

/**
 * The lowest checkpoint of the running projections: the position to read on from. If all have stopped, their highest.
 * Undefined: read from the start.
 */
export function lowest(foldings: readonly Folding[]): Position | undefined {
  const running = foldings.filter(({ stopped }) => !stopped);
  const checkpoints = (running.length > 0 ? running : foldings).map(({ checkpoint }) => checkpoint ?? null);
  // `sort` passes null to the comparison, but puts undefined last without asking it.
  const ordered = checkpoints.sort((a, b) => (a === null ? -1 : b === null ? 1 : comparePositions(a, b)));
  return ordered.at(running.length > 0 ? 0 : -1) ?? undefined;
}
