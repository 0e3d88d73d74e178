import Database from 'better-sqlite3';
import type { Proof, Seal } from '../../kernel/event-log.js';
import { DatabaseUnusable, unusable } from '../../sqlite/open-database.js';
import { eventLogSchema } from './schema.js';
import { verifyLog } from './verify-log.js';

/**
 * Copies the current state of a log into a new file. Another process may write to the log meanwhile: the copy is one
 * read transaction, which in WAL mode does not block writers. The copy is not yet synced to the disk.
 * @throws {DatabaseUnusable} the source is not an event log of this program, or is damaged
 * @throws {Database.SqliteError} SQLITE_FULL: no space for the copy
 */
export function copyLog(source: string, target: string): void {
  const db = openForReading(source);
  try {
    db.prepare('VACUUM INTO ?').run(target);
  } catch (error) {
    // Only the target can run out of disk space. Any other error comes from the source.
    if (!(error instanceof Database.SqliteError) || error.code === 'SQLITE_FULL') throw error;
    throw unusable(source, error);
  } finally {
    db.close();
  }
}

export interface LogInspection {
  readonly proof: Proof;
  /** SHA-256 hashes of the files that events refer to as `contentHash`, sorted. */
  readonly files: readonly string[];
}

/** Checks the integrity of the database and the hash chain. @throws {DatabaseUnusable} not a readable event log */
export function inspectLog(path: string): Promise<LogInspection> {
  return reading(path, async (db) => {
    const complaint = db.pragma('integrity_check(1)', { simple: true });
    if (complaint !== 'ok') throw new DatabaseUnusable('damaged', `${path}: ${String(complaint)}`);
    const proof = await verifyLog(db);
    return { proof, files: proof.damage ? [] : namedFiles(db) };
  });
}

/** Calls `verifyLog` on a file. @throws {DatabaseUnusable} not a readable event log */
export function proveFile(path: string, expectedSeal?: Seal): Promise<Proof> {
  return reading(path, (db) => verifyLog(db, expectedSeal));
}

/** Runs `read` in one read transaction. The file is not changed, and other processes may write to it meanwhile. */
async function reading<Result>(path: string, read: (db: Database.Database) => Promise<Result>): Promise<Result> {
  const db = openForReading(path);
  try {
    db.exec('BEGIN');
    return await read(db);
  } catch (error) {
    if (error instanceof Database.SqliteError) throw unusable(path, error);
    throw error;
  } finally {
    db.close();
  }
}

function namedFiles(db: Database.Database): string[] {
  const named = db.prepare<[], string>(`
    SELECT DISTINCT data ->> '$.contentHash' AS hash FROM events WHERE hash IS NOT NULL ORDER BY hash`);
  return named.pluck().all();
}

/**
 * Opens a log read-only, without changing the file. It may be in use by another process, or be a backup.
 * @throws {DatabaseUnusable} not a readable event log of the current schema version
 */
export function openForReading(path: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
    const { applicationId, version } = eventLogSchema;
    if (db.pragma('application_id', { simple: true }) !== applicationId) {
      throw new DatabaseUnusable('foreign', `${path}: not a Tongjian event log`);
    }
    const found = db.pragma('user_version', { simple: true });
    if (found !== version) {
      throw new DatabaseUnusable('version', `${path}: schema ${String(found)}; this program needs schema ${version}`);
    }
    return db;
  } catch (error) {
    db?.close();
    throw error instanceof DatabaseUnusable ? error : unusable(path, error);
  }
}
