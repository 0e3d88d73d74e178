import { Decimal } from '../kernel/decimal.js';
import type { DefinedIndicator } from '../indicators/indicator-sight.js';
import type { Period } from '../kernel/period.js';
import type { Side } from '../slice/plausibility.js';
import { figureSide, isAddedUp, partsOf, type Figure, type FigureSight } from './figure-sight.js';

/** A value, and the figure that it is, or the first of those that it is made of. */
export interface Value {
  readonly exact: Decimal;
  readonly side: Side;
}

interface Sum extends Value {
  readonly numerator: Decimal;
  readonly denominator: Decimal | undefined;
}

/** What the unit reported, or else what its parts add up to, where all of them reported. */
export function valueOf(
  indicator: DefinedIndicator,
  unit: string,
  period: Period,
  sight: FigureSight,
): Value | undefined {
  const own = ownFigure(indicator.code, unit, period, sight);
  return own ? { exact: own.exact, side: figureSide(own) } : addedUp(indicator, unit, period, sight);
}

export function ownFigure(code: string, unit: string, period: Period, { figures }: FigureSight): Figure | undefined {
  return figures
    .get(code)
    ?.get(unit)
    ?.find((figure) => figure.period.text === period.text);
}

/** What the parts of a unit add up to by the indicator's aggregation, where all of them have a value. */
export function addedUp(
  indicator: DefinedIndicator,
  unit: string,
  period: Period,
  sight: FigureSight,
): Sum | undefined {
  if (!isAddedUp(indicator)) return undefined;
  const parts = partsOf(unit, period, sight).map((part) => partOf(indicator, part, period, sight));
  const [first] = parts;
  if (!first || parts.some((part) => part === undefined)) return undefined;
  const all = parts as readonly Sum[];
  const numerator = all.reduce((sum, part) => sum.plus(part.numerator), new Decimal(0));
  const denominator = all.every((part) => part.denominator)
    ? all.reduce((sum, part) => sum.plus(part.denominator!), new Decimal(0))
    : undefined;
  const { aggregation, measurement } = indicator.definition;
  if (aggregation === 'sum') return { exact: numerator, numerator, denominator: undefined, side: first.side };
  if (!denominator || measurement.type !== 'ratio') return undefined;
  return { exact: numerator.times(measurement.scale).div(denominator), numerator, denominator, side: first.side };
}

function partOf(indicator: DefinedIndicator, unit: string, period: Period, sight: FigureSight): Sum | undefined {
  const own = ownFigure(indicator.code, unit, period, sight);
  if (!own) return addedUp(indicator, unit, period, sight);
  const { reported, exact } = own;
  const isSum = indicator.definition.aggregation === 'sum' || 'value' in reported;
  return {
    exact,
    side: figureSide(own),
    numerator: isSum ? exact : new Decimal(reported.numerator),
    denominator: isSum ? undefined : new Decimal(reported.denominator),
  };
}
