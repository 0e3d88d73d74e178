import { PlanShape } from '../data.mjs';
import { built } from '../engine.mjs';
import { cpuSeconds, emptyFolder, memory, round } from '../harness.mjs';

const { openEmbedded } = await built('engine');

export const title = 'Importing a folder of figures, validated whole, until all views show it';

export async function measure({ parent, quick }) {
  const periods = quick ? 1 : 10;
  const shape = new PlanShape({ indicators: 100, units: 100, periods });
  const files = shape.files({ history: true });
  const figures = shape.figures.length;
  const engine = openEmbedded(emptyFolder(parent, 'import'));
  await engine.start();
  const before = memory();
  const cpu = cpuSeconds();

  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const first = {};
  const result = await engine.submissions.submit(files, (step) => (first[step] ??= seconds()));
  const written = seconds();
  await engine.caughtUp(600_000);
  const total = seconds();
  const after = { 'CPU s': round(cpuSeconds() - cpu), ...memory() };
  await engine.close();
  if (result.events < figures) throw new Error(`${result.events} events`);

  const row = (name, duration) => ({ name, seconds: round(duration), 'figures/s': round(figures / duration) });
  return {
    rows: [
      row('the folder read and every row checked', first['校验']),
      row('every command decided', first['写入'] - first['校验']),
      row('everything appended', written - first['写入']),
      row('the views caught up', total - written),
      { ...row(`${figures} figures in all`, total), ...after, 'peak RSS before MiB': before['peak RSS MiB'] },
    ],
    goals: [
      {
        name: `${figures} figures imported`,
        goal: '≥ 25,000 figures/s',
        value: round(figures / total),
        met: (rate) => rate >= 25_000,
      },
    ],
  };
}
