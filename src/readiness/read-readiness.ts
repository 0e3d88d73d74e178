import { figuresWhere } from '../figures/list-figures.js';
import { ViewSource } from '../figures/view-source.js';
import type { IndicatorDocument } from '../indicators/indicator.projection.js';
import { closing, parsePeriod, type Period } from '../kernel/period.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { composeOverview, type Overview } from '../overview/overview.js';
import { readQualityRules } from '../quality/quality.projection.js';
import { obligationsOf } from '../reporting/obligations.js';
import { periodSight, planSight, type PlanSight } from '../reporting/obligation-reading.js';
import {
  readinessEntries,
  readinessOf,
  type EvaluationReadiness,
  type OpenMark,
  type ReadinessEntry,
} from './readiness.js';

export interface ReadinessQuestion {
  readonly plan: string;
  /** That of the evaluation. */
  readonly period: string;
  readonly asOf: AsOf;
  /** The moment of a question about today. */
  readonly now: Instant;
  /** The state of the plan then, where it is known already. */
  readonly overview?: Overview;
}

/** How ready a period is to be evaluated, and all that this counts. @throws {DomainError} `plan.unknown` */
export async function readReadiness(
  views: Views,
  question: ReadinessQuestion,
): Promise<{ readonly readiness: EvaluationReadiness; readonly entries: readonly ReadinessEntry[] }> {
  const { plan, period, asOf, now } = question;
  const sight = await planSight(views, question);
  const frequencies = [...new Set(sight.indicators.map(({ frequency }) => frequency))];
  const periods = frequencies.flatMap((frequency) => closing(parsePeriod(period), frequency) ?? []);
  const [overview, obligations, marks] = await Promise.all([
    question.overview ?? composeOverview(views, plan, period, asOf, now),
    Promise.all(periods.map(async (each) => obligationsOf(await periodSight(views, sight, each)))),
    openMarks(views, sight, periods),
  ]);
  const entries = readinessEntries({ overview, obligations, marks });
  return { entries, readiness: readinessOf({ overview, obligations }, entries, sight.day) };
}

/** The marks of the last values of all figures of the periods that nobody explained. */
async function openMarks(
  views: Views,
  { plan, indicators, asOf }: PlanSight,
  periods: readonly Period[],
): Promise<OpenMark[]> {
  const { rules } = await readQualityRules(views, plan.plan, asOf);
  const source = new ViewSource(views, plan, indicators, rules, asOf);
  const ofIndicator = async ({ code, name, frequency }: IndicatorDocument): Promise<OpenMark[]> => {
    const period = periods.find((each) => each.frequency === frequency)?.text;
    if (period === undefined) return [];
    const figures = await figuresWhere(
      views,
      { plan: plan.plan, code, period },
      asOf,
      ({ latest }) => latest !== undefined,
    );
    const found = figures.map(async ({ unit, latest }) => {
      const marks = await source.marksOf({ code, unit, period }, latest!.reported, latest!);
      return marks
        .filter(({ explanation }) => explanation === undefined)
        .map(({ rule, message }) => ({ code, name, unit, period, rule, message }));
    });
    return (await Promise.all(found)).flat();
  };
  return (await Promise.all(indicators.map(ofIndicator))).flat();
}
