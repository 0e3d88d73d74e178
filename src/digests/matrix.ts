import { isMeasured } from '../assessment/measured.js';
import type { Light, Status } from '../assessment/judgement.js';
import type { OverviewNow } from '../overview/overview-later.js';
import { judgedUnits } from '../plans/plan.projection.js';
import type { Unit } from '../plans/units-in-time.js';
import { indexValue, type IndexValueDigest } from './index-digest.js';
import { headOf, type IndicatorHead } from './indicator-digest.js';
import { digestHead, type DigestHead } from './summary.js';

export interface MatrixCell {
  readonly unit: string;
  readonly shown?: string;
  readonly status: Status;
  readonly light: Light;
  readonly lead?: string;
  readonly score?: string;
  /** A correction waits for approval, or the value was not approved yet. */
  readonly pending?: true;
  /** Today's value is another one. */
  readonly later?: true;
  readonly demo?: true;
}

export interface MatrixRow extends IndicatorHead {
  readonly cells: readonly MatrixCell[];
}

/** Units × indicators. */
export interface OverviewMatrix extends DigestHead {
  /** The judged units of the period, each with its index. */
  readonly units: readonly (Unit & { readonly index: IndexValueDigest })[];
  readonly rows: readonly MatrixRow[];
  readonly demo: boolean;
}

export const matrixOf = (overview: OverviewNow): OverviewMatrix => ({
  ...digestHead(overview),
  units: judgedUnits(overview).map((unit) => ({
    ...unit,
    index: indexValue(overview.indexes.find((each) => each.unit === unit.code)!.index),
  })),
  rows: overview.indicators.map((row) => ({
    ...headOf(row),
    cells: row.cells.map(({ unit, value, assessment, later }): MatrixCell => {
      const { status, light, lead, score } = assessment;
      const waits = isMeasured(value) && (value.pending !== undefined || !value.approved);
      return {
        unit,
        ...(isMeasured(value) && { shown: value.shown }),
        ...{ status, light },
        ...(lead !== undefined && { lead }),
        ...(score !== undefined && { score }),
        ...(waits && { pending: true as const }),
        ...(later && { later: true as const }),
        ...(value.demo && { demo: true as const }),
      };
    }),
  })),
  demo: overview.demo,
});
