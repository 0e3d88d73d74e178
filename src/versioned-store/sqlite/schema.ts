import type Database from 'better-sqlite3';
import type { Schema } from '../../sqlite/open-database.js';

export const versionedStoreSchema: Schema = {
  content: 'versioned store',
  applicationId: 0x544a7677, // TJvw
  version: 4,
  // NORMAL is enough: a power failure may lose the last commits, but views catch up again from their checkpoint, which
  // is committed in the same transaction as the documents.
  synchronous: 'NORMAL',
  // Documents are a few hundred bytes. Twice the default page size halves the number of writes (docs/performance.md).
  pageSize: 8_192,
  // Holds the index of a million versions, so that a lookup needs only one read from the disk.
  cacheMebibytes: 64,
  sql: `
    -- AUTOINCREMENT: a generation number is never reused, because a process may still hold that of a dropped generation.
    CREATE TABLE views (
      generation INTEGER PRIMARY KEY AUTOINCREMENT,
      name       TEXT NOT NULL,
      version    INTEGER NOT NULL,
      once       INTEGER NOT NULL, -- 1: no document has a second version
      checkpoint INTEGER,
      live       INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX views_by_name ON views (name, live);
    CREATE UNIQUE INDEX one_live_generation ON views (name) WHERE live;
  `,
};

export type ViewStatements = ReturnType<typeof prepareViewStatements>;

export function prepareViewStatements(db: Database.Database) {
  return {
    all: db.prepare<[], { generation: number; name: string; version: number; checkpoint: string | null; live: 0 | 1 }>(
      `SELECT generation, name, version, CAST(checkpoint AS TEXT) AS checkpoint, live FROM views ORDER BY generation`,
    ),
    live: db.prepare<[name: string], { generation: number; name: string; version: number }>(
      'SELECT generation, name, version FROM views WHERE name = ? AND live = 1',
    ),
    others: db
      .prepare<[name: string, generation: number], number>(
        'SELECT generation FROM views WHERE name = ? AND generation <> ?',
      )
      .pluck(),
    exists: db
      .prepare<[name: string, generation: number], 1>('SELECT 1 FROM views WHERE name = ? AND generation = ?')
      .pluck(),
    once: db.prepare<[generation: number], 0 | 1>('SELECT once FROM views WHERE generation = ?').pluck(),
    checkpoint: db
      .prepare<[generation: number], string | null>('SELECT CAST(checkpoint AS TEXT) FROM views WHERE generation = ?')
      .pluck(),
    moveCheckpoint: db.prepare<[to: bigint, generation: number]>(
      'UPDATE views SET checkpoint = ? WHERE generation = ?',
    ),
    add: db.prepare<[name: string, version: number, once: 0 | 1, name: string]>(
      `INSERT INTO views (name, version, once, live)
       VALUES (?, ?, ?, NOT EXISTS (SELECT 1 FROM views WHERE name = ? AND live = 1))`,
    ),
    makeLive: db.prepare<[generation: number]>('UPDATE views SET live = 1 WHERE generation = ?'),
    remove: db.prepare<[generation: number]>('DELETE FROM views WHERE generation = ?'),
  };
}
