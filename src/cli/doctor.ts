import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { isShareable, ownedFolders, readConfig, type Config } from '../config.js';
import { DataFolder } from '../operations/data-folder.js';
import type { Engine } from '../engine.js';
import type { EventLog } from '../kernel/event-log.js';
import { openEngine } from '../engine.js';
import { packageFile } from '../operations/package-file.js';
import { ExitCode } from './session.js';
import { proofText, proveLog } from './verify-log.js';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Checks an installation and prints each result with a remedy. Exit code 3 if a check fails. */
export async function doctor(data: string | undefined, json: boolean): Promise<void> {
  const config = readConfig(process.env, { data });
  const checks: Check[] = [nodeVersion(), pageBuilt()];
  const isNew = !existsSync(config.data);
  if (isNew) {
    checks.push({ name: '数据文件夹', ok: true, detail: `${config.data} 尚未建立：首次 npm start 时建立` });
  } else {
    checks.push(writable(config.data), space(config.data));
  }
  if (config.log.kind !== 'sqlite' || !isNew) checks.push(...(await engineChecks(config)));
  if (json) console.log(JSON.stringify(checks, null, 2));
  else for (const { name, ok, detail } of checks) console.log(`${ok ? '✔' : '✘'} ${name}：${detail}`);
  if (checks.some(({ ok }) => !ok)) process.exitCode = ExitCode.notProven;
}

function nodeVersion(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { name: 'Node.js', ok, detail: ok ? process.versions.node : `${process.versions.node}：须为 20.19 或更新` };
}

function pageBuilt(): Check {
  const ok = existsSync(packageFile('web/dist/index.html'));
  return { name: '网页', ok, detail: ok ? '已构建' : '未构建：请运行 npm run build' };
}

function writable(folder: string): Check {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK);
    return { name: '数据文件夹', ok: true, detail: `${folder} 可读写` };
  } catch {
    return { name: '数据文件夹', ok: false, detail: `${folder} 不可读写：请检查权限` };
  }
}

function space(folder: string): Check {
  const { bavail, bsize } = statfsSync(folder);
  const free = (bavail * bsize) / 2 ** 30;
  return { name: '磁盘空间', ok: free >= 1, detail: `剩余 ${free.toFixed(1)} GiB${free < 1 ? '：不足 1 GiB' : ''}` };
}

async function engineChecks(config: Config): Promise<Check[]> {
  const log = config.log.kind === 'sqlite' ? [await embeddedLogCheck(config)] : [];
  const owned = ownedFolders(config);
  const owner = owned.map((folder) => DataFolder.owner(folder)).find((owner) => owner !== undefined);
  if (!owner) return [...log, ...(await openedChecks(config, owned))];
  return [
    ...log,
    {
      name: '占用',
      ok: true,
      detail: `正由进程 ${owner.pid} 使用（${owner.url ?? '正在启动'}）：视图见 tongjian status`,
    },
  ];
}

async function embeddedLogCheck(config: Config): Promise<Check> {
  const name = '日志';
  try {
    const proof = await proveLog(config);
    return { name, ok: !proof.damage, detail: proofText(proof) };
  } catch (error) {
    return { name, ok: false, detail: messageOf(error) };
  }
}

/**
 * Checks a log on a server, and the views. Embedded views first catch up; shared ones are reported as projectors left
 * them.
 */
async function openedChecks(config: Config, owned: readonly string[]): Promise<Check[]> {
  const name = '视图';
  let folders: DataFolder[] = [];
  try {
    folders = DataFolder.ownAll(owned);
    const engine = openEngine(isShareable(config) ? { ...config, role: 'web' } : config);
    try {
      const log = config.log.kind === 'sqlite' ? [] : [await remoteLogCheck(engine.log)];
      if (log.some(({ ok }) => !ok)) return log;
      await engine.start();
      return [...log, { name, ...(await viewsCheck(engine)) }];
    } finally {
      await engine.close();
    }
  } catch (error) {
    return [{ name, ok: false, detail: messageOf(error) }];
  } finally {
    for (const folder of folders) folder.release();
  }
}

async function remoteLogCheck(log: EventLog): Promise<Check> {
  const name = '日志';
  try {
    return { name, ok: true, detail: `可读，末位 ${(await log.head()) ?? '（空）'}` };
  } catch (error) {
    return { name, ok: false, detail: messageOf(error) };
  }
}

async function viewsCheck({ projector, log }: Engine): Promise<Pick<Check, 'ok' | 'detail'>> {
  const views = await projector.status();
  const stopped = views.filter((view) => view.stopped);
  if (stopped.length > 0) {
    const detail = stopped
      .map((view) => `${view.name} 停在 ${view.stopped!.position}：${view.stopped!.error}`)
      .join('；');
    return { ok: false, detail };
  }
  const head = await log.head();
  const behind = views.filter(({ checkpoint }) => checkpoint !== head);
  if (behind.length === 0) return { ok: true, detail: '已跟上日志' };
  return { ok: false, detail: `${behind.map(({ name }) => name).join('、')} 尚未跟上日志：projector 是否在运行？` };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
