import type { PlanDocument, Unit } from '../api/types';

/** A unit of the plan as it was in a period; `gone` if it did not exist at its end. */
export interface UnitThen extends Unit {
  readonly gone?: boolean;
}

/** All units of a plan under the names and parents that they had at the end of a period. */
export function unitsThen({ units }: PlanDocument, period: string): UnitThen[] {
  const day = lastDayOf(period);
  return units.map(({ names = [], parents = [], ...unit }) => {
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

/** The last day of a period, for example 2022-09-30 of 2022-Q3. */
export function lastDayOf(period: string): string {
  const [year, part = ''] = period.split('-', 2);
  const month = part.startsWith('S')
    ? Number(part[1]) * 6
    : part.startsWith('Q')
      ? Number(part[1]) * 3
      : Number(part || 12);
  return new Date(Date.UTC(Number(year), month, 0)).toISOString().slice(0, 10);
}
