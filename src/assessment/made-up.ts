import type { FigureDocument } from '../figures/figure.projection.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { scaleOf } from '../indicators/scale-of.js';
import { combined, isMeasured, isNotApplicable, ownFinding, type Finding } from './measured.js';
import type { Method } from './method.js';
import type { Makeup } from './territory.js';

interface Then {
  /** The values of the units that existed then. */
  readonly ofThen: ReadonlyMap<string, Finding>;
  readonly figures: readonly FigureDocument[];
  readonly method: Method;
}

/**
 * A unit's value of an earlier period within the borders that it has later. A figure that was recast, reported for the
 * unit although it did not exist then, comes first. Rates and sums are made up of their parts. Anything else has a value
 * only if all parts have the same.
 */
export function madeUp(indicator: IndicatorDocument, makeup: Makeup, then: Then): Finding {
  const { ofThen, figures, method } = then;
  const { kind, unit } = makeup;
  if (kind === 'own') return ofThen.get(unit)!;
  const { definition } = currentDefinition(indicator);
  const scale = scaleOf(definition);
  if (!ofThen.has(unit)) {
    const figure = figures.find((each) => each.unit === unit);
    const recast = ownFinding(indicator, figure, { scale, method });
    if (isMeasured(recast)) return recast;
  }
  if (kind === 'unknown') return unknown;
  const all = makeup.parts.map((part) => ({ unit: part.unit, finding: madeUp(indicator, part, then) }));
  const parts = all.filter(({ finding }) => !isNotApplicable(finding));
  if (parts.length === 0) return all[0]!.finding;
  const measured = parts.flatMap((part) => (isMeasured(part.finding) ? [{ ...part, finding: part.finding }] : []));
  const [first] = measured;
  if (!first)
    return parts.some(({ finding }) => isUnknown(finding)) ? unknown : { absent: 'not-reported', demo: false };
  if (measured.length < parts.length) {
    const lacking = parts.filter(({ finding }) => !isMeasured(finding)).map(({ unit: code }) => code);
    return { absent: 'incomplete', lacking, demo: measured.some(({ finding }) => finding.demo) };
  }
  if (definition.aggregation === 'sum' || definition.aggregation === 'ratio-of-sums') {
    return combined(indicator, measured, { scale, method });
  }
  const isOne = measured.every(({ finding }) => finding.exact === first.finding.exact);
  if (!isOne) return unknown;
  // The same value does not make the same parts.
  const { breakdowns: _, ...same } = first.finding;
  return { ...same, parts: measured.map(({ unit: code }) => code) };
}

const unknown = { absent: 'other-borders', demo: false } as const satisfies Finding;
const isUnknown = (finding: Finding) => !isMeasured(finding) && finding.absent === unknown.absent;
