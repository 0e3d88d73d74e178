import type { Engine } from '../../src/engine.js';
import { foldInto } from '../../src/kernel/projector.js';
import type { VersionedStore } from '../../src/kernel/versioned-store.js';

/** Expects all versions of all documents of a started engine to equal those of a fresh fold of its log. */
export async function expectViewsAsRebuilt(engine: Engine, open = () => engine.scratch()): Promise<void> {
  await engine.caughtUp();
  const head = (await engine.log.head())!;
  for (const { name, stopped, checkpoint } of await engine.projector.status()) {
    expect({ name, stopped, checkpoint }).toEqual({ name, stopped: undefined, checkpoint: head });
  }
  const fresh = open();
  try {
    await foldInto(fresh, engine.log, engine.projections, head);
    for (const { name } of engine.projections) {
      expect(await dump(engine.store, name)).toEqual(await dump(fresh, name));
    }
  } finally {
    await fresh.close();
  }
}

async function dump(store: VersionedStore, view: string): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const { key } of await store.list(view, '')) found.set(key, await store.history(view, key));
  return found;
}
