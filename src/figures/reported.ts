import { Decimal } from '../kernel/decimal.js';
import type { Part, Reported } from './figure.events.js';

/** The exact value: as reported, or for a ratio numerator × scale ÷ denominator. */
export const exactOf = (reported: Reported | Part, scale: string): Decimal =>
  'value' in reported
    ? new Decimal(reported.value)
    : new Decimal(reported.numerator).times(scale).div(reported.denominator);

/** The value for display: as reported, or for a ratio rounded half up to `decimals` places. */
export const shownOf = (reported: Reported | Part, scale: string, decimals: number): string =>
  'value' in reported
    ? reported.value
    : exactOf(reported, scale).toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP).toFixed(decimals);
