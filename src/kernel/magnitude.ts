import { Decimal } from './decimal.js';

/** How many times the larger of two numbers is the smaller, without their signs; nothing where one of them is 0. */
export function factorBetween(a: Decimal | string, b: Decimal | string): Decimal | undefined {
  const [x, y] = [new Decimal(a).abs(), new Decimal(b).abs()];
  if (x.isZero() || y.isZero()) return undefined;
  return x.greaterThan(y) ? x.div(y) : y.div(x);
}

/** The middle of the numbers; of two in the middle, the lower one. */
export function median(numbers: readonly Decimal[]): Decimal | undefined {
  const sorted = numbers.toSorted((a, b) => a.comparedTo(b));
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
