import type { PlanDocument, Unit } from '../api/types';
import { lastDayOf } from './periods';

/** A unit of the plan as it was in a period; `gone` if it did not exist at its end. */
export interface UnitThen extends Unit {
  readonly gone?: boolean;
}

/** All units of a plan under the names and parents that they had at the end of a period. */
export function unitsThen(plan: PlanDocument, period: string): UnitThen[] {
  const day = lastDayOf(period, plan);
  return plan.units.map(({ names = [], parents = [], ...unit }) => {
    const earlier = parents.find(({ until }) => until > day);
    const gone = (unit.from ?? '') > day || (unit.until !== undefined && unit.until <= day);
    return {
      ...unit,
      name: names.find(({ until }) => until > day)?.name ?? unit.name,
      parent: earlier ? earlier.parent : unit.parent,
      ...(gone && { gone }),
    };
  });
}

/** The units into which a unit was merged or split, if it ended so. */
export function successorsOf({ units, territoryChanges = [] }: PlanDocument, code: string): string[] {
  const until = units.find((unit) => unit.code === code)?.until;
  return territoryChanges.find(({ on, from }) => on === until && from.includes(code))?.into ?? [];
}
