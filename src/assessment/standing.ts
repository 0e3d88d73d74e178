import { keeps, type TargetValue } from '../kernel/target-value.js';
import { type Decimal, hundred, rounded, zero } from './decimals.js';
import {
  boundAt,
  compare,
  type Direction,
  growthRate,
  grown,
  type IndicatorKind,
  type Point,
  requiredAt,
  type Path,
} from './trajectory.js';

/**
 * A value compared with schedule and target, before any threshold is applied. Formulas: docs/evaluation.md.
 * B base, T final target, X value, g target growth rate, n years from base to X.
 */
export interface Standing {
  readonly treatedAs: IndicatorKind;
  /** Whether the period is that of the final target or later. */
  readonly due: boolean;
  /** Completion rate, percent: X / T, lower is better T / X, growth observed rate ÷ g. Undefined for a range. */
  readonly completionRate?: Decimal;
  /** P = (X − B) / (T − B), percent; for growth observed rate ÷ g. Undefined for a hold or without a base. */
  readonly progress?: Decimal;
  /** S 序时进度, the progress due by now, percent; for growth always 100. */
  readonly scheduled?: Decimal;
  /** Δ = P − S, percentage points. */
  readonly lead?: Decimal;
  /**
   * T − X in the indicator's unit; for growth g − observed rate in percentage points. For a range to its nearer end, 0
   * within.
   */
  readonly gapToTarget: Decimal;
  /** (X / B)^(1/n) − 1, percent per year; only for growth. */
  readonly observedRate?: Decimal;
  /** Whether target or bound is met. A growth rate is the average up to the final year, so it cannot be met earlier. */
  readonly met: boolean;
  /**
   * Completion rate against a bound (hold or due target without base), percent; of a range against the end that is passed.
   * Undefined if there is no bound.
   */
  readonly boundRate?: Decimal;
  /**
   * By how much a missed bound is missed, percent of the bound. Undefined where no percentage exists (a bound of 0), and
   * for a growth rate: a percentage of its level would be no measure of the rate.
   */
  readonly shortfall?: Decimal;
}

/** S 序时进度, which does not depend on a value. */
export function scheduledAt(path: Path, end: number): Decimal | undefined {
  if (path.treatedAs === 'hold') return undefined;
  if (path.treatedAs === 'growth') return hundred;
  const required = requiredAt(path, end);
  return required && shareOf(path, required);
}

export function standingOf(path: Path, end: number, value: Decimal): Standing {
  const { completionRate, gapToTarget, observedRate } = against(path, end, value, path.final);
  const due = end >= path.final.end;
  // A bound must be kept instead of reached: the target of a hold or, without a base, the target once it is due.
  const bound = path.treatedAs === 'hold' || !path.start ? boundAt(path, end) : undefined;
  const progress = path.treatedAs === 'growth' ? completionRate : shareOf(path, value);
  const scheduled = scheduledAt(path, end);
  const met =
    path.treatedAs === 'growth'
      ? due && meets(path, end, value, path.final)
      : keeps(path.direction, value, bound ?? path.final);
  const boundRate = bound && rateAgainst(bound, path.direction, value);
  return {
    treatedAs: path.treatedAs,
    due,
    completionRate,
    progress,
    scheduled,
    lead: progress && scheduled && rounded(progress.minus(scheduled)),
    gapToTarget,
    observedRate,
    met,
    boundRate,
    shortfall: met || path.kind === 'growth' ? undefined : boundRate && rounded(hundred.minus(boundRate)),
  };
}

/** The interim target whose period ends at `end`, if any. */
export function interimAt(path: Path, end: number): Point | undefined {
  return path.targets.find((target) => target.end === end && target !== path.final);
}

export function againstInterim(path: Path, value: Decimal, interim: Point) {
  return {
    met: meets(path, interim.end, value, interim),
    completionRate: against(path, interim.end, value, interim).completionRate,
  };
}

/** The target that a range has where a value lies: its end on that side, or none within. */
function endPassed({ value: lower, upper }: TargetValue, value: Decimal): [Direction, Decimal] | undefined {
  if (!upper) return undefined;
  if (value.lt(lower)) return ['higher', lower];
  return value.gt(upper) ? ['lower', upper] : undefined;
}

/** How far a value lies outside a range: above its upper end positive, below its lower end negative, within 0. */
export function outside(range: TargetValue, value: Decimal): Decimal {
  const [, end] = endPassed(range, value) ?? [];
  return end ? value.minus(end) : zero;
}

function rateAgainst(bound: TargetValue, direction: Direction, value: Decimal): Decimal | undefined {
  if (!bound.upper) return levelRate(direction, value, bound.value);
  const passed = endPassed(bound, value);
  return passed ? levelRate(passed[0], value, passed[1]) : hundred;
}

/** Completion rate and gap against one target, independent of the trajectory. */
function against(path: Path, end: number, value: Decimal, target: Point) {
  const { kind, start } = path;
  if (target.upper) return { gapToTarget: outside(target, value).neg() };
  if (kind !== 'growth' || !start)
    return {
      completionRate: levelRate(path.direction, value, target.value),
      gapToTarget: target.value.minus(value),
    };
  const observedRate = growthRate(start.value, value, end - start.end);
  return {
    // For a growth rate that is a bound (“at most 3 %”), compare levels: a ratio of rates would be best at rate 0.
    completionRate:
      compare(path.direction, target.value, zero) > 0
        ? rounded(observedRate.div(target.value).times(hundred))
        : levelRate(path.direction, value, grown(start.value, target.value, end - start.end)),
    gapToTarget: target.value.minus(observedRate),
    observedRate,
  };
}

function meets(path: Path, end: number, value: Decimal, target: Point): boolean {
  const { kind, start } = path;
  const level = kind === 'growth' && start ? grown(start.value, target.value, end - start.end) : target.value;
  return keeps(path.direction, value, { ...target, value: level });
}

/** (v − B) / (T − B) in percent, for both directions. */
function shareOf({ start, final, treatedAs }: Path, value: Decimal): Decimal | undefined {
  if (!start || treatedAs === 'hold') return undefined;
  return value.minus(start.value).div(final.value.minus(start.value)).times(hundred);
}

/**
 * X / T in percent, lower is better T / X. Undefined if the divisor is not positive, where the ratio is meaningless.
 */
function levelRate(direction: Direction, value: Decimal, target: Decimal): Decimal | undefined {
  const [part, whole] = direction === 'higher' ? [value, target] : [target, value];
  return whole.gt(0) ? part.div(whole).times(hundred) : undefined;
}
