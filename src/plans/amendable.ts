import type { DecisionContext } from '../kernel/decider.js';
import { invalid, refused } from '../kernel/errors.js';
import type { PlanState } from './plan.state.js';

/**
 * Refuses an amendment of what the plan says.
 * @param what the thing to amend, in Chinese
 * @throws {DomainError} `plan.closed`, `reason.missing`
 */
export function assertAmendable(
  { known, reason }: Pick<DecisionContext<{ readonly plan: PlanState }>, 'known' | 'reason'>,
  what: string,
): void {
  if (known.plan.closed) throw refused('plan.closed', `规划已结束：不能再修改${what}`);
  if (!reason) throw invalid('reason.missing', `修改${what}须写明事由`, 'reason');
}

/** The way out of a refusal of different content. */
export const toAmend = (command: string): string =>
  `确需修改的，请用“${command}”，或在改好的文件夹里附 changes.csv 写明事由`;
