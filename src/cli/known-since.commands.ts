import type { Command } from 'commander';
import { outlookWords, statusWords, verdictWords } from '../assessment/words.js';
import type { CausedPart } from '../attribution/answer.js';
import { conclusionWords, numberWords, partWords, placeText } from '../attribution/words.js';
import type { Alone } from '../attribution/account.js';
import type { VerdictMove } from '../attribution/moves.js';
import type { KnownSince, KnownSinceSnapshot } from '../evaluations/known-since.js';
import { snapshotNamed } from '../evaluations/read-snapshot.js';
import {
  findingStandingWords,
  policyTimelinessWords,
  promiseStateWords,
  taskStandingWords,
} from '../overview/programme/words.js';
import { path } from './connection.js';
import { table } from './output.js';
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
  const named = (by: readonly number[]) => by.map((at) => String(at + 1)).join('、');
  const rows = numbers.map((number) => [
    numberWords[number.of],
    placeText(number),
    number.from ?? '—',
    number.to ?? '—',
    number.change ?? '—',
    named(number.by),
  ]);
  const flips = verdicts.map((verdict) => [
    conclusionWords[verdict.of],
    placeText(verdict),
    verdictText(verdict, verdict.from),
    verdictText(verdict, verdict.to),
    named(verdict.by),
  ]);
  const title = 'title' in found ? `${found.title} 快照 ${found.snapshot}` : '某日的结论';
  const days = `截至 ${asOf?.slice(0, 10) ?? '所选系统记录序号'}，其后掌握的计至 ${until?.slice(0, 10) ?? '今日'}`;
  return [
    `后来掌握：不写入任何记录　${title}　${period}　${days}${demo ? '　【含示例数据】' : ''}`,
    ...('isWhole' in found && !found.isWhole
      ? ['您所见与存档内容不完全相同（如尚未审核的数据），各数由您所见算起']
      : []),
    `其间 ${parts.length} 项`,
    ...parts.map((part, at) => `${at + 1}　${partText(part)}`),
    `翻转的结论 ${flips.length} 项`,
    ...(flips.length > 0 ? [table(['结论', '对象', '由', '改为', '因第几项'], flips)] : []),
    `改动的数 ${rows.length} 个`,
    ...(rows.length > 0 ? [table(['数', '对象', '由', '改为', '变动', '因第几项'], rows, ['由', '改为', '变动'])] : []),
  ];
}

function partText({ kind, entry, events, numbers, verdicts }: CausedPart): string {
  const told = numbers.filter(({ from, to }) => from !== to).length;
  const flips = verdicts.filter(({ from, to }) => from !== to).length;
  const moves = `改动 ${told} 个数、${flips} 项结论`;
  const together = [...numbers, ...verdicts].some((move: Alone) => move.together) ? '；与其他事件共同起作用' : '';
  if (!entry) return `${partWords[kind]}${events === undefined ? '' : ` ${events} 个`}　${moves}`;
  const { label, knownAt, actor, reason, subject } = entry;
  const about = Object.values(subject).join(' ');
  return `${knownAt.slice(0, 10)} ${label} ${about} ${actor.name}${reason === undefined ? '' : `：${reason}`}　${moves}${together}`;
}

function verdictText({ of, resource }: VerdictMove, text: string | undefined): string {
  if (text === undefined) return of === 'veto' ? '未否决' : '—';
  if (of === 'veto') return `否决：${text}`;
  const states: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    promise: promiseStateWords,
    policy: policyTimelinessWords,
    task: { ...taskStandingWords, overdue: '逾期' },
    finding: findingStandingWords,
  };
  if (of === 'state') return states[resource ?? '']?.[text] ?? text;
  const words: Readonly<Record<string, { zh: string }>> = { ...statusWords, ...outlookWords, ...verdictWords };
  return of === 'status' ? (words[text]?.zh ?? text) : { ...outlookWords, ...verdictWords }[text as 'completed'].zh;
}
