import type { Command } from 'commander';
import { trailCsv } from '../audit/trail-csv.js';
import type { TrailEntry, TrailPage } from '../audit/trail.js';
import type { CommandAnswer } from '../http/api-models.js';
import { path } from './connection.js';
import { momentText, table } from './output.js';
import { UsageError, withConnection, type Session } from './session.js';

/** Options that every reporting command has. */
export interface Circumstances {
  plan?: string;
  reason?: string;
  evidence?: string;
  knownAt?: string;
  demo?: boolean;
}

export const circumstances = (command: Command): Command =>
  command
    .option('--plan <规划>')
    .option('--reason <事由>')
    .option('--evidence <依据>', '所依据的文件名称')
    .option('--known-at <日期>', '补录：当时的知悉日期')
    .option('--demo', '标为示例数据');

export const bodyOf = ({ reason, evidence, knownAt, demo }: Circumstances) => ({
  reason,
  ...(evidence !== undefined && { evidence: [{ title: evidence }] }),
  knownAt,
  demo,
});

/** Commands for reporters, reviewers and auditors: report, correct and approve figures, and read the audit trail. */
export function reporterCommands(program: Command): void {
  const figureCommand = (name: string, resource: string, description: string): Command =>
    circumstances(
      program
        .command(name)
        .description(description)
        .argument('<指标>')
        .argument('<单位>')
        .argument('<期间>')
        .argument('[数值]', '直接填报的数值；比率指标用 --numerator 和 --denominator'),
    )
      .option('--numerator <分子>')
      .option('--denominator <分母>')
      .action(
        withConnection<ReportOptions>((session, options, code, unit, period, value) =>
          report(session, { ...options, value }, [code, unit, period, resource]),
        ),
      );
  figureCommand('measure', 'measurement', '上报一个数据').option(
    '--exception <说明>',
    '为何填报规划年度之外或已停用指标的数据',
  );
  figureCommand('correct', 'corrections', '更正一个数据（须写事由）');

  circumstances(
    program
      .command('approve')
      .description('审核通过一个数据（填报人与审核人须为两人）')
      .argument('<指标>')
      .argument('<单位>')
      .argument('<期间>'),
  ).action(
    withConnection<Circumstances>((session, options, code, unit, period) =>
      report(session, options, [code, unit, period, 'approval']),
    ),
  );

  program
    .command('audit')
    .description('审计：谁、何时、把哪个数据由何改为何、为何')
    .option('--plan <规划>')
    .option('--figure <数据>', '指标/单位/期间，如 02/331102/2022')
    .option('--of <对象>', '类别/编号，如 projects/P01、policies/R01、tasks/D01、indicators/02')
    .option('--by <经办人编号>')
    .option('--day <日期>', '如 2023-08-20')
    .option('--clock <口径>', 'recorded 入库日（默认）或 known 知悉日')
    .option('--as-of <日期>')
    .option('--csv', '输出 CSV')
    .action(withConnection(audit));
}

interface ReportOptions extends Circumstances {
  numerator?: string;
  denominator?: string;
  exception?: string;
  value?: string;
}

async function report({ api, print, planOf }: Session, options: ReportOptions, operands: string[]): Promise<void> {
  const plan = await planOf(options.plan);
  const { value, numerator, denominator, exception } = options;
  const answer = await api.post<CommandAnswer>(path('plans', plan, 'figures', ...operands), {
    ...{ value, numerator, denominator, exception },
    ...bodyOf(options),
  });
  print(answer, () => answerText(answer));
}

export const answerText = ({ events, position = '', revision }: CommandAnswer): string =>
  events.length === 0 ? '没有变化：与库中已有的相同' : `已记录（日志位置 ${position}，修订号 ${revision}）`;

interface AuditOptions {
  plan?: string;
  figure?: string;
  of?: string;
  by?: string;
  day?: string;
  clock?: string;
  asOf?: string;
  csv?: boolean;
}

/** Entries of the trail per request. */
const pageSize = 1_000;

async function audit({ api, print, planOf }: Session, options: AuditOptions): Promise<void> {
  const plan = await planOf(options.plan);
  const { figure, of, by: actor, day, clock, asOf, csv } = options;
  if ([figure, of, actor, day].filter((option) => option !== undefined).length !== 1) {
    throw new UsageError('请给出 --figure、--of、--by、--day 之一');
  }
  const subject = figure === undefined ? of : `figures/${figure}`;
  const [resource, query] = subject
    ? [`${path('plans', plan, ...subject.split('/'))}/trail`, { asOf }]
    : [`${path('plans', plan)}/audit`, { actor, day, clock, asOf }];
  const entries: TrailEntry[] = [];
  for (let cursor: string | undefined; ;) {
    const answer = await api.get<TrailEntry[] | TrailPage>(resource, { ...query, cursor, limit: String(pageSize) });
    const page = Array.isArray(answer) ? answer : answer.entries;
    entries.push(...page);
    // The cursor of one stream's trail is the last revision; a plan's trail returns its cursor as `next`.
    const hasMore = Array.isArray(answer) && page.length === pageSize;
    cursor = Array.isArray(answer) ? (hasMore ? String(page.at(-1)!.revision) : undefined) : answer.next;
    if (cursor === undefined) break;
  }
  if (csv) {
    process.stdout.write(trailCsv(entries));
    return;
  }
  const { timeZone } = await api.get<{ timeZone: string }>(path('plans', plan));
  print(entries, () => trailTable(entries, timeZone));
}

function trailTable(entries: readonly TrailEntry[], zone: string): string {
  const rows = entries.map((entry) => [
    entry.position,
    `${momentText(entry.knownAt, zone)}${entry.backfilled ? '\n补录' : ''}`,
    momentText(entry.recordedAt, zone),
    entry.label,
    [entry.subject.code, entry.subject.unit, entry.subject.period, entry.subject.id].filter(Boolean).join(' '),
    entry.from ?? '—',
    entry.to ?? '—',
    `${entry.actor.name}${entry.actor.unit ? `\n${entry.actor.unit}` : ''}`,
    [entry.reason, ...(entry.evidence ?? []).map(({ title, locator }) => [title, locator].filter(Boolean).join(' '))]
      .filter(Boolean)
      .join('\n'),
    entry.eventId,
  ]);
  return [
    `${entries.length} 条${entries.some(({ demo }) => demo) ? '　【含示例数据】' : ''}`,
    table(['位置', '知悉', '入库', '动作', '对象', '由', '改为', '经办', '事由与依据', '事件编号'], rows, ['位置']),
  ].join('\n');
}
