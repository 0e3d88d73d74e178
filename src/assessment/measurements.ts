import type { FigureDocument } from '../figures/figure.projection.js';
import { evaluateFormula, parseFormula, referencesOf, type Formula, type Reference } from '../indicators/formula.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { closing, parsePeriod, periodAt, type Period } from '../kernel/period.js';
import type { Unit } from '../plans/plan.decider.js';
import { Decimal, text } from './decimals.js';
import { isMeasured, measuredByUnit, type Finding, type FormulaInput, type Measured } from './measured.js';

export type Indicators = ReadonlyMap<string, IndicatorDocument>;
export type Findings = ReadonlyMap<string, Finding>;

/** The figures of one indicator in one period. */
export interface Source {
  readonly code: string;
  readonly period: Period;
}

/** The formula that an indicator is measured by, where it is not reported. */
export function formulaOf(indicator: IndicatorDocument): Formula | undefined {
  const { measurement } = currentDefinition(indicator).definition;
  return measurement.type === 'formula' ? parseFormula(measurement.formula) : undefined;
}

export const periodOf = ({ previous }: Reference, period: Period): Period =>
  previous ? periodAt(period.frequency, period.year - 1, period.part) : period;

/** All reported figures that a value rests on: its own, or through formulas those of others. */
export function sourcesOf(indicators: Indicators, { code, period }: Source, passed: readonly string[] = []): Source[] {
  const indicator = indicators.get(code);
  const formula = indicator && formulaOf(indicator);
  if (!formula) return [{ code, period }];
  // A formula never leads back to its own indicator; where two were set at once and do, nothing is read twice.
  if (passed.includes(code)) return [];
  return referencesOf(formula).flatMap((reference) =>
    sourcesOf(indicators, { code: reference.code, period: periodOf(reference, period) }, [...passed, code]),
  );
}

/** What a formula gives for one unit and period, and what it stands on. */
export interface Computed {
  readonly value?: Decimal;
  /** All of them, whether they are there or not. */
  readonly inputs: readonly FormulaInput[];
  readonly lacking: readonly FormulaInput[];
  readonly findings: readonly Measured[];
}

/**
 * The values of indicators by unit, whatever way they are measured, over figures that have been read: pure, so that the
 * same figures give the same values at whatever moment they are asked.
 */
export class Measurements {
  private readonly known = new Map<string, Findings>();
  private readonly open = new Set<string>();

  constructor(
    private readonly plan: { readonly units: readonly Unit[]; readonly baseline: string },
    private readonly indicators: Indicators,
    private readonly figures: (source: Source) => readonly FigureDocument[],
  ) {}

  of({ code, period }: Source): Findings {
    const key = `${code}/${period.text}`;
    const known = this.known.get(key);
    if (known) return known;
    const findings = this.measure(code, period);
    this.known.set(key, findings);
    return findings;
  }

  /** What a formula gives for a unit. Where a figure it stands on is not there it gives nothing, never a 0. */
  compute(formula: Formula, unit: string, period: Period): Computed {
    const found = referencesOf(formula).map((reference) => {
      const at = periodOf(reference, period);
      const finding = this.of({ code: reference.code, period: at }).get(unit);
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

  private measure(code: string, period: Period): Findings {
    const indicator = this.indicators.get(code);
    if (!indicator) return new Map();
    const { units, baseline } = this.plan;
    const formula = formulaOf(indicator);
    if (!formula) {
      const isBaseline = period.text === closing(parsePeriod(baseline), indicator.frequency)?.text;
      return measuredByUnit(indicator, units, this.figures({ code, period }), { isBaseline });
    }
    if (this.open.has(code)) return new Map();
    this.open.add(code);
    try {
      return new Map(units.map((unit) => [unit.code, this.computed(indicator, formula, unit.code, period)]));
    } finally {
      this.open.delete(code);
    }
  }

  private computed({ decimals }: IndicatorDocument, formula: Formula, unit: string, period: Period): Finding {
    const { value, inputs, lacking, findings } = this.compute(formula, unit, period);
    if (!value) {
      const demo = findings.some((finding) => finding.demo);
      if (lacking.length > 0) return { absent: 'uncomputed', inputs, lackingInputs: lacking, demo };
      return { absent: 'uncomputed', note: '除数为 0', inputs, demo };
    }
    return {
      shown: value.toFixed(decimals),
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
