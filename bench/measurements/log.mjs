import { join } from 'node:path';
import Database from 'better-sqlite3';
import { newEvent } from '../data.mjs';
import { built } from '../engine.mjs';
import { atOnce, emptyFolder, inTurns, round, timesFaster } from '../harness.mjs';

const { openEmbedded } = await built('engine');

export const title = 'Appending to the log, beside SQLite itself';

/** A file opened as the log opens its own: every commit is on the disk before it is answered. */
export function plainDatabase(path, sql) {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 20000');
  db.exec(sql);
  return db;
}

/** What one would write without an event log: a table, one INSERT and one commit an event, the stream's order checked. */
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
  return {
    insert(stream, revision, { id, type, data, metadata }) {
      insert.run(stream, revision, id, type, Date.now(), JSON.stringify(data), JSON.stringify(metadata));
    },
    close: () => db.close(),
  };
}

const measured = () => newEvent('IndicatorMeasured', { reported: { value: '1234' }, definitionVersion: 1 });
/** New figures all the time, as when a year's forms come in. */
const figure = (at) => `figure-bench.I01.${990_000 + (at % 100)}.${at}`;

export async function measure({ parent, quick }) {
  const folder = emptyFolder(parent, 'log');
  const bare = plainDatabase(join(folder, 'bare.sqlite'), 'CREATE TABLE t (n INTEGER PRIMARY KEY)');
  const commit = bare.prepare('INSERT INTO t DEFAULT VALUES');
  const table = plainTable(join(folder, 'table.sqlite'));
  const engine = openEmbedded(emptyFolder(folder, 'engine'));
  const { log } = engine;

  const single = 1_000;
  const many = 8_192;
  const [commits, plain, one, batched] = await inTurns(quick ? 5 : 15, [
    {
      name: 'bare SQLite commits',
      count: single,
      run() {
        for (let at = 0; at < single; at++) commit.run();
      },
    },
    {
      name: 'plain table, a commit each',
      count: single,
      run(turn) {
        for (let at = 0; at < single; at++) table.insert(figure(turn * single + at), 0, measured());
      },
    },
    {
      name: 'EventLog.append, one by one',
      count: single,
      run: (turn) =>
        atOnce(1, turn * single, (turn + 1) * single, (at) => log.append(figure(at), 'none', [measured()])),
    },
    {
      name: 'EventLog.append, 64 at a time',
      count: many,
      run: (turn) =>
        atOnce(64, turn * many, (turn + 1) * many, (at) => log.append(figure(1e9 + at), 'none', [measured()])),
    },
  ]);
  await engine.close();
  table.close();
  bare.close();

  return {
    rows: [commits, plain, one, batched].map((result) => ({
      name: result.name,
      'median /s': round(result.median),
      'best /s': round(result.best),
      '× bare commits': timesFaster(result, commits, result === batched ? many / single : 1),
      '× plain table': timesFaster(result, plain, result === batched ? many / single : 1),
    })),
  };
}
