import { readAppraisalRules, type AppraisalRulesInForce } from '../appraisal-rules/appraisal-rules.projection.js';
import { figureProjection } from '../figures/figure.projection.js';
import { findingProjection } from '../findings/finding.projection.js';
import { readIndicators } from '../indicators/read-indicators.js';
import type { Position } from '../kernel/position.js';
import type { Projection } from '../kernel/projection.js';
import { dayOf } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import type { Overview } from '../overview/overview.js';
import type { FoundOverview } from '../overview/overviews.js';
import { policyProjection } from '../policies/policy.projection.js';
import { projectProjection } from '../projects/project.projection.js';
import { readReadiness } from '../readiness/read-readiness.js';
import { taskProjection } from '../tasks/task.projection.js';
import { readAppraisal, type AppraisalDocument, type Objection } from './appraisal.projection.js';
import { appraise, type AppraisalScore, type Fact, type FactSubject } from './appraise.js';
import { figureFacts } from './figure-facts.js';
import { programmeFacts, type PositionOf } from './programme-facts.js';
import { yearOf } from './year.js';

/** The state of a plan in a year, as of a moment. */
export interface AppraisedYear extends Pick<FoundOverview, 'plan' | 'asOf' | 'now'> {
  readonly overview: Overview;
}

export interface AppraisedUnit {
  readonly code: string;
  readonly name: string;
}

export interface Scores {
  readonly rules: AppraisalRulesInForce;
  /** The day as of which something is due or overdue. */
  readonly day: string;
  readonly rounds: AppraisalDocument['rounds'];
  readonly units: readonly {
    readonly unit: AppraisedUnit;
    readonly score: AppraisalScore;
    readonly objections: readonly Objection[];
  }[];
}

/** The points of the units, in their order; a deduction whose objection was accepted does not count. */
export async function scoresOf(views: Views, found: AppraisedYear, units: readonly AppraisedUnit[]): Promise<Scores> {
  const { overview, plan, asOf, now } = found;
  const year = yearOf(overview.period);
  const day = dayOf(asOf.knownAt ?? now, plan.timeZone);
  const [rules, { rounds, objections }, indicators, positionOf, { entries }] = await Promise.all([
    readAppraisalRules(views, plan.plan, asOf),
    readAppraisal(views, plan.plan, year.text, asOf),
    readIndicators(views, plan.plan, asOf),
    positionsOf(views, found),
    readReadiness(views, { plan: plan.plan, period: overview.period, asOf, now, overview }),
  ]);
  const marks = entries.flatMap(({ id, line, unit, code, name, period, note }): Fact[] => {
    if (line !== 'marks' || unit === undefined) return [];
    const about = { kind: 'figure', id: code, unit, period } as const;
    const position = positionOf(about);
    const text = `${code} ${name} ${period}：${note ?? ''}`;
    const mark = id.slice(id.lastIndexOf('/') + 1);
    return [{ count: 'marks', unit, text, about, mark, ...(position !== undefined && { position }) }];
  });
  const shared = [...programmeFacts({ overview, plan, year, day, positionOf }), ...marks];
  const { plan: _, ...inForce } = rules;
  return {
    ...{ rules: inForce, day, rounds },
    units: await Promise.all(
      units.map(async (unit) => {
        const own = await figureFacts(views, { plan, indicators, unit: unit.code, year, asOf, day });
        const facts = [...own, ...shared.filter((fact) => fact.unit === unit.code)];
        const ofUnit = objections.filter((objection) => objection.unit === unit.code);
        const accepted = ofUnit.filter(({ decided }) => decided?.accepted).map(({ deduction }) => deduction);
        return { unit, score: appraise(rules, facts, new Set(accepted)), objections: ofUnit };
      }),
    ),
  };
}

const projections: Readonly<Record<FactSubject['kind'], Projection>> = {
  figure: figureProjection,
  project: projectProjection,
  policy: policyProjection,
  task: taskProjection,
  finding: findingProjection,
};

/** The place of the last event about each thing of the plan, as of the moment. */
async function positionsOf(views: Views, { plan: { plan }, asOf }: AppraisedYear): Promise<PositionOf> {
  const found = new Map<string, Position>();
  await Promise.all(
    Object.entries(projections).map(async ([kind, projection]) => {
      for (const { key, position } of await views.list(projection, `${plan}/`, { asOf }))
        found.set(`${kind}/${key}`, position);
    }),
  );
  return ({ kind, id, unit, period }) =>
    found.get([kind, plan, id, ...(kind === 'figure' ? [period, unit] : [])].join('/'));
}
