import type Database from 'better-sqlite3';
import type { Schema } from '../../sqlite/open-database.js';

export const versionedStoreSchema: Schema = {
  content: 'versioned store',
  applicationId: 0x544a7677, // TJvw
  version: 2,
  // Views can be rebuilt, and a checkpoint is committed with its documents: after a power cut they are older, never torn.
  synchronous: 'NORMAL',
  // Documents are a few hundred bytes: twice the usual page takes half as many writes, measured in docs/performance.md.
  pageSize: 8_192,
  sql: `
    -- A generation's number is never given again: who still holds a dropped one must not read another.
    CREATE TABLE views (
      generation INTEGER PRIMARY KEY AUTOINCREMENT,
      name       TEXT NOT NULL,
      version    INTEGER NOT NULL,
      checkpoint INTEGER,
      live       INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX views_by_name ON views (name, live);
    CREATE UNIQUE INDEX one_live_generation ON views (name) WHERE live;
  `,
};

/**
 * A generation has tables of its own, so that dropping it costs nothing. Bodies are written one after the other, and the
 * index beside them is narrow: however long the history, a search in it touches few pages, and most of them are in memory.
 */
export const createGeneration = (generation: number): string => `
  CREATE TABLE documents_${generation} (
    key TEXT PRIMARY KEY,
    id  INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE versions_${generation} (
    doc      INTEGER NOT NULL,
    known_at INTEGER NOT NULL, -- milliseconds since 1970
    position INTEGER NOT NULL,
    body     TEXT NOT NULL,
    UNIQUE (doc, known_at, position)
  ) STRICT;`;

export const dropGeneration = (generation: number): string => `
  DROP TABLE versions_${generation};
  DROP TABLE documents_${generation};`;

export type VersionRow = [key: string, position: string, knownAt: number, body: string];

export type ViewStatements = ReturnType<typeof prepareViewStatements>;

export function prepareViewStatements(db: Database.Database) {
  return {
    all: db.prepare<[], { generation: number; name: string; version: number; checkpoint: string | null; live: 0 | 1 }>(
      `SELECT generation, name, version, CAST(checkpoint AS TEXT) AS checkpoint, live FROM views ORDER BY generation`,
    ),
    live: db.prepare<[name: string], number>('SELECT generation FROM views WHERE name = ? AND live = 1').pluck(),
    others: db
      .prepare<[name: string, generation: number], number>(
        'SELECT generation FROM views WHERE name = ? AND generation <> ?',
      )
      .pluck(),
    exists: db
      .prepare<[name: string, generation: number], 1>('SELECT 1 FROM views WHERE name = ? AND generation = ?')
      .pluck(),
    checkpoint: db
      .prepare<[generation: number], string | null>('SELECT CAST(checkpoint AS TEXT) FROM views WHERE generation = ?')
      .pluck(),
    moveCheckpoint: db.prepare<[to: bigint, generation: number]>(
      'UPDATE views SET checkpoint = ? WHERE generation = ?',
    ),
    add: db.prepare<[name: string, version: number, name: string]>(
      `INSERT INTO views (name, version, live)
       VALUES (?, ?, NOT EXISTS (SELECT 1 FROM views WHERE name = ? AND live = 1))`,
    ),
    makeLive: db.prepare<[generation: number]>('UPDATE views SET live = 1 WHERE generation = ?'),
    remove: db.prepare<[generation: number]>('DELETE FROM views WHERE generation = ?'),
  };
}

export type GenerationStatements = ReturnType<typeof prepareGenerationStatements>;

export function prepareGenerationStatements(db: Database.Database, generation: number) {
  const documents = `documents_${generation}`;
  const versions = `versions_${generation}`;
  const columns = 'd.key, CAST(v.position AS TEXT), v.known_at, v.body';
  return {
    generation,
    get: db
      .prepare<[key: string, knownAt: number, position: bigint], VersionRow>(
        `SELECT ${columns} FROM ${documents} d JOIN ${versions} v ON v.doc = d.id
         WHERE d.key = ? AND v.known_at <= ? AND v.position <= ?
         ORDER BY v.known_at DESC, v.position DESC LIMIT 1`,
      )
      .raw(),
    history: db
      .prepare<[key: string, knownAt: number, position: bigint], VersionRow>(
        `SELECT ${columns} FROM ${documents} d JOIN ${versions} v ON v.doc = d.id
         WHERE d.key = ? AND v.known_at <= ? AND v.position <= ?
         ORDER BY v.known_at, v.position`,
      )
      .raw(),
    // One search among a document's versions, however many there are, and in the narrow index alone.
    list: db
      .prepare<
        [knownAt: number, position: bigint, from: string, before: string | Buffer, limit: number],
        [key: string, version: number]
      >(
        `SELECT key, version FROM (
           SELECT d.key AS key, (
             SELECT rowid FROM ${versions}
             WHERE doc = d.id AND known_at <= ? AND position <= ?
             ORDER BY known_at DESC, position DESC LIMIT 1) AS version
           FROM ${documents} d WHERE d.key >= ? AND d.key < ? ORDER BY d.key)
         WHERE version IS NOT NULL LIMIT ?`,
      )
      .raw(),
    version: db
      .prepare<[version: number], [position: string, knownAt: number, body: string]>(
        `SELECT CAST(position AS TEXT), known_at, body FROM ${versions} WHERE rowid = ?`,
      )
      .raw(),
    document: db.prepare<[key: string], number>(`SELECT id FROM ${documents} WHERE key = ?`).pluck(),
    lastDocument: db.prepare<[], number | null>(`SELECT max(doc) FROM ${versions}`).pluck(),
    addDocument: db.prepare<[key: string, id: number]>(`INSERT INTO ${documents} VALUES (?, ?)`),
    addVersion: db.prepare<[doc: number, knownAt: number, position: bigint, body: string]>(
      `INSERT INTO ${versions} VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ),
  };
}
