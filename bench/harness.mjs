import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

/** What the operator shows to the servers that are measured. */
export const operatorKey = 'operator-key-of-the-benches-0123456789';

/** Creates an empty folder under `parent`, so that all measurements use the same disk. */
export function emptyFolder(parent, name) {
  const folder = join(parent, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Runs the contenders alternately, round by round, so that other load on the machine affects all of them. Each performs
 * `count` operations per round. The first round is a warm-up and is not counted. Returns operations per second.
 */
export async function inTurns(rounds, contenders) {
  const seconds = contenders.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [at, { run }] of contenders.entries()) {
      const started = performance.now();
      await run(round);
      if (round > 0) seconds[at].push((performance.now() - started) / 1000);
    }
  }
  return contenders.map(({ name, count }, at) => ({
    name,
    median: count / quantile(seconds[at], 0.5),
    best: count / Math.min(...seconds[at]),
    seconds: seconds[at],
  }));
}

/**
 * How many times faster one contender is than another: the median of the rounds' ratios, which is robust against load.
 */
export const timesFaster = (one, other, share = 1) =>
  round(
    share *
      quantile(
        one.seconds.map((seconds, at) => other.seconds[at] / seconds),
        0.5,
      ),
    3,
  );

export function quantile(numbers, share) {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** Median, 99th percentile and maximum of durations. */
export const spread = (durations) => ({
  p50: round(quantile(durations, 0.5), 3),
  p99: round(quantile(durations, 0.99), 3),
  max: round(Math.max(...durations), 3),
});

/** Rounds to `digits` significant digits. */
export const round = (number, digits = 3) =>
  Math.abs(number) >= 10 ** digits ? Math.round(number) : Number(number.toPrecision(digits));

/** Runs `work` for the numbers from `first` (inclusive) to `end` (exclusive), in concurrent batches of `size`. */
export async function concurrently(size, first, end, work) {
  for (let at = first; at < end; at += size) {
    await Promise.all(Array.from({ length: Math.min(size, end - at) }, (_, offset) => work(at + offset)));
  }
}

/** Seeded random integers from 0 (inclusive) to `sides` (exclusive); the algorithm is mulberry32. */
export function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * sides);
  };
}

/**
 * Sends GET requests over one connection, one at a time, and reads the responses into the same buffer. `node:http`
 * allocates a new buffer for each part of a response, so garbage collection in this process would distort the times.
 * `get` returns the status and the bytes of the body, which are valid until the next call.
 */
export async function reader(url) {
  const { hostname, port } = new URL(url);
  const into = Buffer.alloc(8 * 2 ** 20);
  let [end, whole, fail] = [0];
  const socket = connect({
    host: hostname,
    port: Number(port),
    onread: {
      buffer: Buffer.alloc(2 ** 20),
      callback(length, part) {
        part.copy(into, end, 0, length);
        end += length;
        whole();
        return true;
      },
    },
  });
  socket
    .setNoDelay(true)
    .on('error', (error) => fail?.(error))
    .on('close', () => fail?.(new Error('the server closed the connection')));
  await once(socket, 'connect');

  const answer = () => {
    const head = into.subarray(0, end).indexOf('\r\n\r\n');
    if (head < 0) return undefined;
    const text = into.toString('latin1', 0, head);
    const length = Number(/^content-length: (\d+)$/im.exec(text)[1]);
    const body = into.subarray(head + 4, head + 4 + length);
    return end < head + 4 + length ? undefined : { status: Number(text.split(' ', 2)[1]), body };
  };
  return {
    get: (path) =>
      new Promise((resolve, reject) => {
        end = 0;
        fail = reject;
        whole = () => {
          const found = answer();
          if (found) resolve(found);
        };
        socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
      }),
    close: () => socket.destroy(),
  };
}

/** CPU seconds of this process, including garbage collection threads. They depend little on other load. */
export function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const mebibytes = (bytes) => Math.round(bytes / 2 ** 20);

/** Peak and current memory of this process. */
export const memory = () => ({
  'peak RSS MiB': Math.round(process.resourceUsage().maxRSS / 1024),
  'RSS MiB': mebibytes(process.memoryUsage().rss),
  'heap MiB': mebibytes(process.memoryUsage().heapUsed),
});

/** A `load` for peers that have no bulk append: appends the events one by one. */
export const oneAfterTheOther = (append) => async (rows) => {
  for (const { stream, revision, event, moment } of rows) await append(stream, revision, event, moment);
};
