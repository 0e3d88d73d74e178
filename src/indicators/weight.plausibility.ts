import { Decimal } from '../kernel/decimal.js';
import { factorBetween, median } from '../kernel/magnitude.js';
import type { Oddity } from '../slice/plausibility.js';
import { indicatorSide, nameOf, type DefinedIndicator, type IndicatorSight } from './indicator-sight.js';

/** How many times a weight may be the middle one, or the other way round; ours. */
const farOff = 50;

/** Weights of which the index cannot be made, or that were meant on another scale. */
export function weightOddities(sight: IndicatorSight): Oddity[] {
  const main = [...sight.defined.keys()]
    .flatMap((code) => sight.states.get(code) ?? [])
    .filter(({ defined }) => defined.role === 'main');
  if (main.length === 0) return [];
  const weighed = main.filter(({ defined }) => !new Decimal(defined.weight).isZero());
  return weighed.length === 0 ? [allZero(main, sight)] : unlikeOthers(weighed, sight);
}

function allZero(main: readonly DefinedIndicator[], sight: IndicatorSight): Oddity {
  return {
    code: 'indicator.weights-zero',
    subject: main[0]!.code,
    message: `${main.length} 项规划指标（main）的权重都是 0，算不出指数：请填写权重，等权的都填 1`,
    sides: main.map(({ code }) => indicatorSide(sight, code, 'weight')),
  };
}

function unlikeOthers(weighed: readonly DefinedIndicator[], sight: IndicatorSight): Oddity[] {
  const usual = median(weighed.map(({ defined }) => new Decimal(defined.weight)))!;
  const like = weighed.find(({ defined }) => usual.equals(defined.weight))!;
  const unlike = weighed.filter(({ defined }) => factorBetween(defined.weight, usual)?.greaterThanOrEqualTo(farOff));
  return unlike.map((indicator) => ({
    code: 'indicator.weight-scale',
    subject: indicator.code,
    message: `${nameOf(indicator)}的权重 ${indicator.defined.weight} 与其他指标的 ${like.defined.weight} 相差悬殊：请核对是否用了同一尺度（如 0.2 与 20）`,
    sides: [indicatorSide(sight, indicator.code, 'weight'), indicatorSide(sight, like.code, 'weight')],
  }));
}
