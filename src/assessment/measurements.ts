import type { FigureDocument } from '../figures/figure.projection.js';
import { evaluateFormula, parseFormula, referencesOf, type Formula, type Reference } from '../indicators/formula.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { closing, parsePeriod, yearBefore, type Period } from '../kernel/period.js';
import type { ReportingRules } from '../plans/reporting-rules.js';
import { unitsIn, type Units } from '../plans/units-in-time.js';
import { Decimal, shownWith, text } from './decimals.js';
import { currentMethod, type Method } from './method.js';
import { madeUp } from './made-up.js';
import { isMeasured, measuredByUnit, type Finding, type FormulaInput, type Measured } from './measured.js';
import { Territory } from './territory.js';

export type Indicators = ReadonlyMap<string, IndicatorDocument>;
export type Findings = ReadonlyMap<string, Finding>;

/** Identifies the figures of one indicator in one period (all units). */
export interface Source {
  readonly code: string;
  readonly period: Period;
}

/** The formula by which an indicator is measured; undefined if it is reported. */
export function formulaOf(indicator: IndicatorDocument): Formula | undefined {
  const { measurement } = currentDefinition(indicator).definition;
  return measurement.type === 'formula' ? parseFormula(measurement.formula) : undefined;
}

export const periodOf = ({ previous }: Reference, period: Period): Period => (previous ? yearBefore(period) : period);

/** The reported figures needed to compute an indicator: its own, or recursively those that its formula refers to. */
export function sourcesOf(indicators: Indicators, { code, period }: Source, visited: readonly string[] = []): Source[] {
  const indicator = indicators.get(code);
  const formula = indicator && formulaOf(indicator);
  if (!formula) return [{ code, period }];
  // Commands refuse cycles, but two concurrent commands can create one; stop at the second visit.
  if (visited.includes(code)) return [];
  return referencesOf(formula).flatMap((reference) =>
    sourcesOf(indicators, { code: reference.code, period: periodOf(reference, period) }, [...visited, code]),
  );
}

/** Result of a formula for one unit and period, with its inputs. */
export interface Computed {
  readonly value?: Decimal;
  /** All inputs, with or without a value. */
  readonly inputs: readonly FormulaInput[];
  readonly lacking: readonly FormulaInput[];
  readonly findings: readonly Measured[];
}

/**
 * Computes the values of indicators by unit, reported or by formula, from figures that were already read. Results are
 * cached; they depend only on the constructor's arguments.
 */
export class Measurements {
  private readonly cache = new Map<string, Findings>();
  /** Codes of the formulas being evaluated, to detect cycles. */
  private readonly evaluating = new Set<string>();

  private readonly territory: Territory;

  constructor(
    private readonly plan: Units & {
      readonly baseline: string;
      readonly reporting?: Pick<ReportingRules, 'unapproved'>;
    },
    private readonly indicators: Indicators,
    private readonly figures: (source: Source) => readonly FigureDocument[],
    private readonly method: Method = currentMethod,
  ) {
    this.territory = new Territory(plan);
  }

  /** The values of the units of the period `within`, within the borders that they have then. */
  of({ code, period }: Source, within = period): Findings {
    const key = `${code}/${period.text}/${within.text}`;
    const cached = this.cache.get(key);
    if (cached) return cached;
    const findings = this.measure(code, period, within);
    this.cache.set(key, findings);
    return findings;
  }

  /** Evaluates a formula for a unit. If an input has no value, the result has none; it is never treated as 0. */
  compute(formula: Formula, unit: string, period: Period, within = period): Computed {
    const found = referencesOf(formula).map((reference) => {
      const at = periodOf(reference, period);
      const finding = this.of({ code: reference.code, period: at }, within).get(unit);
      const measured = finding && isMeasured(finding) ? finding : undefined;
      const { code } = reference;
      const name = this.indicators.get(code)?.name ?? code;
      const input = {
        ...{ code, name, period: at.text },
        ...(measured && { shown: measured.shown }),
        ...(finding?.inputs && { inputs: finding.inputs }),
      };
      return { key: `${code}/${reference.previous}`, measured, input };
    });
    const inputs = found.map(({ input }) => input);
    const lacking = found.filter(({ measured }) => !measured).map(({ input }) => input);
    if (lacking.length > 0) return { inputs, lacking, findings: [] };
    const values = new Map(found.map(({ key, measured }) => [key, new Decimal(measured!.exact)]));
    const value = evaluateFormula(formula, ({ code, previous }) => values.get(`${code}/${previous}`)!);
    return { ...(value && { value }), inputs, lacking, findings: found.map(({ measured }) => measured!) };
  }

  private measure(code: string, period: Period, within: Period): Findings {
    const indicator = this.indicators.get(code);
    if (!indicator) return new Map();
    const units = unitsIn(this.plan, within);
    const formula = formulaOf(indicator);
    if (!formula) return this.reported(indicator, { code, period }, within);
    if (this.evaluating.has(code)) return new Map();
    this.evaluating.add(code);
    try {
      return new Map(units.map((unit) => [unit.code, this.computed(indicator, formula, unit.code, period, within)]));
    } finally {
      this.evaluating.delete(code);
    }
  }

  /** The figure without a value that was never approved, in a plan that does not use such values. */
  private counted(figure: FigureDocument): FigureDocument {
    const isUsed = this.plan.reporting?.unapproved !== 'excluded' || figure.approved !== undefined;
    if (isUsed || figure.standing !== 'reported') return figure;
    const { latest: _, ...rest } = figure;
    return rest;
  }

  /** The reported values of a period; where borders changed since, those that the later units are made up of. */
  private reported(indicator: IndicatorDocument, source: Source, within: Period): Findings {
    const { method } = this;
    const { period } = source;
    const figures = this.figures(source).map((figure) => this.counted(figure));
    const units = unitsIn(this.plan, period);
    const isBaseline = period.text === closing(parsePeriod(this.plan.baseline), indicator.frequency)?.text;
    const ofThen = measuredByUnit(indicator, units, figures, { period, isBaseline, method });
    if (!this.territory.differs(period, within)) return ofThen;
    const ofLater = unitsIn(this.plan, within).map(({ code: unit }) => {
      const makeup = this.territory.makeup(unit, period, within);
      return [unit, madeUp(indicator, makeup, { ofThen, figures, method })] as const;
    });
    return new Map(ofLater);
  }

  private computed(
    { decimals }: IndicatorDocument,
    formula: Formula,
    unit: string,
    period: Period,
    within: Period,
  ): Finding {
    const { value, inputs, lacking, findings } = this.compute(formula, unit, period, within);
    if (!value) {
      const demo = findings.some((finding) => finding.demo);
      if (lacking.length > 0) return { absent: 'uncomputed', inputs, lackingInputs: lacking, demo };
      return { absent: 'uncomputed', note: '除数为 0', inputs, demo };
    }
    return {
      shown: shownWith(decimals, value),
      exact: text(value),
      source: 'computed',
      approved: findings.every((finding) => finding.approved),
      corrections: findings.reduce((sum, finding) => sum + finding.corrections, 0),
      inputs,
      comparable: findings.every((finding) => finding.comparable),
      demo: findings.some((finding) => finding.demo),
    };
  }
}
