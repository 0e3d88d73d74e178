import type { LoadState } from '../kernel/handling.js';
import { planDecider } from './plan.decider.js';
import { drafted, type PlanState } from './plan.state.js';
import { planStream } from './plan.events.js';

interface OnPlan {
  readonly plan: string;
}

/** Loads the plan's state for a decider of another slice. */
export const knownPlan = ({ plan }: OnPlan, load: LoadState): Promise<PlanState> => load(planDecider, planStream(plan));

/**
 * The plan's time zone (IANA name), in which a command's dates without time are read. @throws {DomainError}
 * `plan.unknown`
 */
export async function planTimeZone(command: OnPlan, load: LoadState): Promise<string> {
  return drafted(command.plan, await knownPlan(command, load)).timeZone;
}
