import { readFileSync } from 'node:fs';

/** This program's, from its package: the same from `src` and from `dist`. */
export const programVersion: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
