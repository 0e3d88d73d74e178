import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SystemStatus } from '../../src/http/system.controller.js';
import { startProgram } from '../support/program.js';
import { until } from '../support/until.js';
import { temporaryFolder } from '../temporary-folder.js';
import { fetchAsOperator } from '../support/operator.js';

/** Runs the commands of the pages in a folder of its own, whose data folder belongs to a server with the plans of `seeds/`. */
export interface CommandRunner {
  run(command: string): Promise<{ readonly code: number | null; readonly printed: string }>;
  stop(): Promise<void>;
}

const serverOfPages = 'http://127.0.0.1:3000';
const npx = `npx() { [ "$1" = tongjian ] && shift && '${process.execPath}' '${resolve('bundle/cli.js')}' "$@"; }`;

export async function startCommandRunner(): Promise<CommandRunner> {
  const folder = await temporaryFolder();
  const home = folder.path();
  symlinkSync(resolve('docs'), folder.path('docs'));
  for (const made of ['srv', 'mnt/backup']) mkdirSync(folder.path(made), { recursive: true });
  writeMistakenPlan(folder.path('my-plan'));
  const server = await startProgram(folder.path('data'));

  const asHere = (command: string) =>
    command.replaceAll(serverOfPages, server.url).replace(/(?<![\w/.-])(?=\/(?:srv|mnt)\/)/g, home);
  const asInPages = (printed: string) => printed.replaceAll(server.url, serverOfPages).replaceAll(home, '');

  return {
    async run(command) {
      const { code, printed } = await runInShell(`${npx}\n${asHere(command)}`, home);
      // The next command is another process, and does not know what this one wrote.
      await until(() => viewsHaveCaughtUp(server.url));
      return { code, printed: asInPages(printed).trimEnd() };
    },
    async stop() {
      server.child.kill('SIGTERM');
      await once(server.child, 'exit');
      await folder.remove();
    },
  };
}

async function viewsHaveCaughtUp(url: string): Promise<boolean> {
  const { views } = (await (await fetchAsOperator(`${url}/api/status`)).json()) as SystemStatus;
  return views.every(({ caughtUp }) => caughtUp);
}

async function runInShell(script: string, cwd: string): Promise<{ code: number | null; printed: string }> {
  const child = spawn('sh', ['-c', script], {
    cwd,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  // One that never ends, such as a server, would stay when the tests are over.
  const patience = setTimeout(() => process.kill(-child.pid!), 50_000);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(patience);
  return { code, printed };
}

/** The environment without settings of the program and of the tests, and without a proxy before the server. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(TONGJIAN_.*|PORT|NODE_OPTIONS)$/.test(name));
  return { ...Object.fromEntries(kept), NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
}

/** The folder `my-plan` of docs/plan-folder.md: the example with a malformed number in row 3 and a mistyped person in row 9. */
function writeMistakenPlan(folder: string): void {
  cpSync('docs/examples/village-water-figures', folder, { recursive: true });
  const history = `${folder}/history.csv`;
  const rows = readFileSync(history, 'utf8').split('\n');
  rows[2] = rows[2]!.replace(',4400,', ',"4,400",');
  rows[8] = rows[8]!.replace(',clerk-b,', ',Clerk-b,');
  writeFileSync(history, rows.join('\n'));
}
