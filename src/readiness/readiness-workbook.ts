import { textColumn } from '../http/csv.js';
import { tableWorkbook } from '../http/table-workbook.js';
import type { Instant } from '../kernel/time.js';
import {
  lineWords,
  readinessLines,
  type EvaluationReadiness,
  type LineCounts,
  type ReadinessEntry,
} from './readiness.js';

const columns = [
  textColumn<ReadinessEntry>('单位', ({ unitName, unit }) => unitName ?? unit ?? '规划'),
  textColumn<ReadinessEntry>('类别', ({ line }) => lineWords[line]),
  textColumn<ReadinessEntry>('代码', ({ code }) => code),
  textColumn<ReadinessEntry>('名称', ({ name }) => name),
  textColumn<ReadinessEntry>('期间', ({ period }) => period),
  textColumn<ReadinessEntry>('说明', ({ note }) => note),
];

interface Content {
  readonly title: string;
  readonly zone: string;
  readonly readiness: EvaluationReadiness;
  readonly entries: readonly ReadinessEntry[];
  /** Puts names into a text. */
  readonly named: (text: string) => string;
}

/** The readiness of an evaluation as a workbook: each entry but those that are only owed, and the counts by unit. */
export const readinessWorkbook = (
  { title, zone, readiness, entries, named }: Content,
  madeAt: Instant,
): Promise<Buffer> =>
  tableWorkbook(
    {
      ...{ title: '评估准备', columns, zone, named },
      rows: entries.filter(({ line }) => line !== 'due' && line !== 'reported'),
      about: [
        ['评估', title],
        ['期间', readiness.period],
        ['截至', readiness.day],
        ['合计', countsText(readiness.totals)],
        ...readiness.units.map(({ name, counts }) => [name, countsText(counts)] as const),
      ],
    },
    madeAt,
  );

const countsText = (counts: LineCounts): string =>
  readinessLines.map((line) => `${lineWords[line]} ${counts[line]}`).join(' · ');
