/** A plan that names the unit of its amounts of money. */
export interface WithMoney {
  readonly money?: { readonly unit: string };
}

const usualUnit = '万元';

/** The unit of the amounts of a plan's projects. */
export const moneyUnit = ({ money }: WithMoney): string => money?.unit ?? usualUnit;
