import { Decimal } from '../kernel/decimal.js';
import { text } from '../assessment/decimals.js';

/** A survey of the public’s satisfaction as it was published. */
export interface Survey {
  /** Who was asked. */
  readonly population: string;
  /** As it was asked. */
  readonly question: string;
  /** How the sample was drawn and asked. */
  readonly method: string;
  /** The day, or the last day, of the survey. */
  readonly on: string;
  /** The number of answers. */
  readonly n: number;
  /** The share of the satisfied, in percent. */
  readonly share: string;
  /** The design effect; 1 unless stated. */
  readonly deff?: string;
}

/** z of an interval of 95 %, as it is conventionally rounded. */
const z = new Decimal('1.96');

/**
 * The margin of error in percentage points, of an interval of 95 %: 1.96 · √(p(1 − p)/n) · √deff, the normal
 * approximation with the design effect of Kish (Survey Sampling, 1965). It is 0 for a share of 0 % or 100 %.
 */
export function marginOf({ n, share, deff = '1' }: Pick<Survey, 'n' | 'share' | 'deff'>): string {
  const p = new Decimal(share).dividedBy(100);
  const variance = p.times(new Decimal(1).minus(p)).dividedBy(n);
  return text(z.times(variance.times(deff).sqrt()).times(100));
}
