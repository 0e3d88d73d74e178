import { Decimal as Base } from 'decimal.js';

/**
 * Arithmetic of figures. It computes with 40 significant digits, so that the 20 digits that are stored are all correct.
 */
export const Decimal = Base.clone({ defaults: true, precision: 40, rounding: Base.ROUND_HALF_UP });
export type Decimal = Base;
