import type { Version, VersionedStore, ViewId } from '../../src/kernel/versioned-store.js';

/** All versions of all documents in the live views of a store, by view name and key. */
export async function dumpOf(store: VersionedStore): Promise<Record<string, Record<string, Version[]>>> {
  const dump: Record<string, Record<string, Version[]>> = {};
  for (const { name, live, generation } of await store.views()) {
    if (live) dump[name] = await documentsOf(store, { name, generation });
  }
  return dump;
}

async function documentsOf(store: VersionedStore, view: ViewId): Promise<Record<string, Version[]>> {
  const documents: Record<string, Version[]> = {};
  for (const { key } of await store.list(view, '')) documents[key] = await store.history(view, key);
  return documents;
}
