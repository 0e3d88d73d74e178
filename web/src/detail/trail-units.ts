import { isMeasured, type Finding, type Unit } from '../api/types';

/**
 * The units whose figures determine a value: the unit itself, its parts, or the unit that reports the common standard.
 */
export function trailUnits(unit: string, value: Finding | undefined, units: readonly Unit[]): string[] {
  if (!value) return [unit];
  const parent = units.find(({ code }) => code === unit)?.parent;
  if (isMeasured(value) && value.source === 'common' && parent !== undefined) return [parent];
  const below = isMeasured(value) ? (value.parts ?? []) : [...(value.partial?.parts ?? []), ...(value.lacking ?? [])];
  return [unit, ...[...below].sort()];
}
