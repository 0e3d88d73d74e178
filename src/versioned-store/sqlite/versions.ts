import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { StoreDamaged, type Version, type WrittenDocument } from '../../kernel/versioned-store.js';
import {
  toVersion,
  toWritten,
  type Bounds,
  type Direction,
  type Generation,
  type Range,
  type StorableRow,
  type VersionRow,
} from './generation.js';

/**
 * Tables for documents with any number of versions. Bodies are appended in order, and the unique index holds only
 * document id and both times. So a search reads few pages, which are mostly cached, however long the history is.
 */
export const createVersions = (generation: number): string => `
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

export const dropVersions = (generation: number): string => `
  DROP TABLE versions_${generation};
  DROP TABLE documents_${generation};`;

/** A version found by an index search, with its rowid. */
type Found = [key: string, id: number];

export class Versions implements Generation {
  private readonly sql: ReturnType<typeof prepareVersions>;
  /**
   * Versions read by lists, by rowid, up to 8 Mi characters of JSON. Versions are immutable, so entries never expire.
   */
  private readonly cache = new LRUCache<number, Version>({ maxSize: 8 * 2 ** 20 });
  /**
   * Document ids by key, which never change. A rolled-back transaction leaves wrong ids here: discard this object then.
   */
  private ids: LRUCache<string, number> | undefined;

  constructor(db: Database.Database, generation: number) {
    this.sql = prepareVersions(db, generation);
  }

  get(key: string, bounds: Bounds): Version | undefined {
    const row = this.sql.get.get(key, ...bounds);
    return row && toVersion(row);
  }

  list(range: Range, bounds: Bounds, direction: Direction): Version[] {
    const found = this.sql.list[direction].all(...bounds, ...range);
    const known = found.map(([, id]) => this.cache.get(id));
    const unread = this.rows(found.filter((_, at) => !known[at]));
    return found.map(([, id], at) => {
      if (known[at]) return known[at];
      const row = unread.get(id)!;
      const version = toVersion(row);
      this.cache.set(id, version, { size: row[3].length });
      return version;
    });
  }

  listWritten(range: Range, bounds: Bounds, direction: Direction): WrittenDocument[] {
    return [...this.rows(this.sql.list[direction].all(...bounds, ...range)).values()].map(toWritten);
  }

  /** The versions that an index search found, by rowid, in its order. */
  private rows(found: readonly Found[]): Map<number, VersionRow> {
    const rows = new Map(
      this.sql.versions.all(JSON.stringify(found.map(([, id]) => id))).map(([id, ...row]) => [id, row]),
    );
    return new Map(
      found.map(([key, id]) => {
        const row = rows.get(id);
        if (!row) throw new StoreDamaged(`the index refers to a version of ${key} that is missing`);
        return [id, [key, ...row]];
      }),
    );
  }

  history(key: string, bounds: Bounds): Version[] {
    return this.sql.history.all(key, ...bounds).map(toVersion);
  }

  add(rows: readonly StorableRow[]): void {
    const { sql } = this;
    const ids = (this.ids ??= new LRUCache({ max: 10_000 }));
    let last = sql.lastDocument.get() ?? 0;
    for (const [key, knownAt, position, body] of rows) {
      let id = ids.get(key);
      if (id === undefined) {
        id = sql.document.get(key);
        if (id === undefined) sql.addDocument.run(key, (id = ++last));
        ids.set(key, id);
      }
      sql.addVersion.run(id, knownAt, position, body);
    }
  }
}

export function prepareVersions(db: Database.Database, generation: number) {
  const documents = `documents_${generation}`;
  const versions = `versions_${generation}`;
  const columns = 'd.key, CAST(v.position AS TEXT), v.known_at, v.body';
  // One search per document, in the index alone, however many versions the document has.
  const list = (direction: Direction) =>
    db
      .prepare<[...Bounds, ...Range], Found>(
        `SELECT key, version FROM (
           SELECT d.key AS key, (
             SELECT rowid FROM ${versions}
             WHERE doc = d.id AND known_at <= ? AND position <= ?
             ORDER BY known_at DESC, position DESC LIMIT 1) AS version
           FROM ${documents} d WHERE d.key >= ? AND d.key < ? ORDER BY d.key ${direction})
         WHERE version IS NOT NULL LIMIT ?`,
      )
      .raw();
  return {
    get: db
      .prepare<[key: string, ...Bounds], VersionRow>(
        `SELECT ${columns} FROM ${documents} d JOIN ${versions} v ON v.doc = d.id
         WHERE d.key = ? AND v.known_at <= ? AND v.position <= ?
         ORDER BY v.known_at DESC, v.position DESC LIMIT 1`,
      )
      .raw(),
    history: db
      .prepare<[key: string, ...Bounds], VersionRow>(
        `SELECT ${columns} FROM ${documents} d JOIN ${versions} v ON v.doc = d.id
         WHERE d.key = ? AND v.known_at <= ? AND v.position <= ?
         ORDER BY v.known_at, v.position`,
      )
      .raw(),
    list: { ASC: list('ASC'), DESC: list('DESC') },
    // Loads all rows in one statement, because a call per row costs more than the search.
    versions: db
      .prepare<[ids: string], [id: number, position: string, knownAt: number, body: string]>(
        `SELECT rowid, CAST(position AS TEXT), known_at, body FROM ${versions}
         WHERE rowid IN (SELECT value FROM json_each(?))`,
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
