import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseUnusable } from '../sqlite/open-database.js';
import { SqliteVersionedStore } from '../versioned-store/sqlite/sqlite-versioned-store.js';

/** The marker of a damaged `views.sqlite` is `views.damaged`; the damaged file is renamed to `views.damaged.sqlite`. */
const mark = (file: string) => `${file.replace(/\.sqlite$/, '')}.damaged`;

/**
 * Opens the views in a SQLite file. If the file is damaged, marked as damaged or of another schema version, it is
 * renamed and an empty one is created, because views can be rebuilt.
 * @throws {DatabaseUnusable} the file belongs to another program, or cannot be read or written
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

/** Marks the views as damaged, so that the next start rebuilds them. This process still has the damaged file open. */
export function markViewsDamaged(file: string, why: string): void {
  try {
    writeFileSync(mark(file), why);
  } catch {
    // Ignored, for example on a full disk: the caller must report the damage itself, and a later read finds it again.
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
