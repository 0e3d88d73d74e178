import { readEvaluation, readSnapshot } from '../evaluations/read-snapshot.js';
import { readContent, shownCutOff } from '../evaluations/snapshot.js';
import type { EvaluationDocument, SnapshotEntry } from '../evaluations/evaluation.projection.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { observationsOf } from '../interchange/observations.js';
import { invalid, refused } from '../kernel/errors.js';
import type { FileStore } from '../kernel/file-store.js';
import type { LogPresence } from '../kernel/log-presence.js';
import { endInYears, parsePeriod } from '../kernel/period.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { Overview } from '../overview/overview.js';
import { indicatorHistory, type HistoryPoint } from '../overview/indicator-history.js';
import { topUnit } from '../plans/plan.projection.js';
import { defaultPublication, type Publication } from '../plans/publication.js';
import { readPlan } from '../plans/read-plan.js';
import type { SiteSource } from './public-site.js';
import { visibleBy } from './public-part.js';

/** From where a site is read. */
export interface SitePorts {
  readonly views: Views;
  readonly files: FileStore;
  readonly presence: LogPresence;
}

/**
 * What a site of a published snapshot is made of. All is as of the snapshot; the evaluation is as it was published, and
 * that another one took its place is added; what is public is as the plan says now.
 * @throws {DomainError} `site.not-published`, `site.unknown-indicator`; what `readSnapshot` and `readContent` throw
 */
export async function readSite(ports: SitePorts, plan: string, id: string, number: string): Promise<SiteSource> {
  const { views, files, presence } = ports;
  const { evaluation, entry } = await readSnapshot(views, plan, id, number);
  const knownAt = publishedAt(evaluation, entry);
  const content = await readContent(files, entry.contentHash);
  const { overview } = content;
  const asOf: AsOf = { knownAt: entry.asOf, position: await shownCutOff(presence, entry) };
  const { publication = defaultPublication } = await readPlan(views, plan);
  assertKnown(publication, overview);
  const published = await readEvaluation(views, plan, id, { knownAt });
  const { supersededBy } = evaluation;
  return {
    ...{ publication, content, entry },
    plan: await readPlan(views, plan, asOf),
    evaluation: { ...published, ...(supersededBy !== undefined && { supersededBy }) },
    indicators: await readIndicators(views, plan, asOf),
    observations: await observationsOf(views, plan, asOf),
    histories: await histories(views, overview, publication, asOf),
  };
}

function publishedAt({ id, published, publishedAt: at, snapshots }: EvaluationDocument, entry: SnapshotEntry): string {
  const name = `${id}/${entry.number}`;
  if (published === entry.number && at !== undefined) return at;
  const wayOut =
    published === undefined
      ? `评估 ${id} 还没有发布：请先发布（tongjian evaluation publish ${id} ${entry.number}），再写成公开网站`
      : `评估 ${id} 发布的是第 ${published} 份存档：请改写 ${id}/${published}`;
  throw refused('site.not-published', `${name} 不是已发布的存档（共 ${snapshots.length} 份）。${wayOut}`, 'number');
}

/** A code that no indicator has would publish less than what is meant. */
function assertKnown({ indicators = [] }: Publication, overview: Overview): void {
  const known = [
    ...overview.indicators,
    ...overview.programme.promises.list.map(({ indicator }) => ({ code: indicator })),
  ];
  const at = indicators.findIndex((code) => !known.some((each) => each.code === code));
  if (at < 0) return;
  const codes = overview.indicators.map(({ code }) => code).join('、');
  const message = `公开范围写了指标 ${indicators[at]}，存档没有这项指标：请改规划的公开范围（plan.yaml 的 publication.indicators），主要指标有 ${codes}`;
  throw invalid('site.unknown-indicator', message, `publication.indicators.${at}`);
}

/**
 * The history of each public main indicator at the unit of the plan, up to the period of the snapshot; of that period
 * what was frozen.
 */
async function histories(
  views: Views,
  { plan: { plan }, ...overview }: Overview,
  publication: Publication,
  asOf: AsOf,
): Promise<ReadonlyMap<string, readonly HistoryPoint[]>> {
  const top = topUnit(overview);
  if (top === undefined) return new Map();
  const visible = visibleBy(publication);
  const found = new Map<string, readonly HistoryPoint[]>();
  for (const { code, period, cells } of overview.indicators) {
    if (!visible.indicator(code)) continue;
    const { points } = await indicatorHistory(views, plan, code, top, asOf);
    const frozen = cells.find(({ unit }) => unit === top);
    const isOver = (each: HistoryPoint) => endInYears(parsePeriod(each.period)) <= endInYears(parsePeriod(period));
    found.set(
      code,
      points.map((point) => {
        if (!isOver(point)) return { ...point, value: { absent: 'not-reported', demo: false } };
        return point.period === period && frozen ? { ...point, value: frozen.value } : point;
      }),
    );
  }
  return found;
}
