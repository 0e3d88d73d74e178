import type { Part } from './account.js';
import type { NumberKind } from './numbers.js';

/** What differs or is moved, as 数值, 判断 and 指数. */
export interface Grouped<NumberMoved, VerdictMoved> {
  /** Values, targets and counts, with the degrees, paces and scores that are computed from them. */
  readonly values: readonly NumberMoved[];
  readonly verdicts: readonly VerdictMoved[];
  /** The indexes of units, whole and by area, and the shares of the weights on which they rest. */
  readonly indexes: readonly NumberMoved[];
}

const ofIndex: ReadonlySet<NumberKind> = new Set(['index', 'coverage']);

export function grouped<NumberMoved extends { readonly of: NumberKind }, VerdictMoved>({
  numbers,
  verdicts,
}: {
  readonly numbers: readonly NumberMoved[];
  readonly verdicts: readonly VerdictMoved[];
}): Grouped<NumberMoved, VerdictMoved> {
  return {
    values: numbers.filter(({ of }) => !ofIndex.has(of)),
    verdicts,
    indexes: numbers.filter(({ of }) => ofIndex.has(of)),
  };
}

/** What one cause moves, in groups. */
export type GroupedPart = Grouped<Part['numbers'][number], Part['verdicts'][number]>;
