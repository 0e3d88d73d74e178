import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BackupRefused, backupFormat, manifestFile, type BackupManifest, type FileEntry } from './backup-manifest.js';
import { DataFolder } from './data-folder.js';
import { copyLog, inspectLog } from '../event-log/sqlite/log-copy.js';
import { FolderFileStore } from '../file-store/folder/folder-file-store.js';
import { syncToDisk } from '../file-store/folder/sync.js';
import type { Seal } from '../kernel/event-log.js';
import { FileDamaged } from '../kernel/file-store.js';
import { systemClock } from '../kernel/time.js';
import { DatabaseUnusable } from '../sqlite/open-database.js';

/** The data to be copied, or the backup, is damaged or was changed. */
export class BackupDamaged extends Error {
  override readonly name = 'BackupDamaged';
}

/** What to back up. */
export interface BackupSource {
  /** Path of the data folder. */
  readonly data: string;
  /** Path of the embedded log's file. */
  readonly log: string;
}

export type BackupProgress = (step: '复制日志' | '复制文件' | '核对', done: number, total: number) => void;

const logFile = 'log.sqlite';

/**
 * Backs up log and files into a new folder; a server may run meanwhile. First the log is copied in one read
 * transaction, then the files that it refers to. (A file is stored before the event that refers to it, so all of them
 * exist.) Views are left out, because they are rebuilt from the log. The backup is written and verified under a
 * temporary name; it gets its name once it is complete and synced to the disk.
 * @throws {BackupRefused} the target is not a new or empty folder outside the data folder, or cannot be written
 * @throws {BackupDamaged} the log or one of its files is damaged
 */
export async function takeBackup(
  source: BackupSource,
  target: string,
  program: string,
  onProgress: BackupProgress = () => undefined,
): Promise<BackupManifest> {
  if (!existsSync(source.log)) throw new BackupRefused(`还没有日志 ${source.log}，无可备份`);
  return writing(target, async () => {
    const place = await realPlace(target);
    await assertOutside(source.data, place);
    await assertNewOrEmpty(place);
    await mkdir(dirname(place), { recursive: true });
    const unfinished = await mkdtemp(`${place}.unfinished-`);
    try {
      const manifest = await fill(unfinished, source, program, onProgress);
      // The rename replaces an empty folder. It fails if another program wrote into the folder meanwhile.
      await rename(unfinished, place);
      await syncToDisk(dirname(place));
      return manifest;
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      throw error;
    }
  });
}

