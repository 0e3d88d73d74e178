import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { basename, parse } from 'node:path';
import type { KeptEvidence } from '../evidence/evidence.controller.js';
import type { Obligations, ObligationState } from '../reporting/obligations.js';
import type { ReportResult, RowOutcome } from '../reporting/report-result.js';
import type { WithdrawalResult } from '../reporting/withdrawals.js';
import { acceptingWarnings, namedIn, type AcceptOption } from './accepting.js';
import { path } from './connection.js';
import { table } from './output.js';
import { oneLine, problemLines } from './problem-lines.js';
import { saveFile } from './save-file.js';
import { ExitCode, UsageError, withConnection, type Session } from './session.js';

/** The commands by which a unit reports: what it owes, its workbook, its report, and the withdrawal of one. */
export function reportingCommands(program: Command): void {
  program
    .command('obligations')
    .description('报送任务：各单位某期间应报、已报、逾期')
    .requiredOption('--period <期间>', '如 2022')
    .option('--unit <单位>', '只看该单位，逐项列出')
    .option('--as-of <日期>', '按该日掌握的数据')
    .option('--plan <规划>')
    .action(withConnection(obligations));

  program
    .command('workbook')
    .description('下载一个单位某期间的填报工作簿（XLSX）')
    .requiredOption('--unit <单位>')
    .requiredOption('--period <期间>', '如 2022')
    .option('--out <文件>', '不填即 <单位>-<期间>.xlsx')
    .option('--plan <规划>')
    .action(withConnection(workbook));

  program
    .command('report')
    .description('报送填好的工作簿（.xlsx）或表格（.csv）：全有或全无')
    .argument('<文件>')
    .option('--format <格式>', '文件是 SDMX-CSV 2.0 时写 sdmx-csv')
    .option('--dry-run', '试报：逐行说明将新增、更改、不变、被拒或冲突，不写入任何数据')
    .option('--reason <事由>', '更正的事由，用于没有自己“说明”的各行')
    .option('--accept-warnings [编号]', '接受警告：写明编号或代码，以逗号分隔；不写即全部接受')
    .option('--plan <规划>')
    .action(withConnection(report));

  program
    .command('evidence')
    .description('依据文件')
    .command('keep')
    .description('留存一份依据文件（PDF、PNG、JPEG、DOCX、XLSX）：更正已锁定的数据须写明它的 SHA-256')
    .argument('<文件>')
    .requiredOption('--unit <单位>', '为该单位及其下级的数据留存')
    .option('--title <名称>', '不填即文件名')
    .option('--plan <规划>')
    .action(withConnection(keepEvidence));

  program
    .command('withdraw-submission')
    .description('撤回一次报送：恰好收回它带来的')
    .argument('<报送编号>')
    .requiredOption('--reason <事由>')
    .option('--leave <键>', '保留不动的行，以逗号分隔，如 figure/02/331102/2022')
    .option('--plan <规划>')
    .action(withConnection(withdraw));
}

interface UnitOptions {
  readonly plan?: string;
  readonly unit?: string;
  readonly period?: string;
  readonly asOf?: string;
  readonly out?: string;
}

const stateWords: Readonly<Record<ObligationState, string>> = {
  owed: '应报',
  reported: '已报',
  returned: '已退回',
  approved: '已审核',
  missing: '缺报',
};
const kindWords = { indicator: '指标', project: '项目', policy: '政策', task: '任务' } as const;

async function obligations({ api, print, planOf }: Session, options: UnitOptions): Promise<void> {
  const plan = await planOf(options.plan);
  const { unit, period, asOf } = options;
  const found = await api.get<Obligations>(`${path('plans', plan)}/obligations`, { unit, period, asOf });
  print(found, () =>
    [
      `报送任务　${found.period}　截至 ${found.day}　逾期 ${found.overdue} 项`,
      table(
        ['单位', '名称', '截止', ...Object.values(stateWords), '逾期'],
        found.units.map(({ unit: code, name, due = '—', totals, overdue }) => [
          ...[code, name, due],
          ...(Object.keys(stateWords) as ObligationState[]).map((state) => String(totals[state])),
          String(overdue),
        ]),
        [...Object.values(stateWords), '逾期'],
      ),
      ...(unit === undefined ? [] : [listed(found.units[0]?.obligations ?? [])]),
    ].join('\n'),
  );
}

const listed = (items: Obligations['units'][number]['obligations']): string =>
  table(
    ['类别', '代码', '名称', '状态'],
    items.map(({ kind, code, name, state }) => [kindWords[kind], code, name, stateWords[state]]),
  );

async function workbook({ api, print, planOf }: Session, options: UnitOptions): Promise<void> {
  const plan = await planOf(options.plan);
  const { unit = '', period = '' } = options;
  const bytes = await api.bytes(`${path('plans', plan)}/workbook`, { unit, period });
  const out = options.out ?? `${unit}-${period}.xlsx`;
  saveFile(out, bytes);
  print({ file: out, bytes: bytes.length }, () => `已存为 ${out}（${bytes.length} 字节）`);
}

interface ReportOptions extends SendingOptions {
  readonly plan?: string;
  readonly format?: string;
  readonly reason?: string;
}

