import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { listsOf, newEvent } from '../data.mjs';
import { built } from '../engine.mjs';
import { concurrently, emptyFolder, inTurns, round, timesFaster } from '../harness.mjs';
import { castore } from '../peers/castore.mjs';
import { ocoda } from '../peers/ocoda.mjs';
import { plainDatabase, plainTable } from '../peers/plain-table.mjs';
import { redisStreams } from '../peers/redis-streams.mjs';
import { hasRedis } from '../redis-server.mjs';

const { openEmbedded } = await built('engine');

export const title = 'Appending to the log, beside its peers and what the machine can do';

const measured = () => newEvent('IndicatorMeasured', { reported: { value: '1234' }, definitionVersion: 1 });
/** A new stream for each `at`, as when the forms of a year are reported. */
const figure = (at) => `figure-bench.I01.${990_000 + (at % 100)}.${at}`;

/** Upper limits of the machine: raw SQLite, fdatasync and JSON parsing. */
function machine(folder) {
  const commits = plainDatabase(join(folder, 'commits.sqlite'), 'CREATE TABLE t (n INTEGER PRIMARY KEY)');
  const commit = commits.prepare('INSERT INTO t DEFAULT VALUES');
  const rows = plainTable(join(folder, 'rows.sqlite'));
  const file = openSync(join(folder, 'synced'), 'w');
  const page = Buffer.alloc(4_096, 1);
  const text = JSON.stringify(measured());
  const limits = {
    'SQLite commits': (count) => {
      for (let at = 0; at < count; at++) commit.run();
    },
    'SQLite rows in one transaction': (count, turn) =>
      rows.load(
        Array.from({ length: count }, (_, at) => ({
          stream: figure(turn * count + at),
          revision: 0,
          event: measured(),
        })),
      ),
    fdatasync: (count) => {
      for (let at = 0; at < count; at++) {
        writeSync(file, page);
        fdatasyncSync(file);
      }
    },
    'JSON.parse of an event': (count) => {
      for (let at = 0; at < count; at++) JSON.parse(text);
    },
  };
  return {
    limits,
    close() {
      commits.close();
      rows.close();
      closeSync(file);
    },
  };
}

export async function measure({ parent, quick }) {
  const folder = emptyFolder(parent, 'log');
  const { limits, close } = machine(folder);
  const table = plainTable(join(folder, 'table.sqlite'));
  const engine = openEmbedded(emptyFolder(folder, 'engine'));
  const peers = [table, castore(), ocoda(), ...(hasRedis() ? [await redisStreams(folder)] : [])];
  if (!hasRedis())
    console.log('measured without Redis, because redis-server is missing (Debian: apt-get install redis-server)');

  const rounds = quick ? 3 : 9;
  const single = quick ? 200 : 1_000;
  const many = quick ? 2_048 : 8_192;
  const imported = quick ? 5_000 : 40_000;
  let next = 0;
  /** Reserves `count` new streams; returns the number of the first. */
  const fresh = (count) => {
    const from = next;
    next += count;
    return from;
  };
  const ours = { name: 'Tongjian', append: (stream, _, event) => engine.log.append(stream, 'none', [event]) };
  const turns = (count, contenders) =>
    inTurns(
      rounds,
      contenders.map(({ name, run }) => ({ name, count, run: (turn) => run(turn) })),
    );
  const appendIn = (size, count) =>
    [...peers, ours].map(({ name, append }) => ({
      name,
      run: () => {
        const from = fresh(count);
        return concurrently(size, from, from + count, (at) => append(figure(at), 0, measured()));
      },
    }));
  const limitIn = (name, count) => ({ name, run: (turn) => limits[name](count, turn) });

  const oneByOne = await turns(single, [
    limitIn('SQLite commits', single),
    limitIn('fdatasync', single),
    ...appendIn(1, single),
  ]);
  const together = await turns(many, [limitIn('SQLite rows in one transaction', many), ...appendIn(64, many)]);
  const batches = await turns(
    imported,
    [
      ...peers,
      {
        ...ours,
        load: (rows) =>
          concurrently(rows.length, 0, rows.length, (at) => ours.append(rows[at].stream, 0, rows[at].event)),
      },
    ].map(({ name, load }) => ({
      name,
      async run() {
        const from = fresh(imported);
        const rows = Array.from({ length: imported }, (_, at) => ({
          stream: figure(from + at),
          revision: 0,
          event: measured(),
        }));
        for (const list of listsOf(500, rows)) await load(list);
      },
    })),
  );

  await engine.close();
  for (const peer of peers) await peer.close();
  close();

  const named = (results, name) => results.find((result) => result.name === name);
  const sections = [
    ['append one by one', oneByOne],
    ['append 64 at a time', together],
    ['import in batches of 500', batches],
  ];
  const ratio = (results, to) => timesFaster(named(results, 'Tongjian'), to);
  const plain = table.name;
  // The plain table commits each event separately, also where others append 64 at a time.
  return {
    rows: sections.flatMap(([what, results]) =>
      results.map((result) => ({
        name: `${what}: ${result.name}`,
        'median /s': round(result.median),
        'best /s': round(result.best),
        '× plain table': timesFaster(result, named(results, plain)),
      })),
    ),
    goals: [
      {
        name: 'append one by one, of SQLite commits',
        goal: '≥ 0.8 ×',
        value: ratio(oneByOne, named(oneByOne, 'SQLite commits')),
        met: (times) => times >= 0.8,
      },
      {
        name: 'append 64 at a time, of the plain table',
        goal: '≥ 6 ×',
        value: ratio(together, named(together, plain)),
        met: (times) => times >= 6,
      },
    ],
  };
}
