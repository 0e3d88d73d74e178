import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { wideLog } from '../data.mjs';
import { built } from '../engine.mjs';
import { emptyFolder, quantile, reader, round } from '../harness.mjs';
import { serving } from '../serving.mjs';

const { openEmbedded } = await built('engine');

export const title = 'Starting the server';

const sizeOf = (quick) => (quick ? 30_000 : 1_000_000);

export async function prepare({ parent, quick }) {
  const engine = openEmbedded(await wideLog(parent, sizeOf(quick)));
  await engine.start();
  await engine.close();
}

async function startedOn(data, path) {
  const server = await serving(data, { demo: false });
  const sent = performance.now();
  const reading = await reader(server.url);
  const { status, body } = await reading.get(`/api/${path}`);
  reading.close();
  if (status !== 200) throw new Error(`${status}: ${body}`);
  const answered = server.listening + (performance.now() - sent) / 1000;
  const ready = await server.ready();
  await server.stop();
  return { answered, ready };
}

export async function measure({ parent, quick }) {
  const size = sizeOf(quick);
  const large = emptyFolder(parent, 'start');
  cpSync(await wideLog(parent, size), large, { recursive: true });
  const small = join(emptyFolder(parent, 'start-empty'), 'data');
  const folders = [
    { name: `${size} events`, run: () => startedOn(large, 'plans/bench/overview?period=2021&asOf=2023-06-30') },
    { name: 'a few events', run: () => startedOn(small, 'plans') },
  ].map((folder) => ({ ...folder, times: [] }));

  // The first start loads the plans of seeds/ and is not counted.
  for (let turn = -1; turn < (quick ? 2 : 5); turn++) {
    for (const { run, times } of folders) {
      const time = await run();
      if (turn >= 0) times.push(time);
    }
  }
  const of = (times, what) =>
    round(
      quantile(
        times.map((time) => time[what]),
        0.5,
      ),
    );
  const [first] = folders;
  return {
    goals: [
      {
        name: `start with ${size} events, first answer`,
        goal: '≤ 2 s',
        value: of(first.times, 'answered'),
        met: (seconds) => seconds <= 2,
      },
    ],
    rows: folders.map(({ name, times }) => ({
      name,
      'first answer s': of(times, 'answered'),
      'best s': round(Math.min(...times.map(({ answered }) => answered))),
      'plans of seeds/ looked through s': of(times, 'ready'),
    })),
  };
}
