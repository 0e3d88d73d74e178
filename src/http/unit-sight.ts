export const UNIT_SIGHT = Symbol('UnitSight');

/** What of a unit the sender of the request at hand sees. */
export interface UnitSight {
  /** Whether values of the unit that are not approved are seen. */
  seesUnit(plan: string, unit: string): Promise<boolean>;
}
