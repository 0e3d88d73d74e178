import { Decimal, shownWith, zero } from '../assessment/decimals.js';
import { strata, type Stratum } from './audit-sample.js';
import type { CheckOutcome } from './sample-check.events.js';

/** An interval of 95 % for a share, in percent with one decimal. */
export interface ShareInterval {
  readonly share: string;
  readonly lower: string;
  readonly upper: string;
}

/** What the checks of one stratum of a sample found, over all units. */
export interface StratumOutcomes {
  readonly stratum: Stratum;
  /** Figures in the stratum, of these drawn, and of these checked. */
  readonly of: number;
  readonly drawn: number;
  readonly checked: number;
  readonly outcomes: Readonly<Record<CheckOutcome, number>>;
  /** The share of checked figures that are to be corrected or unsupported; absent while none is checked. */
  readonly errors?: ShareInterval;
}

interface CheckedStratum {
  readonly stratum: Stratum;
  readonly of: number;
  readonly figures: readonly { readonly check?: { readonly outcome: CheckOutcome } }[];
}

/** z of 95 %, as it is conventionally rounded. */
const z = new Decimal('1.96');

/**
 * The score interval of a share: Wilson (1927), “Probable Inference, the Law of Succession, and Statistical Inference”,
 * J. Am. Stat. Assoc. 22. (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n). It stays within 0 and 100 %, and says
 * something of a share of 0 too. It takes the checked figures for a simple random sample.
 */
export function wilson(part: number, whole: number): ShareInterval {
  const p = new Decimal(part).div(whole);
  const square = z.pow(2);
  const middle = p.plus(square.div(2 * whole));
  const half = z.times(
    p
      .times(new Decimal(1).minus(p))
      .div(whole)
      .plus(square.div(4 * whole ** 2))
      .sqrt(),
  );
  const scale = square.div(whole).plus(1);
  const percent = (share: Decimal) => shownWith(1, Decimal.max(zero, Decimal.min(1, share)).times(100));
  return {
    share: percent(p),
    lower: percent(middle.minus(half).div(scale)),
    upper: percent(middle.plus(half).div(scale)),
  };
}

/** Counts the outcomes of a drawn sample by stratum. Strata are drawn in different shares, so they are not added up. */
export function sampleOutcomes(drawn: readonly CheckedStratum[]): StratumOutcomes[] {
  return strata.flatMap((stratum) => {
    const own = drawn.filter((each) => each.stratum === stratum);
    if (own.length === 0) return [];
    const figures = own.flatMap((each) => each.figures);
    const outcomes = { confirmed: 0, corrected: 0, unsupported: 0 };
    for (const { check } of figures) if (check) outcomes[check.outcome] += 1;
    const errors = outcomes.corrected + outcomes.unsupported;
    const checked = outcomes.confirmed + errors;
    return [
      {
        ...{ stratum, of: own.reduce((sum, each) => sum + each.of, 0), drawn: figures.length, checked, outcomes },
        ...(checked > 0 && { errors: wilson(errors, checked) }),
      },
    ];
  });
}
