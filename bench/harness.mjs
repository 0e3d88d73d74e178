import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

/** An empty folder of this name, next to whatever else is measured: always the same disk. */
export function emptyFolder(parent, name) {
  const folder = join(parent, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Runs contenders in turns, round after round, so that what else the machine does hits them alike. Each does `count`
 * operations a round; the first round warms up and is not counted.
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

/** Round by round how many times faster one contender was than another: the median, which load on the machine spares. */
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

/** What people look at of many durations. */
export const spread = (durations) => ({
  p50: round(quantile(durations, 0.5), 3),
  p99: round(quantile(durations, 0.99), 3),
  max: round(Math.max(...durations), 3),
});

/** `digits` significant ones, so that no more is printed than was measured. */
export const round = (number, digits = 3) =>
  Math.abs(number) >= 10 ** digits ? Math.round(number) : Number(number.toPrecision(digits));

/** Runs `work` for the numbers from `first` to before `end`, so many at once. */
export async function atOnce(size, first, end, work) {
  for (let at = first; at < end; at += size) {
    await Promise.all(Array.from({ length: Math.min(size, end - at) }, (_, offset) => work(at + offset)));
  }
}

/** A dice that falls the same way every time (mulberry32). */
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
 * GETs over one connection, one after the other, read into the same memory again and again: with a new buffer for each
 * part of a long answer, as `node:http` has it, times would tell of this process's collector. `get` gives the status and
 * the body's bytes, which are good until the next.
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
    .on('close', () => fail?.(new Error('the server hung up')));
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

/** Processor seconds this process has used, its collector's threads included: load on the machine hardly moves them. */
export function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const mebibytes = (bytes) => Math.round(bytes / 2 ** 20);

/** The most memory this process ever held, and what it holds now. */
export const memory = () => ({
  'peak RSS MiB': Math.round(process.resourceUsage().maxRSS / 1024),
  'RSS MiB': mebibytes(process.memoryUsage().rss),
  'heap MiB': mebibytes(process.memoryUsage().heapUsed),
});

/** Loads events through a peer that offers nothing faster than one append after the other. */
export const oneAfterTheOther = (append) => async (rows) => {
  for (const { stream, revision, event, moment } of rows) await append(stream, revision, event, moment);
};
