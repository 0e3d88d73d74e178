import Database from 'better-sqlite3';
import { readdir, readFile, stat } from 'node:fs/promises';
import { temporaryFolder, type TemporaryFolder } from '../../../test/temporary-folder.js';
import { credentialsContract } from '../../../test/contract/credentials.contract.js';
import { sessionStoreContract } from '../../../test/contract/session-store.contract.js';
import { throttlesContract } from '../../../test/contract/throttles.contract.js';
import { DatabaseUnusable } from '../../sqlite/open-database.js';
import type { ThrottleLimits } from '../throttles.js';
import { openSqliteCredentials } from './sqlite-credentials.js';

/** One file, opened twice. */
async function openTwice(limits?: ThrottleLimits) {
  const folder = await temporaryFolder();
  const path = folder.path('credentials.sqlite');
  const [store, other] = [openSqliteCredentials(path, limits), openSqliteCredentials(path, limits)];
  const remove = async () => {
    await Promise.all([store.close(), other.close()]);
    await folder.remove();
  };
  return { store, other, remove };
}

credentialsContract('SQLite', openTwice);

sessionStoreContract('SQLite', async () => {
  const { store, other, remove } = await openTwice();
  return { sessions: store.sessions, other: other.sessions, remove };
});

throttlesContract('SQLite', async (limits) => {
  const { store, other, remove } = await openTwice(limits);
  return { throttles: store.throttles, other: other.throttles, remove };
});

describe('the file of the credential store', () => {
  const at = '2023-06-01T00:00:00.000Z';
  let folder: TemporaryFolder;
  let path: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    path = folder.path('credentials.sqlite');
  });
  afterEach(() => folder.remove());

  it('answers the access log in batches, and reads names again only after one has changed', async () => {
    const { directory, accessLog, accounts, close } = openSqliteCredentials(':memory:');
    try {
      await directory.rename('p_zhou', '周敏', at);
      const names = await directory.names();
      for (let n = 0; n < 2_500; n++) await accessLog.append({ at, person: 'p_zhou', kind: 'sign-in', detail: {} });
      await accounts.putLocal({ name: 'zhou', person: 'p_zhou', passwordHash: 'x', changedAt: at });
      expect(await directory.names()).toBe(names);
      await directory.rename('p_wu', '吴越', at);
      expect(await directory.names()).toEqual(new Map([...names, ['p_wu', '吴越']]));

      const batches = [];
      for await (const batch of accessLog.export()) batches.push(batch);
      expect(batches.map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
      expect(batches.flat().map(({ sequence }) => sequence)).toEqual(Array.from({ length: 2_500 }, (_, n) => n + 1));
    } finally {
      await close();
    }
  });

  it('can be read by its owner only, with those beside it', async () => {
    const store = openSqliteCredentials(path);
    await store.directory.rename('p_zhou', '周敏', at);
    const files = await readdir(folder.path());
    expect(files.sort()).toEqual(['credentials.sqlite', 'credentials.sqlite-shm', 'credentials.sqlite-wal']);
    for (const file of files) expect((await stat(folder.path(file))).mode & 0o777).toBe(0o600);
    await store.close();
  });

  it('holds no byte of an erased name', async () => {
    const store = openSqliteCredentials(path);
    const holds = async (text: string) => {
      const files = await Promise.all((await readdir(folder.path())).map((file) => readFile(folder.path(file))));
      return files.some((bytes) => bytes.includes(text));
    };
    await store.directory.rename('p_zhou', '周敏敏', at);
    await store.directory.rename('p_wu', '吴越越', at);
    expect(await holds('周敏敏')).toBe(true);
    await store.directory.erase('p_zhou', at);
    expect(await holds('周敏敏')).toBe(false);
    expect(await holds('吴越越')).toBe(true);
    await store.close();
  });

  it('keeps what a person follows of each plan, until the person is erased', async () => {
    const store = openSqliteCredentials(path);
    const [project, unit] = [
      { kind: 'project', id: 'P01' },
      { kind: 'unit', id: '331102' },
    ];
    await store.follows.add('p_zhou', 'one', project, at);
    await store.follows.add('p_zhou', 'one', project, '2030-01-01T00:00:00.000Z');
    await store.follows.add('p_zhou', 'one', unit, '2027-01-01T00:00:00.000Z');
    await store.follows.add('p_wu', 'one', unit, at);
    expect(await store.follows.of('p_zhou', 'one')).toEqual([unit, project]);
    expect(await store.follows.of('p_zhou', 'other')).toEqual([]);
    await store.follows.remove('p_zhou', 'one', unit);
    expect(await store.follows.of('p_zhou', 'one')).toEqual([project]);
    await store.directory.erase('p_zhou', at);
    expect(await store.follows.of('p_zhou', 'one')).toEqual([]);
    expect(await store.follows.of('p_wu', 'one')).toEqual([unit]);
    await store.close();
  });

  it('refuses changes of the access log, and shows those that were forced', async () => {
    const store = openSqliteCredentials(path);
    for (let time = 0; time < 3; time++) await store.accessLog.append({ at, kind: 'sign-in', detail: {} });
    const db = new Database(path);
    expect(() => db.exec("UPDATE access_log SET person = 'p_wu'")).toThrow(/entries never change/);
    expect(() => db.exec('DELETE FROM access_log WHERE sequence = 1')).toThrow(/by retention only/);
    db.exec("DROP TRIGGER access_never_changes; UPDATE access_log SET person = 'p_wu' WHERE sequence = 2");
    expect(await store.accessLog.verify()).toEqual({ holds: false, brokenAt: 2 });
    db.exec('UPDATE access_log SET person = NULL WHERE sequence = 2');
    expect(await store.accessLog.verify()).toMatchObject({ holds: true });
    db.exec('DROP TRIGGER access_stays; DELETE FROM access_log WHERE sequence = 2');
    expect(await store.accessLog.verify()).toEqual({ holds: false, brokenAt: 3 });
    db.close();
    await store.close();
  });

  it('is not made where the folder is missing', () => {
    expect(() => openSqliteCredentials(folder.path('missing', 'credentials.sqlite'))).toThrow(DatabaseUnusable);
  });
});
