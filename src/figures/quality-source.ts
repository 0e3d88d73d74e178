import { indicatorDecider } from '../indicators/indicator.decider.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import type { IndicatorState, Target } from '../indicators/indicator.state.js';
import { targetsOf } from '../indicators/targets-of.js';
import type { LoadState } from '../kernel/handling.js';
import { closing, findPeriod, parsePeriod, type Period } from '../kernel/period.js';
import type { PlanState } from '../plans/plan.state.js';
import { unitsIn, type Units } from '../plans/units-in-time.js';
import {
  readKnown,
  rulesFor,
  type QualityIndicator,
  type QualityKnown,
  type QualitySource,
  type Surroundings,
} from '../quality/quality-context.js';
import type { QualityRule } from '../quality/quality-rules.js';
import { figureDecider } from './figure.decider.js';
import { figureStream, type FigureId } from './figure.events.js';

/** An indicator as the rules read it, with its targets. */
export interface CheckedIndicator extends QualityIndicator {
  readonly frequency: Period['frequency'];
  readonly targets: readonly Pick<Target, 'unit' | 'period' | 'value'>[];
  readonly targetScope: IndicatorDocument['targetScope'];
}

export function checkedIndicator(document: IndicatorDocument): CheckedIndicator {
  const { code, name, kind, direction, decimals, frequency, targets, targetScope } = document;
  const { definition, version } = currentDefinition(document);
  return {
    code,
    name,
    kind,
    direction,
    decimals,
    frequency,
    targets,
    targetScope,
    definition,
    definitionVersion: version,
  };
}

function indicatorInState(code: string, state: IndicatorState): CheckedIndicator | undefined {
  const { defined, definition, definitionVersion, targets } = state;
  if (!defined || !definition) return undefined;
  const { name, kind, direction, decimals, frequency, targetScope } = defined;
  const shape = { code, name, kind, direction, decimals, frequency, targetScope };
  return { ...shape, definition, definitionVersion, targets: [...targets.values()] };
}

/** What surrounds a figure that fits the plan's calendar and the indicator's frequency. */
export function surroundingsOf(
  plan: Units & { readonly baseline: string },
  indicator: CheckedIndicator,
  { unit, period }: { readonly unit: string; readonly period: Period },
  day: string,
): Surroundings {
  const units = unitsIn(plan, period);
  const target = targetsOf(indicator, units, unit).find((each) => each.period === period.text)?.value;
  return {
    ...{ code: indicator.code, unit, period, indicator, day },
    calendar: plan,
    since: closing(parsePeriod(plan.baseline), indicator.frequency) ?? period,
    ...(target !== undefined && /^-?\d+(\.\d+)?$/.test(target) && { target }),
    below: units.flatMap(({ code, parent, level }) => (parent === unit && level !== 'reference' ? [code] : [])),
  };
}

/** What rules look at whose marks have to be explained, from the streams; nothing where there are none of them. */
export async function knownQuality(
  { plan: slug, code, unit, period: text }: FigureId,
  { plan, indicator, rules }: { plan: PlanState; indicator: IndicatorState; rules: readonly QualityRule[] },
  load: LoadState,
): Promise<{ readonly rules: readonly QualityRule[]; readonly known?: QualityKnown }> {
  const required = rulesFor(rules, code).filter((rule) => rule.required);
  const own = indicatorInState(code, indicator);
  const period = findPeriod(text);
  const { drafted, units, territoryChanges } = plan;
  // What does not fit is refused for that.
  const fits = period?.frequency === own?.frequency && period?.fiscal === (drafted?.fiscalYear !== undefined);
  if (required.length === 0 || !own || !period || !drafted || !fits) return { rules };
  const { baseline, fiscalYear } = drafted;
  const sight = { units: [...units.values()], territoryChanges, baseline, ...(fiscalYear && { fiscalYear }) };
  // The day is that of the decision.
  const surroundings = surroundingsOf(sight, own, { unit, period }, '');
  return { rules, known: await readKnown(streamSource(slug, load), surroundings, required) };
}

function streamSource(plan: string, load: LoadState): QualitySource {
  return {
    async value({ code, unit, period }) {
      const { approved, latest, standing } = await load(
        figureDecider,
        figureStream({ plan, code, unit, period: period.text }),
      );
      return approved ?? (standing === 'reported' ? latest : undefined);
    },
    async indicator(code) {
      return indicatorInState(code, await load(indicatorDecider, indicatorStream(plan, code)));
    },
  };
}
