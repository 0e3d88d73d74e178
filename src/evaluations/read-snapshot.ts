import { notFound } from '../kernel/errors.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { evaluationProjection, type EvaluationDocument, type SnapshotEntry } from './evaluation.projection.js';

/** An evaluation as it stood. @throws {DomainError} `plan.unknown`, `plan.not-yet-known`, `evaluation.unknown` */
export async function readEvaluation(views: Views, plan: string, id: string, asOf?: AsOf): Promise<EvaluationDocument> {
  await readPlan(views, plan, asOf);
  const found = await views.get(evaluationProjection, `${plan}/${id}`, asOf);
  if (found) return found.body;
  const ids = (await views.list(evaluationProjection, `${plan}/`, { asOf })).map(({ body }) => body.id);
  const known = ids.length > 0 ? `已有 ${ids.slice(0, 12).join('、')}` : '还没有任何评估';
  throw notFound('evaluation.unknown', `截至所选时间，规划 ${plan} 没有评估 ${id}：${known}`);
}

/**
 * An evaluation's snapshot by its number, as it is known today; without a number the only one there is.
 * @throws {DomainError} `plan.unknown`, `evaluation.unknown`, `evaluation.unknown-snapshot`
 */
export async function readSnapshot(
  views: Views,
  plan: string,
  id: string,
  number: string | undefined,
): Promise<{ evaluation: EvaluationDocument; entry: SnapshotEntry }> {
  const evaluation = await readEvaluation(views, plan, id);
  const { snapshots } = evaluation;
  const entry =
    number === undefined && snapshots.length === 1
      ? snapshots[0]
      : snapshots.find((snapshot) => String(snapshot.number) === number);
  if (entry) return { evaluation, entry };
  const which = number === undefined ? `${snapshots.length} 份快照` : `没有第 ${number.slice(0, 20)} 份快照`;
  const known = snapshots.map((snapshot) => `${id}/${snapshot.number}`).join('、');
  throw notFound(
    'evaluation.unknown-snapshot',
    `评估 ${id} ${which}：${known ? `请写明 ${known} 之一` : '还没有存档'}`,
  );
}

/** `midterm-2022/1`: a snapshot as people name it. */
export function snapshotNamed(name: string): { id: string; number: string | undefined } {
  const slash = name.indexOf('/');
  return slash < 0 ? { id: name, number: undefined } : { id: name.slice(0, slash), number: name.slice(slash + 1) };
}
