import type Database from 'better-sqlite3';
import { EventLogDamaged, type EventPlace } from '../../kernel/event-log.js';
import { isDamage, type Schema } from '../../sqlite/open-database.js';
import type { StoredEvent } from '../stored-event.js';
import { checksum } from './checksum.js';

export const eventLogSchema: Schema = {
  content: 'event log',
  applicationId: 0x544a656c, // TJel
  version: 4,
  synchronous: 'FULL',
  sql: `
    -- position: previous + 1, so that a missing event is detected.  recorded_at: milliseconds since 1970.
    -- checksum: see checksum.ts.  chain: see chain.ts.
    CREATE TABLE events (
      position    INTEGER PRIMARY KEY,
      stream      TEXT NOT NULL,
      revision    INTEGER NOT NULL,
      id          TEXT NOT NULL,
      type        TEXT NOT NULL,
      recorded_at INTEGER NOT NULL,
      data        TEXT NOT NULL,
      metadata    TEXT NOT NULL,
      checksum    INTEGER NOT NULL,
      chain       BLOB NOT NULL,
      UNIQUE (stream, revision)
    ) STRICT;

    -- Events up to position up_to were copied from another log. Their recorded times come from it and may decrease.
    CREATE TABLE taken_over (
      row   INTEGER PRIMARY KEY CHECK (row = 1),
      up_to INTEGER NOT NULL
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
  checksum: number,
];

/**
 * Whether all values have the column's type. Damage may change a value's type so that its text, and CRC, stay the same.
 */
export const hasColumnTypes = ({ stream, revision, id, type, recordedAt, data, metadata }: StoredEvent): boolean =>
  typeof stream === 'string' &&
  typeof id === 'string' &&
  typeof type === 'string' &&
  typeof data === 'string' &&
  typeof metadata === 'string' &&
  typeof revision === 'number' &&
  typeof recordedAt === 'number';

/** @throws {EventLogDamaged} the row does not match its checksum or column types */
export function toStoredEvent(row: Row): StoredEvent {
  const [position, stream, revision, id, type, recordedAt, data, metadata, expected] = row;
  const event = { position, stream, revision, id, type, recordedAt, data, metadata };
  if (!hasColumnTypes(event) || checksum(event) !== expected) {
    throw new EventLogDamaged(position, `the event (${stream} ${revision}) does not match its checksum`);
  }
  return event;
}

/**
 * The rows of a page before the first one that cannot be read.
 * @throws {EventLogDamaged} the first row cannot be read
 */
export function readable<Given extends unknown[]>(page: Database.Statement<Given, Row>, ...given: Given): Row[] {
  const rows: Row[] = [];
  try {
    // `all` is faster than `iterate`, but returns no row of a page if one row is damaged.
    return page.all(...given);
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  try {
    for (const row of page.iterate(...given)) rows.push(row);
  } catch (error) {
    if (!isDamage(error)) throw error;
    if (rows.length === 0)
      throw new EventLogDamaged(undefined, `the file cannot be read: ${String(error)}`, { cause: error });
  }
  return rows;
}

export type Statements = ReturnType<typeof prepareStatements>;

export function prepareStatements(db: Database.Database) {
  // Positions are read as text, because JavaScript numbers are not exact beyond 2^53.
  const events = `
    SELECT CAST(position AS TEXT), stream, revision, id, type, recorded_at, data, metadata, checksum
    FROM events`;
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
    last: db
      .prepare<[], string>('SELECT CAST(position AS TEXT) FROM events ORDER BY events.position DESC LIMIT 1')
      .pluck(),
    lastEvent: db.prepare<[], EventPlace>(
      `SELECT stream, revision, CAST(position AS TEXT) AS position FROM events ORDER BY events.position DESC LIMIT 1`,
    ),
    end: db.prepare<[], { position: string; recordedAt: number; chain: Buffer }>(
      `SELECT CAST(position AS TEXT) AS position, recorded_at AS recordedAt, chain
       FROM events ORDER BY events.position DESC LIMIT 2`,
    ),
    chain: db.prepare<[position: bigint], Buffer>('SELECT chain FROM events WHERE position = ?').pluck(),
    dataVersion: db.prepare<[], number>('PRAGMA data_version').pluck(),
    addEvent: db.prepare<[bigint, string, number, string, string, number, string, string, number, Buffer]>(
      'INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    noteTakenOver: db.prepare<[upTo: bigint]>('INSERT OR REPLACE INTO taken_over VALUES (1, ?)'),
  };
}
