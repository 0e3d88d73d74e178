import { endInYears, parsePeriod } from '../kernel/period.js';
import type { Unit } from '../plans/units-in-time.js';
import type { IndicatorDocument } from './indicator.projection.js';

/**
 * The unit's own targets, ordered by period. If it has none and the target scope is `all`, the targets of the nearest
 * unit above that has any.
 */
export function targetsOf(
  { targets, targetScope }: Pick<IndicatorDocument, 'targets' | 'targetScope'>,
  units: readonly Unit[],
  unit: string,
): IndicatorDocument['targets'] {
  for (let at: string | undefined = unit; at !== undefined; at = units.find(({ code }) => code === at)?.parent) {
    const own = targets.filter((target) => target.unit === at);
    if (own.length > 0)
      return own.sort((a, b) => endInYears(parsePeriod(a.period)) - endInYears(parsePeriod(b.period)));
    if (targetScope === 'own') break;
  }
  return [];
}
