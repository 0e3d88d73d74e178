import { invalid } from '../kernel/errors.js';
import type { DocumentReading } from '../kernel/views.js';
import type { ReportedRow } from '../reporting/report-result.js';
import type { UnitReports } from '../reporting/unit-reports.js';
import { Identifier, Nested, OneOf, Text } from '../slice/field.js';
import { FeedMappingInput, SetFeed } from './feed.commands.js';
import { feedFormats, type FeedFormat } from './feed.events.js';
import { feedReport, outcomeOf } from './feed-report.js';
import type { FeedRunner } from './feed-runner.js';
import { settingsOf } from './feed-source.js';
import { readTable } from './read-table.js';

/** A feed that somebody tries out before it is set. */
export class FeedTrialInput {
  @Text({ label: '地址', max: 1000, optional: true, example: 'https://data.example/elderly.csv' })
  address?: string;

  @Identifier({ label: '文件夹', optional: true })
  folder?: string;

  @OneOf(feedFormats, { label: '格式', example: 'csv' })
  format: FeedFormat;

  @Text({ label: '各行所在位置', optional: true })
  pointer?: string;

  @Identifier({ label: '报送单位', description: '与对应关系同填', optional: true })
  unit?: string;

  @Nested(() => FeedMappingInput, { label: '对应关系', description: '不填即只看列名和前几行', optional: true })
  mapping?: FeedMappingInput;
}

/** What a source has, and what would become of it. */
export interface FeedTrial {
  readonly columns: readonly string[];
  /** Of the source. */
  readonly rows: number;
  /** The first rows, in the order of the columns. */
  readonly first: readonly (readonly string[])[];
  /** The name of the file, of a folder. */
  readonly file?: string;
  /** With a mapping: what would be reported. */
  readonly report?: {
    readonly counts: { readonly new: number; readonly unchanged: number; readonly differing: number };
    readonly refused: number;
    readonly warnings: number;
    readonly skipped: number;
    /** The first figures of the report, those that are refused before the others. */
    readonly figures: readonly ReportedRow[];
  };
}

const shownRows = 10;
const shownFigures = 200;

interface Ports {
  readonly views: DocumentReading;
  readonly reports: UnitReports;
  readonly runner: FeedRunner;
}

/** @throws {DomainError} why it cannot be fetched, read or mapped; what would be refused by row is in the answer */
export async function feedTrial(
  { views, reports, runner }: Ports,
  plan: string,
  { mapping, unit = '', ...source }: FeedTrialInput,
): Promise<FeedTrial> {
  if (mapping && unit === '') throw invalid('feed.mapping', '请填报送单位', 'unit');
  const figures = [{ code: { is: '-' }, value: '-' }];
  const none = { unit: { is: '-' }, period: { is: '-' }, figures };
  const about = { plan, id: 'trial', name: '试获取', unit, schedule: { everyHours: 24 } };
  const settings = settingsOf(Object.assign(new SetFeed(), { ...about, ...source, mapping: mapping ?? none }));
  const received = await runner.peek(settings);
  const { columns, rows } = readTable(received.bytes, settings);
  const seen: FeedTrial = {
    columns,
    rows: rows.length,
    first: rows.slice(0, shownRows).map(({ cells }) => columns.map((column) => cells[column]?.text ?? '')),
    ...(received.file !== undefined && { file: received.file }),
  };
  if (!mapping) return seen;
  const { request, skipped } = await feedReport(views, { ...about, ...settings }, received);
  const result = await reports.tryOut(request);
  const { counts, warnings } = outcomeOf(result);
  const { refused } = result.counts;
  return {
    ...seen,
    report: {
      ...{ counts, refused, warnings, skipped },
      figures: result.rows
        .toSorted((a, b) => Number(b.outcome === 'refused') - Number(a.outcome === 'refused'))
        .slice(0, shownFigures),
    },
  };
}
