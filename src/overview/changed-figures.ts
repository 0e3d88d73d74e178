import { isChangedSinceApproval } from '../figures/list-figures.js';
import { parsePeriod } from '../kernel/period.js';
import type { Overview } from './overview.js';
import type { PlanReader } from './plan-reader.js';

/** The approved figures of an overview that were changed since their approval. */
export interface ChangedFigures {
  readonly total: number;
  /** Of indicators that have any; `GET figures?code=…&period=…&changed=true` lists them. */
  readonly byIndicator: readonly { readonly code: string; readonly period: string; readonly count: number }[];
}

/** Counts them in the figures that the overview was composed from. */
export async function changedFigures(
  reader: PlanReader,
  { indicators }: Pick<Overview, 'indicators'>,
): Promise<ChangedFigures> {
  const all = await Promise.all(
    indicators.map(async ({ code, period }) => {
      const figures = await reader.reported({ code, period: parsePeriod(period) });
      return { code, period, count: figures.filter(isChangedSinceApproval).length };
    }),
  );
  const byIndicator = all.filter(({ count }) => count > 0);
  return { total: byIndicator.reduce((sum, { count }) => sum + count, 0), byIndicator };
}