async function report(session: Session, options: ReportOptions, file: string): Promise<void> {
  const { api, planOf } = session;
  const plan = await planOf(options.plan);
  const { reason, format } = options;
  if (format !== undefined && format !== 'sdmx-csv') throw new UsageError(`没有格式 ${format}：可用 sdmx-csv`);
  const resource = format === undefined ? 'reports' : 'interchange/sdmx-csv';
  const body = { file: { name: basename(file), base64: contentOf(file).toString('base64') }, reason };
  await sendRows(session, options, (more) =>
    api.post<ReportResult>(`${path('plans', plan)}/${resource}`, { ...body, ...more }),
  );
}

/** How rows are sent, of whatever route: tried out, or written once their warnings are accepted. */
export interface SendingOptions {
  readonly dryRun?: boolean;
  readonly acceptWarnings?: AcceptOption;
}

interface Sending {
  readonly acceptWarnings: readonly string[];
  readonly dryRun: boolean;
}

/** Sends rows, and prints what becomes of each; what is refused or not accepted ends the command as such. */
export async function sendRows(
  { json, print, end }: Session,
  { dryRun = false, acceptWarnings: option }: SendingOptions,
  send: (more: Sending) => Promise<ReportResult>,
): Promise<void> {
  const sent = (acceptWarnings: readonly string[]) => send({ acceptWarnings, dryRun });
  const { stdin: input, stderr: output } = process;
  const terminal = !json && input.isTTY && output.isTTY ? { input, output } : undefined;
  // In a dry run nobody is asked: nothing is stored.
  const result = dryRun ? await sent(namedIn(option)) : await acceptingWarnings(option, terminal, sent);
  print(result, () => reportLines(result).join('\n'));
  const { refused, conflict } = result.counts;
  const unaccepted = option === true ? 0 : result.unaccepted.length;
  if (refused + conflict + unaccepted > 0) end(ExitCode.refused);
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`读不了 ${file}：${(error as Error).message}`);
  }
}

interface EvidenceOptions {
  readonly plan?: string;
  readonly unit: string;
  readonly title?: string;
}

async function keepEvidence({ api, print, planOf }: Session, options: EvidenceOptions, file: string): Promise<void> {
  const plan = await planOf(options.plan);
  const { unit, title = parse(file).name } = options;
  const kept = await api.postBytes<KeptEvidence>(`${path('plans', plan)}/evidence`, { unit, title }, contentOf(file));
  print(kept, () => `已留存（${kept.type}，${kept.size} 字节）。SHA-256：${kept.sha256}`);
}

const outcomeWords: Readonly<Record<RowOutcome, string>> = {
  new: '新增',
  changed: '更改',
  unchanged: '不变',
  refused: '被拒',
  conflict: '冲突',
};

function reportLines({ dryRun, submission, counts, rows, warnings, unaccepted, passedOver }: ReportResult): string[] {
  const sums = (Object.keys(outcomeWords) as RowOutcome[]).map((each) => `${outcomeWords[each]} ${counts[each]}`);
  const shown = rows.filter(({ outcome, note }) => outcome !== 'unchanged' || note !== undefined);
  return [
    `${dryRun ? '试报（未写入任何数据）' : '已报送'}：${sums.join('，')}　报送编号 ${submission}`,
    ...(shown.length > 0 ? [rowTable(shown)] : []),
    ...rows.flatMap(({ problems = [] }) => problemLines(problems)),
    ...(warnings.length > 0 ? [`警告 ${warnings.length} 处，其中未接受 ${unaccepted.length} 处：`] : []),
    ...problemLines(warnings.map((warning) => ({ ...warning, ...warning.places[0] }))),
    ...(passedOver.length > 0 ? [`略过：${oneLine(passedOver.join('；'))}`] : []),
  ];
}

const rowTable = (rows: ReportResult['rows']): string =>
  table(
    ['位置', '内容', '结果', '原为', '填报', '说明'],
    rows.map(({ at, name, outcome, from = '', to = '', note = '', conflict }) => [
      ...[at, oneLine(name), outcomeWords[outcome], from, to],
      conflict ? oneLine(`${conflict.by.name} 于 ${conflict.at} 已改为 ${conflict.to}`) : note,
    ]),
  );

interface WithdrawOptions {
  readonly plan?: string;
  readonly reason: string;
  readonly leave?: string;
}

async function withdraw({ api, print, planOf }: Session, options: WithdrawOptions, submission: string): Promise<void> {
  const plan = await planOf(options.plan);
  const leave = (options.leave ?? '').split(',').filter(Boolean);
  const body = { reason: options.reason, leave };
  const result = await api.post<WithdrawalResult>(`${path('plans', plan, 'submissions', submission)}/withdrawal`, body);
  const { events, withdrawn, left } = result;
  print(result, () =>
    events === 0
      ? `报送 ${submission} 此前已撤回，没有新增`
      : `已撤回报送 ${submission}：收回 ${withdrawn.length} 行（新增 ${events} 个事件）${left.length > 0 ? `，保留 ${left.length} 行` : ''}`,
  );
}
