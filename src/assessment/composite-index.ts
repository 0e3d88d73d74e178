import { invalid } from '../kernel/errors.js';
import type { EvaluationRules } from '../plans/evaluation-rules.js';
import type { Attribute } from './assessment.js';
import type { Decimal } from './decimals.js';
import { decimal, hundred, text, zero } from './decimals.js';
import { lightOf, type Status } from './judgement.js';

export interface IndexEntry {
  readonly indicator: string;
  /** Only its share of all weights matters; not negative. */
  readonly weight: string;
  /** 0 … 100; none where there is nothing to score, which is never a 0. */
  readonly score?: string;
  readonly status: Status;
  readonly attribute: Attribute;
}

/** One number for the whole, always to be shown with its coverage. In the order of indicators, whatever order they came in. */
export interface CompositeIndex {
  /** Σ w · score / Σ w over the indicators with a score, exactly the sum of the points; undefined where there is none. */
  readonly value?: string;
  /** Σ w (with a score) / Σ w, percent. What does not apply is in neither sum: it cannot be missing. */
  readonly coverage: string;
  readonly weightTotal: string;
  readonly weightAvailable: string;
  /** Red 约束性 indicators: each caps the overall verdict (否决), which is said beside the number and leaves it alone. */
  readonly vetoed: readonly string[];
  readonly contributions: readonly Contribution[];
}

export interface Contribution {
  readonly indicator: string;
  readonly weight: string;
  readonly score: string;
  /** w · score / Σ w, to 16 decimal places. */
  readonly points: string;
}

/**
 * The composite index [ours, after 功效系数法].
 * @throws {DomainError} `index.weight-negative`, `number.malformed`
 */
export function compositeIndex(entries: readonly IndexEntry[], rules: EvaluationRules): CompositeIndex {
  const applicable = entries
    .filter(({ status }) => status !== 'not-applicable')
    .map((entry) => ({ ...entry, weight: weightOf(entry) }))
    .sort((a, b) => (a.indicator < b.indicator ? -1 : a.indicator > b.indicator ? 1 : 0));
  const scored = applicable.flatMap(({ indicator, weight, score }) =>
    score === undefined ? [] : [{ indicator, weight, score: decimal(score, 'score') }],
  );
  const weightTotal = sum(applicable.map(({ weight }) => weight));
  const weightAvailable = sum(scored.map(({ weight }) => weight));

  // Points are rounded first and the value is their sum, not the other way round: so the parts make the whole to the last
  // digit. With 16 places the sum of numbers up to 100 still fits the 20 digits that `text` keeps.
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
