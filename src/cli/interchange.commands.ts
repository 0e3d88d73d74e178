import { stringify } from 'csv-stringify';
import type { Command } from 'commander';
import { mkdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PlanFolders } from '../interchange/plan-folders.js';
import { path } from './connection.js';
import { eventCsvOptions, eventRows, type ExportedEvent } from './event-csv.js';
import { UsageError, withConnection, type Session } from './session.js';

/** The command by which a plan and its log leave the program, in the forms in which other systems read them. */
export function interchangeCommands(program: Command): void {
  program
    .command('export')
    .description(
      '导出：事件（cloudevents、csv），指标数值与目标（sdmx-csv），数据包（data-package），规划文件夹（plan-folder）',
    )
    .option('--format <格式>', formatNames(), 'cloudevents')
    .option('--plan <规划>')
    .option('--out <文件>', '不填即标准输出')
    .option('--after <序号>', '事件：只要其后的，从断处继续')
    .option('--limit <条数>', '事件：至多条数')
    .option('--as-of <日期>', '数值、数据包：按该日掌握的数据')
    .option('--at-position <序号>', '数值、数据包：按当时的日志')
    .option('--snapshot <评估/序号>', '数值、数据包：按该存档的截止时间')
    .option('--history', '数值：含历次版本，附掌握起止时间')
    .option('--derived', '数值：含由下级汇总、由公式计算的值')
    .option('--updated-after <日期>', '数值：只要此后掌握的变化')
    .option('--updated-after-position <序号>', '数值：只要此后记录的变化（含补录）')
    .option('--period <期间>', '数据包：评价和指数的期间')
    .option('--license <代码>', '数据包：许可代码，如 CC-BY-4.0')
    .action(withConnection(exported));
}

interface ExportOptions {
  readonly format: string;
  readonly plan?: string;
  readonly out?: string;
  readonly after?: string;
  readonly limit?: string;
  readonly asOf?: string;
  readonly atPosition?: string;
  readonly snapshot?: string;
  readonly history?: true;
  readonly derived?: true;
  readonly updatedAfter?: string;
  readonly updatedAfterPosition?: string;
  readonly period?: string;
  readonly license?: string;
}

type OptionName = keyof ExportOptions;

interface Format {
  /** The options that it takes besides those that all take. */
  readonly takes: readonly OptionName[];
  write(session: Session, options: ExportOptions, target: Writable, end: boolean): Promise<void>;
}

const momentOptions: readonly OptionName[] = ['asOf', 'atPosition', 'snapshot'];

const formats: Readonly<Record<string, Format>> = {
  cloudevents: {
    takes: ['after', 'limit'],
    write: (session, options, target, end) =>
      pipeline(Readable.from(mapped(eventsOf(session, options), (event) => `${JSON.stringify(event)}\n`)), target, {
        end,
      }),
  },
  csv: {
    takes: ['after', 'limit'],
    write: (session, options, target, end) =>
      pipeline(Readable.from(mapped(eventsOf(session, options), eventRows())), stringify(eventCsvOptions), target, {
        end,
      }),
  },
  'sdmx-csv': {
    takes: [...momentOptions, 'history', 'derived', 'updatedAfter', 'updatedAfterPosition'],
    write: async (session, options, target, end) => {
      const { asOf, atPosition, snapshot, history, derived, updatedAfter, updatedAfterPosition } = options;
      const query = { asOf, atPosition, snapshot, updatedAfter, updatedAfterPosition };
      const flags = { includeHistory: history && 'true', derived: derived && 'true' };
      await file(session, options, 'sdmx-csv', { ...query, ...flags }, { target, end });
    },
  },
  'data-package': {
    takes: [...momentOptions, 'period', 'license'],
    write: async (session, options, target, end) => {
      const { asOf, atPosition, snapshot, period, license } = options;
      await file(session, options, 'data-package', { asOf, atPosition, snapshot, period, license }, { target, end });
    },
  },
};

const formatNames = () => [...Object.keys(formats), 'plan-folder'].join('、');

async function exported(session: Session, options: ExportOptions): Promise<void> {
  if (options.format === 'plan-folder') return exportFolders(session, options);
  const format = formats[options.format];
  if (!format) throw new UsageError(`没有格式 ${options.format}：可用 ${formatNames()}`);
  assertTaken(options, format.takes);
  const { out } = options;
  await format.write(session, options, out === undefined ? process.stdout : await writing(out), out !== undefined);
}

/** @throws {UsageError} */
function assertTaken(options: ExportOptions, takes: readonly OptionName[]): void {
  const known: readonly string[] = ['format', 'plan', 'out', ...takes];
  const other = Object.keys(options).find((name) => !known.includes(name));
  if (other === undefined) return;
  const option = other.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--format ${options.format} 没有 --${option}`);
}

/** Writes each folder that was loaded as a folder of its own, numbered in the order in which they are to be loaded. */
async function exportFolders({ api, planOf, print }: Session, options: ExportOptions): Promise<void> {
  assertTaken(options, []);
  const { out } = options;
  if (out === undefined) throw new UsageError('--format plan-folder 须以 --out 写明文件夹');
  const found = await api.get<PlanFolders>(`${path('plans', await planOf(options.plan))}/interchange/folders`);
  const written = found.folders.map(({ files, ...about }, at) => {
    const folder = join(out, String(at + 1).padStart(2, '0'));
    writeFolder(folder, files);
    return { folder, ...about };
  });
  print({ plan: found.plan, folders: written, entered: found.entered }, () =>
    [
      ...written.map(({ folder, title, acceptedWarnings }) => {
        const accepted = acceptedWarnings.length > 0 ? `，装载时须接受警告 ${acceptedWarnings.length} 处` : '';
        return `${folder}：${title}${accepted}`;
      }),
      ...Object.entries(found.entered).map(([type, count]) => `不在文件夹中：${type} ${count} 个`),
    ].join('\n'),
  );
}

/** @throws {UsageError} the folder is there already, or cannot be written */
function writeFolder(folder: string, files: Readonly<Record<string, string>>): void {
  try {
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, basename(name)), text);
  } catch (error) {
    throw new UsageError(`不能写入 ${folder}：${error instanceof Error ? error.message : String(error)}`);
  }
}

const eventsOf = ({ api }: Session, { plan, after, limit }: ExportOptions) =>
  api.lines<ExportedEvent>('GET', 'events', { plan, after, limit });

async function file(
  { api, planOf }: Session,
  { plan }: ExportOptions,
  resource: string,
  query: Readonly<Record<string, string | undefined>>,
  { target, end }: { readonly target: Writable; readonly end: boolean },
): Promise<void> {
  const bytes = await api.bytes(`${path('plans', await planOf(plan))}/interchange/${resource}`, query);
  await pipeline(Readable.from([bytes]), target, { end });
}

/**
 * Opens the output file before the first request, so that an unwritable file is reported at once.
 * @throws {UsageError}
 */
async function writing(name: string): Promise<Writable> {
  try {
    return (await open(name, 'w')).createWriteStream();
  } catch (error) {
    throw new UsageError(`不能写入 ${name}：${error instanceof Error ? error.message : String(error)}`);
  }
}

async function* mapped<From, To>(items: AsyncIterable<From>, to: (item: From) => To): AsyncGenerator<To> {
  for await (const item of items) yield to(item);
}
