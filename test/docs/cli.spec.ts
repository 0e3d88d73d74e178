import { readFileSync } from 'node:fs';
import { commandLine } from '../../src/cli/program.js';

const program = commandLine((code) => {
  throw new Error(`exit ${code}`);
});
const lines = readFileSync('docs/cli.md', 'utf8').split('\n');

describe.each(program.commands.map((command) => [command.name(), command] as const))(
  'docs/cli.md on %s',
  (name, { options }) => {
    it('explains it and each of its options', () => {
      const about = lines.filter((line) => new RegExp(`\`${name}[ \`]`).test(line)).join('\n');
      expect(about).not.toBe('');
      // What goes without saying is said once for all.
      const missing = options.filter(({ long }) => long !== '--plan' && !about.includes(long!));
      expect(missing.map(({ long }) => long)).toEqual([]);
    });

    it('gives it no option that it does not have', () => {
      const rows = lines.filter((line) => new RegExp(`^\\| \`${name}[ \`]`).test(line)).join('\n');
      expect(rows).not.toBe('');
      const given = [...rows.matchAll(/(?<![\w-])--[a-z-]+/g)].map(([option]) => option);
      const had = [...program.options, ...options].map(({ long }) => long!);
      expect(given.filter((option) => !had.includes(option))).toEqual([]);
    });
  },
);
