import { isRule } from '../indicators/formula.js';
import type { TargetEntry } from '../indicators/indicator.projection.js';
import { endInYears, parsePeriod, type Period } from '../kernel/period.js';
import { shownWith, text, withoutZeros } from './decimals.js';
import type { FormulaInput } from './measured.js';
import type { Computed } from './measurements.js';
import { currentMethod, type Method } from './method.js';
import type { DatedValue } from './trajectory.js';

/** The value that a rule target requires of a unit in the judged period. */
export interface Rule {
  /** Absent if an input has no value or the rule divides by zero. */
  readonly value?: string;
  readonly shown?: string;
  readonly inputs: readonly FormulaInput[];
  readonly lacking?: readonly FormulaInput[];
  /** False if an input was measured under an incomparable definition. */
  readonly comparable: boolean;
  readonly demo: boolean;
}

/** A target that applies to a unit; a rule target has its computed value in `rule`. */
export type CellTarget = TargetEntry & {
  readonly rule?: Rule;
  /** Set under a definition that is incomparable with the current one, and not restated since. */
  readonly comparable?: false;
};

export function ruleOf(
  { value, inputs, lacking, findings }: Computed,
  decimals: number,
  method: Pick<Method, 'decimals'> = currentMethod,
): Rule {
  const shown = value && shownWith(decimals, value);
  return {
    ...(value && shown && { value: text(value), shown: method.decimals === 'shortest' ? withoutZeros(shown) : shown }),
    inputs,
    ...(lacking.length > 0 && { lacking }),
    comparable: findings.every(({ comparable }) => comparable),
    demo: findings.some(({ demo }) => demo),
  };
}

/** What the target asks for: a number, one to be passed, a range; undefined for a rule target without value. */
export const askedValue = ({ value, rule }: CellTarget): string | undefined => (isRule(value) ? rule?.value : value);

export interface ResolvedTargets {
  readonly targets: readonly DatedValue[];
  /** Why the targets cannot be used for judging. */
  readonly fault?: 'lacking' | 'incomparable' | 'not-restated';
}

/**
 * Resolves targets to numbers for a period. `fault` is set if the next target due at that period, or the final target,
 * has no value or an incomparable one, or belongs to another definition. Other targets of another definition are left out.
 */
export function resolvedTargets(targets: readonly CellTarget[], period: Period): ResolvedTargets {
  const ends = (target: CellTarget) => endInYears(parsePeriod(target.period));
  const ordered = [...targets].sort((a, b) => ends(a) - ends(b));
  const final = ordered.at(-1);
  const bound = ordered.find((target) => ends(target) >= endInYears(period)) ?? final;
  const needed = [bound, final].filter((target) => target !== undefined);
  const numbers = targets.flatMap((target) => {
    const value = askedValue(target);
    return value === undefined || target.comparable === false ? [] : [{ period: target.period, value }];
  });
  if (needed.some(({ comparable }) => comparable === false)) return { targets: numbers, fault: 'not-restated' };
  if (needed.some((target) => askedValue(target) === undefined)) return { targets: numbers, fault: 'lacking' };
  if (needed.some(({ rule }) => rule?.comparable === false)) return { targets: numbers, fault: 'incomparable' };
  return { targets: numbers };
}
