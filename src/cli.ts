#!/usr/bin/env node
import { commandLine } from './cli/program.js';

// The reader of a pipe may leave early (`| head`): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

await commandLine((code) => process.exit(code)).parseAsync();
