import type { OwnSession, Permission, PlanDocument, Unit } from '../api/types';
import { judgedUnits } from './scope';
import { mayAnywhere, unitsOf } from './session';

/** The unit, and those that it lies below, as of today. */
function lineage(units: readonly Unit[], code: string): string[] {
  const found: string[] = [];
  for (let at: string | undefined = code; at !== undefined && !found.includes(at);) {
    found.push(at);
    at = units.find((unit) => unit.code === at)?.parent;
  }
  return found;
}

/** Whether the person holds the permission over a unit, or over the plan whole if the thing is nobody's. */
export function mayFor(
  session: OwnSession,
  permission: Permission,
  { plan, units }: Pick<PlanDocument, 'plan' | 'units'>,
  unit: string | undefined,
): boolean {
  const granted = unitsOf(session, permission, plan);
  if (granted === undefined) return mayAnywhere(session, [permission], plan);
  return unit !== undefined && lineage(units, unit).some((code) => granted.includes(code));
}

const reporting: readonly Permission[] = ['figures.report', 'figures.correct', 'programme.report'];

/** The units of today for which the person reports anything, the person's own first. */
export function reportingUnits(session: OwnSession, plan: PlanDocument): Unit[] {
  const today = judgedUnits(plan.units).filter(
    ({ code }) => plan.units.find((each) => each.code === code)?.until === undefined,
  );
  const own = today.filter(({ code }) => reporting.some((permission) => mayFor(session, permission, plan, code)));
  return own.toSorted((a, b) => Number(b.code === session.unit) - Number(a.code === session.unit));
}
