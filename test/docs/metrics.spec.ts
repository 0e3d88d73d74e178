import { readFileSync } from 'node:fs';
import { Metrics } from '../../src/http/metrics.js';

/** Of the table in docs/operations.md: names with their labels, several in a row. */
const documented = [...readFileSync('docs/operations.md', 'utf8').matchAll(/^\|(.+?)(?<!\\)\|/gm)]
  .flatMap(([, cell]) => [...cell!.matchAll(/`(tongjian_[a-z_]+)(?:\{([a-z,]+)\})?`/g)])
  .map(([, name, labels = '']) => `${name} ${labels}`);

it('docs/operations.md explains every metric, with its labels, and none that is gone', () => {
  const kept = new Metrics().registry.getMetricsAsArray() as unknown as { name: string; labelNames: string[] }[];
  expect(kept.length).toBeGreaterThan(10);
  expect(documented.sort()).toEqual(kept.map(({ name, labelNames }) => `${name} ${labelNames.join(',')}`).sort());
});
