import { outOfReach } from '../access/refusals.js';
import { figureStream } from '../figures/figure.events.js';
import type { LoadState } from '../kernel/handling.js';
import type { StagedLog } from '../submissions/staged-log.js';
import { plannedFigure, type FigureRows } from './figure-row.js';
import type { GivenRow, MadeFor } from './given-row.js';
import { noteFlaw, type PlannedRow, type RowContext } from './planned-row.js';
import { plannedProgramme, programmeStream, type ProgrammeRow } from './programme-row.js';
import { identified } from './row-identity.js';
import { keyOf } from './row-key.js';

/** Rows that are planned one after the other before others are served. */
const stretch = 500;

export type ReportItem = FigureRows | ProgrammeRow;

/** The rows of a report by what they are about. Rows of which that cannot be told are noted as mistakes. */
export function reportItems(
  rows: readonly GivenRow[],
  made: MadeFor | undefined,
  context: RowContext,
): { readonly items: readonly ReportItem[]; readonly lost: readonly GivenRow[] } {
  const items = new Map<string, ReportItem>();
  const lost: GivenRow[] = [];
  const lose = (row: GivenRow, ...flaw: [Parameters<typeof noteFlaw>[2], Parameters<typeof noteFlaw>[3]]) => {
    noteFlaw(context, row, ...flaw);
    lost.push(row);
  };
  for (const row of rows) {
    const found = identified(row, made);
    if ('flaw' in found) {
      lose(row, found.cell, found.flaw);
      continue;
    }
    const { subject, key, revision } = found;
    if (subject.table !== '指标') {
      const before = items.get(key);
      if (before) lose(row, undefined, twice(rowOf(before)!));
      else items.set(key, { key, subject, row, ...(revision !== undefined && { revision }) });
      continue;
    }
    const { part, ...whole } = subject;
    const wholeKey = keyOf(whole);
    const known = (items.get(wholeKey) as FigureRows | undefined) ?? { key: wholeKey, subject: whole, parts: [] };
    const same = part === undefined ? known.whole : known.parts.find((each) => each.part === part)?.row;
    if (same) lose(row, undefined, twice(same));
    else if (part === undefined) {
      items.set(wholeKey, { ...known, whole: row, ...(revision !== undefined && { revision }) });
    } else items.set(wholeKey, { ...known, parts: [...known.parts, { part, row }] });
  }
  return { items: [...items.values()], lost };
}

const rowOf = (item: ReportItem): GivenRow | undefined => ('row' in item ? item.row : item.whole);

const twice = ({ at }: GivenRow) => ({
  code: 'report.row-twice',
  message: `与 ${at} 是同一项：请只留一行`,
});

/** The stream that an item is about. */
export const streamOf = (plan: string, item: ReportItem): string =>
  'row' in item ? programmeStream(plan, item.subject) : figureStream({ plan, ...item.subject });

/** The units of the figures that items are about. */
export const unitsOf = (items: readonly ReportItem[]): string[] => [
  ...new Set(items.flatMap((item) => ('parts' in item ? [item.subject.unit] : []))),
];

/** Plans each item, by what stands in the log. Of a unit that the sender does not reach, nothing is compared with it. */
export async function plannedRows(
  items: readonly ReportItem[],
  context: RowContext,
  {
    log,
    load,
    isReached,
  }: { readonly log: StagedLog; readonly load: LoadState; readonly isReached: (unit: string) => boolean },
): Promise<PlannedRow[]> {
  const planned: PlannedRow[] = [];
  await log.readAhead(items.map((item) => streamOf(context.plan, item)));
  for (const [index, item] of items.entries()) {
    if ('row' in item) planned.push(await plannedProgramme(item, context, log));
    else if (isReached(item.subject.unit)) planned.push(await plannedFigure(item, context, { log, load }));
    else planned.push(unreached(item, context));
    if (index % stretch === stretch - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return planned;
}

function unreached({ key, subject, whole, parts }: FigureRows, context: RowContext): PlannedRow {
  const rows = [...(whole ? [whole] : []), ...parts.map(({ row }) => row)];
  const { code, message } = outOfReach('figures.report');
  for (const row of rows) noteFlaw(context, row, undefined, { code, message });
  return { key, rows, name: subject.code, intent: 'refused', commands: [] };
}
