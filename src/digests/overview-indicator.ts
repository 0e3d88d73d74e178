import type { IndicatorRowNow, OverviewNow } from '../overview/overview-later.js';
import type { Unit } from '../plans/units-in-time.js';
import { digestHead, type DigestHead } from './summary.js';

/** One indicator with all its cells, as the overview has it. */
export interface OverviewIndicator extends DigestHead {
  /** The units of the period, as they were then. */
  readonly units: readonly Unit[];
  readonly row: IndicatorRowNow;
  /** Approved figures of the indicator and period that were changed since their approval. */
  readonly changedSinceApproval: number;
}

export const overviewIndicator = (overview: OverviewNow, row: IndicatorRowNow): OverviewIndicator => ({
  ...digestHead(overview),
  units: overview.units,
  row,
  changedSinceApproval:
    overview.changedSinceApproval.byIndicator.find(({ code, period }) => code === row.code && period === row.period)
      ?.count ?? 0,
});
