import { evaluationProjection, type RecommendationEntry } from '../evaluations/evaluation.projection.js';
import { plain } from '../kernel/json.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { OverviewNow } from '../overview/overview-later.js';
import type { IndexedPlan } from '../overview/overview.js';
import type { FindingNow } from '../overview/programme/findings.js';
import { projectsNow, type ProjectNow, type ProjectSums } from '../overview/programme/projects.js';
import type { Unit } from '../plans/units-in-time.js';
import { areaIndexes, indexDigest, type AreaIndex, type IndexDigest } from './index-digest.js';
import { indicatorsOf, type IndicatorDigest } from './indicator-digest.js';
import type { Punctuality } from './punctuality.js';
import { listedCheck, type ListedCheck } from './subjects.js';
import { digestHead, lightCounts, type DigestHead, type LightCounts } from './summary.js';

export type ProjectDigest = Pick<
  ProjectNow,
  | 'id'
  | 'name'
  | 'unit'
  | 'plannedStart'
  | 'plannedEnd'
  | 'standing'
  | 'investment'
  | 'invested'
  | 'percent'
  | 'scheduled'
  | 'lead'
  | 'status'
  | 'light'
  | 'flags'
  | 'demo'
>;

export type FindingDigestOfUnit = Pick<
  FindingNow,
  'id' | 'severity' | 'subjectType' | 'subject' | 'title' | 'standing' | 'dueOn' | 'overdueDays' | 'demo'
>;

/** A recommendation to the unit, with its 整改. */
export interface Rectification {
  readonly evaluation: string;
  readonly title: string;
  readonly number: number;
  readonly text: string;
  readonly dueOn?: string;
  /** `finished`: reported as finished; `overdue`: not, after its day. */
  readonly state: 'open' | 'under-way' | 'overdue' | 'finished';
  readonly reports: RecommendationEntry['rectifications'];
}

/** One unit of a plan (责任清单). Projects, findings and checks are those of the unit itself, not of units below. */
export interface UnitOverview extends DigestHead {
  readonly unit: Unit;
  /** The units above, nearest first. */
  readonly above: readonly { readonly code: string; readonly name: string }[];
  /** The units directly below. */
  readonly below: readonly { readonly code: string; readonly name: string }[];
  readonly index: IndexDigest;
  readonly areas: readonly AreaIndex[];
  readonly lights: LightCounts;
  readonly indicators: readonly IndicatorDigest[];
  readonly projects: { readonly sums: ProjectSums; readonly list: readonly ProjectDigest[] };
  readonly findings: readonly FindingDigestOfUnit[];
  readonly checks: readonly ListedCheck[];
  readonly rectifications: readonly Rectification[];
  readonly punctuality: Punctuality;
  readonly demo: boolean;
}

interface Parts {
  readonly years: readonly IndexedPlan[];
  readonly above: readonly string[];
  readonly rectifications: readonly Rectification[];
  readonly punctuality: Punctuality;
}

export function unitOverview(overview: OverviewNow, code: string, parts: Parts): UnitOverview {
  const { units, indicators: rows, programme } = overview;
  const { years, above, rectifications, punctuality } = parts;
  const named = ({ code: unit, name }: Unit) => ({ code: unit, name });
  const indicators = indicatorsOf(rows, code, years);
  const projects = programme.projects.list.filter(({ unit }) => unit === code);
  const isOwn = new Set(projects.map(({ id }) => id));
  return {
    ...digestHead(overview),
    unit: units.find((each) => each.code === code)!,
    above: above.flatMap((each) => units.filter((unit) => unit.code === each).map(named)),
    below: units.filter(({ parent }) => parent === code).map(named),
    index: indexDigest(overview, code, years),
    areas: areaIndexes(overview, code),
    lights: lightCounts(indicators),
    indicators,
    projects: { sums: projectsNow(projects).whole, list: projects.map(projectDigest) },
    findings: programme.findings
      .filter(({ owner, subjectType, subject = '' }) =>
        owner === undefined ? subjectType === 'project' && isOwn.has(subject) : owner === code,
      )
      .map(({ id, severity, subjectType, subject, title, standing, dueOn, overdueDays, demo }) =>
        plain({ id, severity, subjectType, subject, title, standing, dueOn, overdueDays, demo }),
      ),
    checks: programme.checks.filter(({ unit }) => unit === code).map(listedCheck),
    rectifications,
    punctuality,
    demo: overview.demo,
  };
}

function projectDigest(project: ProjectNow): ProjectDigest {
  const { id, name, unit, plannedStart, plannedEnd, standing, investment, invested, percent, scheduled } = project;
  const { lead, status, light, flags, demo } = project;
  return {
    ...{ id, name, unit, plannedStart, plannedEnd, standing, investment, scheduled, status, light, flags, demo },
    ...(invested !== undefined && { invested }),
    ...(percent !== undefined && { percent }),
    ...(lead !== undefined && { lead }),
  };
}

/** The recommendations of evaluations to a unit, as far as the reader sees these evaluations. */
export async function rectificationsOf(
  views: Views,
  plan: string,
  unit: string,
  { asOf, day }: { readonly asOf: AsOf; readonly day: string },
): Promise<Rectification[]> {
  const evaluations = await views.list(evaluationProjection, `${plan}/`, { asOf });
  return evaluations.flatMap(({ body: { id, title, recommendations } }) =>
    recommendations
      .filter((recommendation) => recommendation.unit === unit)
      .map(({ number, text, dueOn, rectifications }): Rectification => {
        const isFinished = rectifications.at(-1)?.finished ?? false;
        const isOverdue = dueOn !== undefined && day > dueOn;
        return {
          ...{ evaluation: id, title, number, text, ...(dueOn !== undefined && { dueOn }) },
          state: isFinished ? 'finished' : isOverdue ? 'overdue' : rectifications.length > 0 ? 'under-way' : 'open',
          reports: rectifications,
        };
      }),
  );
}
