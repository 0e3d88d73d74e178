import { figureProjection } from '../figures/figure.projection.js';
import type { IndicatorDocument } from '../indicators/indicator.projection.js';
import { readIndicators } from '../indicators/read-indicators.js';
import type { Period } from '../kernel/period.js';
import { dayOf, type Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { assertUnitThen, judgedUnitOf, periodOfPlan } from '../plans/lookup.js';
import { readPlan } from '../plans/read-plan.js';
import { policyProjection } from '../policies/policy.projection.js';
import { projectProjection } from '../projects/project.projection.js';
import { taskProjection } from '../tasks/task.projection.js';
import type { ObligationSight } from './obligations.js';

export interface ObligationQuestion {
  readonly plan: string;
  readonly unit?: string;
  readonly period: string;
  readonly asOf: AsOf;
  /** The moment of a question about today. */
  readonly now: Instant;
}

/** What the obligations of a plan are computed from, whatever the period. */
export interface PlanSight extends Pick<ObligationSight, 'plan' | 'day' | 'projects' | 'policies' | 'tasks'> {
  /** Of all frequencies. */
  readonly indicators: readonly IndicatorDocument[];
  readonly asOf: AsOf;
}

/** @throws {DomainError} `plan.unknown`, `plan.not-yet-known` */
export async function planSight(
  views: Views,
  { plan: code, asOf, now }: Pick<ObligationQuestion, 'plan' | 'asOf' | 'now'>,
): Promise<PlanSight> {
  const plan = await readPlan(views, code, asOf);
  const [programme, indicators] = await Promise.all([
    programmeSight(views, code, asOf),
    readIndicators(views, code, asOf),
  ]);
  return { ...programme, plan, indicators, asOf, day: dayOf(asOf.knownAt ?? now, plan.timeZone) };
}

/** Adds the figures of a period, and leaves out the indicators of other frequencies. */
export async function periodSight(views: Views, sight: PlanSight, period: Period): Promise<ObligationSight> {
  const { plan, asOf } = sight;
  const indicators = sight.indicators.filter(({ frequency }) => frequency === period.frequency);
  const found = await Promise.all(
    indicators.map(({ code }) => views.list(figureProjection, `${plan.plan}/${code}/${period.text}/`, { asOf })),
  );
  const figures = new Map(found.flat().map(({ body }) => [`${body.code}/${body.unit}`, body]));
  return { ...sight, indicators, figures, period };
}

/**
 * Reads what the obligations of a period are computed from.
 * @throws {DomainError} `plan.unknown`, `plan.not-yet-known`, `unit.unknown`, `unit.not-judged`, `unit.not-then`,
 * `period.malformed`, `period.calendar`, `period.outside-plan`
 */
export async function obligationSight(views: Views, question: ObligationQuestion): Promise<ObligationSight> {
  const { unit } = question;
  const sight = await planSight(views, question);
  const { plan } = sight;
  const period = periodOfPlan(plan, question.period);
  if (unit !== undefined) {
    judgedUnitOf(plan, unit);
    assertUnitThen(plan, unit, period);
  }
  return periodSight(views, sight, period);
}

/** The projects, policies and tasks of a plan as of a moment. */
async function programmeSight(
  views: Views,
  plan: string,
  asOf: AsOf,
): Promise<Pick<ObligationSight, 'projects' | 'policies' | 'tasks'>> {
  const [projects, policies, tasks] = await Promise.all([
    views.list(projectProjection, `${plan}/`, { asOf }),
    views.list(policyProjection, `${plan}/`, { asOf }),
    views.list(taskProjection, `${plan}/`, { asOf }),
  ]);
  const bodies = <Body>(versions: readonly { readonly body: Body }[]) => versions.map(({ body }) => body);
  return { projects: bodies(projects), policies: bodies(policies), tasks: bodies(tasks) };
}
