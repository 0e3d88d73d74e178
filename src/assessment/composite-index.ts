import { invalid } from '../kernel/errors.js';
import type { EvaluationRules } from '../plans/evaluation-rules.js';
import type { Attribute } from './assessment.js';
import type { Decimal } from './decimals.js';
import { decimal, hundred, text, zero } from './decimals.js';
import { lightOf, type Status } from './judgement.js';

export interface IndexEntry {
  readonly indicator: string;
  /** Not negative; only the ratio to the sum of all weights matters. */
  readonly weight: string;
  /** 0 to 100; undefined if the indicator cannot be judged. */
  readonly score?: string;
  readonly status: Status;
  readonly attribute: Attribute;
}

/** An index with its coverage, which must always be shown together. Lists are ordered by indicator code. */
export interface CompositeIndex {
  /**
   * Σ w · score / Σ w over the indicators with a score; exactly the sum of their points; undefined if none has a score.
   */
  readonly value?: string;
  /** Σ w of indicators with a score / Σ w of all applicable indicators, percent. */
  readonly coverage: string;
  readonly weightTotal: string;
  readonly weightAvailable: string;
  /** Codes of red 约束性 indicators (否决). They are reported beside the value and do not change it. */
  readonly vetoed: readonly string[];
  readonly contributions: readonly Contribution[];
}

export interface Contribution {
  readonly indicator: string;
  readonly weight: string;
  readonly score: string;
  /** w · score / Σ w, rounded to 16 decimal places. */
  readonly points: string;
}

/**
 * The composite index [ours, after the efficacy-coefficient method 功效系数法].
 * @throws {DomainError} `index.weight-negative`, `number.malformed`
 */
export function compositeIndex(entries: readonly IndexEntry[], rules: EvaluationRules): CompositeIndex {
  const applicable = entries
    .filter(({ status }) => status !== 'not-applicable')
    .map((entry) => ({ ...entry, weight: weightOf(entry) }))
    // Codes of indicators are distinct.
    .sort((a, b) => (a.indicator < b.indicator ? -1 : 1));
  const scored = applicable.flatMap(({ indicator, weight, score }) =>
    score === undefined ? [] : [{ indicator, weight, score: decimal(score, 'score') }],
  );
  const weightTotal = sum(applicable.map(({ weight }) => weight));
  const weightAvailable = sum(scored.map(({ weight }) => weight));

  // Points are rounded first and the value is their sum, so the points add up to the value exactly. With 16 decimal
  // places, a sum up to 100 still fits into the 20 significant digits that `text` keeps.
  const points = weightAvailable.isZero()
    ? []
    : scored.map(({ weight, score }) => weight.times(score).div(weightAvailable).toDecimalPlaces(16));

  return {
    value: points.length > 0 ? text(sum(points)) : undefined,
    coverage: text(weightTotal.isZero() ? zero : weightAvailable.div(weightTotal).times(hundred)),
    weightTotal: text(weightTotal),
    weightAvailable: text(weightAvailable),
    vetoed: rules.index.bindingVeto
      ? applicable
          .filter(({ attribute, status }) => attribute === 'binding' && lightOf(status) === 'red')
          .map(({ indicator }) => indicator)
      : [],
    contributions: points.map((share, at) => {
      const { indicator, weight, score } = scored[at]!;
      return { indicator, weight: text(weight), score: text(score), points: text(share) };
    }),
  };
}

function weightOf({ indicator, weight }: IndexEntry): Decimal {
  const number = decimal(weight, 'weight');
  if (number.gte(0)) return number;
  throw invalid('index.weight-negative', `指标 ${indicator} 的权重 ${weight} 为负：权重不得小于 0`, 'weight');
}

function sum(numbers: readonly Decimal[]): Decimal {
  return numbers.reduce((total, number) => total.plus(number), zero);
}
