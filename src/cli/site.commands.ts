import type { Command } from 'commander';
import { unzipSync } from 'fflate';
import { snapshotNamed } from '../evaluations/read-snapshot.js';
import { path } from './connection.js';
import { UsageError, withConnection, type Session } from './session.js';
import { writeSite } from './site-folder.js';

/** The command that writes a published evaluation as a site for everybody. */
export function siteCommands(program: Command): void {
  program
    .command('write-site')
    .description('由已发布的评估存档写成公开网站：一个文件夹的静态网页，可放在任何网站或 U 盘上')
    .argument('<评估编号/存档>', '如 midterm-2022/1')
    .requiredOption('--out <文件夹>', '写到哪个文件夹；须是空的或还没有')
    .option('--replace', '替换文件夹里以前写成的网站；别的文件不动')
    .option('--base-url <网址>', '网站将放在哪个网址下，如 https://example.gov.cn/plan/；填了才有 sitemap.xml')
    .option('--license <代码>', '数据的许可代码，如 CC-BY-4.0')
    .option('--plan <规划>')
    .action(withConnection(site));
}

interface SiteOptions {
  readonly plan?: string;
  readonly out: string;
  readonly replace?: true;
  readonly baseUrl?: string;
  readonly license?: string;
}

async function site({ api, print, planOf }: Session, options: SiteOptions, name: string): Promise<void> {
  const plan = await planOf(options.plan);
  const { id, number: snapshot } = snapshotNamed(name);
  if (snapshot === undefined) throw new UsageError(`请写明第几份存档，如 ${id}/1`);
  const { out, replace = false, baseUrl, license } = options;
  const address = path('plans', plan, 'evaluations', id, 'snapshots', snapshot, 'site.zip');
  const files = unzipSync(await api.bytes(address, { baseUrl, license }));
  writeSite(out, files, replace);
  const count = Object.keys(files).length;
  print({ folder: out, files: count }, () =>
    [
      `已写成 ${count} 个文件，从 ${out}/index.html 打开`,
      ...(baseUrl === undefined ? ['没有 --base-url，不写 sitemap.xml'] : []),
    ].join('\n'),
  );
}
