import Database from 'better-sqlite3';
import { statSync } from 'node:fs';

/** What a file must be to be ours, and how it is made when it is new. */
export interface Schema {
  /** For people: `event log`. */
  readonly content: string;
  /** Written into the file's header, so that another program's database is never taken for ours. */
  readonly applicationId: number;
  readonly version: number;
  readonly sql: string;
  /** In bytes; fixed when the file is made. SQLite's own 4,096 if not given. */
  readonly pageSize?: number;
  /** Of the file's pages in memory, at most. SQLite's own 2 if not given. */
  readonly cacheMebibytes?: number;
  /** FULL: a commit survives the machine. NORMAL: after a power cut the last commits may be gone, never torn. */
  readonly synchronous: 'FULL' | 'NORMAL';
}

/**
 * - `damaged`: it is no database any more, or not a whole one.
 * - `foreign`: another program's, or another content; it was left untouched.
 * - `version`: ours, of another schema.
 * - `inaccessible`: the system does not let it be read and written: no such folder, no right, no space, no file handles.
 */
export type Unusable = 'damaged' | 'foreign' | 'version' | 'inaccessible';

export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
  constructor(
    readonly reason: Unusable,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** By its code, not by its class: each copy of better-sqlite3 that a process has loaded brings a class of its own. */
function sqliteCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}

/** Whether SQLite says that what the file holds is no database, or not a whole one. */
export const isDamage = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode(error));
/** Whether there was no space, and therefore nothing was written. */
export const isDiskFull = (error: unknown): boolean => sqliteCode(error) === 'SQLITE_FULL';
/** Whether the disk itself failed, so that it is not known what it has. */
export const isDiskFailure = (error: unknown): boolean => sqliteCode(error).startsWith('SQLITE_IOERR');

/**
 * The one place where a SQLite file is opened. better-sqlite3 reopens a WAL file with synchronous=NORMAL, so durability is
 * set and read back every time; a file that is not ours is refused before a byte of it changes. What a process that was
 * killed left in the WAL is copied into the file: so it is on the disk even where that process did not get it there.
 * @throws {DatabaseUnusable}
 */
export function openDatabase(path: string, schema: Schema): Database.Database {
  const db = connect(path);
  try {
    assertSafeVersion(db.prepare<[], string>('SELECT sqlite_version()').pluck().get()!);
    const isNew = assertOurs(db, schema);
    if (isNew) set(db, 'page_size', String(schema.pageSize ?? 4_096), schema.pageSize ?? 4_096);
    set(db, 'journal_mode', 'WAL', db.memory ? 'memory' : 'wal');
    set(db, 'synchronous', schema.synchronous, schema.synchronous === 'FULL' ? 2 : 1);
    set(db, 'foreign_keys', 'ON', 1);
    if (schema.cacheMebibytes)
      set(db, 'cache_size', String(-1024 * schema.cacheMebibytes), -1024 * schema.cacheMebibytes);
    // A longer WAL (80 MB) means fewer pauses to copy it back.
    set(db, 'wal_autocheckpoint', '20000', 20_000);
    if (isNew) create(db, schema);
    db.pragma('wal_checkpoint(TRUNCATE)');
    return db;
  } catch (error) {
    db.close();
    if (error instanceof DatabaseUnusable) throw error;
    throw unusable(`${path} cannot be opened as ${schema.content}`, error);
  }
}

function connect(path: string): Database.Database {
  // SQLite would take it for new, and throw away what stands in the WAL.
  if (sizeOf(path) === 0 && sizeOf(`${path}-wal`) > 0) {
    throw new DatabaseUnusable('damaged', `${path} is missing or empty, but its ${path}-wal is there`);
  }
  try {
    return new Database(path, { timeout: 5_000 });
  } catch (error) {
    throw unusable(`${path} cannot be opened`, error);
  }
}

/** Whether a statement of ours does not fit the tables that are there: in a file of ours, their very definition is damaged. */
export const isSchemaDamage = (error: unknown): boolean => sqliteCode(error) === 'SQLITE_ERROR';

/** What an error in opening a file means for it. */
export const unusable = (what: string, error: unknown): DatabaseUnusable =>
  new DatabaseUnusable(
    isDamage(error) || isSchemaDamage(error) ? 'damaged' : 'inaccessible',
    `${what}: ${String(error)}`,
    { cause: error },
  );

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Before 3.51.3 a checkpoint that meets a writer at the wrong moment can corrupt a WAL database. */
export function assertSafeVersion(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major * 1e6 + minor * 1e3 + patch < 3_051_003) {
    throw new DatabaseUnusable('version', `SQLite ${version} can corrupt a write-ahead log; 3.51.3 or later is needed`);
  }
}

/** Whether the file is new; throws unless it is new or ours. */
function assertOurs(db: Database.Database, schema: Schema): boolean {
  const applicationId = db.pragma('application_id', { simple: true });
  const version = db.pragma('user_version', { simple: true });
  const objects = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (applicationId === 0 && version === 0 && objects === 0) return true;
  if (applicationId !== schema.applicationId) {
    throw new DatabaseUnusable('foreign', `${db.name} is not a Tongjian ${schema.content}, and was left untouched`);
  }
  if (version !== schema.version) {
    throw new DatabaseUnusable(
      'version',
      `${db.name} is a Tongjian ${schema.content} of schema ${String(version)}; this program knows schema ${schema.version}`,
    );
  }
  return false;
}

function create(db: Database.Database, schema: Schema): void {
  db.transaction(() => {
    // Another process may have made it since we looked.
    if (!assertOurs(db, schema)) return;
    db.exec(schema.sql);
    db.pragma(`application_id = ${schema.applicationId}`);
    db.pragma(`user_version = ${schema.version}`);
  }).immediate();
}

function set(db: Database.Database, pragma: string, value: string, readBack: string | number): void {
  db.pragma(`${pragma} = ${value}`);
  const actual = db.pragma(pragma, { simple: true });
  if (actual !== readBack)
    throw new DatabaseUnusable('inaccessible', `${db.name}: ${pragma} is ${String(actual)}, not ${readBack}`);
}

/** An adapter on a database that was just opened; where it cannot be made, the database is closed. @throws {DatabaseUnusable} */
export function adapterOn<Adapter>(db: Database.Database, make: (db: Database.Database) => Adapter): Adapter {
  try {
    return make(db);
  } catch (error) {
    db.close();
    throw unusable(db.name, error);
  }
}

/** What SQLite can hold. */
export const largestInteger = 2n ** 63n - 1n;

/** A position as SQLite binds it. One beyond its integers is beyond everything it can hold. */
export function toInteger(position: string): bigint {
  const integer = BigInt(position);
  return integer > largestInteger ? largestInteger : integer;
}
