import { parsePeriod } from '../kernel/period.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { isMeasured } from './measured.js';
import type { Findings } from './measurements.js';
import type { Cell, IndicatorRow, Overview } from './overview.js';
import { PlanReader } from './plan-reader.js';

/** How a cell reads today, where that is not how it read at the moment asked for. */
export interface Later {
  /** Absent where there is no value today. */
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
};

/**
 * An overview as of a moment, with what became of each value later. Only for showing: a snapshot knows nothing of what
 * came after it.
 */
export async function withLater(views: Views, overview: Overview, asOf: AsOf): Promise<OverviewNow> {
  const { knownAt, position } = asOf;
  const moment = {
    ...(knownAt !== undefined && { asOf: knownAt }),
    ...(position !== undefined && { atPosition: position }),
  };
  if (knownAt === undefined && position === undefined) return { ...overview, ...moment };
  const reader = await PlanReader.open(views, overview.plan.plan);
  const indicators = await Promise.all(
    overview.indicators.map(async (row): Promise<IndicatorRowNow> => {
      const today = await reader.measured({ code: row.code, period: parsePeriod(row.period) });
      return { ...row, cells: row.cells.map((cell) => withLaterValue(cell, today)) };
    }),
  );
  return { ...overview, ...moment, indicators };
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
