import { Decimal } from '../kernel/decimal.js';
import type { Oddity } from '../quality/mark.js';
import type { Observed, Watched } from './observed.js';
import { enteredNumbers, fewestDigits } from './repetition.js';
import { chiSquareTail } from './statistics.js';

/** χ² needs five or more of each of the ten digits to be expected. */
export const fewestNumbers = 50;
const significant = new Decimal('0.001');

/**
 * The last digits of the numbers that a unit reported, of those with three or more significant digits: of values the digit
 * at the last decimal of the indicator, of numerators and denominators the last digit of whole numbers. A number that is
 * the same as in the period before counts once, because it was not counted anew.
 */
export function lastDigits(stretches: readonly (readonly Observed[])[], { decimals }: Watched): number[] {
  return stretches.flatMap((stretch) =>
    stretch.flatMap((value, at) => {
      const before = at > 0 ? enteredNumbers(stretch[at - 1]!) : [];
      const places = 'value' in value.reported ? decimals : 0;
      return enteredNumbers(value).flatMap((number, each) => {
        const whole = new Decimal(number).abs().times(new Decimal(10).pow(places));
        const isAnew = before[each] === undefined || !new Decimal(before[each]).equals(number);
        const isLong = whole.gte(new Decimal(10).pow(fewestDigits - 1));
        return isAnew && isLong && whole.isInteger() ? [whole.mod(10).toNumber()] : [];
      });
    }),
  );
}

/** The test of the last digits of one unit. */
export interface DigitTest extends Oddity {
  readonly p: Decimal;
  /** Whether it is significant by itself; a run of many holds it to a false discovery rate besides. */
  readonly significant: boolean;
}

/**
 * Pearson’s χ² of the ten last digits against equal shares, 9 degrees of freedom; undefined below 50 numbers. The share of
 * each digit is equal where numbers have digits enough: Mosimann, Wiseman & Edelman (1995), “Data Fabrication: Can People
 * Generate Random Digits?”.
 */
export function digitTest(digits: readonly number[]): DigitTest | undefined {
  if (digits.length < fewestNumbers) return undefined;
  const counts = Array.from({ length: 10 }, (_, digit) => digits.filter((each) => each === digit).length);
  const expected = new Decimal(digits.length).div(10);
  const statistic = Decimal.sum(...counts.map((count) => expected.minus(count).pow(2).div(expected)));
  const p = chiSquareTail(statistic);
  const most = Math.max(...counts);
  const favoured = counts.flatMap((count, digit) => (count === most ? [digit] : []));
  const [shown, shownP] = [statistic.toDecimalPlaces(1).toFixed(), pText(p)];
  return {
    p,
    significant: p.lt(significant),
    message: `${digits.length} 个数的末位数字中 ${favoured.join('、')} 最多，出现 ${most} 次，各数字均等时约 ${expected.toDecimalPlaces(1).toFixed()} 次；χ² 值 ${shown}，均等时偶然出现的概率 p ${shownP}`,
    numbers: {
      count: String(digits.length),
      chiSquare: shown,
      ...Object.fromEntries(counts.map((count, digit) => [`digit${digit}`, String(count)])),
    },
  };
}

const pText = (p: Decimal): string => (p.lt('0.0001') ? '< 0.0001' : `= ${p.toSignificantDigits(2).toFixed()}`);
