import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { indicatorProjection, type IndicatorDocument } from './indicator.projection.js';

/** All indicators of a plan as of a moment (default: now), ordered by code. */
export async function readIndicators(views: Views, plan: string, asOf?: AsOf): Promise<IndicatorDocument[]> {
  return (await views.list(indicatorProjection, `${plan}/`, { asOf })).map(({ body }) => body);
}
