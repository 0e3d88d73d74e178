import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The contents of the files of a folder under `seeds/`, by file name. */
export function seedFiles(name: string): Record<string, string> {
  const folder = join(process.cwd(), 'seeds', name);
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

export const lishui = 'lishui-civil-affairs-2021-2025';
