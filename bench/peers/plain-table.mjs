import Database from 'better-sqlite3';

/** A file opened as the log opens its own: every commit is on the disk before it is answered. */
export function plainDatabase(path, sql) {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 20000');
  db.exec(sql);
  return db;
}

/**
 * What one would write in a day without an event log: a table, one INSERT and one commit an event, the stream's order
 * kept by an index, the state of a day folded from the stream.
 *
 * This, and each of the peers beside it, is
 * - `append(stream, revision, event, moment)`: one event, as safe as the peer makes it (a promise, where it is one);
 * - `load(rows)`: many of them in the fastest way the peer offers;
 * - `history(stream)`: the events of a stream, parsed, each with its `moment`;
 * - `readAll()`: every event read and parsed; how many there were.
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
