import { processMetrics, withoutEmptyLag } from './process-metrics.js';

const samplesOf = (text: string) =>
  text.split('\n').flatMap((line) => {
    const [, name, value] = /^(\w+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value] as const];
  });

it('the first scrapes have no value that is not a number, nor one that cannot be', async () => {
  for (const text of [await processMetrics(), await processMetrics()]) {
    const samples = samplesOf(text);
    expect(samples.map(([name]) => name)).toContain('process_resident_memory_bytes');
    expect(samples.map(([name]) => name)).toContain('nodejs_eventloop_lag_seconds');
    for (const [name, value] of samples) {
      expect([name, Number.isFinite(Number(value))]).toEqual([name, true]);
      if (name.startsWith('nodejs_eventloop_lag')) expect(Number(value)).toBeLessThan(3_600);
    }
  }
});

const scrape = (mean: string) => `# HELP nodejs_eventloop_lag_seconds Lag.
# TYPE nodejs_eventloop_lag_seconds gauge
nodejs_eventloop_lag_seconds 0

# HELP nodejs_eventloop_lag_mean_seconds The mean.
# TYPE nodejs_eventloop_lag_mean_seconds gauge
nodejs_eventloop_lag_mean_seconds ${mean}

# HELP nodejs_eventloop_lag_p99_seconds The 99th percentile.
nodejs_eventloop_lag_p99_seconds 5.11e-7
`;

it('the delays of the event loop are there once there are any', () => {
  expect(withoutEmptyLag(scrape('0.0102'))).toBe(scrape('0.0102'));
  expect(samplesOf(withoutEmptyLag(scrape('Nan')))).toEqual([['nodejs_eventloop_lag_seconds', '0']]);
  expect(withoutEmptyLag(scrape('Nan'))).not.toMatch(/mean|p99/);
});
