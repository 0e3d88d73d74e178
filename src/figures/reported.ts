import { Decimal } from '../kernel/decimal.js';
import type { Reported } from './figure.events.js';

/** The value that was reported; of a ratio, numerator ÷ denominator × scale. */
export const exactOf = (reported: Reported, scale: string): Decimal =>
  'value' in reported
    ? new Decimal(reported.value)
    : new Decimal(reported.numerator).times(scale).div(reported.denominator);

/** To the digit as reported; a ratio rounded half up to the indicator's decimals. */
export const shownOf = (reported: Reported, scale: string, decimals: number): string =>
  'value' in reported
    ? reported.value
    : exactOf(reported, scale).toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP).toFixed(decimals);
