import { isMeasured } from '../assessment/measured.js';
import type { CellNow, IndicatorRowNow, OverviewNow } from '../overview/overview-later.js';
import { areaIndexes, type AreaIndex } from './index-digest.js';
import { headOf, type IndicatorHead } from './indicator-digest.js';
import { digestHead, type DigestHead } from './summary.js';

/** A unit of whose values a value is made, where its own became another one later. */
export interface LaterPart {
  readonly unit: string;
  /** Absent if there was no value. */
  readonly before?: string;
  /** Absent if there is no value today. */
  readonly after?: string;
  readonly reason?: string;
}

export interface UnitIndicator extends IndicatorHead {
  readonly cell: CellNow;
  /** Why today's value is another one, if the cell itself does not say it. */
  readonly laterParts?: readonly LaterPart[];
}

/** The main indicators of one unit, each with its whole cell. */
export interface UnitIndicators extends DigestHead {
  readonly unit: string;
  /** The base period. */
  readonly baseline: string;
  /** The periods for which any indicator has a target at any unit. */
  readonly targetPeriods: readonly string[];
  readonly areas: readonly AreaIndex[];
  readonly indicators: readonly UnitIndicator[];
  /** Approved figures of the period that were changed since their approval. */
  readonly changedSinceApproval: number;
}

export function unitIndicators(overview: OverviewNow, unit: string): UnitIndicators {
  const { plan, indicators, changedSinceApproval } = overview;
  const cells = indicators.flatMap((row) => row.cells);
  return {
    ...digestHead(overview),
    unit,
    baseline: plan.baseline,
    targetPeriods: [...new Set(cells.flatMap(({ targets }) => targets.map(({ period }) => period)))].sort(),
    areas: areaIndexes(overview, unit),
    indicators: indicators.flatMap((row) => {
      const cell = row.cells.find((each) => each.unit === unit);
      return cell ? [{ ...headOf(row), cell, ...laterParts(row, cell) }] : [];
    }),
    changedSinceApproval: changedSinceApproval.total,
  };
}

function laterParts({ cells }: IndicatorRowNow, { value, later }: CellNow): Pick<UnitIndicator, 'laterParts'> {
  if (!later || later.reason !== undefined) return {};
  const units = isMeasured(value) ? (value.parts ?? []) : [...(value.lacking ?? []), ...(value.partial?.parts ?? [])];
  return {
    laterParts: units.flatMap((unit): LaterPart[] => {
      const part = cells.find((cell) => cell.unit === unit);
      if (!part?.later) return [];
      const { shown, reason } = part.later;
      return [
        {
          unit,
          ...(isMeasured(part.value) && { before: part.value.shown }),
          ...(shown !== undefined && { after: shown }),
          ...(reason !== undefined && { reason }),
        },
      ];
    }),
  };
}
