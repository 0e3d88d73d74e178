import type { AsOf } from '../kernel/versioned-store.js';
import { isMeasured } from '../assessment/measured.js';
import type { Findings } from '../assessment/measurements.js';
import type { Cell } from '../assessment/cell.js';
import type { ChangedFigures } from './changed-figures.js';
import type { IndicatorRow } from './indicator-row.js';
import type { Overview } from './overview.js';

/** Today's value of a cell, if it differs from the value as of the requested moment. */
export interface Later {
  /** Absent if there is no value today. */
  readonly shown?: string;
  readonly knownAt?: string;
  readonly reason?: string;
}

export type CellNow = Cell & { readonly later?: Later };
export type IndicatorRowNow = Omit<IndicatorRow, 'cells'> & { readonly cells: readonly CellNow[] };
export type OverviewNow = Omit<Overview, 'indicators'> & {
  readonly indicators: readonly IndicatorRowNow[];
  readonly asOf?: string;
  readonly atPosition?: string;
  /** Not part of a snapshot: its values say themselves whether a correction waits. */
  readonly changedSinceApproval: ChangedFigures;
  /** Of the names, where one was asked for. */
  readonly language?: string;
};

/**
 * Adds today's differing values to an overview as of a moment. Only for display; the content of a snapshot never
 * contains later values.
 */
export function withLater(
  overview: Overview,
  { knownAt, position }: AsOf,
  today: Pick<Overview, 'indicators'>,
): Omit<OverviewNow, 'changedSinceApproval'> {
  return {
    ...overview,
    ...(knownAt !== undefined && { asOf: knownAt }),
    ...(position !== undefined && { atPosition: position }),
    indicators: overview.indicators.map((row) => {
      const cells = today.indicators.find(({ code }) => code === row.code)?.cells;
      const values = new Map(cells?.map(({ unit, value }) => [unit, value]));
      return { ...row, cells: row.cells.map((cell) => withLaterValue(cell, values)) };
    }),
  };
}

function withLaterValue(cell: Cell, today: Findings): CellNow {
  const now = today.get(cell.unit);
  const shown = now && isMeasured(now) ? now.shown : undefined;
  const exact = now && isMeasured(now) ? now.exact : undefined;
  if (exact === (isMeasured(cell.value) ? cell.value.exact : undefined)) return cell;
  const measurement = now && isMeasured(now) ? now.measurement : undefined;
  return {
    ...cell,
    later: {
      ...(shown !== undefined && { shown }),
      ...(measurement && { knownAt: measurement.knownAt }),
      ...(measurement?.reason !== undefined && { reason: measurement.reason }),
    },
  };
}
