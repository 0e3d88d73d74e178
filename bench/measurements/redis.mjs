import { deepLog, wideLog } from '../data.mjs';
import { built } from '../engine.mjs';
import { concurrently, cpuSeconds, dice, emptyFolder, quantile, round, spread } from '../harness.mjs';
import { redisServer } from '../redis-server.mjs';
import { thousandOverHttp } from '../serving.mjs';

const { openEmbedded } = await built('engine');
const { RedisVersionedStore } = await built('versioned-store/redis/redis-versioned-store');

export const title = 'The views in Redis: memory, commits, and reads as of any day';

/** Events of one month, 5,000 figures with four versions each. Their versions are repeated for the other months. */
const month = 20_000;
const monthsOf = (quick) => (quick ? 2 : 20);

/** Events of the log with 1,000 figures that is read over HTTP. */
const deep = (quick) => (quick ? 10_000 : 100_000);

export async function prepare({ parent, quick }) {
  await wideLog(parent, month);
  await deepLog(parent, deep(quick));
}

/** All versions of the views `figures` and `audit` of a data folder, in the order of the log. */
async function versionsOf(folder) {
  const engine = openEmbedded(folder);
  await engine.start();
  const read = async (view) => {
    const store = engine.store;
    const documents = await store.list(view, '');
    const histories = await Promise.all(documents.map(({ key }) => store.history(view, key)));
    return histories.flat().sort((a, b) => a.position - b.position);
  };
  const found = { figures: await read('figures'), audit: await read('audit') };
  await engine.close();
  return found;
}

/** The versions of `months` months in batches of 1,000, as a projector would commit them. */
function* commits(versions, months, keyIn) {
  const last = Number(versions.at(-1).position);
  for (let at = 0; at < months; at++) {
    const moved = versions.map((version) => ({
      ...version,
      key: keyIn(version.key, at),
      position: String(Number(version.position) + at * last),
    }));
    for (let first = 0; first < moved.length; first += 1_000) yield moved.slice(first, first + 1_000);
  }
}

async function filled({ client, url }, name, options, batches) {
  const store = RedisVersionedStore.open(url);
  const view = await store.createView(name, 1, options);
  const memory = async () => Number(/used_memory:(\d+)/.exec(await client.info('memory'))[1]);
  const before = await memory();
  const durations = [];
  let [count, bytes, from] = [0, 0, undefined];
  for (const versions of batches) {
    const to = versions.at(-1).position;
    const started = performance.now();
    await store.commit(view, versions, { from, to });
    durations.push(performance.now() - started);
    from = to;
    count += versions.length;
    for (const { body } of versions) bytes += Buffer.byteLength(JSON.stringify(body));
  }
  const taken = (await memory()) - before;
  await store.close();
  const seconds = durations.reduce((sum, each) => sum + each, 0) / 1000;
  return {
    name: `${name}: ${count} versions committed, 1,000 at a time`,
    'bytes a version': Math.round(taken / count),
    'of which JSON': Math.round(bytes / count),
    'versions/s': round(count / seconds),
    'best ms': round(Math.min(...durations)),
    'p50 ms': round(quantile(durations, 0.5)),
    'p99 ms': round(quantile(durations, 0.99)),
  };
}

/** Measures the duration of reads, and the CPU time of this process per read. */
async function timed(name, count, read) {
  const durations = [];
  let used;
  for (let at = -20; at < count; at++) {
    if (at === 0) used = cpuSeconds();
    const started = performance.now();
    await read();
    if (at >= 0) durations.push(performance.now() - started);
  }
  const { p50, p99 } = spread(durations);
  const best = round(Math.min(...durations));
  return {
    name,
    'best ms': best,
    'p50 ms': p50,
    'p99 ms': p99,
    'CPU ms': round((1000 * (cpuSeconds() - used)) / count),
  };
}

/** Measures over HTTP with a separate Redis, before this process and Redis hold hundreds of thousands of versions. */
async function overHttp(parent, quick, count) {
  const redis = await redisServer(emptyFolder(parent, 'redis-http'), { appendonly: 'yes' });
  const settings = { TONGJIAN_VIEWS: redis.url };
  const durations = await thousandOverHttp(await deepLog(parent, deep(quick)), count, settings);
  await redis.stop();
  return durations;
}

export async function measure({ parent, quick }) {
  const months = monthsOf(quick);
  const lists = quick ? 100 : 400;
  const http = await overHttp(parent, quick, lists);
  const { figures, audit } = await versionsOf(await wideLog(parent, month));
  const redis = await redisServer(emptyFolder(parent, 'redis'), { appendonly: 'yes' });
  const { client, url } = redis;
  const monthKey = (key, at) =>
    key.replace('/2021-01/', `/${2021 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}/`);
  const rows = [
    await filled(redis, 'figures', {}, commits(figures, months, monthKey)),
    await filled(
      redis,
      'audit',
      { once: true },
      commits(audit, Math.ceil(months / 4), (key, at) => `${key}${at}`),
    ),
  ];

  const store = RedisVersionedStore.open(url);
  const roll = dice(3);
  // Days on which every figure exists: all are reported in the first quarter of the events.
  const [first, last] = [figures[figures.length / 4], figures.at(-1)].map(({ knownAt }) => Date.parse(knownAt));
  const someDay = () => ({ knownAt: new Date(first + roll(last - first)).toISOString() });
  const some = (versions) => versions[roll(versions.length)];
  const someKey = () => monthKey(some(figures).key, roll(months));
  const [plan] = figures[0].key.split('/');
  // Not near the end, where fewer than 1,000 figures follow.
  const starts = figures.filter(({ key }) => key < `${plan}/I90/`);
  const thousand = (asOf, after) => store.list('figures', `${plan}/`, { asOf, after, limit: 1_000 });
  const count = quick ? 5_000 : 20_000;

  const one = await timed('one figure as of a day', count, () => store.get('figures', someKey(), someDay()));
  const position = await timed('one figure as of a position', count, () =>
    store.get('figures', someKey(), { position: some(figures).position }),
  );
  await client.config('RESETSTAT');
  const others = await timed('1,000 figures as of a day, others each time', lists, () =>
    thousand(someDay(), monthKey(some(starts).key, roll(months))),
  );
  const blocked = [
    ...(await client.info('commandstats')).matchAll(/cmdstat_(evalsha|hmget):.*?usec_per_call=([\d.]+)/g),
  ];
  const asOf = someDay();
  const same = await timed('1,000 figures as of a day, the same again', lists, () => thousand(asOf));

  const started = performance.now();
  await concurrently(64, 0, count, () => store.get('figures', someKey(), someDay()));
  const rate = count / ((performance.now() - started) / 1000);
  await store.close();
  await redis.stop();

  rows.push(
    one,
    position,
    others,
    same,
    { name: 'one figure as of a day, 64 at a time', 'reads/s': round(rate) },
    {
      name: `1,000 figures as of a day among ${deep(quick)} events, over HTTP`,
      'best ms': round(Math.min(...http)),
      'p50 ms': spread(http).p50,
      'p99 ms': spread(http).p99,
    },
    ...blocked.map(([, command, microseconds]) => ({
      name: `Redis itself, a ${command} of a list`,
      'mean ms': round(microseconds / 1000),
    })),
  );
  return {
    rows,
    goals: [
      { name: 'one figure as of a day, p99', goal: '≤ 2 ms', value: one['p99 ms'], met: (ms) => ms <= 2 },
      {
        name: '1,000 figures as of a day over HTTP, p99',
        goal: '≤ 50 ms',
        value: spread(http).p99,
        met: (ms) => ms <= 50,
      },
    ],
  };
}
