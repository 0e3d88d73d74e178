import { readFileSync } from 'node:fs';
import { packageFile } from './package-file.js';

/** This program's, from its package. */
export const programVersion: string = (
  JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }
).version;
