import type { EventLog } from './event-log.js';
import { catchUp, type Folding, type Progress } from './folding.js';
import { CheckpointConflict, UnknownView, type VersionedStore } from './versioned-store.js';

export interface RebuildOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Runs the last step (catch up, then switch) while no other code in this process writes the live view; other
   * processes may. The last step resolves to false if the live view is ahead of the new one; it is then run again.
   */
  readonly finish?: (lastStep: () => Promise<boolean>) => Promise<boolean>;
}

/**
 * Builds a view from the log beside the live one, and switches once it is not behind the live one, so that readers
 * never go back in time. If the rebuild is interrupted by any error, also one thrown by `onProgress`, the live view
 * stays unchanged. If another process finishes a rebuild of the same view first, that generation is kept.
 * @throws {ProjectionStopped} the projection cannot process an event
 */
export async function buildBeside(
  log: EventLog,
  store: VersionedStore,
  next: Folding,
  { signal, onProgress, finish = (lastStep) => lastStep() }: RebuildOptions,
): Promise<void> {
  const before = await liveGeneration(store, next);
  try {
    for (let switched = false; !switched;) {
      await catchUp(log, [next], { signal, onProgress });
      switched = await finish(async () => {
        await catchUp(log, [next], { signal, onProgress });
        next.assertRunning();
        return switchUnlessBehind(store, next);
      });
    }
  } catch (error) {
    // Another rebuild switched first, which dropped this generation.
    if (error instanceof UnknownView && (await liveGeneration(store, next)) !== before) return;
    // If the store fails here too, the next start drops the generation.
    await store.dropView(next.view).catch(() => undefined);
    throw error;
  }
}

async function switchUnlessBehind(store: VersionedStore, { view }: Folding): Promise<boolean> {
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
