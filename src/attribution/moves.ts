import { Decimal, exactly } from '../assessment/decimals.js';
import type { Overview } from '../overview/overview.js';
import { numbersOf, type NumberKind, type Place, type PlacedNumber } from './numbers.js';
import { verdictsOf, type Conclusion, type PlacedVerdict } from './verdicts.js';

/** What stood and what stands. Absent where there is nothing. */
export interface Sides {
  readonly from?: string;
  readonly to?: string;
}

export interface Change extends Sides {
  /** Of a number, where both sides have it: `to` − `from` with all digits, decimal text. */
  readonly change?: string;
}

export interface NumberMove extends Place, Change {
  readonly of: NumberKind;
}

export interface VerdictMove extends Place, Sides {
  readonly of: Conclusion;
}

/** The numbers and conclusions of an overview, by their place. */
export interface Told {
  readonly numbers: ReadonlyMap<string, PlacedNumber>;
  readonly verdicts: ReadonlyMap<string, PlacedVerdict>;
}

/** Those before an event and after it. */
export type TwoTold = readonly [Told, Told];

export const told = (overview: Overview): Told => ({
  numbers: numbersOf(overview),
  verdicts: verdictsOf(overview),
});

/** Enough digits that a difference of two numbers is exact, and so is a sum of such differences. */
const Exact = Decimal.clone({ precision: 1000 });

export const difference = (from: string, to: string): string => exactly(new Exact(to).minus(from));

/** The places at which two states have something else, each with both sides. */
export function moved<Placed extends Place & { readonly value: string }>(
  before: ReadonlyMap<string, Placed>,
  after: ReadonlyMap<string, Placed>,
): Map<string, Sides & { readonly placed: Placed }> {
  const found = new Map<string, Sides & { readonly placed: Placed }>();
  if (before === after) return found;
  for (const [key, placed] of before) {
    const to = after.get(key);
    if (to?.value !== placed.value) {
      found.set(key, { placed: to ?? placed, from: placed.value, ...(to && { to: to.value }) });
    }
  }
  for (const [key, placed] of after) if (!before.has(key)) found.set(key, { placed, to: placed.value });
  return found;
}
