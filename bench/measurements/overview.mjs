import { serving } from '../serving.mjs';
import { dice, emptyFolder, reader, round, spread } from '../harness.mjs';

export const title = 'The whole Lishui plan over HTTP, as of any day, in any year';

const plan = 'lishui-civil-affairs-2021-2025';

export async function measure({ parent, quick }) {
  const server = await serving(emptyFolder(parent, 'overview'), { demo: true });
  await server.ready();
  const reading = await reader(server.url);
  const roll = dice(2);
  // The plan is known from 2022-01-01 on.
  const days = { from: Date.parse('2022-01-01'), until: Date.parse('2026-06-30') };
  const someDay = () => new Date(days.from + roll(days.until - days.from)).toISOString().slice(0, 10);
  const somePeriod = () => String(2020 + roll(6));
  const pages = [
    {
      name: 'overview as of a day',
      path: () => `plans/${plan}/overview?period=${somePeriod()}&asOf=${someDay()}`,
    },
    { name: 'overview now', path: () => `plans/${plan}/overview?period=${somePeriod()}` },
    { name: 'the least an answer takes', path: () => 'health/live' },
  ].map((page) => ({ ...page, durations: [], bytes: [] }));

  const count = quick ? 150 : 1_000;
  for (let at = -50; at < count; at++) {
    for (const { path, durations, bytes } of pages) {
      const started = performance.now();
      const { status, body } = await reading.get(`/api/${path()}`);
      if (status !== 200) throw new Error(`${status}: ${body}`);
      if (at < 0) continue;
      durations.push(performance.now() - started);
      bytes.push(body.length);
    }
  }
  reading.close();
  await server.stop();
  return {
    rows: pages.map(({ name, durations, bytes }) => {
      const { p50, p99, max } = spread(durations);
      const kB = round(bytes.reduce((sum, some) => sum + some, 0) / bytes.length / 1000);
      return { name, 'p50 ms': p50, 'p99 ms': p99, 'max ms': max, kB };
    }),
    goals: [
      {
        name: 'overview as of a day, p99',
        goal: '≤ 50 ms',
        value: spread(pages[0].durations).p99,
        met: (ms) => ms <= 50,
      },
    ],
  };
}
