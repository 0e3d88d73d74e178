import type { EventLog } from './event-log.js';
import { catchUp, type Folding, type Progress } from './folding.js';
import { CheckpointConflict, UnknownView, type VersionedStore } from './versioned-store.js';

export interface RebuildOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Does the last stretch, at a time when nobody in this process writes the live view; other processes may. It resolves
   * with whether it switched: where the live view was faster, there is another last stretch.
   */
  readonly finish?: (lastStretch: () => Promise<boolean>) => Promise<boolean>;
}

/**
 * Builds a view from the log beside the live one and switches when it has caught up, so that no reader goes back in time.
 * Whatever cuts it off, be it that `onProgress` throws, leaves the live one as it is. Where another's rebuild of the same
 * view was faster, its is the one that stays.
 * @throws {ProjectionStopped}
 */
export async function buildBeside(
  log: EventLog,
  store: VersionedStore,
  next: Folding,
  { signal, onProgress, finish = (lastStretch) => lastStretch() }: RebuildOptions,
): Promise<void> {
  const before = await liveGeneration(store, next);
  try {
    for (let switched = false; !switched;) {
      await catchUp(log, [next], { signal, onProgress });
      switched = await finish(async () => {
        await catchUp(log, [next], { signal, onProgress });
        next.assertRunning();
        return switchedUnlessBehind(store, next);
      });
    }
  } catch (error) {
    if (error instanceof UnknownView && (await liveGeneration(store, next)) !== before) return;
    // Where the store itself fails, the next rebuild drops it.
    await store.dropView(next.view).catch(() => undefined);
    throw error;
  }
}

async function switchedUnlessBehind(store: VersionedStore, { view }: Folding): Promise<boolean> {
  try {
    await store.switchTo(view, { notBehind: true });
    return true;
  } catch (error) {
    if (error instanceof CheckpointConflict) return false;
    throw error;
  }
}

async function liveGeneration(store: VersionedStore, { projection }: Folding): Promise<number | undefined> {
  return (await store.views()).find(({ name, live }) => name === projection.name && live)?.generation;
}
