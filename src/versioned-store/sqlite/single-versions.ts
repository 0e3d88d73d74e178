import type Database from 'better-sqlite3';
import { SecondVersion, type Version, type ViewId, type WrittenDocument } from '../../kernel/versioned-store.js';
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

/** Tables for documents with exactly one version: one table, so one search or one write per document. */
export const createSingleVersions = (generation: number): string => `
  CREATE TABLE singles_${generation} (
    key      TEXT PRIMARY KEY,
    known_at INTEGER NOT NULL, -- milliseconds since 1970
    position INTEGER NOT NULL,
    body     TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;`;

export const dropSingleVersions = (generation: number): string => `DROP TABLE singles_${generation};`;

export class SingleVersions implements Generation {
  private readonly sql: ReturnType<typeof prepareSingleVersions>;

  constructor(
    db: Database.Database,
    private readonly view: ViewId,
  ) {
    this.sql = prepareSingleVersions(db, view.generation);
  }

  get(key: string, bounds: Bounds): Version | undefined {
    const row = this.sql.get.get(key, ...bounds);
    return row && toVersion(row);
  }

  list([from, before, limit]: Range, bounds: Bounds, direction: Direction): Version[] {
    return this.sql.list[direction].all(from, before, ...bounds, limit).map(toVersion);
  }

  listWritten([from, before, limit]: Range, bounds: Bounds, direction: Direction): WrittenDocument[] {
    return this.sql.list[direction].all(from, before, ...bounds, limit).map(toWritten);
  }

  history(key: string, bounds: Bounds): Version[] {
    return this.sql.get.all(key, ...bounds).map(toVersion);
  }

  add(rows: readonly StorableRow[]): void {
    for (const row of rows) {
      const [key, , position] = row;
      if (this.sql.add.run(...row).changes === 0 && this.sql.positionOf.get(key) !== String(position)) {
        throw new SecondVersion(this.view, key);
      }
    }
  }
}

export function prepareSingleVersions(db: Database.Database, generation: number) {
  const singles = `singles_${generation}`;
  const columns = 'key, CAST(position AS TEXT), known_at, body';
  const list = (direction: Direction) =>
    db
      .prepare<[from: string, before: string | Buffer, ...Bounds, limit: number], VersionRow>(
        `SELECT ${columns} FROM ${singles}
         WHERE key >= ? AND key < ? AND known_at <= ? AND position <= ? ORDER BY key ${direction} LIMIT ?`,
      )
      .raw();
  return {
    get: db
      .prepare<[key: string, ...Bounds], VersionRow>(
        `SELECT ${columns} FROM ${singles} WHERE key = ? AND known_at <= ? AND position <= ?`,
      )
      .raw(),
    list: { ASC: list('ASC'), DESC: list('DESC') },
    positionOf: db
      .prepare<[key: string], string>(`SELECT CAST(position AS TEXT) FROM ${singles} WHERE key = ?`)
      .pluck(),
    add: db.prepare<StorableRow>(`INSERT INTO ${singles} VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`),
  };
}
