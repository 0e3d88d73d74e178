import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { several } from '../../test/contract/event-log/samples.js';
import { lishui, seedFiles } from '../../test/support/seeds.js';
import { temporaryFolder, type TemporaryFolder } from '../../test/temporary-folder.js';
import type { BackupManifest } from './backup-manifest.js';
import { checkBackup, restoreBackup, takeBackup } from './backup.js';
import { DataFolder, FolderInUse } from './data-folder.js';
import { openEmbedded } from '../engine.js';
import { SqliteEventLog } from '../event-log/sqlite/sqlite-event-log.js';
import { sha256 } from '../kernel/json.js';
import { systemClock } from '../kernel/time.js';

const source = (data: string) => ({ data, log: join(data, 'log.sqlite') });

describe('backup and restore', () => {
  let folder: TemporaryFolder;
  let data: string;
  let good: string;
  let manifest: BackupManifest;

  beforeAll(async () => {
    folder = await temporaryFolder();
    data = folder.path('data');
    await mkdir(data);
    const engine = openEmbedded(data);
    await engine.start();
    await engine.submissions.submit(seedFiles(lishui));
    await engine.close();
    good = folder.path('good');
    manifest = await takeBackup(source(data), good, '0.1.0');
  });
  afterAll(() => folder.remove());

  const refused = (work: Promise<unknown>, message: RegExp) =>
    expect(work).rejects.toMatchObject({ name: 'BackupRefused', message: expect.stringMatching(message) });
  const damaged = (work: Promise<unknown>, message: RegExp) =>
    expect(work).rejects.toMatchObject({ name: 'BackupDamaged', message: expect.stringMatching(message) });
  const unfinished = async () => (await readdir(folder.path())).filter((name) => name.includes('.unfinished-'));

  it('copies the log and the files that it refers to, but no views', async () => {
    expect((await readdir(good)).sort()).toEqual(['files', 'log.sqlite', 'manifest.json']);
    expect(manifest).toMatchObject({ format: 'tongjian-backup/1', events: 406, seal: { position: '406' } });
    expect(manifest.files).toHaveLength(1);
    expect(await checkBackup(good)).toEqual(manifest);
    expect(await unfinished()).toEqual([]);
  });

  it('accepts an empty folder as target', async () => {
    await mkdir(folder.path('empty'));
    await takeBackup(source(data), folder.path('empty'), '0.1.0');
    await checkBackup(folder.path('empty'));
  });

  it('copies events that are only in the write-ahead log, as after a kill', async () => {
    const [written, killed] = [folder.path('written'), folder.path('killed')];
    await mkdir(written);
    const log = SqliteEventLog.open(`${written}/log.sqlite`, { clock: systemClock });
    await log.append('figure-a.b', 'none', several(3));
    await cp(written, killed, { recursive: true });
    await log.close();
    await rm(`${killed}/log.sqlite-shm`);
    expect(await takeBackup(source(killed), folder.path('of-killed'), '0.1.0')).toMatchObject({ events: 3, files: [] });
  });

  it.each([
    ['a folder that is not empty', () => good, /不是空的/],
    ['a file', () => `${good}/manifest.json`, /是文件/],
    ['the data folder', () => data, /数据文件夹.*之内/],
    ['a folder in the data folder', () => `${data}/a/b`, /数据文件夹.*之内/],
    ['a folder in the data folder, through a symbolic link', () => folder.path('link', 'copy'), /数据文件夹.*之内/],
    ['a path below a file', () => `${good}/manifest.json/copy`, /上级不是文件夹|是文件/],
  ])('refuses %s as target', async (_, target, message) => {
    await symlink(data, folder.path('link')).catch(() => undefined);
    await refused(takeBackup(source(data), target(), '0.1.0'), message);
    expect(existsSync(`${data}/a`)).toBe(false);
  });

  it('refuses a data folder that has no log', () =>
    refused(takeBackup(source(folder.path('nothing')), folder.path('of-nothing'), '0.1.0'), /还没有日志/));

  it.each([
    ['a changed event', (copy: string) => alter(copy), /位置 7 处已损坏或被改动/],
    ['a damaged file', (copy: string) => appendFile(`${copy}/${fileOf(manifest)}`, ' '), /文件 .* 已损坏/],
    ['a missing file', (copy: string) => rm(`${copy}/${fileOf(manifest)}`), /文件 .* 缺失/],
    [
      'a log that is not a database',
      (copy: string) => writeFile(`${copy}/log.sqlite`, 'x'.repeat(8_192)),
      /日志读不出/,
    ],
  ])('fails for data with %s, and leaves no partial backup', async (_, harm, message) => {
    const copy = folder.path('harmed');
    await rm(copy, { recursive: true, force: true });
    await cp(data, copy, { recursive: true });
    await harm(copy);
    await damaged(takeBackup(source(copy), folder.path('of-harmed'), '0.1.0'), message);
    expect(existsSync(folder.path('of-harmed'))).toBe(false);
    expect(await unfinished()).toEqual([]);
  });

  describe('a restore', () => {
    let empty: string;
    let number = 0;
    beforeEach(() => (empty = folder.path(`restored-${++number}`)));

    it('results in the same log and files, from which the engine rebuilds the views', async () => {
      await restoreBackup(good, empty);
      expect((await readdir(empty)).sort()).toEqual(['files', 'lock.sqlite', 'log.sqlite']);
      const [before, after] = [openEmbedded(data), openEmbedded(empty)];
      await Promise.all([before.start(), after.start()]);
      expect(await after.log.readAll({ limit: 1_000 })).toEqual(await before.log.readAll({ limit: 1_000 }));
      for (const { name } of before.projections) {
        expect(await after.store.list(name, '')).toEqual(await before.store.list(name, ''));
      }
      for (const { sha256 } of manifest.files)
        expect(await after.files.get(sha256)).toEqual(await before.files.get(sha256));
      await Promise.all([before.close(), after.close()]);
    });

    it('that was interrupted can be repeated', async () => {
      await cp(`${good}/files`, `${empty}/files`, { recursive: true });
      await writeFile(`${empty}/log.sqlite.restoring`, 'the beginning of');
      await restoreBackup(good, empty);
      expect(await readdir(empty)).not.toContain('log.sqlite.restoring');
    });

    it.each(['log.sqlite', 'log.sqlite-wal', 'views.sqlite', 'something'])('refuses a folder with %s', async (name) => {
      await mkdir(empty);
      await writeFile(`${empty}/${name}`, 'there');
      await refused(restoreBackup(good, empty), new RegExp(`已有 ${name}.*空文件夹`));
      expect(await readdir(empty)).toEqual([name]);
      expect(await readFile(`${empty}/${name}`, 'utf8')).toBe('there');
    });

    it('refuses a folder that a process uses', async () => {
      const owned = DataFolder.own(empty);
      await expect(restoreBackup(good, empty)).rejects.toThrow(FolderInUse);
      owned.release();
    });

    it('refuses a source that is not a backup', () => refused(restoreBackup(data, empty), /不是备份/));

    it.each([
      ['a flipped bit in the log', (copy: string) => flip(`${copy}/log.sqlite`), /日志 log.sqlite .*SHA-256 不符/],
      ['a truncated log', (copy: string) => cut(`${copy}/log.sqlite`), /日志 log.sqlite .*SHA-256 不符/],
      ['no log', (copy: string) => rm(`${copy}/log.sqlite`), /日志 log.sqlite 缺失/],
      ['a changed event and a recomputed manifest', forge, /位置 7 处已损坏或被改动/],
      [
        'another seal',
        (copy: string) => edit(copy, ({ seal }) => ({ seal: { ...seal!, chain: '0'.repeat(64) } })),
        /封印不符/,
      ],
      ['another number of events', (copy: string) => edit(copy, () => ({ events: 405 })), /封印不符/],
      ['a flipped bit in a file', (copy: string) => flip(`${copy}/${fileOf(manifest)}`), /文件 .* 已损坏/],
      ['no file', (copy: string) => rm(`${copy}/files`, { recursive: true }), /文件 .* 缺失/],
      [
        'a file that is missing in the manifest',
        (copy: string) => edit(copy, () => ({ files: [] })),
        /缺少日志引用的文件/,
      ],
      ['another size', (copy: string) => edit(copy, ({ files }) => ({ files: [{ ...files[0]!, size: 1 }] })), /字节/],
      ['a truncated manifest', (copy: string) => cut(`${copy}/manifest.json`), /不是 JSON/],
      ['a manifest without files', (copy: string) => edit(copy, () => ({ files: undefined })), /不完整/],
      [
        'a manifest with a path in place of a hash',
        (copy: string) => edit(copy, () => ({ files: [{ sha256: '../x', size: 1 }] })),
        /不完整/,
      ],
    ])('refuses a backup with %s', async (_, harm, message) => {
      const copy = folder.path('altered');
      await rm(copy, { recursive: true, force: true });
      await cp(good, copy, { recursive: true });
      await harm(copy);
      await damaged(restoreBackup(copy, empty), message);
      expect(existsSync(empty)).toBe(false);
    });

    it('refuses a backup of another format', async () => {
      const copy = folder.path('newer');
      await cp(good, copy, { recursive: true });
      await edit(copy, () => ({ format: 'tongjian-backup/2' as never }));
      await refused(restoreBackup(copy, empty), /格式不是 tongjian-backup\/1/);
    });
  });
});

const fileOf = ({ files: [file] }: BackupManifest) => `files/${file!.sha256.slice(0, 2)}/${file!.sha256.slice(2)}`;

async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  await writeFile(path, bytes);
}

async function cut(path: string): Promise<void> {
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, bytes.length / 2));
}

async function edit(backup: string, change: (manifest: BackupManifest) => Partial<BackupManifest>): Promise<void> {
  const path = `${backup}/manifest.json`;
  const manifest = JSON.parse(await readFile(path, 'utf8')) as BackupManifest;
  await writeFile(path, JSON.stringify({ ...manifest, ...change(manifest) }));
}

/** Changes an event in the log file by SQL. */
async function alter(folder: string): Promise<void> {
  const shell = new Database(`${folder}/log.sqlite`);
  shell.exec(`DROP TRIGGER events_never_change; UPDATE events SET recorded_at = recorded_at + 1 WHERE position = 7`);
  shell.close();
}

/** Changes an event, and updates the log's hash in the manifest. */
async function forge(backup: string): Promise<void> {
  await alter(backup);
  const bytes = await readFile(`${backup}/log.sqlite`);
  await edit(backup, () => ({ log: { sha256: sha256(bytes), size: bytes.length } }));
}
