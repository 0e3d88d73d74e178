import { exactOf, shownOf } from '../figures/reported.js';
import { inUse, type FigureDocument, type Measurement } from '../figures/figure.projection.js';
import { currentDefinition, isComparable, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { applies } from '../indicators/scope.js';
import { scaleOf } from '../indicators/scale-of.js';
import type { Period } from '../kernel/period.js';
import { above, type Unit } from '../plans/units-in-time.js';
import {
  combinedBreakdowns,
  ownBreakdowns,
  reconciledBreakdowns,
  type BrokenDown,
  type Measure,
} from './broken-down.js';
import { Decimal, exactly, shownWith, text } from './decimals.js';
import { currentMethod, type Method } from './method.js';

/**
 * An input of a formula: another indicator's figure for the same unit, in the judged period or the one a year before.
 */
export interface FormulaInput {
  readonly code: string;
  readonly name: string;
  readonly period: string;
  /** The value for display; absent if there is none. */
  readonly shown?: string;
  /** The inputs of this figure, if it is computed by a formula itself. */
  readonly inputs?: readonly FormulaInput[];
}

/** The value of one indicator, unit and period, with its origin. Plain JSON; numbers as decimal text. */
export interface Measured {
  /** Value for display: the reported digits, or a computed value rounded to the indicator's decimals. */
  readonly shown: string;
  /** Value for computation: all digits of a reported value or a sum; of a quotient up to 20 significant digits. */
  readonly exact: string;
  /**
   * `reported` for this unit; `computed` from the units below or by a formula; `common`: standard of the unit above.
   */
  readonly source: 'reported' | 'computed' | 'common';
  readonly components?: { readonly numerator: string; readonly denominator: string };
  /** The unit's own report, also if the computed value is used instead. */
  readonly measurement?: Measurement;
  readonly approved: boolean;
  /** Number of corrections that led to the value in use. */
  readonly corrections: number;
  /** Value (for display) of a correction that waits for approval. */
  readonly pending?: string;
  /** Value (for display) of the last correction, if it was returned. */
  readonly sentBack?: string;
  /** Codes of the units below from which the value was computed, or with whose aggregate the report was compared. */
  readonly parts?: readonly string[];
  /** The value by each breakdown of the definition; absent where it has none. */
  readonly breakdowns?: readonly BrokenDown[];
  /** Inputs of the formula that computes the value. */
  readonly inputs?: readonly FormulaInput[];
  /** 市县数据不一致: the unit's own report differs from the value computed from the units below. */
  readonly disagreement?: { readonly reported: string; readonly computed: string; readonly difference: string };
  /** False if the value or a part was measured under a definition that is incomparable with the current one. */
  readonly comparable: boolean;
  readonly demo: boolean;
}

/** The reason why an indicator, unit and period has no value. */
export interface Unmeasured {
  readonly absent:
    | 'not-reported'
    | 'not-approved'
    | 'missing'
    | 'returned'
    | 'withdrawn'
    | 'incomplete'
    | 'uncomputed'
    | 'other-borders';
  readonly because?: string;
  readonly note?: string;
  /** Codes of the units below whose missing values prevent the aggregation. */
  readonly lacking?: readonly string[];
  /** Inputs of a formula that gives no value; `lackingInputs` are those without a value. */
  readonly inputs?: readonly FormulaInput[];
  readonly lackingInputs?: readonly FormulaInput[];
  /** Aggregate of the units below that have a value; for orientation only, never judged. */
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
 * The values of one indicator in one period for every unit: reported, or aggregated from the units below by the
 * indicator's `aggregation` (ratio of sums, sum, common standard; never a mean of rates). A unit's own report is
 * compared with the aggregate of the units below it.
 */
export function measuredByUnit(
  indicator: IndicatorDocument,
  units: readonly Unit[],
  figures: readonly FigureDocument[],
  { period, isBaseline, method = currentMethod }: { period: Period; isBaseline: boolean; method?: Method },
): ReadonlyMap<string, Finding> {
  const { definition } = currentDefinition(indicator);
  const byUnit = new Map(figures.map((figure) => [figure.unit, figure]));
  const found = new Map<string, Finding>();
  const scale = scaleOf(definition);

  const { scopes = [] } = indicator;
  const inScope = (code: string) => applies(scopes, code, () => above(units, code), period);

  const find = (unit: Unit): Finding => {
    const known = found.get(unit.code);
    if (known) return known;
    const finding = compute(unit);
    found.set(unit.code, finding);
    return finding;
  };

  const compute = (unit: Unit): Finding => {
    const reported = ownFinding(indicator, byUnit.get(unit.code), { scale, method });
    const own = isMeasured(reported) || inScope(unit.code) ? reported : notApplicable;
    // A reference unit only supplies figures for comparison and is not part of any aggregate.
    const below = units.filter(({ parent, level }) => parent === unit.code && level !== 'reference');
    if (definition.aggregation === 'common') {
      const above = units.find(({ code }) => code === unit.parent);
      if (isMeasured(own) || !above) return own;
      const common = find(above);
      return isMeasured(common) ? { ...common, source: 'common' } : own;
    }
    if (below.length === 0 || definition.aggregation === 'none') return own;
    const all = below.map((part) => ({ unit: part.code, finding: find(part) }));
    const parts = method.notApplicable === 'lacking' ? all : all.filter(({ finding }) => !isNotApplicable(finding));
    if (parts.length === 0) return isMeasured(own) ? own : notApplicable;
    const measured = parts.flatMap(({ unit: code, finding }) => (isMeasured(finding) ? [{ unit: code, finding }] : []));
    if (measured.length === 0) return own;
    const computed = combined(indicator, measured, { scale, method });
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
    return isMeasured(own) ? reconciled(own, computed, { isBaseline, method }) : computed;
  };

  for (const unit of units) find(unit);
  return found;
}

const notApplicable: Finding = { absent: 'missing', because: 'not-applicable', demo: false };

/** Whether it was declared that the indicator does not apply to the unit. */
export const isNotApplicable = (finding: Finding): boolean =>
  !isMeasured(finding) && finding.absent === 'missing' && finding.because === 'not-applicable';

/** What was reported for the unit itself. */
export function ownFinding(
  indicator: IndicatorDocument,
  figure: FigureDocument | undefined,
  { scale, method }: { scale: string; method: Method },
): Finding {
  const used = inUse(figure);
  if (!figure || !used) {
    return { absent: absentAs(figure), because: figure?.because, note: figure?.note, demo: figure?.demo ?? false };
  }
  const { corrections, ...measurement } = used;
  const { reported, definitionVersion, demo } = measurement;
  const latest = figure.approved && figure.latest && shownOf(figure.latest.reported, scale, indicator.decimals);
  const told = method.corrections === 'in-use';
  return {
    shown: shownOf(reported, scale, indicator.decimals),
    exact: digitsOf(exactOf(reported, scale), 'numerator' in reported, method),
    source: 'reported',
    ...('numerator' in reported && {
      components: { numerator: reported.numerator, denominator: reported.denominator },
    }),
    measurement,
    approved: figure.approved !== undefined,
    corrections: told ? corrections : figure.corrections,
    ...(latest !== undefined && figure.standing === 'reported' && { pending: latest }),
    ...(latest !== undefined && figure.standing === 'returned' && told && { sentBack: latest }),
    comparable: isComparable(indicator, definitionVersion),
    ...ownBreakdowns(measureOf(indicator), figure.unit, reported),
    demo,
  };
}

function absentAs(figure: FigureDocument | undefined): Unmeasured['absent'] {
  if (!figure || figure.standing === 'approved') return 'not-reported';
  return figure.standing === 'reported' ? 'not-approved' : figure.standing;
}

const measureOf = (indicator: IndicatorDocument): Measure => ({
  definition: currentDefinition(indicator).definition,
  decimals: indicator.decimals,
});

/** The values of several units, added up as the definition says. */
export function combined(
  indicator: IndicatorDocument,
  parts: readonly { unit: string; finding: Measured }[],
  { scale, method }: { scale: string; method: Method },
): Measured {
  const { numerator, denominator } = parts
    .map(({ finding }) => sumsOf(finding))
    .reduce((sum, part) => ({
      numerator: sum.numerator.plus(part.numerator),
      denominator: sum.denominator && part.denominator && sum.denominator.plus(part.denominator),
    }));
  const number = denominator ? numerator.times(scale).div(denominator) : numerator;
  const exact = digitsOf(number, denominator !== undefined, method);
  const findings = parts.map(({ finding }) => finding);
  const shortest = method.decimals === 'shortest' && !denominator;
  return {
    shown: shownWith(shortest ? number.decimalPlaces() : indicator.decimals, number),
    exact,
    source: 'computed',
    ...(denominator && { components: { numerator: numerator.toFixed(), denominator: denominator.toFixed() } }),
    approved: findings.every(({ approved }) => approved),
    corrections: findings.reduce((sum, { corrections }) => sum + corrections, 0),
    parts: parts.map(({ unit }) => unit),
    ...combinedBreakdowns(measureOf(indicator), findings, exact),
    comparable: findings.every(({ comparable }) => comparable),
    demo: findings.some(({ demo }) => demo),
  };
}

/** A reported value and a sum keep all their digits; a quotient may have infinitely many. */
const digitsOf = (number: Decimal, isQuotient: boolean, { digits }: Method): string =>
  isQuotient || digits === 'twenty' ? text(number) : exactly(number);

const sumsOf = ({ components, exact }: Measured): Sums =>
  components
    ? { numerator: new Decimal(components.numerator), denominator: new Decimal(components.denominator) }
    : { numerator: new Decimal(exact), denominator: undefined };

/**
 * Chooses between a unit's own report and the aggregate of the units below. If they agree to the digits of the report,
 * the report is used. Otherwise the aggregate is used and the difference returned as `disagreement`; for the base
 * period the report is used, because it is the value printed in the plan.
 */
function reconciled(
  own: Measured,
  computed: Measured,
  { isBaseline, method }: { isBaseline: boolean; method: Method },
): Measured {
  const digits = Math.max(0, new Decimal(own.shown).decimalPlaces());
  const parts = computed.parts;
  const rounded = (exact: string) => new Decimal(exact).toDecimalPlaces(digits, Decimal.ROUND_HALF_UP);
  // A ratio that was reported by its components has more digits than are shown.
  const reported = method.agreement === 'as-shown' ? rounded(own.exact) : new Decimal(own.exact);
  const kept = { ...own, parts, ...reconciledBreakdowns(own, computed) };
  if (rounded(computed.exact).equals(reported)) return kept;
  const difference = text(new Decimal(own.exact).minus(computed.exact));
  const disagreement = { reported: own.shown, computed: computed.shown, difference };
  return isBaseline ? { ...kept, disagreement } : { ...computed, measurement: own.measurement, disagreement };
}
