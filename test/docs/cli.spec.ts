import { readFileSync } from 'node:fs';
import { commandLine } from '../../src/cli/program.js';

const program = commandLine((code) => {
  throw new Error(`exit ${code}`);
});
const lines = readFileSync('docs/cli.md', 'utf8').split('\n');

it.each(program.commands.map((command) => [command.name(), command] as const))(
  'docs/cli.md explains %s and each of its options',
  (name, { options }) => {
    const about = lines.filter((line) => new RegExp(`\`${name}[ \`]`).test(line)).join('\n');
    expect(about).not.toBe('');
    // What goes without saying is said once for all.
    const missing = options.filter(({ long }) => long !== '--plan' && !about.includes(long!));
    expect(missing.map(({ long }) => long)).toEqual([]);
  },
);
