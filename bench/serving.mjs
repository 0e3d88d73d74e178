import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { cli } from './engine.mjs';

/** `tongjian start` in a process of its own, as people run it: resolves when it is ready; says how long that took. */
export async function serving(data, { demo }) {
  const started = performance.now();
  const child = spawn(process.execPath, [cli, '--data', data, 'start', '--port', '0', ...(demo ? [] : ['--no-demo'])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  const seconds = () => (performance.now() - started) / 1000;

  const until = async (there) => {
    for (;;) {
      const found = there();
      if (found !== undefined) return found;
      if (child.exitCode !== null) throw new Error(`the server ended:\n${said}`);
      await after(2);
    }
  };
  const url = await until(() => ownerOf(data)?.url);
  return {
    url,
    listening: seconds(),
    /** Resolves when the plans of `seeds/` are in too. */
    async ready() {
      await until(() => (said.includes('已就绪') ? true : undefined));
      return seconds();
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function ownerOf(data) {
  const file = join(data, 'owner.json');
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // It is being written.
    return undefined;
  }
}
