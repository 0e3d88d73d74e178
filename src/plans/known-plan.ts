import type { LoadState } from '../kernel/handling.js';
import { planDecider } from './plan.decider.js';
import { drafted, type PlanState } from './plan.state.js';
import { planStream } from './plan.events.js';
import { topUnit } from './plan.projection.js';
import { above } from './units-in-time.js';

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

/** The unit with those above it, nearest first, as they are now; the plan's top unit where it is no unit of the plan. */
export async function unitsFrom(plan: string, unit: string | undefined, load: LoadState): Promise<readonly string[]> {
  const units = [...(await knownPlan({ plan }, load)).units.values()];
  if (unit !== undefined && units.some(({ code }) => code === unit)) return [unit, ...above(units, unit)];
  const top = topUnit({ units });
  return top === undefined ? [] : [top];
}
