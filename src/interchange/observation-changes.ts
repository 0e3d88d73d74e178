import { isDeepStrictEqual } from 'node:util';
import { figureProjection, type FigureDocument } from '../figures/figure.projection.js';
import { figuresWhere } from '../figures/list-figures.js';
import { indicatorProjection, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { by } from '../kernel/order.js';
import { comparePositions } from '../kernel/position.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf, Version } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { keyOf, ofFigure, ofTargets, type Observation } from './observation.js';

/** `I`: it is so. `R`: it is so instead of what was before, or new. `D`: it is no more. */
export type Action = 'I' | 'R' | 'D';

/** An observation, and what is to be done with it; with its validity in known time where versions are told apart. */
export interface ObservationRow {
  readonly action: Action;
  readonly observation: Observation;
  readonly validFrom?: Instant;
  /** The first moment at which it is so no more; absent of what is so at the moment of the export. */
  readonly validTo?: Instant;
}

/** What leads from the observations before to those after: whatever is new, is otherwise, or is no more. */
export function changesBetween(before: readonly Observation[], after: readonly Observation[]): ObservationRow[] {
  const [was, is] = [before, after].map((each) => new Map(each.map((one) => [keyOf(one), one])));
  const set = after.filter((each) => !isDeepStrictEqual(was!.get(keyOf(each)), each));
  const gone = before.filter((each) => !is!.has(keyOf(each)));
  return [
    ...set.map((observation): ObservationRow => ({ action: 'R', observation })),
    ...gone.map((observation): ObservationRow => ({ action: 'D', observation })),
  ].toSorted(by(({ observation }) => keyOf(observation)));
}

/** Every version of every observation that was known up to a moment, in the order of keys and of known time. */
export async function observationHistory(views: Views, plan: string, asOf: AsOf): Promise<ObservationRow[]> {
  const indicators = await readIndicators(views, plan, asOf);
  const histories = await Promise.all(
    indicators.map(async ({ code }) => {
      const definitions = await views.history(indicatorProjection, `${plan}/${code}`, asOf);
      const figures = await figuresWhere(views, { plan, code }, asOf, () => true);
      const own = await Promise.all(
        figures.map(async ({ period, unit }) => {
          const versions = await views.history(figureProjection, `${plan}/${code}/${period}/${unit}`, asOf);
          return versionsOf([...definitions.map(asDefinition), ...versions.map(asFigure)], (indicator, figure) =>
            indicator && figure ? ofFigure(indicator, figure) : [],
          );
        }),
      );
      const targets = versionsOf(definitions.map(asDefinition), (indicator) => (indicator ? ofTargets(indicator) : []));
      return [...targets, ...own.flat()];
    }),
  );
  // The sort is stable: versions of one observation stay in the order in which they were known.
  return histories.flat().toSorted(by(({ observation }) => keyOf(observation)));
}

type Moment = Pick<Version, 'position' | 'knownAt'>;
type Step = Moment & ({ readonly indicator: IndicatorDocument } | { readonly figure: FigureDocument });

const asDefinition = ({ position, knownAt, body }: Version<IndicatorDocument>): Step => ({
  ...{ position, knownAt, indicator: body },
});
const asFigure = ({ position, knownAt, body }: Version<FigureDocument>): Step => ({
  ...{ position, knownAt, figure: body },
});

/** In the order in which they were known; of one moment, in which they were recorded. */
const byMoment = (a: Moment, b: Moment): number =>
  a.knownAt === b.knownAt ? comparePositions(a.position, b.position) : a.knownAt < b.knownAt ? -1 : 1;

/** The versions of what two documents say together, from one change of either to the next. */
function versionsOf(
  steps: readonly Step[],
  observed: (indicator: IndicatorDocument | undefined, figure: FigureDocument | undefined) => Observation[],
): ObservationRow[] {
  const rows: ObservationRow[] = [];
  /** By key, the place in `rows` of the version that holds. */
  const open = new Map<string, number>();
  const standing = () => [...open.values()].map((at) => rows[at]!).filter(({ action }) => action === 'R');
  let indicator: IndicatorDocument | undefined;
  let figure: FigureDocument | undefined;
  for (const step of steps.toSorted(byMoment)) {
    if ('indicator' in step) ({ indicator } = step);
    else ({ figure } = step);
    const before = standing().map(({ observation }) => observation);
    for (const change of changesBetween(before, observed(indicator, figure))) {
      const key = keyOf(change.observation);
      const former = open.get(key);
      if (former !== undefined) rows[former] = { ...rows[former]!, validTo: step.knownAt };
      open.set(key, rows.push({ ...change, validFrom: step.knownAt }) - 1);
    }
  }
  return rows;
}
