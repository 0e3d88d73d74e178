import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Seal } from '../kernel/event-log.js';

export const backupFormat = 'tongjian-backup/1';
export const manifestFile = 'manifest.json';

/** `manifest.json` of a backup: what is in it, so that a later reader can tell that it is all there and unchanged. */
export interface BackupManifest {
  readonly format: typeof backupFormat;
  readonly program: string;
  readonly takenAt: string;
  readonly events: number;
  /** Of the last event; absent where there is none. Noted elsewhere, it proves the backup later. */
  readonly seal?: Seal;
  readonly log: FileEntry;
  readonly files: readonly FileEntry[];
}

export interface FileEntry {
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

/** It cannot be done this way; nothing was changed. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

/** A backup that is worked in is no longer what its manifest says, and is never restored again. @throws {BackupRefused} */
export function assertNoBackup(folder: string): void {
  const path = join(folder, manifestFile);
  if (existsSync(path) && readFileSync(path, 'utf8').includes('"tongjian-backup/')) {
    throw new BackupRefused(`${folder} 是备份，不能当作数据文件夹使用：请用 restore 恢复到一个空文件夹，再在其中使用`);
  }
}
