import { digestHead, type DigestHead } from '../digests/summary.js';
import { figureProjection } from '../figures/figure.projection.js';
import { findingProjection } from '../findings/finding.projection.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { invalid } from '../kernel/errors.js';
import { parsePeriod, type Period } from '../kernel/period.js';
import type { Position } from '../kernel/position.js';
import type { Projection } from '../kernel/projection.js';
import { dayOf } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import type { FoundOverview } from '../overview/overviews.js';
import { policyProjection } from '../policies/policy.projection.js';
import { projectProjection } from '../projects/project.projection.js';
import { readReadiness } from '../readiness/read-readiness.js';
import { taskProjection } from '../tasks/task.projection.js';
import { defaultAppraisalRules, type AppraisalRules } from './appraisal-rules.js';
import { appraise, type AppraisalScore, type Fact, type FactSubject } from './appraise.js';
import { figureFacts } from './figure-facts.js';
import { programmeFacts, type PositionOf } from './programme-facts.js';

/** The 考核 sheet of one unit for a year. */
export interface AppraisalSheet extends DigestHead, AppraisalScore {
  readonly rules: AppraisalRules;
  readonly unit: string;
  readonly unitName: string;
  /** The day as of which something is due or overdue. */
  readonly day: string;
  readonly demo: boolean;
}

/** The points of each unit whose sheet the reader may see. */
export interface Appraisal extends DigestHead {
  readonly rules: AppraisalRules;
  readonly day: string;
  readonly units: readonly UnitAppraisal[];
  readonly demo: boolean;
}

export interface UnitAppraisal extends Omit<AppraisalScore, 'items'> {
  readonly unit: string;
  readonly name: string;
  readonly items: readonly {
    readonly code: string;
    readonly weight: string;
    /** Absent where the item does not apply. */
    readonly points?: string;
  }[];
}

export interface AppraisedUnit {
  readonly code: string;
  readonly name: string;
}

/** The points of the units, in their order. @throws {DomainError} `appraisal.period` */
export async function appraisal(
  views: Views,
  found: FoundOverview,
  units: readonly AppraisedUnit[],
): Promise<Appraisal> {
  const scores = await scoresOf(views, found, units);
  return {
    ...headOf(found),
    units: scores.map(({ unit, score: { items, ...sums } }) => ({
      ...{ unit: unit.code, name: unit.name, ...sums },
      items: items.map(({ code, weight, points }) => ({ code, weight, ...(points !== undefined && { points }) })),
    })),
  };
}

/** The sheet of one unit. @throws {DomainError} `appraisal.period` */
export async function appraisalSheet(views: Views, found: FoundOverview, unit: AppraisedUnit): Promise<AppraisalSheet> {
  const [scored] = await scoresOf(views, found, [unit]);
  return { ...headOf(found), unit: unit.code, unitName: unit.name, ...scored!.score };
}

const headOf = (found: FoundOverview) => ({
  ...digestHead(found.overview),
  rules: defaultAppraisalRules,
  day: dayAt(found),
  demo: found.overview.demo,
});

const dayAt = ({ asOf, now, plan }: FoundOverview): string => dayOf(asOf.knownAt ?? now, plan.timeZone);

async function scoresOf(views: Views, found: FoundOverview, units: readonly AppraisedUnit[]) {
  const { overview, plan, asOf, now } = found;
  const year = yearOf(overview.period);
  const day = dayAt(found);
  const [indicators, positionOf, { entries }] = await Promise.all([
    readIndicators(views, plan.plan, asOf),
    positionsOf(views, found),
    readReadiness(views, { plan: plan.plan, period: overview.period, asOf, now, overview }),
  ]);
  const marks = entries.flatMap(({ line, unit, code, name, period, note }): Fact[] => {
    if (line !== 'marks' || unit === undefined) return [];
    const about = { kind: 'figure', id: code, unit, period } as const;
    const position = positionOf(about);
    const text = `${code} ${name} ${period}：${note ?? ''}`;
    return [{ count: 'marks', unit, text, about, ...(position !== undefined && { position }) }];
  });
  const shared = [...programmeFacts({ overview, plan, year, day, positionOf }), ...marks];
  return Promise.all(
    units.map(async (unit) => {
      const own = await figureFacts(views, { plan, indicators, unit: unit.code, year, asOf, day });
      const facts = [...own, ...shared.filter((fact) => fact.unit === unit.code)];
      return { unit, score: appraise(defaultAppraisalRules, facts) };
    }),
  );
}

/** @throws {DomainError} `appraisal.period`: it is not a whole year */
export function yearOf(text: string): Period {
  const period = parsePeriod(text);
  if (period.frequency === 'A') return period;
  throw invalid('appraisal.period', `考核按年度：期间须为一年，如 ${period.year}，收到 ${text}`, 'period');
}

const projections: Readonly<Record<FactSubject['kind'], Projection>> = {
  figure: figureProjection,
  project: projectProjection,
  policy: policyProjection,
  task: taskProjection,
  finding: findingProjection,
};

/** The place of the last event about each thing of the plan, as of the moment. */
async function positionsOf(views: Views, { plan: { plan }, asOf }: FoundOverview): Promise<PositionOf> {
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
