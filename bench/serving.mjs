import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { someInstant, thousand } from './data.mjs';
import { cli } from './engine.mjs';
import { dice, reader } from './harness.mjs';

/** Runs `tongjian start` in its own process. Resolves when the server listens, with its URL and the seconds it took. */
export async function serving(data, { demo, settings = {} }) {
  const started = performance.now();
  const child = spawn(process.execPath, [cli, '--data', data, 'start', '--port', '0', ...(demo ? [] : ['--no-demo'])], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...settings },
  });
  const ended = once(child, 'exit');
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  const seconds = () => (performance.now() - started) / 1000;

  const until = async (there) => {
    for (;;) {
      const found = there();
      if (found !== undefined) return found;
      if (child.exitCode !== null) throw new Error(`the server ended:\n${output}`);
      await after(2);
    }
  };
  const url = await until(() => ownerOf(data)?.url);
  return {
    url,
    listening: seconds(),
    /** Resolves once the plans of `seeds/` are loaded, with the seconds since the start. */
    async ready() {
      await until(() => (output.includes('已就绪') ? true : undefined));
      return seconds();
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Durations in ms of `count` requests for the 1,000 figures of a deep log, each as of a random moment. */
export async function thousandOverHttp(data, count, settings) {
  const roll = dice(2);
  const server = await serving(data, { demo: false, settings });
  await server.ready();
  const reading = await reader(server.url);
  const durations = [];
  for (let at = -20; at < count; at++) {
    const path = `/api/plans/${thousand.plan}/figures?limit=1000&asOf=${someInstant(roll)}`;
    const started = performance.now();
    const { status, body } = await reading.get(path);
    if (status !== 200) throw new Error(`${status}: ${body}`);
    if (at >= 0) durations.push(performance.now() - started);
  }
  reading.close();
  await server.stop();
  return durations;
}

function ownerOf(data) {
  const file = join(data, 'owner.json');
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The file is being written.
    return undefined;
  }
}
