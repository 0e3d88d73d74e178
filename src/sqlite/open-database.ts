import Database from 'better-sqlite3';
import { statSync } from 'node:fs';

/** How to identify a database file of this program, and how to create it. */
export interface Schema {
  /** Name of the contents for messages, such as `event log`. */
  readonly content: string;
  /** SQLite application id in the file header. It distinguishes the file from databases of other programs. */
  readonly applicationId: number;
  readonly version: number;
  readonly sql: string;
  /** What makes a file of an earlier version one of the next, by the earlier version. */
  readonly upgrades?: Readonly<Record<number, string>>;
  /** Page size in bytes, fixed at creation; by default 4,096, as in SQLite. */
  readonly pageSize?: number;
  /** Maximum size of the page cache in MiB; by default 2, as in SQLite. */
  readonly cacheMebibytes?: number;
  /**
   * FULL: a commit survives a power failure. NORMAL: a power failure may lose the last commits, but never parts of one.
   */
  readonly synchronous: 'FULL' | 'NORMAL';
}

/**
 * Why a database file cannot be used.
 * - `damaged`: it is not a database, or a corrupt one.
 * - `foreign`: it belongs to another program or has other contents. It was not changed.
 * - `version`: it has another schema version.
 * - `inaccessible`: it cannot be read or written: no such folder, no permission, no space, no file handles.
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

/**
 * The `SQLITE_…` code of an error, or ''. Not `instanceof`, because each loaded copy of better-sqlite3 has its own
 * class.
 */
function sqliteCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}

/** Whether the file is not a database, or a corrupt one. */
export const isDamage = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode(error));
/** Whether the disk was full, so that nothing was written. */
export const isDiskFull = (error: unknown): boolean => sqliteCode(error) === 'SQLITE_FULL';
/** Whether an I/O error occurred, so that it is unknown what reached the disk. */
export const isDiskFailure = (error: unknown): boolean => sqliteCode(error).startsWith('SQLITE_IOERR');

/**
 * Opens or creates a SQLite file; the only place that does so for writing. better-sqlite3 reopens a WAL file with
 * synchronous=NORMAL, so the durability pragmas are set and read back on every open. A file of another program is
 * refused before it is changed. A WAL left by a killed process is checkpointed into the file, which also syncs it to
 * the disk.
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
    // A longer WAL (80 MB) means fewer pauses for checkpoints.
    set(db, 'wal_autocheckpoint', '20000', 20_000);
    if (isNew) create(db, schema);
    else upgrade(db, schema);
    db.pragma('wal_checkpoint(TRUNCATE)');
    return db;
  } catch (error) {
    db.close();
    if (error instanceof DatabaseUnusable) throw error;
    throw unusable(`${path} cannot be opened as ${schema.content}`, error);
  }
}

function connect(path: string): Database.Database {
  // SQLite would treat the file as new and discard the WAL.
  if (sizeOf(path) === 0 && sizeOf(`${path}-wal`) > 0) {
    throw new DatabaseUnusable('damaged', `${path} is missing or empty, but its ${path}-wal exists`);
  }
  try {
    return new Database(path, { timeout: 5_000 });
  } catch (error) {
    throw unusable(`${path} cannot be opened`, error);
  }
}

/**
 * Whether a statement does not match the tables. In a file with the right schema version the table definition is
 * damaged.
 */
export const isSchemaDamage = (error: unknown): boolean => sqliteCode(error) === 'SQLITE_ERROR';

/** Translates an error on opening or reading a file. */
export const unusable = (what: string, error: unknown): DatabaseUnusable =>
  new DatabaseUnusable(
    isDamage(error) || isSchemaDamage(error) ? 'damaged' : 'inaccessible',
    `${what}: ${String(error)}`,
    { cause: error },
  );

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/**
 * SQLite before 3.51.3 can corrupt a WAL database if a checkpoint and a write coincide
 * (https://sqlite.org/releaselog/3_51_3.html).
 * @throws {DatabaseUnusable} the version is older
 */
export function assertSafeVersion(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major * 1e6 + minor * 1e3 + patch < 3_051_003) {
    throw new DatabaseUnusable(
      'version',
      `SQLite ${version} can corrupt a write-ahead log; 3.51.3 or later is required`,
    );
  }
}

/**
 * Whether the file is new (empty).
 * @throws {DatabaseUnusable} it is not new, and foreign or of a schema version that cannot be upgraded
 */
function assertOurs(db: Database.Database, schema: Schema): boolean {
  const applicationId = db.pragma('application_id', { simple: true });
  const version = db.pragma('user_version', { simple: true });
  const objects = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (applicationId === 0 && version === 0 && objects === 0) return true;
  if (applicationId !== schema.applicationId) {
    throw new DatabaseUnusable('foreign', `${db.name} is not a Tongjian ${schema.content}; it was not changed`);
  }
  const isKnown = version === schema.version || (schema.upgrades && Number(version) in schema.upgrades);
  if (!isKnown) {
    throw new DatabaseUnusable(
      'version',
      `${db.name} is a Tongjian ${schema.content} of schema ${String(version)}; this program needs schema ${schema.version}`,
    );
  }
  return false;
}

function create(db: Database.Database, schema: Schema): void {
  db.transaction(() => {
    // Checked again in the transaction, because another process may have created it meanwhile.
    if (!assertOurs(db, schema)) return;
    db.exec(schema.sql);
    db.pragma(`application_id = ${schema.applicationId}`);
    db.pragma(`user_version = ${schema.version}`);
  }).immediate();
}

/** Brings a file of an earlier version to the present one, version by version, all or none of them. */
function upgrade(db: Database.Database, { version, upgrades = {} }: Schema): void {
  const stands = () => Number(db.pragma('user_version', { simple: true }));
  if (stands() === version) return;
  db.transaction(() => {
    // Read again in the transaction, because another process may have upgraded it meanwhile.
    for (let at = stands(); at < version; at++) db.exec(upgrades[at]!);
    db.pragma(`user_version = ${version}`);
  }).immediate();
}

function set(db: Database.Database, pragma: string, value: string, readBack: string | number): void {
  db.pragma(`${pragma} = ${value}`);
  const actual = db.pragma(pragma, { simple: true });
  if (actual !== readBack)
    throw new DatabaseUnusable('inaccessible', `${db.name}: ${pragma} is ${String(actual)}, not ${readBack}`);
}

/** Creates an adapter on an opened database. Closes the database if that fails. @throws {DatabaseUnusable} */
export function adapterOn<Adapter>(db: Database.Database, make: (db: Database.Database) => Adapter): Adapter {
  try {
    return make(db);
  } catch (error) {
    db.close();
    throw unusable(db.name, error);
  }
}

/** The largest integer of SQLite: 2^63 − 1. */
export const largestInteger = 2n ** 63n - 1n;

/**
 * Converts a position to a SQLite integer. A larger position becomes the largest one, which is after every stored
 * event.
 */
export function toInteger(position: string): bigint {
  const integer = BigInt(position);
  return integer > largestInteger ? largestInteger : integer;
}
