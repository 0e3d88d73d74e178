import { Decimal } from '../assessment/decimals.js';

/** One-sided 90 % points of Student’s t for 1 to 30 degrees of freedom: Abramowitz & Stegun (1964), table 26.10, A = 0.8. */
const ninety = (
  '3.0777 1.8856 1.6377 1.5332 1.4759 1.4398 1.4149 1.3968 1.3830 1.3722 ' +
  '1.3634 1.3562 1.3502 1.3450 1.3406 1.3368 1.3334 1.3304 1.3277 1.3253 ' +
  '1.3232 1.3212 1.3195 1.3178 1.3163 1.3150 1.3137 1.3125 1.3114 1.3104'
)
  .split(' ')
  .map((point) => new Decimal(point));

/** The one-sided 90 % point of the normal distribution. */
export const normalNinety = new Decimal('1.2815515655');

/**
 * t with P(T ≤ t) = 0.9, so that ±t spans 80 %. Above 30 degrees of freedom by the first two terms of the expansion of
 * Abramowitz & Stegun (1964), 26.7.5, which differ by less than 0.0001 there.
 */
export function studentNinety(degrees: number): Decimal {
  const point = ninety[degrees - 1];
  if (point) return point;
  const cube = normalNinety.pow(3);
  const fifth = normalNinety.pow(5);
  return normalNinety.plus(cube.plus(normalNinety).div(4 * degrees)).plus(
    fifth
      .times(5)
      .plus(cube.times(16))
      .plus(normalNinety.times(3))
      .div(96 * degrees ** 2),
  );
}

export const mean = (numbers: readonly Decimal[]): Decimal => Decimal.sum(...numbers).div(numbers.length);

/**
 * The quantile by linear interpolation of the order statistics, the k-th of n being the quantile of k / (n + 1): type 6 of
 * Hyndman & Fan (1996). It does not lie further out than the first and the last.
 */
export function quantile(numbers: readonly Decimal[], share: string): Decimal {
  const sorted = [...numbers].sort((a, b) => a.cmp(b));
  const last = sorted.length - 1;
  const at = Decimal.max(0, Decimal.min(last, new Decimal(share).times(sorted.length + 1).minus(1)));
  const below = at.floor().toNumber();
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, last)]!];
  return low.plus(high.minus(low).times(at.minus(below)));
}

export const median = (numbers: readonly Decimal[]): Decimal => quantile(numbers, '0.5');
