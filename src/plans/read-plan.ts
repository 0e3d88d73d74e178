import { notFound } from '../kernel/errors.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import { unknownPlan } from './plan.state.js';
import { planProjection, type PlanDocument } from './plan.projection.js';

/**
 * The plan as of a moment.
 * @throws {DomainError} `plan.unknown`; `plan.not-yet-known` if the plan exists now but did not at that moment
 */
export async function readPlan(views: DocumentReading, plan: string, asOf?: AsOf): Promise<PlanDocument> {
  const version = await views.get(planProjection, plan, asOf);
  if (version) return version.body;
  if (await views.get(planProjection, plan)) {
    throw notFound('plan.not-yet-known', `截至所选时间，规划 ${plan} 尚未为人所知：请选更晚的日期`);
  }
  throw unknownPlan(plan);
}
