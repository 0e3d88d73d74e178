import type { Command } from 'commander';
import { join, resolve } from 'node:path';
import type { BackupManifest } from '../operations/backup-manifest.js';
import { restoreBackup, takeBackup } from '../operations/backup.js';
import { readConfig, type Config } from '../config.js';
import type { SystemStatus } from '../http/system.controller.js';
import { programVersion } from '../operations/version.js';
import type { Seal } from '../kernel/event-log.js';
import { embeddedLog } from './embedded-log.js';
import { table } from './output.js';
import { diff } from './diff.js';
import { load } from './load.js';
import { progress } from './progress.js';
import { UsageError, guarded, withConnection, type GlobalOptions, type Session } from './session.js';

/** Commands for operators: start, load, back up, restore, copy, rebuild, status and checks. */
export function operatorCommands(program: Command): void {
  program
    .command('start')
    .description('启动：建立数据文件夹，装载 seeds/ 中的规划，提供网页与接口')
    .option('--port <端口>', '默认 3000，或环境变量 PORT', Number)
    .option('--no-demo', '不装载示例数据')
    .option('--role <角色>', 'all、web（接口与网页）或 projector（视图）；默认 all，或环境变量 TONGJIAN_ROLE')
    .action(async ({ port, demo, role }: { port?: number; demo: boolean; role?: string }, command: Command) => {
      const { data, json = false } = command.optsWithGlobals<GlobalOptions>();
      await guarded(json, async () => {
        const { startServer } = await import('../start.js');
        await startServer({ demo, port, role, data });
      });
    });

  program
    .command('load')
    .description('装载规划文件夹（格式见 docs/plan-folder.md）；有错则一个事件也不写入')
    .argument('<文件夹>')
    .option('--accept-warnings [编号]', '接受警告：写明编号或代码，以逗号分隔；不写即全部接受')
    .option('--dry-run', '试装载：整体校验，列出错误、警告与将新增的事件，不写入任何数据')
    .action(withConnection(load));

  program
    .command('diff')
    .description('规划文件夹与上次装载的有何不同：只比较，不写入任何数据')
    .argument('<文件夹>')
    .option('--template', '只打印 changes.csv 的表头和还没有事由的各行')
    .action(withConnection(diff));

  program
    .command('backup')
    .description('备份日志与文件到新文件夹（服务器运行中亦可）；核对无误才算完成')
    .argument('<文件夹>')
    .action(withDataFolder(backup));

  program
    .command('restore')
    .description('把备份恢复到空的数据文件夹（--data）；视图由下次启动重建')
    .argument('<备份>')
    .action(withDataFolder(restore));

  program
    .command('copy')
    .description('把整份日志复制到另一处，并证明两份日志内容相同；中断后重复同一命令即从断处继续')
    .requiredOption('--from <日志>', 'sqlite:<文件或数据文件夹> 或 esdb://…；服务器可继续提供查询，写入则须再次复制')
    .requiredOption('--to <日志>', '同上；须为空，或为此前未完成的同一复制')
    .action(async ({ from, to }: { from: string; to: string }, command: Command) => {
      const { data, json = false } = command.optsWithGlobals<GlobalOptions>();
      await guarded(json, async () => {
        const { copy } = await import('./copy.js');
        await copy({ from, to, data, json });
      });
    });

  program.command('rebuild').description('由日志重建全部视图，建成后切换').action(withConnection(rebuild));

  program.command('status').description('日志与视图的状态').action(withConnection(status));

  program
    .command('verify-log')
    .description('逐个核查日志的全部事件；服务运行时也可')
    .option('--seal <位置:哈希>', '此前记下的封印：证明到该位置为止一字未改')
    .action(async ({ seal }: { seal?: string }, command: Command) => {
      const { data, json = false } = command.optsWithGlobals<GlobalOptions>();
      await guarded(json, async () => {
        const { verifyLog } = await import('./verify-log.js');
        await verifyLog(data, seal, json);
      });
    });

  program
    .command('doctor')
    .description('检查安装：版本、数据文件夹、日志完整性、视图')
    .action(async (_: object, command: Command) => {
      const { data, json = false } = command.optsWithGlobals<GlobalOptions>();
      await guarded(json, async () => {
        const { doctor } = await import('./doctor.js');
        await doctor(data, json);
      });
    });
}

