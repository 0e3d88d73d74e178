import { figuresWhere, isChangedSinceApproval } from '../figures/list-figures.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { Overview } from './overview.js';

/** The approved figures of an overview that were changed since their approval. */
export interface ChangedFigures {
  readonly total: number;
  /** Of indicators that have any; `GET figures?code=…&period=…&changed=true` lists them. */
  readonly byIndicator: readonly { readonly code: string; readonly period: string; readonly count: number }[];
}

export async function changedFigures(
  views: Views,
  { plan: { plan }, indicators }: Pick<Overview, 'plan' | 'indicators'>,
  asOf: AsOf,
): Promise<ChangedFigures> {
  const all = await Promise.all(
    indicators.map(async ({ code, period }) => {
      const { length: count } = await figuresWhere(views, { plan, code, period }, asOf, isChangedSinceApproval);
      return { code, period, count };
    }),
  );
  const byIndicator = all.filter(({ count }) => count > 0);
  return { total: byIndicator.reduce((sum, { count }) => sum + count, 0), byIndicator };
}
