import { Decimal as Base } from 'decimal.js';
import type { Reported } from './figure.events.js';

/** Enough digits for the 20 that evaluations write down to be right. */
const Decimal = Base.clone({ precision: 40 });

/** The value that was reported; of a ratio, numerator ÷ denominator × scale. */
export const exactOf = (reported: Reported, scale: string): Base =>
  'value' in reported
    ? new Decimal(reported.value)
    : new Decimal(reported.numerator).times(scale).div(reported.denominator);

/** To the digit as reported; a ratio rounded half up to the indicator's decimals. */
export const shownOf = (reported: Reported, scale: string, decimals: number): string =>
  'value' in reported
    ? reported.value
    : exactOf(reported, scale).toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP).toFixed(decimals);
