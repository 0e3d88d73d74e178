import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseUnusable } from '../sqlite/open-database.js';
import { SqliteVersionedStore } from '../versioned-store/sqlite/sqlite-versioned-store.js';

/** `views.sqlite` is marked by `views.damaged`, and set aside as `views.damaged.sqlite`. */
const mark = (file: string) => `${file.replace(/\.sqlite$/, '')}.damaged`;

/**
 * The views of one file. They can be made again: a file that is damaged, was marked so, or is of another schema is set
 * aside, and a new one takes its place.
 * @throws {DatabaseUnusable} it is another program's, or the system does not let it be read and written
 */
export function openViews(file: string): SqliteVersionedStore {
  if (existsSync(mark(file))) setAside(file);
  try {
    return SqliteVersionedStore.open(file);
  } catch (error) {
    if (!(error instanceof DatabaseUnusable && (error.reason === 'damaged' || error.reason === 'version'))) throw error;
    setAside(file);
    return SqliteVersionedStore.open(file);
  }
}

/** Lets the next start make the views anew: this process has the damaged file open. */
export function markViewsDamaged(file: string, why: string): void {
  try {
    writeFileSync(mark(file), why);
  } catch {
    // A full disk must not hide the damage from whoever came upon it; the next reader of it comes upon it too.
  }
}

function setAside(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) {
    const aside = `${mark(file)}.sqlite${suffix}`;
    rmSync(aside, { force: true });
    if (existsSync(file + suffix)) renameSync(file + suffix, aside);
  }
  rmSync(mark(file), { force: true });
}
