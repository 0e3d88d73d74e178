import type { Actor } from '../kernel/event.js';
import { DomainError, type Problem } from '../kernel/errors.js';
import type { DocumentReading } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { above } from '../plans/units-in-time.js';
import { listColumns } from '../reporting/columns.js';
import type { GivenRow } from '../reporting/given-row.js';
import type { ReportResult } from '../reporting/report-result.js';
import type { ReportRequest } from '../reporting/unit-reports.js';
import type { Received } from './fetch-source.js';
import type { FeedSettings } from './feed.events.js';
import { assertMapped, mapRows, type MappedRows } from './map-rows.js';
import { readTable, type SourceTable } from './read-table.js';

/** A feed, or one that somebody tries out before it is set. */
export type FeedOnTrial = FeedSettings & { readonly plan: string; readonly id: string };

/** What a feed is recorded as, where its values and its fetches are: nobody sent them. */
export const feedActor = ({ id, name, unit }: Pick<FeedOnTrial, 'id' | 'name' | 'unit'>): Actor => ({
  id: `feed-${id}`,
  name: `数据源 ${name}`,
  unit,
  roles: [],
  means: 'import',
});

export const isFeedActor = ({ id }: Actor): boolean => id.startsWith('feed-');

/** Content as a report: read, mapped, and checked to be of the units for which the feed reports. */
export interface FeedReport extends MappedRows {
  readonly table: SourceTable;
  readonly request: ReportRequest;
}

/**
 * @throws {DomainError} those of `readTable`, `assertMapped` and `mapRows`; `feed.rows-refused` for a unit that is not the
 * feed’s
 */
export async function feedReport(
  views: DocumentReading,
  feed: FeedOnTrial,
  { bytes, sha256, file }: Pick<Received, 'bytes' | 'sha256' | 'file'>,
  former?: readonly string[],
): Promise<FeedReport> {
  const { plan, mapping, title, format, name } = feed;
  const table = readTable(bytes, feed);
  assertMapped(table.columns, mapping, former);
  const mapped = mapRows(table, mapping);
  await assertOwnUnits(views, feed, mapped.rows);
  const evidence = { title, sha256, ...(file !== undefined && { locator: file }) };
  const request: ReportRequest = {
    plan,
    actor: feedActor(feed),
    given: { rows: mapped.rows, passedOver: [] },
    file: { name: file ?? `${name}.${format}`, bytes },
    accepted: [],
    fed: { evidence },
  };
  return { ...mapped, table, request };
}

async function assertOwnUnits(
  views: DocumentReading,
  { plan, unit: own }: FeedOnTrial,
  rows: readonly GivenRow[],
): Promise<void> {
  const { units } = await readPlan(views, plan);
  const problems = rows.flatMap(({ row, cells }): Problem[] => {
    const { at, text: unit } = cells[listColumns.unit]!;
    if (unit === own || above(units, unit).includes(own)) return [];
    // A unit that the plan does not have is refused by the report, with what may be meant.
    if (!units.some(({ code }) => code === unit)) return [];
    const message = `${at}：${unit} 不是 ${own} 或其下级，本数据源不报它的数据：请核对写法对照，或修改报送单位`;
    return [{ code: 'feed.other-unit', message, field: at, row }];
  });
  if (problems.length === 0) return;
  const message = `有 ${problems.length} 行不是本数据源报送单位的数据，没有报送`;
  throw new DomainError('invalid', 'feed.rows-refused', message, { problems });
}

/** What became of each figure, as a feed says it. */
export function outcomeOf({ rows, warnings }: ReportResult) {
  const differing = rows.filter(({ differs }) => differs);
  const fresh = rows.filter(({ outcome }) => outcome === 'new').length;
  const unchanged = rows.filter(({ outcome }) => outcome === 'unchanged').length - differing.length;
  return {
    counts: { new: fresh, unchanged, differing: differing.length },
    warnings: warnings.length,
    differences: differing.map(({ key = '', name, from = '', to = '' }) => ({
      key,
      name,
      standing: from,
      offered: to,
    })),
  };
}
