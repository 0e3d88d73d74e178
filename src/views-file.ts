import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseUnusable } from './sqlite/open-database.js';
import { SqliteVersionedStore } from './versioned-store/sqlite/sqlite-versioned-store.js';

const viewsFile = (folder: string) => join(folder, 'views.sqlite');
const mark = (folder: string) => join(folder, 'views.damaged');

/**
 * The views of a data folder. They can be made again: a file that is damaged, was marked so, or is of another schema is
 * set aside as `views.damaged.sqlite`, and a new one takes its place.
 * @throws {DatabaseUnusable} it is another program's, or the system does not let it be read and written
 */
export function openViews(folder: string): SqliteVersionedStore {
  if (existsSync(mark(folder))) setAside(folder);
  try {
    return SqliteVersionedStore.open(viewsFile(folder));
  } catch (error) {
    if (!(error instanceof DatabaseUnusable && (error.reason === 'damaged' || error.reason === 'version'))) throw error;
    setAside(folder);
    return SqliteVersionedStore.open(viewsFile(folder));
  }
}

/** Lets the next start make the views anew: this process has the damaged file open. */
export function markViewsDamaged(folder: string, why: string): void {
  try {
    writeFileSync(mark(folder), why);
  } catch {
    // A full disk must not hide the damage from whoever came upon it; the next reader of it comes upon it too.
  }
}

function setAside(folder: string): void {
  const path = viewsFile(folder);
  for (const suffix of ['', '-wal', '-shm']) {
    const aside = join(folder, `views.damaged.sqlite${suffix}`);
    rmSync(aside, { force: true });
    if (existsSync(path + suffix)) renameSync(path + suffix, aside);
  }
  rmSync(mark(folder), { force: true });
}
