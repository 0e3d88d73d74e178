import { isRule } from '../indicators/formula.js';
import type { TargetEntry } from '../indicators/indicator.projection.js';
import { endInYears, parsePeriod, type Period } from '../kernel/period.js';
import { text } from './decimals.js';
import type { FormulaInput } from './measured.js';
import type { Computed } from './measurements.js';
import type { DatedValue } from './trajectory.js';

/** What a target that is a rule asks of a unit in the period judged. */
export interface Rule {
  /** Absent where a figure that it stands on is not there, or it divides by zero. */
  readonly value?: string;
  readonly shown?: string;
  readonly inputs: readonly FormulaInput[];
  readonly lacking?: readonly FormulaInput[];
  /** False where a figure that it stands on was measured under another definition. */
  readonly comparable: boolean;
  readonly demo: boolean;
}

/** A target as it holds for a unit; one that is a rule comes with what it asks for. */
export type CellTarget = TargetEntry & { readonly rule?: Rule };

export function ruleOf({ value, inputs, lacking, findings }: Computed, decimals: number): Rule {
  return {
    ...(value && { value: text(value), shown: value.toDecimalPlaces(decimals).toFixed() }),
    inputs,
    ...(lacking.length > 0 && { lacking }),
    comparable: findings.every(({ comparable }) => comparable),
    demo: findings.some(({ demo }) => demo),
  };
}

/** The number that a target asks for; undefined where it is a rule that gives none. */
export const targetNumber = ({ value, rule }: CellTarget): string | undefined => (isRule(value) ? rule?.value : value);

export interface ResolvedTargets {
  readonly targets: readonly DatedValue[];
  /** Why nothing can be judged by them. */
  readonly fault?: 'lacking' | 'incomparable';
}

/** The targets as numbers, for a period: the one that has to be kept by then and the final one must give one. */
export function resolvedTargets(targets: readonly CellTarget[], period: Period): ResolvedTargets {
  const ends = (target: CellTarget) => endInYears(parsePeriod(target.period));
  const ordered = [...targets].sort((a, b) => ends(a) - ends(b));
  const final = ordered.at(-1);
  const bound = ordered.find((target) => ends(target) >= endInYears(period)) ?? final;
  const needed = [bound, final].filter((target) => target !== undefined);
  const numbers = targets.flatMap((target) => {
    const value = targetNumber(target);
    return value === undefined ? [] : [{ period: target.period, value }];
  });
  if (needed.some((target) => targetNumber(target) === undefined)) return { targets: numbers, fault: 'lacking' };
  if (needed.some(({ rule }) => rule?.comparable === false)) return { targets: numbers, fault: 'incomparable' };
  return { targets: numbers };
}