async function fill(
  folder: string,
  from: BackupSource,
  program: string,
  onProgress: BackupProgress,
): Promise<BackupManifest> {
  const takenAt = systemClock.now();
  const log = join(folder, logFile);
  onProgress('复制日志', 0, 1);
  await readable(async () => copyLog(from.log, log));
  await syncToDisk(log);
  onProgress('复制日志', 1, 1);

  const { files: named, ...proof } = await proved(log);
  const source = new FolderFileStore(join(from.data, 'files'));
  const copies = new FolderFileStore(join(folder, 'files'));
  const files: FileEntry[] = [];
  for (const hash of named) {
    const content = await contentOf(source, hash);
    await copies.put(content);
    files.push({ sha256: hash, size: content.length });
    onProgress('复制文件', files.length, named.length);
  }

  const manifest: BackupManifest = { format: backupFormat, program, takenAt, ...proof, log: await entryOf(log), files };
  await writeFile(join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
  await syncToDisk(join(folder, manifestFile));
  await syncToDisk(folder);
  return checkBackup(folder, onProgress);
}

/**
 * Restores a backup into an empty data folder; the next start rebuilds the views. The log gets its name last. So after
 * an interruption the folder counts as empty, and the restore can be repeated.
 * @throws {BackupRefused} the source is not a backup, or the folder contains data or cannot be written
 * @throws {BackupDamaged} the backup is damaged or was changed
 * @throws {FolderInUse} a process uses the folder
 */
export async function restoreBackup(
  backup: string,
  data: string,
  onProgress: BackupProgress = () => undefined,
): Promise<BackupManifest> {
  await assertHoldsNoData(data);
  const manifest = await checkBackup(backup, onProgress);
  return writing(data, async () => {
    const folder = DataFolder.own(data);
    const unfinished = join(data, restoring);
    try {
      // Checked again after taking the lock, because another process may have written to the folder before.
      await assertHoldsNoData(data);
      const source = new FolderFileStore(join(backup, 'files'));
      const files = new FolderFileStore(join(data, 'files'));
      for (const [index, { sha256 }] of manifest.files.entries()) {
        await files.put(await contentOf(source, sha256));
        onProgress('复制文件', index + 1, manifest.files.length);
      }
      await copyFile(join(backup, logFile), unfinished);
      await assertSame(unfinished, manifest.log, '日志的副本');
      await syncToDisk(unfinished);
      await rename(unfinished, join(data, logFile));
      await syncToDisk(data);
      return manifest;
    } finally {
      await rm(unfinished, { force: true });
      folder.release();
    }
  });
}

/**
 * Verifies a backup: the manifest, the log with its hash chain, and every file.
 * @throws {BackupRefused} the folder is not a backup of this format
 * @throws {BackupDamaged} the backup is damaged or was changed; the message names the first difference
 */
export async function checkBackup(
  folder: string,
  onProgress: BackupProgress = () => undefined,
): Promise<BackupManifest> {
  const manifest = await readManifest(folder);
  const { events, seal, log, files } = manifest;
  await assertSame(join(folder, logFile), log, `日志 ${logFile}`);
  const found = await proved(join(folder, logFile));
  if (found.events !== events || found.seal?.position !== seal?.position || found.seal?.chain !== seal?.chain) {
    throw new BackupDamaged(`备份 ${folder} 的日志与 manifest.json 所记的封印不符`);
  }
  const listed = new Set(files.map(({ sha256 }) => sha256));
  const unlisted = found.files.find((hash) => !listed.has(hash));
  if (unlisted !== undefined) throw new BackupDamaged(`备份 ${folder} 的 manifest.json 缺少日志引用的文件 ${unlisted}`);
  const store = new FolderFileStore(join(folder, 'files'));
  for (const [index, { sha256, size }] of files.entries()) {
    const { length } = await contentOf(store, sha256);
    if (length !== size) throw new BackupDamaged(`文件 ${sha256} 有 ${length} 字节，manifest.json 记为 ${size}`);
    onProgress('核对', index + 1, files.length);
  }
  return manifest;
}

async function readManifest(folder: string): Promise<BackupManifest> {
  const path = join(folder, manifestFile);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new BackupRefused(`${folder} 不是备份：读不到 manifest.json（做完并核对过的备份才有）`, { cause });
  }
  let manifest: Partial<Record<keyof BackupManifest, unknown>> | null;
  try {
    manifest = JSON.parse(text) as typeof manifest;
  } catch (cause) {
    throw new BackupDamaged(`${path} 不是 JSON：备份已损坏或被改动`, { cause });
  }
  if (manifest?.format !== backupFormat) throw new BackupRefused(`${path} 的格式不是 ${backupFormat}：本程序不认识`);
  if (!isEntry(manifest.log) || !Array.isArray(manifest.files) || !manifest.files.every(isEntry)) {
    throw new BackupDamaged(`${path} 不完整：备份已损坏或被改动`);
  }
  return manifest as unknown as BackupManifest;
}

function isEntry(entry: unknown): entry is FileEntry {
  const { sha256, size } = (entry ?? {}) as Partial<FileEntry>;
  return typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) && Number.isSafeInteger(size);
}

/** Verifies a log. @throws {BackupDamaged} it is damaged or unreadable */
async function proved(log: string): Promise<{ events: number; seal?: Seal; files: readonly string[] }> {
  const { proof, files } = await readable(() => inspectLog(log));
  const { damage, ...sound } = proof;
  if (damage) throw new BackupDamaged(`日志在位置 ${damage.position} 处已损坏或被改动：${damage.what}`);
  return { ...sound, files };
}

