// Runs the unit tests once more, on Node.js 24, which comes as a package for some platforms. Where it cannot be had, it
// says so, and fails nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const folder = join('scripts', 'node-24');
const name = `node-${process.platform}-${process.arch}`;
const wanted = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).optionalDependencies[name];
const node = join(folder, 'node_modules', name, 'bin', 'node');

const versionOf = (path) => {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
};

const passOver = (why) => {
  console.log(`unit tests on Node.js 24: not run. ${why}`);
  process.exit(0);
};

if (process.versions.node.startsWith('24.')) passOver(`They ran on Node.js ${process.versions.node} just now.`);
if (wanted === undefined) passOver(`There is no package of it for ${process.platform} on ${process.arch}.`);
if (versionOf(node) !== `v${wanted}`) {
  spawnSync('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
if (!existsSync(node)) passOver(`The package ${name}@${wanted} could not be installed.`);

const version = versionOf(node);
console.log(`unit tests on Node.js ${version?.slice(1)}`);
const { status, error } = spawnSync(
  node,
  [
    join('node_modules', 'jest', 'bin', 'jest.js'),
    '--selectProjects=unit',
    // Random searches try the code and not the version that runs it; once is enough.
    '--testPathPatterns=^/((?!test/(laws|fuzz)/).)*$',
    '--json',
    '--outputFile=node_modules/.cache/test-results-node-24.json',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --max-semi-space-size=32' } },
);
if (error) console.error(String(error));
process.exit(status ?? 1);
