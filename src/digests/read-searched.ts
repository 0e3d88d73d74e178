import { evaluationProjection } from '../evaluations/evaluation.projection.js';
import { readIndicators } from '../indicators/read-indicators.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { FoundOverview } from '../overview/overviews.js';
import type { Searched } from './search.js';

/** What can be found by words or followed, as of the moment of an overview; the evaluations as of another one. */
export async function readSearched(
  views: Views,
  { plan, overview, asOf }: FoundOverview,
  ofEvaluations: AsOf,
): Promise<Searched> {
  const [indicators, evaluations] = await Promise.all([
    readIndicators(views, plan.plan, asOf),
    views.list(evaluationProjection, `${plan.plan}/`, { asOf: ofEvaluations }),
  ]);
  return { plan, overview, indicators, evaluations: evaluations.map(({ body }) => body) };
}
