import { currentPrincipal, knowsPlan } from '../access/principal.js';
import type { SnapshotEntry, EvaluationDocument } from '../evaluations/evaluation.projection.js';
import { readEvaluation } from '../evaluations/read-snapshot.js';
import { readContent } from '../evaluations/snapshot.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import type { Evidence } from '../kernel/event.js';
import type { FileStore } from '../kernel/file-store.js';
import type { Views } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import type { GivenRows } from '../reporting/given-row.js';
import { readReportRows } from '../reporting/read-report.js';
import { baseRows } from './base-rows.js';

/** The final evaluation of an earlier plan. */
export interface FormerFinal {
  readonly formerPlan: string;
  readonly evaluation: string;
}

/** The rows that bring the bases, and the snapshot that they are taken from, as the evidence of each. */
export interface TakenBases {
  readonly given: GivenRows;
  readonly evidence: readonly Evidence[];
}

interface Stores {
  readonly views: Views;
  readonly files: FileStore;
}

/**
 * Reads the bases of a plan out of the published final evaluation of an earlier one.
 * @throws {DomainError} `plan.unknown`, `evaluation.unknown`, `base.not-final`, `base.not-published`, `base.period`,
 * `base.nothing`, `base.demo`
 */
export async function takenBases(stores: Stores, plan: string, former: FormerFinal): Promise<TakenBases> {
  const { views, files } = stores;
  const document = await readPlan(views, plan);
  const from = await formerPlan(views, former.formerPlan);
  const { evaluation, entry } = await finalOf(views, former);
  if (entry.period !== document.baseline) {
    throw invalid(
      'base.period',
      `评估 ${evaluation.id} 的期间是 ${entry.period}，不是本规划的基期 ${document.baseline}：请选期间为基期的总结评估`,
      'evaluation',
    );
  }
  const indicators = (await readIndicators(views, plan)).filter(
    ({ continues }) => continues?.plan === former.formerPlan,
  );
  const found = baseRows(document, indicators, await readContent(files, entry.contentHash));
  if (found.rows.length === 0) {
    const why = indicators.length === 0 ? `没有指标衔接规划 ${former.formerPlan}` : found.passedOver.join('；');
    throw refused('base.nothing', `没有可承接的基期：${why}`);
  }
  if (found.demo && !document.demo) {
    throw refused('base.demo', '原规划的数值含示例数据，不能作为实际规划的基期');
  }
  return {
    given: { ...readReportRows(found.rows), passedOver: found.passedOver },
    evidence: [evidenceOf(from, evaluation, entry)],
  };
}

async function formerPlan(views: Views, plan: string): Promise<PlanDocument> {
  if (knowsPlan(currentPrincipal()!, plan)) return readPlan(views, plan);
  throw notFound('plan.unknown', `没有可由您查看的规划 ${plan}：请核对代码`, 'formerPlan');
}

async function finalOf(
  views: Views,
  { formerPlan: plan, evaluation: id }: FormerFinal,
): Promise<{ readonly evaluation: EvaluationDocument; readonly entry: SnapshotEntry }> {
  const evaluation = await readEvaluation(views, plan, id);
  if (evaluation.kind !== 'final') {
    throw invalid('base.not-final', `评估 ${id} 不是总结评估：基期只由原规划的总结评估承接`, 'evaluation');
  }
  const entry = evaluation.snapshots.find(({ number }) => number === evaluation.published);
  if (entry) return { evaluation, entry };
  throw refused('base.not-published', `总结评估 ${id} 尚未发布：发布后才能作为基期`);
}

/** The snapshot as the evidence of a base: its hash leads back to it. */
const evidenceOf = ({ title }: PlanDocument, evaluation: EvaluationDocument, entry: SnapshotEntry): Evidence => ({
  title: `${title}：${evaluation.title}（${evaluation.id}/${entry.number}）`,
  locator: `存档 ${entry.number}`,
  sha256: entry.contentHash,
});
