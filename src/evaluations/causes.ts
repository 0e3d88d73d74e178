import type { Cell } from '../assessment/cell.js';
import { madeOf } from '../assessment/figures-behind.js';
import { isMeasured, type Finding } from '../assessment/measured.js';
import type { CellTarget } from '../assessment/rule-targets.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import type { EvaluationRules } from '../plans/evaluation-rules.js';

/** Causes of a change of the index, in the order in which `indexChange` applies them. [ours] */
export const causes = ['units', 'period', 'rules', 'definition', 'target', 'corrected', 'reported'] as const;
export type Cause = (typeof causes)[number];

/**
 * The inputs that determine the score of one indicator at one unit. Without `row` the indicator is not in the index.
 */
export interface Facts {
  readonly row?: IndicatorRow;
  readonly cell: Omit<Cell, 'assessment'>;
  readonly rules: EvaluationRules;
  readonly baseline: string;
}

/** `before` with the fields that belong to the cause taken from `after`. */
export function applied(cause: Cause, before: Facts, after: Facts): Facts {
  const { row, cell } = before;
  switch (cause) {
    case 'units': {
      // The base is that within the borders of the period.
      const { base } = after.cell;
      if (!row || !after.row || row.period === after.row.period || madeOf(cell.base) === madeOf(base)) return before;
      return { ...before, cell: { ...cell, base } };
    }
    case 'period': {
      if (!row || !after.row || row.period === after.row.period) return before;
      const { value } = after.cell;
      const targets = withRules(cell.targets, after.cell.targets, () => true);
      return {
        ...before,
        row: { ...row, period: after.row.period },
        cell: { ...withSum(cell, after.cell), value, targets },
      };
    }
    case 'rules':
      return { ...before, rules: after.rules };
    case 'definition': {
      // What became incomparable did so by a redefinition, perhaps of an indicator in its formula. What became comparable
      // without one was restated, which is another cause.
      const redefined = row?.definitionVersion !== after.row?.definitionVersion;
      const flag = (own: boolean, other: boolean) => (redefined || !other ? other : own);
      return {
        ...before,
        row: after.row,
        baseline: after.baseline,
        cell: {
          ...cell,
          base: comparableAs(cell.base, after.cell.base, flag),
          value: comparableAs(cell.value, after.cell.value, flag),
          targets: cell.targets.map((target) => targetAs(target, after.cell.targets, flag)),
          ...sumAs(cell, after.cell, flag),
        },
      };
    }
    case 'target':
      return { ...before, cell: { ...cell, targets: withRules(after.cell.targets, cell.targets, () => true) } };
    case 'corrected': {
      const both = (one: Finding, other: Finding) => isMeasured(one) && isMeasured(other);
      const { base, value, targets } = after.cell;
      const sums = cell.cumulativeSum !== undefined && after.cell.cumulativeSum !== undefined;
      return {
        ...before,
        cell: {
          ...withSum(cell, sums ? after.cell : cell),
          base: both(cell.base, base) ? base : cell.base,
          value: both(cell.value, value) ? value : cell.value,
          targets: withRules(cell.targets, targets, (own, other) => own !== undefined && other !== undefined),
        },
      };
    }
    case 'reported':
      return after;
  }
}

type Sum = Pick<Cell, 'cumulativeSum' | 'sumComparable'>;

const withSum = (
  { cumulativeSum: _, sumComparable: __, ...cell }: Facts['cell'],
  { cumulativeSum, sumComparable }: Sum,
): Facts['cell'] => ({
  ...cell,
  ...(cumulativeSum !== undefined && { cumulativeSum }),
  ...(sumComparable === false && { sumComparable }),
});

/** Which comparability holds, given that of the state before and that of the state after. */
type Flag = (own: boolean, other: boolean) => boolean;

function sumAs(own: Sum, other: Sum, flag: Flag): Pick<Sum, 'sumComparable'> {
  if (own.cumulativeSum === undefined || other.cumulativeSum === undefined) return {};
  return flag(own.sumComparable ?? true, other.sumComparable ?? true)
    ? { sumComparable: undefined }
    : { sumComparable: false };
}

function targetAs({ comparable, ...target }: CellTarget, others: readonly CellTarget[], flag: Flag): CellTarget {
  const other = others.find(({ period }) => period === target.period);
  const holds = other ? flag(comparable ?? true, other.comparable ?? true) : (comparable ?? true);
  return { ...target, ...(!holds && { comparable: false as const }) };
}

const comparableAs = (finding: Finding, other: Finding, flag: Flag): Finding =>
  isMeasured(finding) && isMeasured(other)
    ? { ...finding, comparable: flag(finding.comparable, other.comparable) }
    : finding;

/**
 * The targets, where each rule that also exists in `others` takes its computed value from there, if `take` accepts the
 * two values.
 */
function withRules(
  targets: readonly CellTarget[],
  others: readonly CellTarget[],
  take: (own: string | undefined, other: string | undefined) => boolean,
): CellTarget[] {
  return targets.map((target) => {
    const other = others.find(({ period, value }) => period === target.period && value === target.value);
    return other?.rule && take(target.rule?.value, other.rule.value) ? { ...target, rule: other.rule } : target;
  });
}
