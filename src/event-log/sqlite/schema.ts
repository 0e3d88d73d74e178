import type Database from 'better-sqlite3';
import type { Schema } from '../../sqlite/open-database.js';
import type { StoredEvent } from '../stored-event.js';

export const eventLogSchema: Schema = {
  content: 'event log',
  applicationId: 0x544a656c, // TJel
  version: 1,
  synchronous: 'FULL',
  sql: `
    CREATE TABLE streams (
      id   INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;

    -- position: last + 1, so a missing event shows.  recorded_at: milliseconds since 1970.  chain: see chain.ts.
    CREATE TABLE events (
      position    INTEGER PRIMARY KEY,
      stream      INTEGER NOT NULL REFERENCES streams (id),
      revision    INTEGER NOT NULL,
      id          TEXT NOT NULL,
      type        TEXT NOT NULL,
      recorded_at INTEGER NOT NULL,
      data        TEXT NOT NULL,
      metadata    TEXT NOT NULL,
      chain       BLOB NOT NULL,
      UNIQUE (stream, revision)
    ) STRICT;

    CREATE TRIGGER events_never_change  BEFORE UPDATE ON events  BEGIN SELECT RAISE(ABORT, 'events never change'); END;
    CREATE TRIGGER events_stay          BEFORE DELETE ON events  BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
    CREATE TRIGGER streams_never_change BEFORE UPDATE ON streams BEGIN SELECT RAISE(ABORT, 'streams never change'); END;
    CREATE TRIGGER streams_stay         BEFORE DELETE ON streams BEGIN SELECT RAISE(ABORT, 'streams are never removed'); END;
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
    SELECT CAST(e.position AS TEXT), s.name, e.revision, e.id, e.type, e.recorded_at, e.data, e.metadata
    FROM events e JOIN streams s ON s.id = e.stream`;
  return {
    page: db
      .prepare<[after: bigint, limit: number], Row>(`${events} WHERE e.position > ? ORDER BY e.position LIMIT ?`)
      .raw(),
    streamPage: db
      .prepare<[stream: string, from: number, limit: number], Row>(
        `${events} WHERE s.name = ? AND e.revision >= ? ORDER BY e.revision LIMIT ?`,
      )
      .raw(),
    head: db.prepare<[stream: string], { id: number; revision: number }>(
      `SELECT id, (SELECT max(revision) FROM events WHERE stream = streams.id) AS revision FROM streams WHERE name = ?`,
    ),
    last: db.prepare<[], { position: string; recordedAt: number; chain: Buffer }>(
      `SELECT CAST(position AS TEXT) AS position, recorded_at AS recordedAt, chain
       FROM events ORDER BY events.position DESC LIMIT 1`,
    ),
    dataVersion: db.prepare<[], number>('PRAGMA data_version').pluck(),
    addStream: db.prepare<[name: string]>('INSERT INTO streams (name) VALUES (?)'),
    addEvent: db.prepare<[bigint, number, number, string, string, number, string, string, Buffer]>(
      'INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
  };
}
