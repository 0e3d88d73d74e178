import { numberText, type Look } from '../mark.js';

/** The value differs from the last one by more than so many percent of it, or so many units of measure. */
export const jump: Look = ({ exact, previous }, { percent, points }) => {
  if (!previous) return undefined;
  const change = exact.minus(previous.exact);
  const [value, last] = [numberText(exact), numberText(previous.exact)];
  const numbers = { value, previous: last, change: numberText(change) };
  if (points !== undefined && change.abs().gt(points)) {
    const message = `数值 ${value} 与上期（${previous.period.text}）${last} 相差 ${numbers.change}，超过 ${points}`;
    return { message, numbers: { ...numbers, points } };
  }
  // Of nothing there are no percent.
  if (percent === undefined || previous.exact.isZero()) return undefined;
  const share = change.div(previous.exact.abs()).times(100);
  if (share.abs().lte(percent)) return undefined;
  const shown = share.toDecimalPlaces(1).toFixed();
  const message = `数值 ${value} 与上期（${previous.period.text}）${last} 相比变动 ${shown}%，超过 ${percent}%`;
  return { message, numbers: { ...numbers, changePercent: shown, percent } };
};
