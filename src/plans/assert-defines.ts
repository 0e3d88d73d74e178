import { allowed, currentPrincipal } from '../access/principal.js';
import { noRight } from '../access/refusals.js';
import type { Views } from '../kernel/views.js';
import { readPlan } from './read-plan.js';

/**
 * That the sender of the request may define the whole plan: a route lets in a token for a part of it, too.
 * @throws {DomainError} `plan.unknown`, `access.no-right`
 */
export async function assertDefines(views: Views, plan: string): Promise<void> {
  await readPlan(views, plan);
  const principal = currentPrincipal();
  if (!principal || !allowed(principal, 'plans.define', { plan })) throw noRight('plans.define');
}
