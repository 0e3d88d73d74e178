import { readFileSync } from 'node:fs';

/** What `run.mjs` asks of this process of jest: file, mutants, and where to write what was found. */
export const currentRun = () => JSON.parse(readFileSync(process.env.TONGJIAN_MUTATION_RUN, 'utf8'));
