import { collectDefaultMetrics, Registry } from 'prom-client';

/** Of the process, however many servers are in it; from the first scrape on, because it costs something. */
let ofProcess: Registry | undefined;

/** Memory, processor, event loop and garbage collection of the process, in Prometheus' text format. */
export async function processMetrics(): Promise<string> {
  if (!ofProcess) collectDefaultMetrics({ register: (ofProcess = new Registry()) });
  return withoutEmptyLag(await ofProcess.metrics());
}

/** The statistics of the delays that the event loop had since the last scrape. */
const lag = /^nodejs_eventloop_lag_(min|max|mean|stddev|p\d+)_seconds$/;

/**
 * Leaves out the statistics of the event loop where no delay was recorded since the last scrape, as in the first one:
 * their mean is NaN then, and their minimum 292 years.
 */
export function withoutEmptyLag(text: string): string {
  if (!/^nodejs_eventloop_lag_mean_seconds nan$/im.test(text)) return text;
  const nameOf = (line: string) => /^(?:# \w+ )?(\w+)/.exec(line)?.[1] ?? '';
  return text
    .split('\n')
    .filter((line) => !lag.test(nameOf(line)))
    .join('\n');
}
