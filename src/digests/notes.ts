import type { CompositeIndex, Contribution } from '../assessment/composite-index.js';
import type { OverviewNow } from '../overview/overview-later.js';
import { digestHead, type DigestHead } from './summary.js';

/** How an overview is judged: the rules, what the index of a unit is made of, and figures that lend background. */
export interface OverviewNotes extends DigestHead {
  readonly unit: string;
  readonly rules: OverviewNow['rules'];
  readonly context: OverviewNow['context'];
  readonly index: Pick<CompositeIndex, 'value' | 'weightAvailable'> & {
    readonly contributions: readonly NamedContribution[];
  };
}

export interface NamedContribution extends Contribution {
  readonly name: string;
}

export function overviewNotes(overview: OverviewNow, unit: string): OverviewNotes {
  const { rules, context, indicators, indexes } = overview;
  const { value, weightAvailable, contributions } = indexes.find((each) => each.unit === unit)!.index;
  const names = new Map(indicators.map(({ code, name }) => [code, name]));
  return {
    ...digestHead(overview),
    ...{ unit, rules, context },
    index: {
      ...(value !== undefined && { value }),
      weightAvailable,
      contributions: contributions.map((each) => ({ ...each, name: names.get(each.indicator)! })),
    },
  };
}
