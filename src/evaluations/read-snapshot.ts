import { notFound } from '../kernel/errors.js';
import type { Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { evaluationProjection, type EvaluationDocument, type SnapshotEntry } from './evaluation.projection.js';

/**
 * An evaluation's snapshot by its number, as it is known today.
 * @throws {DomainError} `plan.unknown`, `evaluation.unknown`, `evaluation.unknown-snapshot`
 */
export async function readSnapshot(
  views: Views,
  plan: string,
  id: string,
  number: string,
): Promise<{ evaluation: EvaluationDocument; entry: SnapshotEntry }> {
  await readPlan(views, plan);
  const evaluation = (await views.get(evaluationProjection, `${plan}/${id}`))?.body;
  if (!evaluation) throw notFound('evaluation.unknown', `规划 ${plan} 没有评估 ${id}`);
  const entry = evaluation.snapshots.find((snapshot) => String(snapshot.number) === number);
  if (!entry) throw notFound('evaluation.unknown-snapshot', `评估 ${id} 没有第 ${number.slice(0, 20)} 份快照`);
  return { evaluation, entry };
}
