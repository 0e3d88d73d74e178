// npm run simulate -- --seed N --steps N --seeds N: runs test/simulation with the given seed (by default a random one).
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const number = (name, value) => {
  if (/^[1-9]\d{0,8}$/.test(value)) return value;
  console.error(`--${name} must be a positive integer, not ${value}`);
  process.exit(2);
};
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(1 + Math.floor(Math.random() * 1e8)) },
    steps: { type: 'string', default: '10000' },
    seeds: { type: 'string', default: '1' },
  },
});
const settings = Object.entries(values).map(([name, value]) => [name.toUpperCase(), number(name, value)]);

const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--selectProjects', 'int'];
const { status } = spawnSync(process.execPath, [...jest, '-t', 'behaves like the model', '--', 'test/simulation/'], {
  stdio: 'inherit',
  env: { ...process.env, ...Object.fromEntries(settings) },
});
process.exit(status ?? 1);
