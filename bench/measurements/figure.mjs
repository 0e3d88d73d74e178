import { join } from 'node:path';
import { deepEvents, deepLog, listsOf, someInstant, thousand } from '../data.mjs';
import { built } from '../engine.mjs';
import { dice, emptyFolder, inTurns, quantile, round, spread, timesFaster } from '../harness.mjs';
import { castore } from '../peers/castore.mjs';
import { ocoda } from '../peers/ocoda.mjs';
import { plainTable } from '../peers/plain-table.mjs';
import { redisStreams } from '../peers/redis-streams.mjs';
import { hasRedis } from '../redis-server.mjs';
import { thousandOverHttp } from '../serving.mjs';

const { openEmbedded } = await built('engine');
const { figureKey, figureProjection } = await built('figures/figure.projection');
const { figureStream } = await built('figures/figure.events');

export const title = 'One figure, and 1,000 figures, as of any day, and the log read, in logs of growing length';

const sizes = (quick) => (quick ? [10_000, 30_000] : [10_000, 100_000, 1_000_000]);

export async function prepare({ parent, quick }) {
  for (const size of sizes(quick)) {
    const engine = openEmbedded(await deepLog(parent, size));
    await engine.start();
    await engine.close();
  }
}

/** Reads a figure as of a moment from a peer: reads its stream and folds it up to the moment. */
const folded = (peer) => ({
  name: peer.name,
  searchesAll: peer.searchesAll,
  one: async (figure, moment) => {
    let state;
    for (const event of await peer.history(figureStream(figure))) if (event.moment <= moment) state = event;
    return state;
  },
});

const ours = (engine) => ({
  name: 'Tongjian',
  one: (figure, moment) =>
    engine.views.get(figureProjection, figureKey(figure), { knownAt: new Date(moment).toISOString() }),
  all: (moment) => engine.views.list(figureProjection, 'bench/', { asOf: { knownAt: new Date(moment).toISOString() } }),
});

async function timed(durations, read) {
  const started = performance.now();
  await read();
  durations.push((performance.now() - started) * 1000);
}

async function readWhole(log) {
  let after;
  for (;;) {
    const page = await log.readAll({ after, limit: 1_000 });
    if (page.length === 0) return;
    after = page.at(-1).position;
  }
}

async function ofSize(parent, size, quick) {
  const roll = dice(1);
  const folder = emptyFolder(parent, 'figure');
  // ocoda searches all events for each stream, so with a million events a round would take minutes.
  const peers = [plainTable(join(folder, 'table.sqlite')), castore(), ...(size <= 100_000 ? [ocoda()] : [])];
  if (hasRedis()) peers.push(await redisStreams(folder));
  for (const list of listsOf(500, deepEvents(size))) for (const peer of peers) await peer.load(list);
  const engine = openEmbedded(await deepLog(parent, size));

  const contenders = [...peers.map(folded), ours(engine)].map((contender) => ({
    ...contender,
    singles: [],
    wholes: [],
  }));
  const figures = thousand.figures;
  const rounds = quick ? 3 : 7;
  for (let round = -1; round < rounds; round++) {
    for (const { one, all, name, searchesAll, singles, wholes } of contenders) {
      const kept = (durations) => (round < 0 ? [] : durations);
      const count = name === 'Tongjian' ? 2_000 : 100;
      for (let at = 0; at < count; at++) {
        const figure = figures[roll(figures.length)];
        const moment = Date.parse(someInstant(roll));
        await timed(kept(singles), () => one(figure, moment));
      }
      if (searchesAll && size > 10_000) continue;
      for (let at = 0; at < (all ? 8 : 1); at++) {
        const moment = Date.parse(someInstant(roll));
        const each = async () => {
          for (const figure of figures) await one(figure, moment);
        };
        await timed(kept(wholes), () => (all ? all(moment) : each()));
      }
    }
  }

  const readers = [...peers, { name: 'Tongjian', readAll: () => readWhole(engine.log) }].filter(
    ({ readAll }) => readAll,
  );
  const reads = await inTurns(
    rounds,
    readers.map(({ name, readAll }) => ({ name, count: size, run: readAll })),
  );
  await engine.close();
  for (const peer of peers) await peer.close();
  return { contenders, reads };
}

export async function measure({ parent, quick }) {
  const rows = [];
  const medians = {};
  for (const size of sizes(quick)) {
    const { contenders, reads } = await ofSize(parent, size, quick);
    const ours = contenders.find(({ name }) => name === 'Tongjian');
    for (const what of ['singles', 'wholes']) {
      for (const contender of contenders.filter((each) => each[what].length > 0)) {
        const { p50, p99 } = spread(contender[what]);
        rows.push({
          name: `${what === 'singles' ? 'one figure' : '1,000 figures'} among ${size}: ${contender.name}`,
          'p50 µs': p50,
          'p99 µs': p99,
          'best µs': round(Math.min(...contender[what])),
          '× as long as Tongjian': round(p50 / quantile(ours[what], 0.5)),
        });
      }
    }
    const [plain] = reads;
    for (const read of reads) {
      rows.push({
        name: `log read and parsed, ${size} events: ${read.name}`,
        'median /s': round(read.median),
        '× plain table': timesFaster(read, plain),
      });
    }
    medians[size] = {
      read: timesFaster(reads.at(-1), plain),
      one: spread(ours.singles),
      all: spread(ours.wholes),
      plain: quantile(contenders[0].singles, 0.5) / quantile(ours.singles, 0.5),
    };
  }
  const whole = sizes(quick).at(-1);
  const http = (await thousandOverHttp(await deepLog(parent, whole), quick ? 50 : 400)).map((ms) => 1000 * ms);
  const { p50, p99 } = spread(http);
  rows.push({
    name: `1,000 figures among ${whole}, over HTTP: Tongjian`,
    'p50 µs': p50,
    'p99 µs': p99,
    'best µs': round(Math.min(...http)),
  });
  const largest = medians[sizes(quick).at(-1)];
  const smallest = medians[sizes(quick)[0]];
  return {
    rows,
    goals: [
      { name: 'one figure as of a day, p99', goal: '≤ 50 µs', value: largest.one.p99, met: (µs) => µs <= 50 },
      {
        name: 'one figure, longest log beside shortest',
        goal: '≤ 1.5 ×',
        value: round(largest.one.p50 / smallest.one.p50),
        met: (times) => times <= 1.5,
      },
      {
        name: 'one figure, faster than the plain table',
        goal: '≥ 50 ×',
        value: round(largest.plain),
        met: (times) => times >= 50,
      },
      {
        name: '1,000 figures over HTTP, p99',
        goal: '≤ 40 ms',
        value: round(p99 / 1000),
        met: (ms) => ms <= 40,
      },
      {
        name: 'log read and parsed, of the plain table',
        goal: '≥ 0.9 ×',
        value: largest.read,
        met: (times) => times >= 0.9,
      },
      {
        name: '1,000 figures as of a day, p50',
        goal: '≤ 8 ms',
        value: round(largest.all.p50 / 1000),
        met: (ms) => ms <= 8,
      },
    ],
  };
}
