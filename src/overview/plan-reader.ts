import { isDeepStrictEqual } from 'node:util';
import { figureProjection, type FigureDocument } from '../figures/figure.projection.js';
import { parseFormula, referencesOf } from '../indicators/formula.js';
import type { IndicatorDocument } from '../indicators/indicator.projection.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { parsePeriod, type Period } from '../kernel/period.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import { defaultRulesWithoutMargin } from '../plans/evaluation-rules.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { firstPeriodOf, unitsIn } from '../plans/units-in-time.js';
import { readPlan } from '../plans/read-plan.js';
import { figuresBehind, type FigureAt } from '../assessment/figures-behind.js';
import { isMeasured } from '../assessment/measured.js';
import {
  Measurements,
  periodOf,
  sourcesOf,
  type Computed,
  type Findings,
  type Indicators,
  type Source,
} from '../assessment/measurements.js';
import { currentMethod, type Method } from '../assessment/method.js';

/** A plan without rules of its own has the default rules of the method. */
const withDefaults = (plan: PlanDocument, { limits }: Method): PlanDocument =>
  plan.rules.version > 0 || limits === 'with-margin'
    ? plan
    : { ...plan, rules: { ...plan.rules, rules: defaultRulesWithoutMargin } };

/** Reads a plan and its figures as of one moment, for one request. Each list of figures is read at most once. */
export class PlanReader {
  private readonly reads = new Map<string, Promise<void>>();
  private readonly figures = new Map<string, readonly FigureDocument[]>();
  private readonly measurements: Measurements;
  readonly byCode: Indicators;

  private constructor(
    private readonly views: DocumentReading,
    readonly plan: PlanDocument,
    readonly indicators: readonly IndicatorDocument[],
    private readonly asOf: AsOf | undefined,
    readonly method: Method,
  ) {
    this.byCode = new Map(indicators.map((indicator) => [indicator.code, indicator]));
    const figuresOf = (source: Source) => this.figures.get(keyOf(source)) ?? [];
    this.measurements = new Measurements(plan, this.byCode, figuresOf, method);
  }

  /** @throws {DomainError} the errors of `readPlan` */
  static async open(
    views: DocumentReading,
    plan: string,
    asOf?: AsOf,
    method: Method = currentMethod,
  ): Promise<PlanReader> {
    const document = withDefaults(await readPlan(views, plan, asOf), method);
    return new PlanReader(views, document, await readIndicators(views, plan, asOf), asOf, method);
  }

  /** The same knowledge, but with the units as another reader knows them; itself if they are the same. */
  withUnitsOf({ plan: { units, territoryChanges } }: PlanReader): PlanReader {
    const { territoryChanges: own, ...plan } = this.plan;
    if (isDeepStrictEqual([own, plan.units], [territoryChanges, units])) return this;
    const changed = { ...plan, units, ...(territoryChanges && { territoryChanges }) };
    return new PlanReader(this.views, changed, this.indicators, this.asOf, this.method);
  }

  indicator(code: string): IndicatorDocument | undefined {
    return this.byCode.get(code);
  }

  /**
   * The values of an indicator in one period, by unit code: of the units of that period, or of those of a later one
   * within the borders that they have then.
   */
  async measured(source: Source, within?: Period): Promise<Findings> {
    await Promise.all(this.sourcesOf(source).map((each) => this.read(each)));
    return this.measurements.of(source, within);
  }

  /** The figures of an indicator in one period, of all units. */
  async reported(source: Source): Promise<readonly FigureDocument[]> {
    await this.read(source);
    return this.figures.get(keyOf(source))!;
  }

  /** Whether an indicator has a value of any unit in one period. */
  async hasValue(source: Source): Promise<boolean> {
    const sources = this.sourcesOf(source);
    await Promise.all(sources.map((each) => this.read(each)));
    // Without a figure there is nothing to compute.
    if (sources.every((each) => this.figures.get(keyOf(each))!.length === 0)) return false;
    return [...this.measurements.of(source).values()].some(isMeasured);
  }

  /** The results of a formula in one period, by unit code. */
  async computed(
    formulaText: string,
    units: readonly string[],
    period: Period,
  ): Promise<ReadonlyMap<string, Computed>> {
    const formula = parseFormula(formulaText);
    const sources = referencesOf(formula).flatMap((reference) =>
      this.sourcesOf({ code: reference.code, period: periodOf(reference, period) }),
    );
    await Promise.all(sources.map((each) => this.read(each)));
    return new Map(units.map((unit) => [unit, this.measurements.compute(formula, unit, period)]));
  }

  /** The reported figures needed to compute an indicator's values in a period. */
  sourcesOf(source: Source): Source[] {
    return sourcesOf(this.byCode, source);
  }

  /** The figures that a value was made of, its own first. */
  async figuresBehind(figure: FigureAt): Promise<FigureAt[]> {
    await this.measured({ code: figure.code, period: parsePeriod(figure.period) });
    const findingOf = ({ code, unit, period: text }: FigureAt) => {
      const period = parsePeriod(text);
      const known = this.plan.units.find((each) => each.code === unit);
      return this.measurements.of({ code, period }, known && firstPeriodOf(known, period, this.plan)).get(unit);
    };
    const unitsOf = (period: string) => unitsIn(this.plan, parsePeriod(period));
    return figuresBehind(figure, findingOf, unitsOf);
  }

  private read(source: Source): Promise<void> {
    const key = keyOf(source);
    const reading = this.reads.get(key) ?? this.list(key);
    this.reads.set(key, reading);
    return reading;
  }

  private async list(key: string): Promise<void> {
    const found = await this.views.list(figureProjection, `${this.plan.plan}/${key}/`, { asOf: this.asOf });
    this.figures.set(
      key,
      found.map(({ body }) => body),
    );
  }
}

const keyOf = ({ code, period }: Source) => `${code}/${period.text}`;
