import { plausibility } from '../slice/plausibility.js';
import { definitionOddities } from './definition.plausibility.js';
import { indicatorSight, type IndicatorSight } from './indicator-sight.js';
import { coverageOddities } from './target-coverage.plausibility.js';
import { targetOddities } from './target.plausibility.js';
import { weightOddities } from './weight.plausibility.js';

export const indicatorPlausibility = plausibility<IndicatorSight>({
  gather: indicatorSight,
  oddities: (sight) => [
    ...definitionOddities(sight),
    ...weightOddities(sight),
    ...targetOddities(sight),
    ...coverageOddities(sight),
  ],
});
