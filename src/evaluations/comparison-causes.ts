import type { Attribution, CausedPart } from '../attribution/answer.js';
import { grouped, type Grouped, type GroupedPart } from '../attribution/groups.js';
import type { Comparison } from './comparison.js';
import type { FoundAttribution } from './attributions.js';
import type { Pair } from './sides.js';

/** One cause of a difference, with all that it moves. */
export interface ComparisonCause extends Omit<CausedPart, 'numbers' | 'verdicts'>, GroupedPart {}

type MovedNumber = Attribution['numbers'][number];
type MovedVerdict = Attribution['verdicts'][number];

/** Why two states differ: each cause once, and what differs with the places of its causes in the list, from 0. */
export interface ComparisonCauses extends Pick<Comparison, 'left' | 'right'>, Grouped<MovedNumber, MovedVerdict> {
  readonly causes: readonly ComparisonCause[];
  /** 示例数据 is in one of the two states. */
  readonly demo: boolean;
}

export function causesOf({ labels, states }: Pair, { attribution, demo }: FoundAttribution): ComparisonCauses {
  const { parts, numbers, verdicts } = attribution;
  const [left, right] = states.map(({ question: { period } }, at) => ({ label: labels[at]!, period }));
  return {
    ...{ left: left!, right: right! },
    causes: parts.map(({ numbers: moved, verdicts: flipped, ...cause }) => ({
      ...cause,
      ...grouped({ numbers: moved, verdicts: flipped }),
    })),
    ...grouped({ numbers, verdicts }),
    demo,
  };
}
