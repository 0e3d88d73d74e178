import type { LoadState } from '../kernel/handling.js';
import { drafted, planDecider, type PlanState } from './plan.decider.js';
import { planStream } from './plan.events.js';

interface OnPlan {
  readonly plan: string;
}

/** The plan's own state, for a decision of another slice. */
export const knownPlan = ({ plan }: OnPlan, load: LoadState): Promise<PlanState> => load(planDecider, planStream(plan));

/** The time zone in which a command's bare dates are meant. @throws {DomainError} `plan.unknown` */
export async function planTimeZone(command: OnPlan, load: LoadState): Promise<string> {
  return drafted(command.plan, await knownPlan(command, load)).timeZone;
}
