import type { Cell } from '../assessment/cell.js';
import type { Light } from '../assessment/judgement.js';
import type { Difference } from '../evaluations/difference.js';
import type { Overview } from '../overview/overview.js';

/** One thing that differs between the state as it is and as it is supposed. */
export interface SupposedDifference extends Omit<Difference, 'because'> {
  /** Places, in the list of changes, of those that cause it. */
  readonly changes: readonly number[];
}

/** A conclusion that is another one under the changes. */
export interface Flip {
  /** `veto`: the red 约束性 indicators that veto the index of the unit, by their codes. */
  readonly conclusion: 'status' | 'outlook' | 'verdict' | 'veto';
  /** Absent of a veto. */
  readonly indicator?: string;
  readonly unit: string;
  /** A `Status`, `Outlook` or `Verdict`, or the codes; absent where there is none. */
  readonly from?: string;
  readonly to?: string;
  /** Of a status whose light changes with it. */
  readonly lights?: { readonly from: Light; readonly to: Light };
  readonly changes: readonly number[];
}

type Concluded = Pick<Overview, 'indicators' | 'indexes'>;

/** The conclusions that differ between two states, each with the changes behind what differs around it. */
export function flipsBetween(left: Concluded, right: Concluded, differences: readonly SupposedDifference[]): Flip[] {
  const changesOf = (concerns: (difference: SupposedDifference) => boolean): number[] =>
    [...new Set(differences.filter(concerns).flatMap(({ changes }) => changes))].sort((a, b) => a - b);
  const ofCells = right.indicators.flatMap(({ code, cells }) => {
    const before = left.indicators.find((row) => row.code === code)?.cells ?? [];
    return cells.flatMap((cell) => {
      const old = before.find(({ unit }) => unit === cell.unit);
      if (!old) return [];
      return conclusionsOf(old, cell).map((flip): Flip => {
        const changes = changesOf(
          ({ aspect, indicator, unit }) =>
            aspect === 'rules' || (aspect !== 'indicator' && indicator === code && (unit ?? cell.unit) === cell.unit),
        );
        return { ...flip, indicator: code, unit: cell.unit, changes };
      });
    });
  });
  const vetoes = right.indexes.flatMap(({ unit, index }): Flip[] => {
    const [from, to] = [left.indexes.find((entry) => entry.unit === unit)?.index.vetoed, index.vetoed].map((codes) =>
      codes?.join('、'),
    );
    if (from === to) return [];
    const changes = changesOf((difference) => difference.aspect === 'rules' || difference.unit === unit);
    return [{ conclusion: 'veto', unit, ...texts(from || undefined, to || undefined), changes }];
  });
  return [...ofCells, ...vetoes];
}

const conclusions = ['status', 'outlook', 'verdict'] as const;

function conclusionsOf(
  { assessment: old }: Cell,
  { assessment: now }: Cell,
): Pick<Flip, 'conclusion' | 'from' | 'to'>[] {
  return conclusions.flatMap((conclusion) => {
    const [from, to] = [old[conclusion], now[conclusion]];
    if (from === to) return [];
    const lights =
      conclusion === 'status' && old.light !== now.light ? { lights: { from: old.light, to: now.light } } : {};
    return [{ conclusion, ...texts(from, to), ...lights }];
  });
}

const texts = (from: string | undefined, to: string | undefined): Pick<Flip, 'from' | 'to'> => ({
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
});
