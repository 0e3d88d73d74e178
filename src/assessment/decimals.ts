import { Decimal } from '../kernel/decimal.js';
import { invalid } from '../kernel/errors.js';

export { Decimal };

export const zero = new Decimal(0);
export const hundred = new Decimal(100);

/**
 * Reads a figure: a plain decimal, or as `Decimal.toString` writes a quotient (`1e-7`).
 * @throws {DomainError} `number.malformed`
 */
export function decimal(text: string, field?: string): Decimal {
  if (/^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text)) return new Decimal(text);
  throw invalid('number.malformed', `“${text.slice(0, 40)}”不是数：请写十进制数，如 12.7`, field);
}

/**
 * The one written form of a computed number, fit for hashing: up to 20 significant digits (half up), no exponent, no
 * trailing zeros, never “-0”. The same number always gives the same text; reading it back loses at most 1 part in 10²⁰.
 */
export function text(number: Decimal): string {
  return number.isZero() ? '0' : number.toSignificantDigits(20).toFixed();
}

/**
 * A number as thresholds see it: to 20 decimal places. Far finer than any threshold, and coarse enough that what is equal
 * on paper (a third of the way done, a third due) is equal here.
 */
export function settled(number: Decimal): Decimal {
  return number.toDecimalPlaces(20);
}
