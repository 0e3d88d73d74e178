import Database from 'better-sqlite3';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertNoBackup } from './backup-manifest.js';
import { unusable } from '../sqlite/open-database.js';

/** The process that owns a data folder. */
export interface Owner {
  /** Process id; 0 if unknown. */
  readonly pid: number;
  /** Base URL of its HTTP API; absent while it starts, or if it has none. */
  readonly url?: string;
  /**
   * What proves to that API that somebody may read this folder, and so is the operator of the machine. It is made anew at
   * each start.
   */
  readonly operatorKey?: string;
}

/** Another process owns the data folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  constructor(
    folder: string,
    readonly owner: Owner | undefined,
  ) {
    super(
      `数据文件夹 ${folder} 正由另一进程使用${owner ? `（进程号 ${owner.pid}${owner.url ? `，${owner.url}` : ''}）` : ''}`,
    );
  }
}

/**
 * Ownership of a data folder by one process at a time. The lock is an exclusive SQLite transaction on `lock.sqlite`.
 * The operating system releases it when the process ends, also after a crash, so it never becomes stale.
 */
export class DataFolder {
  private constructor(
    readonly path: string,
    private readonly lock: Database.Database,
  ) {}

  /**
   * Creates the folder if needed, and locks it.
   * @throws {FolderInUse} another process owns it
   * @throws {DatabaseUnusable} it cannot be created or written
   * @throws {BackupRefused} it is a backup
   */
  static own(path: string): DataFolder {
    assertNoBackup(path);
    let lock: Database.Database | undefined;
    try {
      mkdirSync(path, { recursive: true });
      lock = new Database(join(path, 'lock.sqlite'), { timeout: 0 });
      lock.exec('BEGIN EXCLUSIVE');
      const folder = new DataFolder(path, lock);
      folder.announce({ pid: process.pid });
      return folder;
    } catch (error) {
      lock?.close();
      if ((error as { code?: string }).code === 'SQLITE_BUSY') throw new FolderInUse(path, ownerOf(path));
      throw unusable(path, error);
    }
  }

  /** Locks all folders or none. @throws like `own` */
  static ownAll(paths: readonly string[]): DataFolder[] {
    const owned: DataFolder[] = [];
    try {
      for (const path of paths) owned.push(DataFolder.own(path));
      return owned;
    } catch (error) {
      for (const folder of owned) folder.release();
      throw error;
    }
  }

  /** The current owner of a folder, or undefined. The lock decides; `owner.json` says who. @throws like `own` */
  static owner(path: string): Owner | undefined {
    if (!existsSync(join(path, 'lock.sqlite'))) return undefined;
    try {
      DataFolder.own(path).release();
      return undefined;
    } catch (error) {
      if (error instanceof FolderInUse) return error.owner ?? { pid: 0 };
      throw error;
    }
  }

  /** Writes `owner.json`, for other processes of the same user to read. */
  announce(owner: Owner): void {
    const path = join(this.path, 'owner.json');
    rmSync(path, { force: true });
    writeFileSync(path, JSON.stringify(owner), { mode: 0o600 });
  }

  release(): void {
    rmSync(join(this.path, 'owner.json'), { force: true });
    this.lock.close();
  }
}

function ownerOf(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(join(path, 'owner.json'), 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}
