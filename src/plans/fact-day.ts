import type { DecisionContext } from '../kernel/decider.js';
import { invalid, refused } from '../kernel/errors.js';
import { dayOf } from '../kernel/time.js';
import { drafted, type PlanState } from './plan.state.js';

interface Dated {
  readonly plan: string;
  readonly on: string;
}

/**
 * Validates `on`, the day a fact is about (valid time), and returns it. The day must not be after the day the fact became
 * known, and must not be before `since`, the day of the previous fact of the same kind.
 * @throws {DomainError} `date.future`, `date.before-last`
 */
export function factDay(
  { plan, on }: Dated,
  { known, knownAt }: DecisionContext<{ readonly plan: PlanState }>,
  since?: string,
): string {
  const knownOn = dayOf(knownAt, drafted(plan, known.plan).timeZone);
  if (on > knownOn) throw invalid('date.future', `日期 ${on} 晚于掌握之日 ${knownOn}：还没有发生的事不能登记`, 'on');
  if (since !== undefined && on < since) {
    throw refused('date.before-last', `日期 ${on} 早于已登记的 ${since}：请按发生的先后登记`, 'on');
  }
  return on;
}
