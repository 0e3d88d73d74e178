import { exactOf, shownOf } from '../figures/reported.js';
import { inUse, type FigureDocument, type Measurement } from '../figures/figure.projection.js';
import { currentDefinition, isComparable, type IndicatorDocument } from '../indicators/indicator.projection.js';
import type { Unit } from '../plans/plan.decider.js';
import { Decimal, text } from './decimals.js';

/** A figure that a formula stands on: of the same unit, of the period judged or of the one a year before. */
export interface FormulaInput {
  readonly code: string;
  readonly name: string;
  readonly period: string;
  /** Absent where there is none. */
  readonly shown?: string;
  /** Where it is itself made by a formula: of what. */
  readonly inputs?: readonly FormulaInput[];
}

/** The value of one indicator, unit and period, and where it came from. Plain JSON; numbers as text. */
export interface Measured {
  /** As shown: the reported digits, or the computed value rounded to the indicator's decimals. */
  readonly shown: string;
  /** As reckoned with. */
  readonly exact: string;
  /** Reported for this unit; computed from the units below or by a formula; or the one standard of the unit above. */
  readonly source: 'reported' | 'computed' | 'common';
  readonly components?: { readonly numerator: string; readonly denominator: string };
  /** The measurement behind it; of a computed value see `parts` or `inputs`. */
  readonly measurement?: Measurement;
  readonly approved: boolean;
  readonly corrections: number;
  /** A correction that waits for approval. */
  readonly pending?: string;
  /** The units below that a computed value rests on. */
  readonly parts?: readonly string[];
  /** What a formula made it of. */
  readonly inputs?: readonly FormulaInput[];
  /** 数据打架: what was reported for this unit itself is not what the units below add up to. */
  readonly disagreement?: { readonly reported: string; readonly computed: string; readonly difference: string };
  /** False where a part was measured under a definition that the present one cannot be compared with. */
  readonly comparable: boolean;
  readonly demo: boolean;
}

/** There is no value, and why. */
export interface Unmeasured {
  readonly absent: 'not-reported' | 'missing' | 'returned' | 'withdrawn' | 'incomplete' | 'uncomputed';
  readonly because?: string;
  readonly note?: string;
  /** Units below without a figure, where that is what keeps this one from being computed. */
  readonly lacking?: readonly string[];
  /** Where a formula gives nothing: the figures it stands on, and those of them that are not there. */
  readonly inputs?: readonly FormulaInput[];
  readonly lackingInputs?: readonly FormulaInput[];
  /** What the units below that have a figure add up to: for orientation, never judged. */
  readonly partial?: { readonly shown: string; readonly exact: string; readonly parts: readonly string[] };
  readonly demo: boolean;
}

export type Finding = Measured | Unmeasured;
export const isMeasured = (finding: Finding): finding is Measured => 'exact' in finding;

interface Sums {
  readonly numerator: Decimal;
  readonly denominator: Decimal | undefined;
}

/**
 * The values of one indicator in one period for every unit: reported, or made out of the units below by the indicator's
 * rule (ratio of sums, sum, common standard; never a mean of rates). What a unit reported for itself is compared with
 * what its units add up to.
 */
export function measuredByUnit(
  indicator: IndicatorDocument,
  units: readonly Unit[],
  figures: readonly FigureDocument[],
  { isBaseline }: { isBaseline: boolean },
): ReadonlyMap<string, Finding> {
  const { definition } = currentDefinition(indicator);
  const byUnit = new Map(figures.map((figure) => [figure.unit, figure]));
  const found = new Map<string, Finding>();
  const scale = definition.measurement.type === 'ratio' ? definition.measurement.scale : '1';

  const find = (unit: Unit): Finding => {
    const known = found.get(unit.code);
    if (known) return known;
    const finding = reckon(unit);
    found.set(unit.code, finding);
    return finding;
  };

  const reckon = (unit: Unit): Finding => {
    const own = ownFinding(indicator, byUnit.get(unit.code), scale);
    // A reference unit only lends figures for comparison: it is part of no other.
    const below = units.filter(({ parent, level }) => parent === unit.code && level !== 'reference');
    if (definition.aggregation === 'common') {
      const above = units.find(({ code }) => code === unit.parent);
      if (isMeasured(own) || !above) return own;
      const common = find(above);
      return isMeasured(common) ? { ...common, source: 'common' } : own;
    }
    if (below.length === 0 || definition.aggregation === 'none') return own;
    const parts = below.map((part) => ({ unit: part.code, finding: find(part) }));
    const measured = parts.flatMap(({ unit: code, finding }) => (isMeasured(finding) ? [{ unit: code, finding }] : []));
    if (measured.length === 0) return own;
    const computed = combined(indicator, measured, scale);
    if (measured.length < parts.length) {
      if (isMeasured(own)) return own;
      const lacking = parts.filter(({ finding }) => !isMeasured(finding)).map(({ unit: code }) => code);
      const { shown, exact, demo } = computed;
      return {
        absent: 'incomplete',
        lacking,
        partial: { shown, exact, parts: measured.map((part) => part.unit) },
        demo,
      };
    }
    return isMeasured(own) ? reconciled(own, computed, isBaseline) : computed;
  };

  for (const unit of units) find(unit);
  return found;
}

