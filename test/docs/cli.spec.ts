import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { evaluatorCommands } from '../../src/cli/evaluator.commands.js';
import { indexCommands } from '../../src/cli/index.commands.js';
import { operatorCommands } from '../../src/cli/operator.commands.js';
import { programmeCommands } from '../../src/cli/programme.commands.js';
import { reporterCommands } from '../../src/cli/reporter.commands.js';

const program = new Command();
for (const add of [operatorCommands, evaluatorCommands, indexCommands, reporterCommands, programmeCommands])
  add(program);
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
