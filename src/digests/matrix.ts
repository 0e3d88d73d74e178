import { isMeasured, type Finding, type Unmeasured } from '../assessment/measured.js';
import type { Light, Status } from '../assessment/judgement.js';
import type { Later, OverviewNow } from '../overview/overview-later.js';
import { judgedUnits } from '../plans/plan.projection.js';
import type { Unit } from '../plans/units-in-time.js';
import { indexValue, type IndexValueDigest } from './index-digest.js';
import { headOf, type IndicatorHead } from './indicator-digest.js';
import { digestHead, lightCounts, type DigestHead, type LightCounts } from './summary.js';

export interface MatrixCell {
  readonly unit: string;
  readonly shown?: string;
  /** Why there is no value. */
  readonly absent?: Unmeasured['absent'];
  readonly because?: string;
  readonly status: Status;
  readonly light: Light;
  readonly lead?: string;
  readonly score?: string;
  /** A correction waits for approval, or the value was not approved yet. */
  readonly pending?: true;
  /** Today's value, if it is another one; without `shown` there is none. */
  readonly later?: Pick<Later, 'shown'>;
  readonly demo?: true;
}

export interface MatrixRow extends IndicatorHead {
  readonly cells: readonly MatrixCell[];
}

export interface MatrixUnit extends Unit {
  readonly index: IndexValueDigest;
  readonly lights: LightCounts;
}

/** Units × indicators. */
export interface OverviewMatrix extends DigestHead {
  /** The judged units of the period. */
  readonly units: readonly MatrixUnit[];
  readonly rows: readonly MatrixRow[];
  /** Approved figures of the period that were changed since their approval. */
  readonly changedSinceApproval: number;
  readonly demo: boolean;
}

export const matrixOf = (overview: OverviewNow): OverviewMatrix => ({
  ...digestHead(overview),
  units: judgedUnits(overview).map((unit) => ({
    ...unit,
    index: indexValue(overview.indexes.find((each) => each.unit === unit.code)!.index),
    lights: lightCounts(overview.indicators.flatMap(({ cells }) => cells.filter((cell) => cell.unit === unit.code))),
  })),
  rows: overview.indicators.map((row) => ({
    ...headOf(row),
    cells: row.cells.map(({ unit, value, assessment, later }): MatrixCell => {
      const { status, light, lead, score } = assessment;
      const waits = isMeasured(value) && (value.pending !== undefined || !value.approved);
      return {
        unit,
        ...shownOf(value),
        ...{ status, light },
        ...(lead !== undefined && { lead }),
        ...(score !== undefined && { score }),
        ...(waits && { pending: true as const }),
        ...(later && { later: { ...(later.shown !== undefined && { shown: later.shown }) } }),
        ...(value.demo && { demo: true as const }),
      };
    }),
  })),
  changedSinceApproval: overview.changedSinceApproval.total,
  demo: overview.demo,
});

function shownOf(value: Finding): Pick<MatrixCell, 'shown' | 'absent' | 'because'> {
  if (isMeasured(value)) return { shown: value.shown };
  const { absent, because } = value;
  return { absent, ...(because !== undefined && { because }) };
}
