import Database from 'better-sqlite3';
import { readFile, writeFile } from 'node:fs/promises';
import { temporaryFolder, type TemporaryFolder } from '../../test/temporary-folder.js';
import { assertSafeVersion, DatabaseUnusable, openDatabase, toInteger, type Schema } from './open-database.js';

describe('openDatabase', () => {
  const schema: Schema = {
    content: 'example',
    applicationId: 0x544a0001,
    version: 2,
    synchronous: 'FULL',
    sql: 'CREATE TABLE example (id INTEGER PRIMARY KEY) STRICT',
  };
  let folder: TemporaryFolder;
  let path: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    path = folder.path('example.db');
  });
  afterEach(() => folder.remove());

  it.each([
    ['FULL', 2],
    ['NORMAL', 1],
  ] as const)('sets the durability pragmas when it creates and when it reopens a file (%s)', (synchronous, level) => {
    for (let time = 0; time < 2; time++) {
      const db = openDatabase(path, { ...schema, synchronous });
      expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
      expect(db.pragma('synchronous', { simple: true })).toBe(level);
      expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
      expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(20_000);
      expect(db.pragma('busy_timeout', { simple: true })).toBe(5_000);
      expect(db.pragma('user_version', { simple: true })).toBe(2);
      db.close();
    }
  });

  it('refuses a newer or older schema version', () => {
    openDatabase(path, schema).close();
    for (const version of [1, 3]) {
      expect(() => openDatabase(path, { ...schema, version })).toThrow(/schema 2; this program needs schema [13]$/);
    }
    openDatabase(path, schema).close();
  });

  it('refuses a database of this program with other contents', () => {
    openDatabase(path, schema).close();
    const other = { ...schema, content: 'event log', applicationId: 0x544a0002 };
    expect(() => openDatabase(path, other)).toThrow(/not a Tongjian event log/);
  });

  it.each(['CREATE TABLE notes (text)', 'PRAGMA application_id = 7', 'PRAGMA user_version = 2'])(
    'refuses a foreign database and does not change it (%s)',
    async (sql) => {
      const foreign = new Database(path);
      foreign.exec(sql);
      foreign.close();
      const before = await readFile(path);
      expect(() => openDatabase(path, schema)).toThrow(DatabaseUnusable);
      expect(await readFile(path)).toEqual(before);
    },
  );

  it('refuses a file that is not a database, and a damaged database', async () => {
    await writeFile(path, 'Not a database at all, but long enough to be looked at.'.repeat(100));
    expect(() => openDatabase(path, schema)).toThrow(/cannot be opened as example: .*not a database/);

    const damaged = folder.path('damaged.db');
    openDatabase(damaged, schema).close();
    const bytes = await readFile(damaged);
    await writeFile(damaged, bytes.fill(0xff, 100, 4_000));
    expect(() => openDatabase(damaged, schema)).toThrow(DatabaseUnusable);
  });

  it('throws if the folder does not exist', () => {
    expect(() => openDatabase(folder.path('missing', 'example.db'), schema)).toThrow(DatabaseUnusable);
  });

  it.each(['3.51.2', '3.50.9', '3.7.17', '2.99.99'])('refuses SQLite %s', (version) => {
    expect(() => assertSafeVersion(version)).toThrow(DatabaseUnusable);
  });
  it.each(['3.51.3', '3.52.0', '3.53', '4.0.0'])('accepts SQLite %s', (version) => {
    expect(() => assertSafeVersion(version)).not.toThrow();
  });

  it('converts positions exactly, up to the largest SQLite integer', () => {
    expect(toInteger('9007199254740993')).toBe(9007199254740993n);
    expect(toInteger('99999999999999999999')).toBe(2n ** 63n - 1n);
  });
});
