import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { snapshotNamed } from '../evaluations/read-snapshot.js';
import type { ReconciledReport } from '../reports/reports.controller.js';
import { deviationWords } from '../reports/word/reconcile.js';
import { path } from './connection.js';
import { table } from './output.js';
import { saveFile } from './save-file.js';
import { ExitCode, UsageError, withConnection, type Session } from './session.js';

/** Commands for the documents of an evaluation. */
export function documentCommands(program: Command): void {
  program
    .command('write-report')
    .description('由评估存档写成 Word 报告（公文格式）')
    .argument('<评估编号/存档>', '如 midterm-2022/1')
    .option('--out <文件>', '不填即 <评估编号>-<存档>.docx')
    .option('--template <文件>', '本单位的模板（.docx）；不填即默认模板')
    .option('--issuer <机关>', '发文机关')
    .option('--date <日期>', '成文日期，如 2023-06-30')
    .option('--number <字号>', '发文字号')
    .option('--secrecy <密级>', '密级和保密期限')
    .option('--plan <规划>')
    .action(withConnection(writeReport));

  program
    .command('report-template')
    .description('取得 Word 报告的默认模板，可改后用于 write-report --template')
    .option('--out <文件>', '不填即 report-template.docx')
    .option('--plan <规划>')
    .action(withConnection(reportTemplate));

  program
    .command('reconcile')
    .description('核对一份 Word 报告：列出写成之后被改、被删、被移、被添的数；有则退出码为 3')
    .argument('<文件>')
    .option('--plan <规划>')
    .action(withConnection(reconcileReport));
}

interface WriteOptions {
  readonly plan?: string;
  readonly out?: string;
  readonly template?: string;
  readonly issuer?: string;
  readonly date?: string;
  readonly number?: string;
  readonly secrecy?: string;
}

async function writeReport({ api, print, planOf }: Session, options: WriteOptions, name: string): Promise<void> {
  const plan = await planOf(options.plan);
  const { id, number: snapshot } = snapshotNamed(name);
  if (snapshot === undefined) throw new UsageError(`请写明第几份存档，如 ${id}/1`);
  const { out = `${id}-${snapshot}.docx`, template, issuer, date, number, secrecy } = options;
  const address = path('plans', plan, 'evaluations', id, 'snapshots', snapshot, 'report.docx');
  const letterhead = { issuer, date, number, secrecy };
  const bytes =
    template === undefined
      ? await api.bytes(address, letterhead)
      : await api.bytesFor(address, letterhead, contentOf(template));
  saveFile(out, bytes);
  print({ file: out, bytes: bytes.length }, () => `已存为 ${out}（${bytes.length} 字节）`);
}

async function reportTemplate({ api, print, planOf }: Session, options: WriteOptions): Promise<void> {
  const plan = await planOf(options.plan);
  const { out = 'report-template.docx' } = options;
  const bytes = await api.bytes(path('plans', plan, 'report-template.docx'));
  saveFile(out, bytes);
  print({ file: out, bytes: bytes.length }, () => `已存为 ${out}（${bytes.length} 字节）`);
}

async function reconcileReport(session: Session, options: { plan?: string }, file: string): Promise<void> {
  const { api, print, planOf, end } = session;
  const plan = await planOf(options.plan);
  const found = await api.postBytes<ReconciledReport>(`${path('plans', plan)}/reports/reconcile`, {}, contentOf(file));
  print(found, () => reconciledLines(found).join('\n'));
  if (found.deviations.length > 0) end(ExitCode.notProven);
}

function reconciledLines({ evaluation, snapshot, contentHash, checked, deviations }: ReconciledReport): string[] {
  const head = `由 ${evaluation}/${snapshot}（SHA-256 ${contentHash}）写成；核对了 ${checked} 个数`;
  if (deviations.length === 0) return [head, '与快照一致'];
  const rows = deviations.map(({ kind, place, expected, found, paragraph }) => [
    deviationWords[kind],
    place ?? '—',
    expected ?? '—',
    found ?? '—',
    paragraph ?? '—',
  ]);
  return [
    head,
    `有 ${deviations.length} 处不符：`,
    table(['情形', '报告中的位置', '快照', '文件', '文件中的位置'], rows),
  ];
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`读不了 ${file}：${(error as Error).message}`);
  }
}
