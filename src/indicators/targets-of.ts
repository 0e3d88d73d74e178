import { endInYears, parsePeriod } from '../kernel/period.js';
import type { Unit } from '../plans/units-in-time.js';
import type { Defined, Target } from './indicator.state.js';

/**
 * The unit's own targets, ordered by period. If it has none and the target scope is `all`, the targets of the nearest
 * unit above that has any.
 */
export function targetsOf<Each extends Pick<Target, 'unit' | 'period'>>(
  { targets, targetScope }: { readonly targets: readonly Each[] } & Pick<Defined, 'targetScope'>,
  units: readonly Unit[],
  unit: string,
): readonly Each[] {
  for (let at: string | undefined = unit; at !== undefined; at = units.find(({ code }) => code === at)?.parent) {
    const own = targets.filter((target) => target.unit === at);
    if (own.length > 0)
      return own.sort((a, b) => endInYears(parsePeriod(a.period)) - endInYears(parsePeriod(b.period)));
    if (targetScope === 'own') break;
  }
  return [];
}
