import { isRule } from '../indicators/formula.js';
import type { IndicatorDocument } from '../indicators/indicator.projection.js';
import { closing, endInYears, parsePeriod, type Period } from '../kernel/period.js';
import type { Assessment, AssessmentInput, Gap } from './assessment.js';
import { isMeasured, type Finding } from './measured.js';
import { currentMethod, type Method } from './method.js';
import { resolvedTargets, type CellTarget } from './rule-targets.js';

/** One indicator at one unit: base, value, targets and assessment. */
export interface Cell {
  readonly unit: string;
  readonly base: Finding;
  readonly value: Finding;
  /** ΣX of a cumulative indicator from the plan's start; absent if any period since then has no value. */
  readonly cumulativeSum?: string;
  /** A part of the sum was measured under a definition that is incomparable with the current one. */
  readonly sumComparable?: false;
  readonly targets: readonly CellTarget[];
  readonly assessment: Assessment;
}

/** Whether base, value, a target or a figure used by a rule target is demonstration data (示例数据). */
export const hasDemo = ({ base, value, targets }: Cell): boolean =>
  base.demo || value.demo || targets.some(({ demo, rule }) => demo || rule?.demo);

type JudgedRow = Pick<
  IndicatorDocument,
  'kind' | 'direction' | 'attribute' | 'trajectory' | 'frequency' | 'retiredFrom'
> & { readonly period: string };

/** Builds the input of `assess` from a row, a cell and the plan's base period. */
export function assessmentInput(
  row: JudgedRow,
  cell: Omit<Cell, 'assessment'>,
  baseline: string,
  method: Method = currentMethod,
): AssessmentInput {
  const { kind, direction, attribute, trajectory, frequency } = row;
  const { base, value, targets, cumulativeSum } = cell;
  const start = closing(parsePeriod(baseline), frequency)!.text;
  const period = parsePeriod(row.period);
  const { fault, ...resolved } = resolvedTargets(targets, period);
  // A cumulative total starts at 0, whatever the value of the base year.
  const known = kind === 'cumulative' ? '0' : isMeasured(base) && base.comparable ? base.exact : undefined;
  const gap = gapOf(row, value, period) ?? (cell.sumComparable === false ? 'incomparable' : undefined);
  const needsBase = kind === 'level' || kind === 'growth';
  const baseStale = method.restated === 'everything' && needsBase && isMeasured(base) && !base.comparable;
  return {
    ...{ kind, direction, attribute, trajectory },
    base: known === undefined ? undefined : { value: known, period: start },
    targets: resolved.targets,
    period: row.period,
    value: isMeasured(value) ? value.exact : undefined,
    cumulativeSum,
    gap: gap ?? (fault === 'incomparable' ? fault : undefined),
    targetLacking: fault === 'lacking',
    notRestated: fault === 'not-restated' ? 'target' : baseStale ? 'base' : undefined,
  };
}

function gapOf({ retiredFrom }: JudgedRow, value: Finding, period: Period): Gap | undefined {
  if (retiredFrom !== undefined && endInYears(period) >= endInYears(parsePeriod(retiredFrom))) return 'not-applicable';
  if (isMeasured(value)) return value.comparable ? undefined : 'incomparable';
  return value.because === 'not-applicable' ? 'not-applicable' : 'no-data';
}

/** The distinct rules among the targets. */
export const rulesIn = (targets: IndicatorDocument['targets']): string[] => [
  ...new Set(targets.map(({ value }) => value).filter(isRule)),
];
