import { transformFile } from '@swc/core';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emptyFolder } from './harness.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'test/eventstoredb');

/**
 * The EventStoreDB at TONGJIAN_EVENTSTORE_URL, which should be empty. By default starts the tests' server in a separate
 * process; it keeps its data in memory, so its own cost is small.
 */
export async function eventStoreServer(parent) {
  const real = process.env.TONGJIAN_EVENTSTORE_URL;
  if (real) return { url: real, stop: () => Promise.resolve() };
  const folder = emptyFolder(parent, 'eventstore');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const name of readdirSync(source).filter((each) => each.endsWith('.ts') && !each.endsWith('.spec.ts'))) {
    const { code } = await transformFile(join(source, name), { configFile: join(root, '.swcrc'), sourceMaps: false });
    writeFileSync(join(folder, name.replace('.ts', '.js')), code);
  }
  const server = spawn(process.execPath, [join(folder, 'main.js'), '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await once(server.stdout, 'data');
  return {
    url: String(output).trim(),
    async stop() {
      server.kill();
      await once(server, 'exit');
    },
  };
}
