import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mutantsOf } from './mutants.mjs';
import { relatedSpecs } from './related-specs.mjs';
import { filesToMutate } from './scope.mjs';

const root = resolve(import.meta.dirname, '..');
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');

/** Milliseconds without a result after which a test is taken to run for ever. */
const stalled = 300_000;

/** Of so many specs, those nearest to the file, mutants are tried that need all modules to be loaded anew. */
const reloading = 3;

/** Milliseconds of processor time that a test with the hooks around it may take, to be run once for each mutant that it comes past. */
const slowest = 2_000;

/** Of so many specs, those nearest to the file, the tests are run: the others notice next to nothing more. */
const nearest = 6;

setPriority(constants.priority.PRIORITY_LOW);
const summary = [];
const { values, positionals } = parseArgs({ allowPositionals: true, options: { all: { type: 'boolean' } } });
for (const file of filesToMutate(positionals)) {
  const started = performance.now();
  const { mutants, survivors, unsound } = await measure(file);
  const noticed = mutants.length - survivors.length;
  const percent = mutants.length === 0 ? 100 : (100 * noticed) / mutants.length;
  summary.push({ file, mutants: mutants.length, noticed, percent, seconds: (performance.now() - started) / 1000 });
  console.log(`\n${file}: ${noticed} of ${mutants.length} noticed (${percent.toFixed(1)} %)`);
  for (const { line, mutatorName, original, replacement } of survivors) {
    console.log(`  ${file}:${line} ${mutatorName}\n    - ${shown(original)}\n    + ${shown(replacement)}`);
  }
  for (const spec of unsound)
    console.log(`  ${spec} failed without a mutant after the mutants: look at its results again`);
}

const total = summary.reduce(
  ({ mutants, noticed }, of) => ({ mutants: mutants + of.mutants, noticed: noticed + of.noticed }),
  { mutants: 0, noticed: 0 },
);
console.log('\n| file | mutants | noticed | % | s |\n| --- | ---: | ---: | ---: | ---: |');
for (const { file, mutants, noticed, percent, seconds } of summary) {
  console.log(`| \`${file}\` | ${mutants} | ${noticed} | ${percent.toFixed(1)} | ${seconds.toFixed(0)} |`);
}
console.log(`\n${total.noticed} of ${total.mutants} noticed: ${((100 * total.noticed) / total.mutants).toFixed(1)} %`);

async function measure(file) {
  const folder = join(import.meta.dirname, 'node_modules/.work', file.replaceAll('/', '-'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { code, mutants } = await mutantsOf(join(root, file));
  const specs = relatedSpecs(file, { nearest, all: values.all });
  const progress = join(folder, 'progress.jsonl');
  const instrumented = join(folder, 'instrumented.ts');
  writeFileSync(instrumented, code);
  writeFileSync(progress, '');
  const run = { file: join(root, file), instrumented, progress, mutants, specs, reloading, slowest };
  for (;;) {
    const found = readProgress(progress);
    if (mutants.length === 0 || specs.length === 0) break;
    const settings = join(folder, 'run.json');
    writeFileSync(settings, JSON.stringify({ ...run, noticed: [...found.noticed], tried: found.tried }));
    if (await ended(settings, specs, progress)) break;
    // Nothing but a mutant makes a test run for ever.
    const { tried } = readProgress(progress);
    const id = tried.at(-1)?.match(/\d+/)[0];
    if (id === undefined || tried.length === found.tried.length) throw new Error(`${file}: a spec does not end`);
    writeFileSync(progress, `${JSON.stringify({ noticed: id, isTimeout: true })}\n`, { flag: 'a' });
  }
  const { noticed, unsound } = readProgress(progress);
  writeFileSync(join(folder, 'run.json'), JSON.stringify(run));
  return { mutants, unsound, survivors: mutants.filter(({ id }) => !noticed.has(id)) };
}

function readProgress(file) {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return {
    noticed: new Set(lines.flatMap(({ noticed }) => noticed ?? [])),
    tried: lines.flatMap(({ trying }) => trying ?? []),
    unsound: [...new Set(lines.flatMap(({ unsound }) => unsound ?? []))],
  };
}

/** Runs the specs in one process. Resolves to false if it was ended because it stalled. */
function ended(settings, specs, progress) {
  const config = join(import.meta.dirname, 'jest.config.mjs');
  const flags = ['--experimental-vm-modules', '--no-warnings', jest];
  const child = spawn(process.execPath, [...flags, '--config', config, '--runInBand', '--runTestsByPath', ...specs], {
    cwd: root,
    env: { ...process.env, TONGJIAN_MUTATION_RUN: settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk) => (output += chunk));
  let isStalled = false;
  const watch = setInterval(() => {
    if (Date.now() - statSync(progress).mtimeMs < stalled) return;
    isStalled = true;
    child.kill('SIGKILL');
  }, 1_000);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      if (isStalled) resolve(false);
      else if (code === 0) resolve(true);
      else reject(new Error(`jest ended with ${code}:\n${output}`));
    });
  });
}

function shown(code) {
  const line = code.replace(/\s+/g, ' ');
  return line.length > 140 ? `${line.slice(0, 137)}...` : line;
}
