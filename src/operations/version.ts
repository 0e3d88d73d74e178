import { readFileSync } from 'node:fs';
import { packageFile } from './package-file.js';

/** The version in this program's `package.json`. */
export const programVersion: string = (
  JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }
).version;
