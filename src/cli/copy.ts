import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { logAddress, readConfig, redacted, type LogAddress } from '../config.js';
import { DataFolder } from '../operations/data-folder.js';
import { SqliteEventLog } from '../event-log/sqlite/sqlite-event-log.js';
import { EventLogUnavailable, WrongExpectedRevision, type CopyTarget, type EventLog } from '../kernel/event-log.js';
import { copyLog, type CopiedLog, type CopyProgress } from '../kernel/log-copy.js';
import { systemClock } from '../kernel/time.js';
import { openEventStoreDb } from '../operations/adapters.js';
import { ServerAway } from './connection.js';
import { progress } from './progress.js';
import { ExitCode, UsageError } from './session.js';

interface Ends<Each> {
  readonly from: Each;
  readonly to: Each;
}

const steps: Readonly<Record<CopyProgress['step'], string>> = {
  compare: '比对目标已有的事件',
  copy: '复制',
  'digest source': '核验源日志',
  'digest target': '核验目标日志',
};

/** Copies a whole log and verifies the copy. Exit code 3 if the logs differ at the end, or the source has grown. */
export async function copy({
  data,
  json,
  ...addresses
}: Ends<string> & { data: string | undefined; json: boolean }): Promise<void> {
  const folder = readConfig(process.env, data === undefined ? {} : { data }).data;
  const ends = { from: logAddress(addresses.from, folder, '--from'), to: logAddress(addresses.to, folder, '--to') };
  if (placeOf(ends.from) === placeOf(ends.to)) throw new UsageError('--from 与 --to 是同一份日志');

  const copied = await withLogs(ends, async (from, to) => {
    const bar = progress(json);
    try {
      return await copyLog(from, to, {
        // Number is exact enough for a progress bar.
        onProgress: ({ step, position, head }) => bar.show(steps[step], Number(position), Number(head)),
      });
    } finally {
      bar.stop();
    }
  });
  const same = copied.source.events === copied.target.events && copied.source.sha256 === copied.target.sha256;
  if (!same || copied.grown) process.exitCode = ExitCode.notProven;
  if (!json) return console.log(copiedText(copied, same, ends));
  const { source, target, added, grown } = copied;
  const [from, to] = [
    { log: shown(ends.from), ...source },
    { log: shown(ends.to), ...target },
  ];
  console.log(JSON.stringify({ from, to, added, same, grown }, null, 2));
}

async function withLogs(
  { from, to }: Ends<LogAddress>,
  work: (from: EventLog, to: CopyTarget) => Promise<CopiedLog>,
): Promise<CopiedLog> {
  const source = openSource(from);
  try {
    // The lock keeps other processes from writing to the target.
    const owned = to.kind === 'sqlite' ? DataFolder.own(dirname(to.path)) : undefined;
    try {
      const target = openTarget(to);
      try {
        return await work(source, target);
      } finally {
        await target.close();
      }
    } finally {
      owned?.release();
    }
  } catch (error) {
    throw interrupted(error);
  } finally {
    await source.close();
  }
}

function openSource(address: LogAddress): EventLog {
  if (address.kind === 'eventstoredb') return openEventStoreDb(address.url, '--from');
  // After a kill the whole log may be in the -wal file.
  if (![address.path, `${address.path}-wal`].some((file) => existsSync(file))) {
    throw new UsageError(`--from：没有日志 ${address.path}`);
  }
  return SqliteEventLog.openForReading(address.path);
}

function openTarget(address: LogAddress): CopyTarget {
  if (address.kind === 'eventstoredb') return openEventStoreDb(address.url, '--to');
  const log = SqliteEventLog.open(address.path, { clock: systemClock });
  log.assertSoundEnd();
  return log;
}

/** The message for an interrupted copy. The events copied so far remain, and the next run continues from there. */
function interrupted(error: unknown): unknown {
  const again = '已复制的事件都在，请重复同一命令，即从断处继续';
  if (error instanceof WrongExpectedRevision) {
    return new ServerAway(`目标日志不接受后续事件，似有别的程序正在写入：停止后${again}（${error.message}）`);
  }
  if (!(error instanceof EventLogUnavailable)) return error;
  const cause = error.reason === 'disk-full' ? '磁盘已满，腾出空间后' : '日志无法读写，排除故障后';
  return new ServerAway(`${cause}继续：${again}（${error.message}）`);
}

function copiedText(
  { source, target, added, grown }: CopiedLog,
  same: boolean,
  { from, to }: Ends<LogAddress>,
): string {
  const verdict = !same
    ? '两份日志内容不同：复制期间有别的程序写入了目标，或其中一份已损坏。请勿启用目标日志'
    : grown
      ? '到复制开始时为止，两份日志内容相同；此后源日志又有写入：请停止服务器，再重复同一命令'
      : '两份日志内容相同';
  return [
    added > 0 ? `已复制 ${added} 个事件` : '没有新增：事件都已在目标中',
    `  源日志　 ${shown(from)}：${source.events} 个事件，SHA-256 ${source.sha256}`,
    `  目标日志 ${shown(to)}：${target.events} 个事件，SHA-256 ${target.sha256}`,
    verdict,
    ...(same ? [`文件不在日志中，须另行复制或共用：cp -R ${folderOf(from, '/files')} ${folderOf(to, '/')}`] : []),
    ...(same && to.kind !== from.kind
      ? ['系统记录序号已不同，旧视图不能沿用：启用前请删去旧的视图，启动时由新日志重建']
      : []),
  ].join('\n');
}

const shown = (address: LogAddress): string =>
  address.kind === 'sqlite' ? `sqlite:${address.path}` : redacted(address.url);

/** A folder for a shell command, quoted; for a log on a server, a placeholder for the data folder. */
const folderOf = (address: LogAddress, within: string): string =>
  address.kind === 'sqlite'
    ? `'${(dirname(address.path) + within).replaceAll("'", String.raw`'\''`)}'`
    : `<数据文件夹>${within}`;

/** Identifies a log: the URL, or the real path of the file, so that two names of one file are equal. */
function placeOf(address: LogAddress): string {
  if (address.kind === 'eventstoredb') return address.url;
  const folder = dirname(address.path);
  if (existsSync(address.path)) return realpathSync(address.path);
  return existsSync(folder) ? join(realpathSync(folder), address.path.slice(folder.length)) : address.path;
}
