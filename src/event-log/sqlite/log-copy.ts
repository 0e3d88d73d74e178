import Database from 'better-sqlite3';
import type { Proof, Seal } from '../../kernel/event-log.js';
import { DatabaseUnusable, unusable } from '../../sqlite/open-database.js';
import { eventLogSchema } from './schema.js';
import { verifyLog } from './verify-log.js';

/**
 * Copies a log as it stands at this moment into a new file, also while another process writes to it: one read
 * transaction sees one state, and in WAL mode holds no writer up. What the copy holds is not yet on the disk.
 * @throws {DatabaseUnusable} there is no log of ours, or it is damaged
 * @throws {Database.SqliteError} SQLITE_FULL: no space for the copy
 */
export function copyLog(source: string, target: string): void {
  const db = openForReading(source);
  try {
    db.prepare('VACUUM INTO ?').run(target);
  } catch (error) {
    // A full disk is the target's; anything else is the log's.
    if (!(error instanceof Database.SqliteError) || error.code === 'SQLITE_FULL') throw error;
    throw unusable(source, error);
  } finally {
    db.close();
  }
}

export interface LogInspection {
  readonly proof: Proof;
  /** Hashes of the files that its events name as `contentHash`, in order of the hash. */
  readonly files: readonly string[];
}

/** Proves the database as such, and the chain. @throws {DatabaseUnusable} it cannot be read as a log of ours */
export function inspectLog(path: string): Promise<LogInspection> {
  return reading(path, async (db) => {
    const complaint = db.pragma('integrity_check(1)', { simple: true });
    if (complaint !== 'ok') throw new DatabaseUnusable('damaged', `${path}: ${String(complaint)}`);
    const proof = await verifyLog(db);
    return { proof, files: proof.damage ? [] : namedFiles(db) };
  });
}

/** See `verifyLog`. @throws {DatabaseUnusable} it cannot be read as a log of ours */
export function proveFile(path: string, noted?: Seal): Promise<Proof> {
  return reading(path, (db) => verifyLog(db, noted));
}

/** A log as it stands at this moment, whoever writes to it meanwhile; not a byte of it changes. */
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

/** Changes no byte of the file, which may be another process's or a backup's. @throws {DatabaseUnusable} */
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
      throw new DatabaseUnusable('version', `${path}: schema ${String(found)}; this program knows schema ${version}`);
    }
    return db;
  } catch (error) {
    db?.close();
    throw error instanceof DatabaseUnusable ? error : unusable(path, error);
  }
}
