import { type Decimal, hundred, settled, zero } from './decimals.js';
import {
  compare,
  type Direction,
  growthRate,
  grown,
  type IndicatorKind,
  type Point,
  requiredAt,
  type Way,
} from './trajectory.js';

/**
 * Where a value stands on its way: the formulas of the field, before any threshold is asked.
 * B base, T final target, X value, g target rate, n years from base to X.
 */
export interface Standing {
  readonly treatedAs: IndicatorKind;
  /** The final target's period has come. */
  readonly due: boolean;
  /** The level rate, percent: X / T, lower-better T / X; of a growth its observed rate ÷ g. */
  readonly completionRate?: Decimal;
  /** P, percent of the way covered: (X − B) / (T − B); of a growth observed rate ÷ g. None for a hold or without a base. */
  readonly progress?: Decimal;
  /** S, percent of the way that should be covered by now (序时进度); of a growth always 100. */
  readonly scheduled?: Decimal;
  /** Δ = P − S, percentage points. */
  readonly lead?: Decimal;
  /** T − X in the indicator's unit; of a growth g − observed rate, percentage points. */
  readonly gapToTarget: Decimal;
  /** (X / B)^(1/n) − 1, percent per year; growth only. */
  readonly observedRate?: Decimal;
  /** A target met, or a bound kept. A growth rate is an average to the final year, so it is met then and not before. */
  readonly met: boolean;
  /** Where X is measured against a bound: the level rate against that bound, percent; below 100 by what is missing. */
  readonly kept?: Decimal;
}

/** S alone, which is known before any value is. */
export function scheduledAt(way: Way, end: number): Decimal | undefined {
  if (way.treatedAs === 'hold') return undefined;
  if (way.treatedAs === 'growth') return hundred;
  const required = requiredAt(way, end);
  return required && shareOf(way, required);
}

export function standingOf(way: Way, end: number, value: Decimal): Standing {
  const { completionRate, gapToTarget, observedRate } = against(way, end, value, way.final);
  const due = end >= way.final.end;
  // What has to be kept rather than reached: a hold always; without a base, the target itself once it is due.
  const bound = way.treatedAs === 'hold' || !way.start ? requiredAt(way, end) : undefined;
  const progress = way.treatedAs === 'growth' ? completionRate : shareOf(way, value);
  const scheduled = scheduledAt(way, end);
  return {
    treatedAs: way.treatedAs,
    due,
    completionRate,
    progress,
    scheduled,
    lead: progress && scheduled && settled(progress.minus(scheduled)),
    gapToTarget,
    observedRate,
    met:
      way.treatedAs === 'growth'
        ? due && meets(way, end, value, way.final)
        : compare(way.direction, value, bound ?? way.final.value) >= 0,
    kept: bound && levelRate(way.direction, value, bound),
  };
}

/** An interim target in its own year: met or not, and by how much. */
export function interimAt(way: Way, end: number): Point | undefined {
  return way.targets.find((target) => target.end === end && target !== way.final);
}

export function againstInterim(way: Way, value: Decimal, interim: Point) {
  return {
    met: meets(way, interim.end, value, interim),
    completionRate: against(way, interim.end, value, interim).completionRate,
  };
}

/** The target as such, whatever the way to it. */
function against(way: Way, end: number, value: Decimal, target: Point) {
  const { kind, start } = way;
  if (kind !== 'growth' || !start)
    return {
      completionRate: levelRate(way.direction, value, target.value),
      gapToTarget: target.value.minus(value),
    };
  const observedRate = growthRate(start.value, value, end - start.end);
  return {
    // A rate that is only a bound (“at most 3 %”) is compared as levels: a ratio of rates would be best at 0.
    completionRate:
      compare(way.direction, target.value, zero) > 0
        ? settled(observedRate.div(target.value).times(hundred))
        : levelRate(way.direction, value, grown(start.value, target.value, end - start.end)),
    gapToTarget: target.value.minus(observedRate),
    observedRate,
  };
}

function meets(way: Way, end: number, value: Decimal, target: Point): boolean {
  const { kind, start } = way;
  const level = kind === 'growth' && start ? grown(start.value, target.value, end - start.end) : target.value;
  return compare(way.direction, value, level) >= 0;
}

/** (v − B) / (T − B) in percent, for either direction. */
function shareOf({ start, final, treatedAs }: Way, value: Decimal): Decimal | undefined {
  if (!start || treatedAs === 'hold') return undefined;
  return value.minus(start.value).div(final.value.minus(start.value)).times(hundred);
}

/** X / T in percent, lower-better T / X. None where the divisor is not positive: such a ratio says nothing. */
function levelRate(direction: Direction, value: Decimal, target: Decimal): Decimal | undefined {
  const [part, whole] = direction === 'higher' ? [value, target] : [target, value];
  return whole.gt(0) ? part.div(whole).times(hundred) : undefined;
}
