import { isMeasured, type Measured } from '../assessment/measured.js';
import { figuresWhere } from '../figures/list-figures.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { grouped } from '../kernel/grouped.js';
import { by } from '../kernel/order.js';
import { parsePeriod, periodsBetween } from '../kernel/period.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { OpenReader } from '../overview/plan-readers.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { keyOf, ofFigure, ofTargets, whole, type Observation } from './observation.js';

/** Every number of a plan that was entered, as it was known at a moment, ordered by key. */
export async function observationsOf(views: Views, plan: string, asOf: AsOf): Promise<Observation[]> {
  const indicators = await readIndicators(views, plan, asOf);
  const figures = grouped(await figuresWhere(views, { plan }, asOf, () => true), ({ code }) => code);
  return indicators
    .flatMap((indicator) => [
      ...ofTargets(indicator),
      ...(figures.get(indicator.code) ?? []).flatMap((figure) => ofFigure(indicator, figure)),
    ])
    .toSorted(by(keyOf));
}

/** What is computed from the units below, by a formula or from the standard of the unit above, in every period. */
export async function derivedObservations(open: OpenReader, plan: string, asOf: AsOf): Promise<Observation[]> {
  const reader = await open(plan, asOf);
  const found = await Promise.all(
    reader.indicators.flatMap((indicator) =>
      periodsOf(indicator, reader.plan).map(async (period) => {
        const findings = await reader.measured({ code: indicator.code, period });
        return [...findings].flatMap(([area, finding]) =>
          isMeasured(finding) && finding.source !== 'reported' ? [derived(indicator, area, period.text, finding)] : [],
        );
      }),
    ),
  );
  return found.flat().toSorted(by(keyOf));
}

function periodsOf(
  { frequency }: IndicatorDocument,
  plan: Pick<PlanDocument, 'baseline' | 'startYear' | 'endYear' | 'fiscalYear'>,
) {
  const from = Math.min(parsePeriod(plan.baseline).year, plan.startYear);
  return periodsBetween(frequency, from, plan.endYear, plan);
}

function derived(indicator: IndicatorDocument, area: string, period: string, value: Measured): Observation {
  const { definition, version } = currentDefinition(indicator);
  const { shown, source, inputs, demo } = value;
  return {
    ...{ indicator: indicator.code, area, period, measure: 'DERIVED', breakdown: whole, value: shown, status: 'E' },
    ...{ unitOfMeasure: definition.unitOfMeasure, decimals: indicator.decimals },
    computed: source === 'common' ? 'common' : inputs ? 'formula' : 'units',
    ...{ definitionVersion: version, demo },
  };
}
