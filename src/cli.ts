#!/usr/bin/env node
import { commandLine } from './cli/program.js';

// The reader of a pipe may leave early (`| head`): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const exit = (code: number) => process.exit(code);
const { decidedCommands } = namesOther() ? await import('./cli/decided.commands.js') : {};
await commandLine(exit, decidedCommands).parseAsync();

/** Whether the command is none of those that need little of the program. */
function namesOther(): boolean {
  const program = commandLine(exit);
  const [name] = program.parseOptions(process.argv.slice(2)).operands;
  return !program.commands.some((command) => command.name() === name);
}
