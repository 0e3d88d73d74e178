import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setInterval, clearInterval } from 'node:timers';
import { wideLog } from '../data.mjs';
import { built } from '../engine.mjs';
import { cpuSeconds, quantile, round } from '../harness.mjs';

const { openEmbedded } = await built('engine');

export const title = 'Rebuilding all views from the log';

const sizeOf = (quick) => (quick ? 30_000 : 1_000_000);

export const prepare = ({ parent, quick }) => wideLog(parent, sizeOf(quick));

/** Runs `work` and samples the memory of this process: returns the median in each quarter of the time, and the peak. */
async function watched(work) {
  const samples = [];
  const timer = setInterval(() => samples.push(process.memoryUsage()), 100);
  const started = performance.now();
  const cpu = cpuSeconds();
  await work();
  const seconds = (performance.now() - started) / 1000;
  const used = cpuSeconds() - cpu;
  clearInterval(timer);
  samples.push(process.memoryUsage());
  const MiB = (of, some) =>
    Math.round(
      quantile(
        some.map((sample) => sample[of]),
        0.5,
      ) /
        2 ** 20,
    );
  const quarter = (at) =>
    samples.slice(Math.floor((samples.length * at) / 4), Math.ceil((samples.length * (at + 1)) / 4));
  return {
    seconds,
    costs: {
      'CPU s': round(used),
      'RSS MiB in each quarter': [0, 1, 2, 3].map((at) => MiB('rss', quarter(at))).join(' → '),
      'heap MiB in each quarter': [0, 1, 2, 3].map((at) => MiB('heapUsed', quarter(at))).join(' → '),
      'peak RSS MiB': Math.round(Math.max(...samples.map(({ rss }) => rss)) / 2 ** 20),
    },
  };
}

export async function measure({ parent, quick }) {
  const folder = await wideLog(parent, sizeOf(quick));
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `views.sqlite${suffix}`), { force: true });
  const engine = openEmbedded(folder);
  const head = Number(await engine.log.head());
  const row = (name, { seconds, costs }, events = head) => ({
    name,
    seconds: round(seconds),
    'events/s': round(events / seconds),
    ...costs,
  });

  const thrownAway = await watched(() => engine.start());
  const rows = [row(`${head} events, all views thrown away`, thrownAway)];
  let beside = 0;
  for (const { name } of await engine.projector.status()) {
    const rebuilt = await watched(() => engine.projector.rebuild(name));
    beside += rebuilt.seconds;
    rows.push(row(`${name} beside the live one`, rebuilt));
  }
  await engine.close();
  rows.push({ name: 'all of them, one after the other', seconds: round(beside), 'events/s': round(head / beside) });
  return {
    rows,
    goals: [
      {
        name: 'all views from the log',
        goal: '≥ 60,000 events/s',
        value: round(head / thrownAway.seconds),
        met: (rate) => rate >= 60_000,
      },
    ],
  };
}
