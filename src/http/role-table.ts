import { roleOf, type RoleName } from '../access/roles.js';
import type { GuardedRoute } from './rights.js';

/**
 * Over what a role may call a route: `open` needs no sign-in; `own` what is the caller's own; `unit` the unit of the grant
 * with all below it; `plan` the plan of the grant; `all` needs a grant for all plans; `installation`; `no` not at all.
 */
export type Reach = 'open' | 'own' | 'unit' | 'plan' | 'all' | 'installation' | 'no';

/** What the table of routes and roles says. What of a plan's values a reader sees is another matter, see `Sight`. */
export function reachOf({ path, right }: GuardedRoute, role: RoleName): Reach {
  if (right.kind === 'open') return 'open';
  if (right.kind === 'signed-in') return 'own';
  const { may, scope } = roleOf(role)!;
  if (!may.includes(right.permission)) return right.kind === 'command' && right.own ? 'own' : 'no';
  if (scope === 'installation') return 'installation';
  if (right.kind === 'command' || (scope === 'unit' && right.permission !== 'plans.read')) return scope;
  return path.includes(':plan') || right.plan === 'in-query' ? 'plan' : 'all';
}