function ownFinding(indicator: IndicatorDocument, figure: FigureDocument | undefined, scale: string): Finding {
  const measurement = inUse(figure);
  if (!figure || !measurement) {
    const absent =
      !figure || figure.standing === 'reported' || figure.standing === 'approved' ? 'not-reported' : figure.standing;
    return { absent, because: figure?.because, note: figure?.note, demo: figure?.demo ?? false };
  }
  const { reported, definitionVersion, demo } = measurement;
  const waiting = figure.standing === 'reported' && figure.approved ? figure.latest : undefined;
  return {
    shown: shownOf(reported, scale, indicator.decimals),
    exact: text(exactOf(reported, scale)),
    source: 'reported',
    ...('numerator' in reported && { components: reported }),
    measurement,
    approved: figure.approved !== undefined,
    corrections: figure.corrections,
    ...(waiting && { pending: shownOf(waiting.reported, scale, indicator.decimals) }),
    comparable: isComparable(indicator, definitionVersion),
    demo,
  };
}

function combined(
  indicator: IndicatorDocument,
  parts: readonly { unit: string; finding: Measured }[],
  scale: string,
): Measured {
  const { numerator, denominator } = parts
    .map(({ finding }) => sumsOf(finding))
    .reduce((sum, part) => ({
      numerator: sum.numerator.plus(part.numerator),
      denominator: sum.denominator && part.denominator && sum.denominator.plus(part.denominator),
    }));
  const exact = denominator ? numerator.times(scale).div(denominator) : numerator;
  const findings = parts.map(({ finding }) => finding);
  return {
    shown: exact.toFixed(denominator ? indicator.decimals : exact.decimalPlaces()),
    exact: text(exact),
    source: 'computed',
    ...(denominator && { components: { numerator: numerator.toFixed(), denominator: denominator.toFixed() } }),
    approved: findings.every(({ approved }) => approved),
    corrections: findings.reduce((sum, { corrections }) => sum + corrections, 0),
    parts: parts.map(({ unit }) => unit),
    comparable: findings.every(({ comparable }) => comparable),
    demo: findings.some(({ demo }) => demo),
  };
}

const sumsOf = ({ components, exact }: Measured): Sums =>
  components
    ? { numerator: new Decimal(components.numerator), denominator: new Decimal(components.denominator) }
    : { numerator: new Decimal(exact), denominator: undefined };

/**
 * Where a unit's own report says, to its own digits, what the units below add up to, it stands as reported. Where it does
 * not, the computed value counts and the difference is shown; only the plan's printed base stands against the counties'.
 */
function reconciled(own: Measured, computed: Measured, isBaseline: boolean): Measured {
  const digits = Math.max(0, new Decimal(own.shown).decimalPlaces());
  const parts = computed.parts;
  const rounded = new Decimal(computed.exact).toDecimalPlaces(digits, Decimal.ROUND_HALF_UP);
  if (rounded.equals(own.exact)) return { ...own, parts };
  const difference = text(new Decimal(own.exact).minus(computed.exact));
  const disagreement = { reported: own.shown, computed: computed.shown, difference };
  return isBaseline ? { ...own, parts, disagreement } : { ...computed, measurement: own.measurement, disagreement };
}
