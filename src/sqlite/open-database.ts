import Database from 'better-sqlite3';

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

export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

/**
 * The one place where a SQLite file is opened. better-sqlite3 reopens a WAL file with synchronous=NORMAL, so durability is
 * set and read back every time; a file that is not ours is refused before a byte of it changes.
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
    return db;
  } catch (error) {
    db.close();
    if (error instanceof DatabaseUnusable) throw error;
    throw new DatabaseUnusable(`${path} cannot be opened as ${schema.content}: ${String(error)}`, { cause: error });
  }
}

function connect(path: string): Database.Database {
  try {
    return new Database(path, { timeout: 5_000 });
  } catch (error) {
    throw new DatabaseUnusable(`${path} cannot be opened: ${String(error)}`, { cause: error });
  }
}

/** Before 3.51.3 a checkpoint that meets a writer at the wrong moment can corrupt a WAL database. */
export function assertSafeVersion(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major * 1e6 + minor * 1e3 + patch < 3_051_003) {
    throw new DatabaseUnusable(`SQLite ${version} can corrupt a write-ahead log; 3.51.3 or later is needed`);
  }
}

/** Whether the file is new; throws unless it is new or ours. */
function assertOurs(db: Database.Database, schema: Schema): boolean {
  const applicationId = db.pragma('application_id', { simple: true });
  const version = db.pragma('user_version', { simple: true });
  const objects = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (applicationId === 0 && version === 0 && objects === 0) return true;
  if (applicationId !== schema.applicationId) {
    throw new DatabaseUnusable(`${db.name} is not a Tongjian ${schema.content}, and was left untouched`);
  }
  if (version !== schema.version) {
    throw new DatabaseUnusable(
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
  if (actual !== readBack) throw new DatabaseUnusable(`${db.name}: ${pragma} is ${String(actual)}, not ${readBack}`);
}

/** What SQLite can hold. */
export const largestInteger = 2n ** 63n - 1n;

/** A position as SQLite binds it. One beyond its integers is beyond everything it can hold. */
export function toInteger(position: string): bigint {
  const integer = BigInt(position);
  return integer > largestInteger ? largestInteger : integer;
}
