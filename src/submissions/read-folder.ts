import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FolderFiles } from '../slice/folder-part.js';

/** The files of a plan folder, hidden ones and folders left out. */
export function readFolder(path: string): FolderFiles {
  const files = readdirSync(path, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('.'),
  );
  return Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(path, name), 'utf8')]));
}