/** Wraps a command that works on the data folder itself, without an engine. */
function withDataFolder(action: (config: Config, operand: string, json: boolean) => Promise<void>) {
  return async (operand: string, _: object, command: Command): Promise<void> => {
    const { data, json = false } = command.optsWithGlobals<GlobalOptions>();
    await guarded(json, () => action(readConfig(process.env, { data }), operand, json));
  };
}

async function backup(config: Config, target: string, json: boolean): Promise<void> {
  const bar = progress(json);
  let manifest: BackupManifest;
  try {
    manifest = await takeBackup({ data: config.data, log: embeddedLog(config) }, target, programVersion, bar.show);
  } finally {
    bar.stop();
  }
  const { events, seal, files } = manifest;
  if (json) console.log(JSON.stringify({ backup: resolve(target), ...manifest }, null, 2));
  else console.log(`已备份并核对：${resolve(target)}（${events} 个事件，${files.length} 个文件${sealText(seal)}）`);
}

async function restore({ data, log }: Config, source: string, json: boolean): Promise<void> {
  if (log.kind !== 'sqlite' || log.path !== join(data, 'log.sqlite')) {
    throw new UsageError('restore 恢复到数据文件夹：请不设 TONGJIAN_EVENT_LOG，用 --data 指定空文件夹');
  }
  const bar = progress(json);
  let manifest: BackupManifest;
  try {
    manifest = await restoreBackup(source, data, bar.show);
  } finally {
    bar.stop();
  }
  const { events, seal, files, takenAt } = manifest;
  if (json) console.log(JSON.stringify({ data, ...manifest }, null, 2));
  else {
    console.log(
      `已恢复到 ${data}：${takenAt} 的备份（${events} 个事件，${files.length} 个文件${sealText(seal)}）\n视图由下次启动重建`,
    );
  }
}

const sealText = (seal: Seal | undefined) => (seal ? `；封印 ${seal.position}:${seal.chain}` : '');

async function rebuild({ api, print, json }: Session): Promise<void> {
  const bar = progress(json);
  const rebuilt: string[] = [];
  try {
    for await (const line of api.lines<{ projection: string; position?: string; head?: string; rebuilt?: boolean }>(
      'POST',
      'views/rebuild',
    )) {
      if (line.rebuilt) rebuilt.push(line.projection);
      else bar.show(line.projection, Number(line.position ?? 0), Number(line.head ?? 0));
    }
  } finally {
    bar.stop();
  }
  print({ rebuilt }, () => `已重建并切换：${rebuilt.join('、')}`);
}

async function status({ api, print }: Session): Promise<void> {
  const answer = await api.get<SystemStatus>('status');
  print(answer, () =>
    [
      `通鉴 ${answer.version}　系统记录序号 ${answer.head ?? '（空）'}　${answer.ready ? '正常' : answer.loading ? '装载中' : '异常'}`,
      ...(answer.loading ? [`正在装载 ${loadingText(answer.loading)}`] : []),
      ...(answer.refusing ? [`日志不接受写入（${answer.refusing.code}）：${answer.refusing.detail}`] : []),
      ...(answer.failure ? [`视图不能跟进，正在重试：${answer.failure}`] : []),
      table(
        ['视图', '版本', '已到位置', '状态'],
        answer.views.map(({ name, version, checkpoint, caughtUp, stopped }) => [
          name,
          String(version),
          checkpoint ?? '—',
          stopped ? `停在 ${stopped.position}：${stopped.error}` : caughtUp ? '已跟上' : '跟进中',
        ]),
        ['已到位置'],
      ),
    ].join('\n'),
  );
}

const loadingText = ({ title, step, done, total }: NonNullable<SystemStatus['loading']>): string =>
  `${title}：${step}${total > 0 ? ` ${done}/${total}` : ''}`;
