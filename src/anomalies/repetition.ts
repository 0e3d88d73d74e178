import { Decimal } from '../kernel/decimal.js';
import { shownWith } from '../assessment/decimals.js';
import { numberText, type Oddity } from '../quality/mark.js';
import type { Observed, Watched } from './observed.js';

/** A mark on the value of a period. */
export interface ValueMark extends Oddity {
  readonly value: Observed;
}

/** Fewer significant digits recur by chance. Zeros at the end are not counted: 1200 has two. */
export const fewestDigits = 3;
const significantDigits = (number: string): number => new Decimal(number).precision();

/**
 * Values that repeat the period before: the same numerator and denominator, or the same value, where one of them has three
 * or more significant digits. What is to be kept at its level (`hold`) repeats rightly.
 */
export function copied(stretch: readonly Observed[], { kind }: Watched): ValueMark[] {
  if (kind === 'hold') return [];
  return stretch.slice(1).flatMap((now, at): ValueMark[] => {
    const before = stretch[at]!;
    const [entered, earlier] = [enteredNumbers(now), enteredNumbers(before)];
    const isSame =
      entered.length === earlier.length &&
      entered.every((number, each) => new Decimal(number).equals(earlier[each]!)) &&
      entered.some((number) => significantDigits(number) >= fewestDigits);
    if (!isSame) return [];
    const [value = '', denominator] = entered;
    const text = denominator === undefined ? `数值 ${value}` : `分子 ${value}、分母 ${denominator}`;
    return [
      {
        value: now,
        message: `${now.period.text} 的${text}与上期（${before.period.text}）完全相同`,
        numbers: denominator === undefined ? { value } : { numerator: value, denominator },
      },
    ];
  });
}

/** The numbers of a report: its value, or numerator and denominator. */
export const enteredNumbers = ({ reported }: Pick<Observed, 'reported'>): string[] =>
  'value' in reported ? [reported.value] : [reported.numerator, reported.denominator];

/** Three values lie on a line by chance too often, and so do numbers of few digits. */
export const fewestOnLine = 4;

/**
 * Stretches of four or more values each of which is, to the last decimal, on the straight line between the first and the
 * last one, which has three or more digits there; the longest are found first, and the mark is on the last value. Values
 * that do not change are no such line.
 */
export function tooSmooth(stretch: readonly Observed[], { decimals }: Watched): ValueMark[] {
  const shown = stretch.map(({ exact }) => exact.toDecimalPlaces(decimals));
  const isStraight = (from: number, to: number): boolean => {
    const [first, last] = [shown[from]!, shown[to]!];
    const isLong = last
      .abs()
      .times(new Decimal(10).pow(decimals))
      .gte(new Decimal(10).pow(fewestDigits - 1));
    if (first.equals(last) || !isLong) return false;
    const slope = last.minus(first).div(to - from);
    return shown
      .slice(from + 1, to)
      .every((value, at) => value.equals(first.plus(slope.times(at + 1)).toDecimalPlaces(decimals)));
  };
  const marks: ValueMark[] = [];
  for (let from = 0; from + fewestOnLine <= shown.length;) {
    let to = shown.length - 1;
    while (to - from + 1 >= fewestOnLine && !isStraight(from, to)) to -= 1;
    if (to - from + 1 < fewestOnLine) {
      from += 1;
      continue;
    }
    marks.push(smoothMark(stretch.slice(from, to + 1), decimals));
    from = to;
  }
  return marks;
}

function smoothMark(line: readonly Observed[], decimals: number): ValueMark {
  const [first, last] = [line[0]!, line.at(-1)!];
  const step = last.exact.minus(first.exact).div(line.length - 1);
  const values = line.map(({ exact }) => shownWith(decimals, exact)).join('、');
  return {
    value: last,
    message: `${first.period.text} 至 ${last.period.text} 的 ${line.length} 期数值（${values}）都恰在首末两期的连线上，每期变动约 ${step.toSignificantDigits(3).toFixed()}`,
    numbers: { count: String(line.length), first: numberText(first.exact), last: numberText(last.exact) },
  };
}
