import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Seal } from '../kernel/event-log.js';

export const backupFormat = 'tongjian-backup/1';
export const manifestFile = 'manifest.json';

/** `manifest.json` of a backup: lists its contents, so that a later check finds missing or changed files. */
export interface BackupManifest {
  readonly format: typeof backupFormat;
  readonly program: string;
  readonly takenAt: string;
  readonly events: number;
  /** Seal of the last event; absent if the log is empty. Kept outside the backup, it proves the backup later. */
  readonly seal?: Seal;
  readonly log: FileEntry;
  readonly files: readonly FileEntry[];
}

export interface FileEntry {
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

/** A backup or restore was refused before anything was changed. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

/**
 * Refuses to use a backup as a data folder, which would change it so that it could no longer be restored.
 * @throws {BackupRefused} the folder is a backup
 */
export function assertNoBackup(folder: string): void {
  const path = join(folder, manifestFile);
  if (existsSync(path) && readFileSync(path, 'utf8').includes('"tongjian-backup/')) {
    throw new BackupRefused(`${folder} 是备份，不能当作数据文件夹使用：请用 restore 恢复到一个空文件夹，再在其中使用`);
  }
}
