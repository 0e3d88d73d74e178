import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config.js';
import { DataFolder } from '../data-folder.js';
import { openEmbedded } from '../engine.js';
import { ExitCode } from './session.js';
import { proofText, proveLog } from './verify-log.js';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Says what is wrong with an installation and what to do about it; ends with code 3 where anything is. */
export async function doctor(data: string | undefined, json: boolean): Promise<void> {
  const config = readConfig(process.env, data === undefined ? {} : { data });
  const checks: Check[] = [nodeVersion(), pageBuilt()];
  if (!existsSync(config.data)) {
    checks.push({ name: '数据文件夹', ok: true, detail: `${config.data} 尚未建立：首次 npm start 时建立` });
  } else {
    checks.push(writable(config.data), space(config.data), ...(await engineChecks(config.data)));
  }
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
  const ok = existsSync(fileURLToPath(new URL('../../web/dist/index.html', import.meta.url)));
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

async function engineChecks(path: string): Promise<Check[]> {
  const log = await logCheck(path);
  const owner = DataFolder.owner(path);
  if (!owner) return [log, await viewsCheck(path)];
  return [
    log,
    {
      name: '占用',
      ok: true,
      detail: `正由进程 ${owner.pid} 使用（${owner.url ?? '正在启动'}）：视图见 tongjian status`,
    },
  ];
}

async function logCheck(path: string): Promise<Check> {
  const name = '日志';
  try {
    const proof = await proveLog(path);
    return { name, ok: !proof.damage, detail: proofText(proof) };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

async function viewsCheck(path: string): Promise<Check> {
  const name = '视图';
  const folder = DataFolder.own(path);
  try {
    const engine = openEmbedded(path);
    try {
      await engine.start();
      const stopped = engine.projector.status().filter((view) => view.stopped);
      return {
        name,
        ok: stopped.length === 0,
        detail:
          stopped.length === 0
            ? '已跟上日志'
            : stopped.map((view) => `${view.name} 停在 ${view.stopped!.position}：${view.stopped!.error}`).join('；'),
      };
    } finally {
      await engine.close();
    }
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  } finally {
    folder.release();
  }
}
