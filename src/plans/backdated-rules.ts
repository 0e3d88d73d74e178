import type { DecisionContext } from '../kernel/decider.js';
import { dayOf, type Instant } from '../kernel/time.js';

interface Standing {
  /** What the rules are called, for example `评估规则（第 2 版）`. */
  readonly word: string;
  /** Where a folder says since when they are known. */
  readonly place: string;
  /** Since when the present rules are known; absent where the plan has none. */
  readonly knownAt: Instant | undefined;
  readonly timeZone: string;
}

/**
 * Why new rules are not taken: they are known no later than the present ones, so that they would change what was
 * already concluded by these. Absent where they may be taken.
 */
export function backdated(
  { word, place, knownAt: since, timeZone }: Standing,
  { now, knownAt }: Pick<DecisionContext, 'now' | 'knownAt'>,
): string | undefined {
  if (since === undefined || knownAt >= now || knownAt > since) return undefined;
  return `现行${word}自 ${dayOf(since, timeZone)} 起知悉，新一版须晚于它：请在 ${place}写明新规则自己的 knownAt（今天即从现在起），经接口提交的可不填知悉时间`;
}