/** Runs a read of the log, and translates `DatabaseUnusable` to `BackupDamaged`. */
async function readable<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DatabaseUnusable) throw new BackupDamaged(`日志读不出：${error.message}`, { cause: error });
    throw error;
  }
}

async function contentOf(store: FolderFileStore, hash: string): Promise<Buffer> {
  try {
    const content = await store.get(hash);
    if (content) return content;
  } catch (error) {
    if (!(error instanceof FileDamaged)) throw error;
    throw new BackupDamaged(`文件 ${hash} 已损坏：内容与其哈希不符`, { cause: error });
  }
  throw new BackupDamaged(`文件 ${hash} 缺失：日志引用了它`);
}

async function entryOf(path: string): Promise<FileEntry> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { sha256: hash.digest('hex'), size: (await stat(path)).size };
}

async function assertSame(path: string, written: FileEntry, what: string): Promise<void> {
  if (!existsSync(path)) throw new BackupDamaged(`${what} 缺失`);
  const found = await entryOf(path);
  if (found.sha256 !== written.sha256)
    throw new BackupDamaged(`${what} 与 manifest.json 所记的 SHA-256 不符：已损坏或被改动`);
}

/** Resolves symbolic links in a path whose last parts may not exist yet. */
async function realPlace(path: string): Promise<string> {
  if (existsSync(path)) return realpath(path);
  const whole = resolve(path);
  return join(await realPlace(dirname(whole)), basename(whole));
}

async function assertOutside(data: string, target: string): Promise<void> {
  const path = relative(await realpath(data), target);
  if (path.split(/[\\/]/)[0] !== '..') {
    throw new BackupRefused(`备份不能放在数据文件夹 ${data} 之内：请另选文件夹，最好在另一块磁盘上`);
  }
}

async function assertNewOrEmpty(target: string): Promise<void> {
  if (!existsSync(target)) return;
  if (!(await stat(target)).isDirectory()) throw new BackupRefused(`${target} 是文件，不是文件夹`);
  if ((await readdir(target)).length > 0) throw new BackupRefused(`文件夹 ${target} 不是空的：请给出新的文件夹`);
}

const restoring = 'log.sqlite.restoring';
/** Names that a folder without data may contain: the lock, and the remains of an interrupted restore. */
const noData = new Set(['lock.sqlite', 'lock.sqlite-journal', 'owner.json', 'files', restoring]);

async function assertHoldsNoData(data: string): Promise<void> {
  if (!existsSync(data)) return;
  if (!(await stat(data)).isDirectory()) throw new BackupRefused(`${data} 是文件，不是文件夹`);
  const held = (await readdir(data)).find((name) => !noData.has(name));
  if (held !== undefined) {
    throw new BackupRefused(`文件夹 ${data} 中已有 ${held}：只能恢复到空文件夹，请用 --data 另指一处`);
  }
}

/** Runs `work`, and translates file system errors to `BackupRefused` with a one-line message. */
async function writing<Result>(place: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    const reason = typeof code === 'string' ? unwritable[code] : undefined;
    if (reason === undefined) throw error;
    throw new BackupRefused(`${place} 写不进：${reason}`, { cause: error });
  }
}

const unwritable: Readonly<Record<string, string>> = {
  ENOSPC: '磁盘已满',
  EDQUOT: '磁盘配额已满',
  SQLITE_FULL: '磁盘已满',
  EACCES: '没有写权限',
  EPERM: '没有写权限',
  EROFS: '磁盘只读',
  ENOTDIR: '上级不是文件夹',
  EEXIST: '上级不是文件夹',
  ENOTEMPTY: '期间有别的程序写入了该文件夹',
  EIO: '磁盘读写出错',
  ENAMETOOLONG: '名称太长',
};
