import type Database from 'better-sqlite3';
import type { Schema } from '../../sqlite/open-database.js';
import type { StoredEvent } from '../stored-event.js';

export const eventLogSchema: Schema = {
  content: 'event log',
  applicationId: 0x544a656c, // TJel
  version: 2,
  synchronous: 'FULL',
  sql: `
    -- position: last + 1, so a missing event shows.  recorded_at: milliseconds since 1970.  chain: see chain.ts.
    CREATE TABLE events (
      position    INTEGER PRIMARY KEY,
      stream      TEXT NOT NULL,
      revision    INTEGER NOT NULL,
      id          TEXT NOT NULL,
      type        TEXT NOT NULL,
      recorded_at INTEGER NOT NULL,
      data        TEXT NOT NULL,
      metadata    TEXT NOT NULL,
      chain       BLOB NOT NULL,
      UNIQUE (stream, revision)
    ) STRICT;

    CREATE TRIGGER events_never_change BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events never change'); END;
    CREATE TRIGGER events_stay         BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
  `,
};

type Row = [
  position: string,
  stream: string,
  revision: number,
  id: string,
  type: string,
  recordedAt: number,
  data: string,
  metadata: string,
];

export function toStoredEvent([position, stream, revision, id, type, recordedAt, data, metadata]: Row): StoredEvent {
  return { position, stream, revision, id, type, recordedAt, data, metadata };
}

export type Statements = ReturnType<typeof prepareStatements>;

export function prepareStatements(db: Database.Database) {
  // Positions are read as text: a JavaScript number would round them beyond 2^53.
  const events = `
    SELECT CAST(position AS TEXT), stream, revision, id, type, recorded_at, data, metadata FROM events`;
  return {
    page: db
      .prepare<[after: bigint, limit: number], Row>(`${events} WHERE position > ? ORDER BY events.position LIMIT ?`)
      .raw(),
    streamPage: db
      .prepare<[stream: string, from: number, limit: number], Row>(
        `${events} WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
      )
      .raw(),
    head: db.prepare<[stream: string], number | null>('SELECT max(revision) FROM events WHERE stream = ?').pluck(),
    last: db.prepare<[], { position: string; recordedAt: number; chain: Buffer }>(
      `SELECT CAST(position AS TEXT) AS position, recorded_at AS recordedAt, chain
       FROM events ORDER BY events.position DESC LIMIT 1`,
    ),
    dataVersion: db.prepare<[], number>('PRAGMA data_version').pluck(),
    addEvent: db.prepare<[bigint, string, number, string, string, number, string, string, Buffer]>(
      'INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
  };
}
