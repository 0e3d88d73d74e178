import type { Command } from 'commander';
import type { KnownSince, KnownSinceSnapshot } from '../evaluations/known-since.js';
import { snapshotNamed } from '../evaluations/read-snapshot.js';
import { causeLines, flipLines, numberLines } from './attribution-text.js';
import { path } from './connection.js';
import { UsageError, withConnection, type Session } from './session.js';

/** What a snapshot or a moment would have said, had been known what became known later. */
export function knownSinceCommands(program: Command): void {
  program
    .command('known-since')
    .description('后来掌握：截点之后才掌握的事件逐个计入，各改动哪些数、哪些判断；不写入任何记录')
    .argument('<快照或日期>', '如 midterm-2022/1、2023-06-30')
    .option('--plan <规划>', '规划代码；只有一个规划时可省')
    .option('--period <期间>', '某日的哪一期；快照有自己的期间')
    .option('--until <日期>', '此日及以前掌握的；不填即今日')
    .option('--told <个数>', '逐个列出至多多少个事件，其余合并为一项；不填即 100')
    .action(withConnection(ask));
}

interface Options {
  plan?: string;
  period?: string;
  until?: string;
  told?: string;
}

async function ask({ api, print, planOf }: Session, options: Options, since: string): Promise<void> {
  const { period, until, told } = options;
  const plan = await planOf(options.plan);
  const isDay = /^\d{4}-\d{2}-\d{2}(T|$)/.test(since);
  const { id, number } = snapshotNamed(since);
  if (!isDay && number === undefined) throw new UsageError(`请写明评估编号和序号，如 ${id}/1，或日期`);
  const found = isDay
    ? await api.get<KnownSince>(path('plans', plan, 'known-since'), { asOf: since, period, until, told })
    : await api.get<KnownSinceSnapshot>(path('plans', plan, 'evaluations', id, 'snapshots', number!, 'known-since'), {
        period,
        until,
        told,
      });
  print(found, () => lines(found).join('\n'));
}

function lines(found: KnownSince | KnownSinceSnapshot): string[] {
  const { parts, numbers, verdicts, period, asOf, until, demo } = found;
  const title = 'title' in found ? `${found.title} 快照 ${found.snapshot}` : '某日的结论';
  const days = `截至 ${asOf?.slice(0, 10) ?? '所选系统记录序号'}，其后掌握的计至 ${until?.slice(0, 10) ?? '今日'}`;
  return [
    `后来掌握：不写入任何记录　${title}　${period}　${days}${demo ? '　【含示例数据】' : ''}`,
    ...('isWhole' in found && !found.isWhole
      ? ['您所见与存档内容不完全相同（如尚未审核的数据），各数由您所见算起']
      : []),
    `其间 ${parts.length} 项`,
    ...causeLines(parts),
    `翻转的结论 ${verdicts.length} 项`,
    ...flipLines(verdicts),
    `改动的数 ${numbers.length} 个`,
    ...numberLines(numbers),
  ];
}
