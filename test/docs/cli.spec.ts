import { readFileSync } from 'node:fs';
import { decidedCommands } from '../../src/cli/decided.commands.js';
import { commandLine } from '../../src/cli/program.js';
import { leavesOf } from '../support/leaf-commands.js';

const program = commandLine((code) => {
  throw new Error(`exit ${code}`);
}, decidedCommands);
const lines = readFileSync('docs/cli.md', 'utf8').split('\n');

/** What every command of the deciders takes is said once for all. */
const saidOnce = ['--plan', '--reason', '--evidence', '--evidence-sha256', '--known-at', '--demo'];

it('docs/cli.md says once what every command of the deciders takes', () => {
  const line = lines.find((each) => saidOnce.every((option) => each.includes(`\`${option}`)));
  expect(line).toBeDefined();
});

describe.each(leavesOf(program).map(({ name, command }) => [name, command] as const))(
  'docs/cli.md on %s',
  (name, { options }) => {
    it('explains it and each of its options', () => {
      const about = lines.filter((line) => new RegExp(`\`${name}[ \`]`).test(line)).join('\n');
      expect(about).not.toBe('');
      const missing = options.filter(
        ({ long, negate }) => !saidOnce.includes(long!) && !negate && !about.includes(long!),
      );
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
