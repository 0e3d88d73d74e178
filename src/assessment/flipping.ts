import type { EvaluationRules } from '../plans/evaluation-rules.js';
import { assessOrFault, type AssessmentInput } from './assessment.js';
import type { Decimal } from './decimals.js';

/** A quantity that is changed in whole steps, each of which makes a value. */
export interface Stepped {
  /** Where it stands, and the size of one step, in its own unit. */
  readonly at: Decimal;
  readonly step: Decimal;
  /** The least and the greatest that it may be. */
  readonly least: Decimal;
  readonly greatest: Decimal;
  /** Values at which the judgement may turn around: it is monotonic between them. In the unit of the quantity. */
  readonly turns: readonly Decimal[];
  /** The input of the judgement when the quantity is this. */
  input(quantity: Decimal): AssessmentInput;
}

/** The first quantity on one side that is judged otherwise, so many steps away. */
export interface Flipping {
  readonly steps: bigint;
  readonly quantity: Decimal;
}

/**
 * The smallest change of a quantity, up or down, that gives another status; undefined where no change within the bounds
 * does. Bisection [ours] over the whole number of steps: between two turns the status is monotonic in the value, so a
 * stretch whose far end is judged like the present value holds no other status.
 */
export function smallestFlip(stepped: Stepped, sign: 1 | -1, rules: EvaluationRules): Flipping | undefined {
  const { at, step, input, turns } = stepped;
  const quantityAt = (steps: bigint) => at.plus(step.times(String(steps * BigInt(sign))));
  const status = assessOrFault(input(at), rules).status;
  const flips = (steps: bigint) => assessOrFault(input(quantityAt(steps)), rules).status !== status;
  const whole = (distance: Decimal) => BigInt(distance.div(step).floor().toFixed());
  const most = whole(sign > 0 ? stepped.greatest.minus(at) : at.minus(stepped.least));
  // The steps on both sides of each turn, so that no stretch reaches over one.
  const ends = turns
    .map((turn) => whole(turn.minus(at).times(sign)))
    .flatMap((steps) => [steps - 1n, steps, steps + 1n])
    .filter((steps) => steps > 0n && steps < most);
  let from = 0n;
  for (const end of [...new Set(ends)].sort((a, b) => (a < b ? -1 : 1)).concat(most > 0n ? [most] : [])) {
    if (flips(end)) {
      const steps = firstWithin(from, end, flips);
      return { steps, quantity: quantityAt(steps) };
    }
    from = end;
  }
  return undefined;
}

/** The first number beyond `low` that holds, given that `high` does and that all after the first one do. */
function firstWithin(low: bigint, high: bigint, holds: (steps: bigint) => boolean): bigint {
  // Most are near: the stretch is widened before it is halved.
  for (let width = 1n; low + width < high; width *= 2n) {
    if (holds(low + width)) {
      high = low + width;
      break;
    }
    low += width;
  }
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
