import { numberText, type Look } from '../mark.js';

/**
 * A running total is less than the one before. A rule without an indicator applies to those whose name or definition says
 * 累计; of an indicator of the kind `cumulative` each period is reported by itself.
 */
export const runningTotalFalls: Look = ({ exact, previous, indicator }, rule) => {
  const { name, kind, definition } = indicator;
  const isRunning =
    rule.indicator !== undefined || (kind !== 'cumulative' && `${name}${definition.text}`.includes('累计'));
  if (!isRunning || !previous || exact.gte(previous.exact)) return undefined;
  const [value, last] = [numberText(exact), numberText(previous.exact)];
  return {
    message: `累计数 ${value} 小于上期（${previous.period.text}）的 ${last}`,
    numbers: { value, previous: last },
  };
};
