import type { DefinedIndicator } from '../indicators/indicator-sight.js';
import { plausibility, type Oddity } from '../slice/plausibility.js';
import { figureSight, type FigureSight } from './figure-sight.js';
import { lackingParts } from './parts.plausibility.js';
import { reportOddities } from './reports.plausibility.js';
import { jumpOddities, scaleOddities, targetDistance } from './series.plausibility.js';
import { pathOddities } from './target-path.plausibility.js';

export const figurePlausibility = plausibility<FigureSight>({
  gather: figureSight,
  oddities: (sight) => [
    ...reportOddities(sight),
    ...[...sight.states.values()].flatMap((indicator) => [
      ...ofIndicator(indicator, sight),
      ...lackingParts(indicator, sight),
    ]),
  ],
});

/** A wrong magnitude is said once, where it shows most clearly. */
function ofIndicator(indicator: DefinedIndicator, sight: FigureSight): Oddity[] {
  const scale = scaleOddities(indicator, sight);
  if (scale.length > 0) return scale;
  const path = pathOddities(indicator, sight);
  if (path.some(({ code }) => code === 'target.magnitude')) return path;
  const jumps = jumpOddities(indicator, sight);
  return [...path, ...(jumps.length > 0 ? jumps : targetDistance(indicator, sight))];
}
