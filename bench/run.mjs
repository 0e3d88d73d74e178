// npm run bench -- [--quick] [--only name[,name]] [--dir folder] [--save name]        see docs/performance.md
import Database from 'better-sqlite3';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { hasRedis } from './redis-server.mjs';

const names = [
  'log',
  'commands',
  'http',
  'figure',
  'overview',
  'import',
  'workbook',
  'documents',
  'province',
  'what-if',
  'known-since',
  'rebuild',
  'start',
  'redis',
  'eventstoredb',
];
const needsRedis = ['redis'];

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    dir: { type: 'string', default: fileURLToPath(new URL('../data/bench', import.meta.url)) },
    save: { type: 'string' },
  },
});
const chosen = flags.only?.split(',') ?? names;
const unknown = chosen.find((name) => !names.includes(name));
if (unknown) {
  console.error(`unknown measurement ${unknown}; available: ${names.join(', ')}`);
  process.exit(2);
}

if (!hasRedis()) {
  for (const name of needsRedis.filter((each) => chosen.includes(each))) {
    console.log(`${name} is skipped, because redis-server is missing`);
    chosen.splice(chosen.indexOf(name), 1);
  }
}

const parent = join(flags.dir, flags.quick ? 'quick' : 'full');
rmSync(parent, { recursive: true, force: true });
mkdirSync(parent, { recursive: true });
const load = () => Number(loadavg()[0].toFixed(1));

async function inOwnProcess(name, step) {
  const argument = JSON.stringify({ name, step, parent, quick: flags.quick });
  const child = fork(new URL('one.mjs', import.meta.url), [argument], {
    stdio: 'inherit',
    // In-memory peers hold a million events.
    execArgv: ['--max-old-space-size=12000'],
  });
  let result;
  child.on('message', (message) => (result = message));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${name}: ${step} ended with ${code}`);
  return result;
}

const measurements = {};
try {
  for (const name of chosen) {
    console.log(`\n${name} …`);
    await inOwnProcess(name, 'prepare');
    const before = load();
    const started = performance.now();
    const result = await inOwnProcess(name, 'measure');
    const seconds = Math.round((performance.now() - started) / 1000);
    measurements[name] = { ...result, seconds, load: `${before} → ${load()}` };
    console.log(`${result.title} (${seconds} s, load ${measurements[name].load})`);
    console.table(Object.fromEntries(result.rows.map(({ name: row, ...columns }) => [row, columns])));
    for (const { name: what, goal, value, met } of result.goals) {
      console.log(`${met ? 'met   ' : 'MISSED'} ${what}: ${value} (goal ${goal})`);
    }
  }
} finally {
  rmSync(parent, { recursive: true, force: true });
}

const results = {
  date: new Date().toISOString(),
  quick: flags.quick,
  machine: {
    cpu: cpus()[0].model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    sqlite: new Database(':memory:').prepare('SELECT sqlite_version()').pluck().get(),
  },
  measurements,
};
const file = fileURLToPath(new URL(`results/${flags.save ?? 'latest'}.json`, import.meta.url));
const before = flags.only && flags.save ? earlier(file) : {};
const merged = { ...results, measurements: { ...before, ...measurements } };
writeFileSync(file, await format(JSON.stringify(merged), { ...(await resolveConfig(file)), parser: 'json' }));
console.log(`\n${file}`);

/** The measurements of an earlier run, of which `--only` replaces the given ones. */
function earlier(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).measurements;
  } catch {
    return {};
  }
}
