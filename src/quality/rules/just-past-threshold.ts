import { Decimal } from '../../kernel/decimal.js';
import { numberText, type Look } from '../mark.js';

/**
 * The value has just got to the right side of a target or of a limit of a range rule: the last value was not there, and
 * this one is there by no more than a margin, in percent of the threshold.
 */
export const justPastThreshold: Look = ({ exact, previous, target, ranges, indicator }, { margin }) => {
  if (!previous) return undefined;
  const least: Threshold['right'] = (number, of) => number.gte(of);
  const most: Threshold['right'] = (number, of) => number.lte(of);
  const thresholds: Threshold[] = [
    ...(target === undefined
      ? []
      : [{ name: '目标', of: target, right: indicator.direction === 'higher' ? least : most }]),
    ...ranges.flatMap(({ minimum, maximum }) => [
      ...(minimum === undefined ? [] : [{ name: '下限', of: minimum, right: least }]),
      ...(maximum === undefined ? [] : [{ name: '上限', of: maximum, right: most }]),
    ]),
  ];
  const crossed = thresholds.find(({ of, right }) => {
    const by = exact.minus(of).abs();
    const isNear = by.lte(new Decimal(of).abs().times(margin!).div(100));
    return isNear && right(exact, new Decimal(of)) && !right(previous.exact, new Decimal(of));
  });
  if (!crossed) return undefined;
  const [value, last] = [numberText(exact), numberText(previous.exact)];
  return {
    message: `数值 ${value} 刚达到${crossed.name} ${crossed.of}（相差不超过 ${margin}%），上期（${previous.period.text}）为 ${last}`,
    numbers: { value, previous: last, threshold: crossed.of },
  };
};

interface Threshold {
  readonly name: string;
  readonly of: string;
  readonly right: (number: Decimal, of: Decimal) => boolean;
}
