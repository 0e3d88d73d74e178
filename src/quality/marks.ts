import type { Look, QualityMark } from './mark.js';
import { contextOf, rulesFor, type Numbers, type QualityKnown } from './quality-context.js';
import type { QualityKind, QualityRule } from './quality-rules.js';
import { definitionChanged } from './rules/definition-changed.js';
import { formula } from './rules/formula.js';
import { jump } from './rules/jump.js';
import { justPastThreshold } from './rules/just-past-threshold.js';
import { numeratorOverDenominator } from './rules/numerator-over-denominator.js';
import { overdue } from './rules/overdue.js';
import { partsSum } from './rules/parts-sum.js';
import { range } from './rules/range.js';
import { runningTotalFalls } from './rules/running-total-falls.js';
import { wholeNumbers } from './rules/whole-numbers.js';

const looks: Readonly<Record<QualityKind, Look>> = {
  range,
  jump,
  'running-total-falls': runningTotalFalls,
  'numerator-over-denominator': numeratorOverDenominator,
  'whole-numbers': wholeNumbers,
  'parts-sum': partsSum,
  formula,
  overdue,
  'definition-changed': definitionChanged,
  'just-past-threshold': justPastThreshold,
};

/** How a reporter explains what a rule marked. */
export interface Explanation {
  readonly rule: string;
  readonly text: string;
}

/** What the rules say of a figure, in the order of the rules. */
export function marksOf(
  rules: readonly QualityRule[],
  known: QualityKnown,
  reported: Numbers,
  explanations: readonly Explanation[] = [],
): QualityMark[] {
  const context = contextOf(known, reported);
  return rulesFor(rules, known.code).flatMap((rule) => {
    const { id, kind, note, required } = rule;
    const odd = looks[kind](context, rule);
    if (!odd) return [];
    const explanation = explanations.find((each) => each.rule === id)?.text;
    return [
      {
        ...{ rule: id, kind, message: note === undefined ? odd.message : `${odd.message}（${note}）` },
        numbers: odd.numbers,
        ...(required && { required }),
        ...(explanation !== undefined && { explanation }),
      },
    ];
  });
}
