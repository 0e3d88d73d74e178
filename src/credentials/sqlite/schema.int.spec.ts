import Database from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { temporaryFolder, type TemporaryFolder } from '../../../test/temporary-folder.js';
import { openDatabase } from '../../sqlite/open-database.js';
import { credentialsSchema } from './schema.js';

let folder: TemporaryFolder;
beforeEach(async () => void (folder = await temporaryFolder()));
afterEach(() => folder.remove());

const madeByVersion1 = readFileSync(new URL('../../../test/samples/credentials/v1.sql', import.meta.url), 'utf8');

function openOld(path: string): Database.Database {
  const old = new Database(path);
  old.exec(madeByVersion1);
  old.pragma(`application_id = ${credentialsSchema.applicationId}`);
  old.pragma('user_version = 1');
  return old;
}

/** The objects of a file, with the columns of its tables. */
const objectsOf = (db: Database.Database) =>
  db
    .prepare<[], { type: string; name: string }>(`SELECT type, name FROM sqlite_schema ORDER BY type, name`)
    .all()
    .map(({ type, name }) => ({
      ...{ type, name },
      columns: (db.pragma(`table_info(${name})`) as { name: string; type: string; notnull: number; pk: number }[]).map(
        (column) => [column.name, column.type, column.notnull, column.pk],
      ),
    }));

it('a credential store of version 1 is upgraded where it stands, and keeps what it holds', () => {
  const path = folder.path('old.sqlite');
  const old = openOld(path);
  old.exec(`INSERT INTO names VALUES ('p_1', '2026-01-01T00:00:00.000Z', '王平')`);
  old.exec(`INSERT INTO sessions VALUES ('hash', 's1', 'p_1', '2026', '2026', '2027', NULL, NULL, 1)`);
  old.close();

  const upgraded = openDatabase(path, credentialsSchema);
  const fresh = openDatabase(folder.path('new.sqlite'), credentialsSchema);
  expect(objectsOf(upgraded)).toEqual(objectsOf(fresh));
  expect(upgraded.pragma('user_version', { simple: true })).toBe(credentialsSchema.version);
  expect(upgraded.prepare('SELECT name FROM names').pluck().all()).toEqual(['王平']);
  expect(upgraded.prepare('SELECT person, rights, old_hash FROM sessions').raw().all()).toEqual([['p_1', '', null]]);
  upgraded.exec(`INSERT INTO names VALUES ('p_2', '2026-01-02T00:00:00.000Z', '陈平')`);
  expect(upgraded.prepare('SELECT count FROM directory_changes').pluck().get()).toBe(1);
  upgraded.close();
  fresh.close();
  // Once is enough.
  openDatabase(path, credentialsSchema).close();
});

it('an upgrade that fails leaves the file as it was', () => {
  const path = folder.path('old.sqlite');
  openOld(path).close();
  const failing = { ...credentialsSchema, upgrades: { 1: 'CREATE TABLE one (a); CREATE TABLE names (b);' } };
  expect(() => openDatabase(path, failing)).toThrow(/names/);
  openDatabase(path, credentialsSchema).close();
});
