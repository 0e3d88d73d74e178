import { allowed, currentPrincipal } from '../access/principal.js';
import type { Permission } from '../access/roles.js';
import type { PlanDocument } from './plan.projection.js';
import { above } from './units-in-time.js';

/** Whether who asks holds the permission over the unit, for what is answered before any command is decided. */
export function reachesUnit(permission: Permission, { plan, units }: PlanDocument, unit: string): boolean {
  const principal = currentPrincipal();
  return principal !== undefined && allowed(principal, permission, { plan, units: [unit, ...above(units, unit)] });
}
