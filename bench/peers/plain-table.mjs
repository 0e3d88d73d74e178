import Database from 'better-sqlite3';

/** A SQLite database with the same durability settings as the log: every commit is synced to the disk. */
export function plainDatabase(path, sql) {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 20000');
  db.exec(sql);
  return db;
}

/**
 * A minimal event store: one table with an index on the stream, one INSERT and one commit per event. State as of a day
 * is folded from the stream.
 *
 * Interface of this and all other peers:
 * - `append(stream, revision, event, moment)` appends one event, as durably as the peer supports; may return a promise;
 * - `load(rows)` appends many events in the fastest way that the peer supports;
 * - `history(stream)` returns the parsed events of a stream, each with its `moment`;
 * - `readAll()` reads and parses all events and returns their number; optional.
 */
export function plainTable(path) {
  const db = plainDatabase(
    path,
    `CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL,
       type TEXT NOT NULL, recorded_at INTEGER NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL,
       UNIQUE (stream, revision)) STRICT`,
  );
  const insert = db.prepare(
    'INSERT INTO events (stream, revision, id, type, recorded_at, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const all = db.prepare('SELECT * FROM events ORDER BY position');
  const ofStream = db.prepare('SELECT * FROM events WHERE stream = ? ORDER BY revision');
  const append = (stream, revision, { id, type, data, metadata }, moment = Date.now()) =>
    void insert.run(stream, revision, id, type, moment, JSON.stringify(data), JSON.stringify(metadata));
  return {
    name: 'plain table',
    append,
    load: db.transaction((rows) => {
      for (const { stream, revision, event, moment } of rows) append(stream, revision, event, moment);
    }),
    history: (stream) =>
      ofStream.all(stream).map(({ recorded_at, data, metadata }) => ({
        moment: recorded_at,
        data: JSON.parse(data),
        metadata: JSON.parse(metadata),
      })),
    readAll() {
      let count = 0;
      for (const { data, metadata } of all.iterate()) {
        JSON.parse(data);
        JSON.parse(metadata);
        count++;
      }
      return count;
    },
    close: () => db.close(),
  };
}
