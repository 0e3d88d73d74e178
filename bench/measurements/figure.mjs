import { deepLog, someInstant, thousand } from '../data.mjs';
import { built } from '../engine.mjs';
import { dice, quantile, round, spread } from '../harness.mjs';

const { openEmbedded } = await built('engine');
const { figureKey, figureProjection } = await built('figures/figure.projection');

export const title = '1,000 figures as of any day, in logs of growing length';

const sizes = (quick) => [10_000, 100_000, ...(quick ? [] : [1_000_000])];

export async function prepare({ parent, quick }) {
  for (const size of sizes(quick)) {
    const engine = openEmbedded(await deepLog(parent, size));
    await engine.start();
    await engine.close();
  }
}

export async function measure({ parent, quick }) {
  const roll = dice(1);
  const logs = [];
  for (const size of sizes(quick)) {
    logs.push({ size, engine: openEmbedded(await deepLog(parent, size)), one: [], all: [] });
  }
  const timed = async (durations, read) => {
    const started = performance.now();
    const found = await read();
    durations.push(performance.now() - started);
    return found;
  };
  const turns = quick ? 20 : 50;
  for (let turn = -1; turn < turns; turn++) {
    for (const { engine, one, all } of logs) {
      const keep = (durations) => (turn < 0 ? [] : durations);
      for (let at = 0; at < 2_000; at++) {
        const key = figureKey(thousand.figures[roll(thousand.figures.length)]);
        await timed(keep(one), () => engine.views.get(figureProjection, key, { knownAt: someInstant(roll) }));
      }
      for (let at = 0; at < 4; at++) {
        const asOf = { knownAt: someInstant(roll) };
        const found = await timed(keep(all), () => engine.views.list(figureProjection, 'bench/', { asOf }));
        if (found.length > 1_000) throw new Error(`${found.length} figures`);
      }
    }
  }
  for (const { engine } of logs) await engine.close();

  const [first] = logs;
  const flat = (log, what) => round(quantile(log[what], 0.5) / quantile(first[what], 0.5));
  const in_ = (unit, durations) =>
    Object.fromEntries(Object.entries(spread(durations)).map(([name, value]) => [`${name} ${unit}`, value]));
  return {
    rows: logs.flatMap((log) => [
      {
        name: `one figure among ${log.size} events`,
        ...in_(
          'µs',
          log.one.map((milliseconds) => milliseconds * 1000),
        ),
        '× the shortest log': flat(log, 'one'),
      },
      {
        name: `1,000 figures among ${log.size} events`,
        ...in_(
          'µs',
          log.all.map((ms) => ms * 1000),
        ),
        '× the shortest log': flat(log, 'all'),
      },
    ]),
  };
}
