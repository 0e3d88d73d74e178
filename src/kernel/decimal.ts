import { Decimal as Base } from 'decimal.js';

/** The arithmetic of figures: 40 significant digits, so that the 20 that are written down are right to the last. */
export const Decimal = Base.clone({ defaults: true, precision: 40, rounding: Base.ROUND_HALF_UP });
export type Decimal = Base;
