import type { IndicatorDocument } from '../indicators/indicator.projection.js';
import { parsePeriod } from '../kernel/period.js';
import { dayOf, type Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { marksOf, type Explanation } from '../quality/marks.js';
import type { QualityMark } from '../quality/mark.js';
import { readKnown, type Numbers, type QualitySource } from '../quality/quality-context.js';
import type { QualityRule } from '../quality/quality-rules.js';
import { inUse, type FigureDocument } from './figure.projection.js';
import { figuresWhere } from './list-figures.js';
import { checkedIndicator, surroundingsOf } from './quality-source.js';

/** The figures and indicators of a plan as of a moment, for checks and comparisons. Those of an indicator are read once. */
export class ViewSource implements QualitySource {
  private readonly figures = new Map<string, Promise<readonly FigureDocument[]>>();
  readonly indicators: ReadonlyMap<string, IndicatorDocument>;

  constructor(
    private readonly views: Views,
    private readonly plan: PlanDocument,
    indicators: readonly IndicatorDocument[],
    private readonly rules: readonly QualityRule[],
    private readonly asOf: AsOf,
  ) {
    this.indicators = new Map(indicators.map((each) => [each.code, each]));
  }

  ofIndicator(code: string): Promise<readonly FigureDocument[]> {
    const { plan } = this.plan;
    const found = this.figures.get(code) ?? figuresWhere(this.views, { plan, code }, this.asOf, () => true);
    this.figures.set(code, found);
    return found;
  }

  async value({ code, unit, period }: Parameters<QualitySource['value']>[0]) {
    const all = await this.ofIndicator(code);
    return inUse(all.find((each) => each.unit === unit && each.period === period.text));
  }

  indicator(code: string) {
    const found = this.indicators.get(code);
    return Promise.resolve(found && checkedIndicator(found));
  }

  /** What the rules say of a value that became known then. */
  async marksOf(
    { code, unit, period }: { readonly code: string; readonly unit: string; readonly period: string },
    reported: Numbers,
    { knownAt, explanations }: { readonly knownAt: Instant; readonly explanations?: readonly Explanation[] },
  ): Promise<QualityMark[]> {
    const indicator = this.indicators.get(code);
    if (!indicator) return [];
    const day = dayOf(knownAt, this.plan.timeZone);
    const at = { unit, period: parsePeriod(period) };
    const surroundings = surroundingsOf(this.plan, checkedIndicator(indicator), at, day);
    return marksOf(this.rules, await readKnown(this, surroundings, this.rules), reported, explanations);
  }
}
