import type { Command } from 'commander';
import type { FeedOutcome, FeedStatus } from '../feeds/feeds.controller.js';
import type { FeedTrial } from '../feeds/feed-trial.js';
import { path } from './connection.js';
import { fileContent } from './option-file.js';
import { table } from './output.js';
import { oneLine } from './problem-lines.js';
import { ExitCode, UsageError, withConnection, type Session } from './session.js';

/** Sources that are fetched by a schedule; `feed pause` and the like are commands of a decider. */
export function feedCommands(program: Command): void {
  program
    .command('feeds')
    .description('规划的数据源，及其获取情况')
    .option('--plan <规划>')
    .action(withConnection(feeds));
  program
    .command('feed-define')
    .description('按 YAML 文件设定数据源；--dry-run 现在获取一次并逐行试报，不写入任何数据')
    .argument('<文件>', '有 id、name、address 或 folder、format、unit、mapping、schedule')
    .option('--dry-run', '只试不写')
    .option('--plan <规划>')
    .action(withConnection(define));
  program
    .command('feed-run')
    .description('现在获取一次；没有取得、没有报送的以退出码 1 结束')
    .argument('<数据源编号>')
    .option('--plan <规划>')
    .action(withConnection(run));
  program
    .command('feed-outcomes')
    .description('数据源近期各次获取的结果，新的在前')
    .argument('<数据源编号>')
    .option('--plan <规划>')
    .action(withConnection(outcomes));
}

interface Options {
  readonly plan?: string;
  readonly dryRun?: boolean;
}

async function feeds({ api, print, planOf }: Session, { plan }: Options): Promise<void> {
  const found = await api.get<FeedStatus[]>(path('plans', await planOf(plan), 'feeds'));
  print(found, () =>
    table(
      ['编号', '名称', '来源', '状态', '最近获取', '下次', '情况'],
      found.map((feed) => [
        ...[feed.id, feed.name, feed.address ?? `文件夹 ${feed.folder}`, feed.standing === 'paused' ? '停用' : '启用'],
        ...[feed.checkedAt ?? '', feed.standing === 'paused' ? '' : feed.next, oneLine(standingText(feed))],
      ]),
      [],
    ),
  );
}

async function define({ api, print, planOf }: Session, { plan, dryRun }: Options, file: string): Promise<void> {
  const content = fileContent(file);
  if (typeof content !== 'object' || content === null || !('id' in content) || typeof content.id !== 'string') {
    throw new UsageError(`文件 ${file} 须有 id（数据源编号）和各项设定`);
  }
  const { id, ...settings } = content;
  const resource = path('plans', await planOf(plan));
  if (!dryRun) {
    print(await api.post(`${resource}/feeds/${encodeURIComponent(id)}`, settings), () => `已设定数据源 ${id}`);
    return;
  }
  const { name: _, title: __, schedule: ___, ...tried } = settings as Record<string, unknown>;
  const trial = await api.post<FeedTrial>(`${resource}/feed-trials`, tried);
  print(trial, () => trialText(trial));
}

function trialText({ columns, rows, report }: FeedTrial): string {
  const head = `${rows} 行，各列：${columns.join('、')}`;
  if (!report) return oneLine(head);
  const { counts, refused, skipped, figures } = report;
  const counted = `将新增 ${counts.new}，不变 ${counts.unchanged}，与已报不同 ${counts.differing}，被拒 ${refused}，跳过 ${skipped}`;
  const lines = figures.map(({ at, key = '', name, outcome, from = '', to = '', differs, problems = [] }) => [
    ...[at, key, name, differs ? '与已报不同' : outcomeWords[outcome], from, to],
    oneLine(problems.map(({ message }) => message).join('；')),
  ]);
  return [oneLine(head), counted, table(['位置', '数据', '名称', '结果', '已报', '数据源', '说明'], lines, [])].join(
    '\n',
  );
}

const outcomeWords = { new: '新增', changed: '更改', unchanged: '不变', refused: '被拒', conflict: '冲突' } as const;

async function run({ api, print, planOf, end }: Session, { plan }: Options, id: string): Promise<void> {
  const feed = await api.post<FeedStatus>(path('plans', await planOf(plan), 'feeds', id, 'run'), {});
  print(feed, () => oneLine(standingText(feed)));
  if (feed.failure) end(ExitCode.refused);
}

function standingText({ failure, taken, isUnderway }: FeedStatus): string {
  if (failure) return `自 ${failure.since} 起失败 ${failure.times} 次：${failure.message}`;
  if (isUnderway) return '正在获取';
  return taken ? takenText(taken) : '尚未获取';
}

const takenText = ({ counts }: Pick<NonNullable<FeedStatus['taken']>, 'counts'>) =>
  `新增 ${counts.new}，不变 ${counts.unchanged}，与已报不同 ${counts.differing}`;

async function outcomes({ api, print, planOf }: Session, { plan }: Options, id: string): Promise<void> {
  const found = await api.get<FeedOutcome[]>(path('plans', await planOf(plan), 'feeds', id, 'outcomes'));
  print(found, () =>
    table(
      ['时间', '结果', '说明', '报送'],
      found.map((each) => [
        each.at,
        each.kind === 'taken' ? '已报送' : '失败',
        oneLine(each.kind === 'taken' ? takenText(each.taken) : each.failed.message),
        (each.kind === 'taken' && each.taken.submission) || '',
      ]),
      [],
    ),
  );
}
