import type Database from 'better-sqlite3';
import type { Schema } from '../../sqlite/open-database.js';

export const versionedStoreSchema: Schema = {
  content: 'versioned store',
  applicationId: 0x544a7677, // TJvw
  version: 4,
  // Views can be rebuilt, and a checkpoint is committed with its documents: after a power cut they are older, never torn.
  synchronous: 'NORMAL',
  // Documents are a few hundred bytes: twice the usual page takes half as many writes, measured in docs/performance.md.
  pageSize: 8_192,
  // Enough for the narrow indexes of a million versions: what is looked for is then one read away.
  cacheMebibytes: 64,
  sql: `
    -- A generation's number is never given again: who still holds a dropped one must not read another.
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
