import { Decimal } from '../kernel/decimal.js';
import { invalid } from '../kernel/errors.js';

export { Decimal };

export const zero = new Decimal(0);
export const hundred = new Decimal(100);

/**
 * Parses a number: a plain decimal, or the exponent form that `Decimal.toString` may produce (`1e-7`).
 * @throws {DomainError} `number.malformed`
 */
export function decimal(text: string, field?: string): Decimal {
  if (/^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text)) return new Decimal(text);
  throw invalid('number.malformed', `“${text.slice(0, 40)}”不是数：请写十进制数，如 12.7`, field);
}

/**
 * The canonical text of a computed number, used in hashed content: up to 20 significant digits (rounded half up), no
 * exponent, no trailing zeros, never “-0”. Equal numbers give equal text; the rounding error is below 1 part in 10¹⁹.
 */
export function text(number: Decimal): string {
  return number.isZero() ? '0' : number.toSignificantDigits(20).toFixed();
}

/** The text of a number with all its digits: no exponent, no trailing zeros, never “-0”. */
export const exactly = (number: Decimal): string => (number.isZero() ? '0' : number.toFixed());

/** The shortest text of the same number: `10` for `10.0`. */
export const withoutZeros = (number: string): string => new Decimal(number).toFixed();

/** A computed number for display, with the decimals of its definition. */
export function shownWith(decimals: number, number: Decimal): string {
  const rounded = number.toDecimalPlaces(decimals);
  return (rounded.isZero() ? zero : rounded).toFixed(decimals);
}

/**
 * Rounds to 20 decimal places before a comparison with a threshold. So numbers that are mathematically equal but were
 * computed differently (a third done, a third due) compare as equal.
 */
export function rounded(number: Decimal): Decimal {
  return number.toDecimalPlaces(20);
}
