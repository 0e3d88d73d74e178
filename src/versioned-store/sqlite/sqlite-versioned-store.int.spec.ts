import Database from 'better-sqlite3';
import { writeFile } from 'node:fs/promises';
import { versionedStoreContract } from '../../../test/contract/versioned-store.contract.js';
import { at, keys, put, version } from '../../../test/contract/versioned-store/samples.js';
import { temporaryFolder, type TemporaryFolder } from '../../../test/temporary-folder.js';
import { DatabaseUnusable } from '../../sqlite/open-database.js';
import { prepareSingleVersions } from './single-versions.js';
import { SqliteVersionedStore } from './sqlite-versioned-store.js';
import { prepareVersions } from './versions.js';

versionedStoreContract('SqliteVersionedStore', { durable: true }, async () => {
  const folder = await temporaryFolder();
  const open = () => SqliteVersionedStore.open(folder.path('views.db'));
  let store = open();
  return {
    store,
    reopen: async () => {
      await store.close();
      return (store = open());
    },
    remove: folder.remove,
  };
});

versionedStoreContract('SqliteVersionedStore in memory', { durable: false }, async () => ({
  store: SqliteVersionedStore.open(':memory:'),
}));

describe('SqliteVersionedStore', () => {
  let folder: TemporaryFolder;
  let path: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    path = folder.path('views.db');
  });
  afterEach(() => folder.remove());

  it('refuses a file that is not its own', async () => {
    await writeFile(path, '{"views": []}'.repeat(1_000));
    expect(() => SqliteVersionedStore.open(path)).toThrow(DatabaseUnusable);
  });

  it('shows a switch to readers of another process', async () => {
    const [projector, reader] = [SqliteVersionedStore.open(path), SqliteVersionedStore.open(path)];
    const old = await projector.createView('figures', 1);
    await put(projector, old, version('old', 1, 1));
    expect(keys(await reader.list('figures', ''))).toEqual(['old']);
    const next = await projector.createView('figures', 2);
    await put(projector, next, version('new', 1, 1));
    await projector.switchTo(next);
    expect(keys(await reader.list('figures', ''))).toEqual(['new']);
    await Promise.all([projector.close(), reader.close()]);
  });

  it('drops the tables of a dropped generation', async () => {
    const store = SqliteVersionedStore.open(path);
    const tables = () => {
      const db = new Database(path, { readonly: true });
      const names = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
      db.close();
      return names;
    };
    const before = tables();
    const view = await store.createView('figures', 1);
    const single = await store.createView('audit', 1, { once: true });
    await put(store, view, version('a', 1, 1));
    await put(store, single, version('a', 1, 1));
    expect(tables()).toHaveLength(before.length + 3);
    await store.dropView(view);
    await store.dropView(single);
    expect(tables()).toEqual(before);
    await store.close();
  });

  it('uses an index for every read', async () => {
    const store = SqliteVersionedStore.open(path);
    const view = await store.createView('figures', 1);
    const single = await store.createView('audit', 1, { once: true });
    const db = new Database(path, { readonly: true });
    const { get, list, history } = prepareVersions(db, view.generation);
    const singles = prepareSingleVersions(db, single.generation);
    const plan = (sql: string, ...values: unknown[]) =>
      db
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...values)
        .map(({ detail }) => detail)
        .join('; ');
    const bounds = [Date.parse(at(1)), 1];

    for (const detail of [
      plan(get.source, 'a', ...bounds),
      plan(history.source, 'a', ...bounds),
      plan(list.ASC.source, ...bounds, 'a', 'b', 10),
      plan(list.DESC.source, ...bounds, 'a', 'b', 10),
      plan(singles.get.source, 'a', ...bounds),
      plan(singles.list.ASC.source, 'a', 'b', ...bounds, 10),
      plan(singles.list.DESC.source, 'a', 'b', ...bounds, 10),
    ]) {
      expect(detail).not.toMatch(/SCAN (d|v|documents|versions|singles)|TEMP B-TREE/);
      expect(detail).toMatch(/SEARCH (d|singles_\d+) USING .*(INDEX|PRIMARY KEY)/);
    }
    db.close();
    await store.close();
  });
});
