import type { Light } from '../assessment/judgement.js';
import { Decimal } from '../assessment/decimals.js';
import type { Translations } from '../kernel/language.js';
import type { Check } from '../overview/programme/checks.js';
import type { FindingNow } from '../overview/programme/findings.js';
import type { PoliciesNow } from '../overview/programme/policies.js';
import type { ProjectSums } from '../overview/programme/projects.js';
import type { PromisesNow } from '../overview/programme/promises.js';
import type { OverviewNow } from '../overview/overview-later.js';
import type { IndexedPlan } from '../overview/overview.js';
import { judgedUnits } from '../plans/plan.projection.js';
import { areaIndexes, indexDigest, type AreaIndex, type IndexDigest } from './index-digest.js';
import { indicatorsOf, type IndicatorDigest } from './indicator-digest.js';

/** Of what, and of when, an answer is. */
export interface DigestHead {
  readonly plan: string;
  readonly title: string;
  readonly period: string;
  readonly asOf?: string;
  readonly atPosition?: string;
  /** Of the names, where one was asked for. */
  readonly language?: string;
}

export interface LightCounts extends Readonly<Record<Light, number>> {
  readonly total: number;
}

/** An indicator that needs attention at a unit. What has no data comes first, then red, yellow, and red units below. */
export interface Attention {
  readonly code: string;
  readonly name: string;
  readonly attribute: IndicatorDigest['attribute'];
  readonly why: 'missing' | 'red' | 'yellow' | 'red-below';
  readonly status: IndicatorDigest['assessment']['status'];
  readonly light: Light;
  readonly lead?: string;
  /** Codes of the units directly below whose light is red. */
  readonly redBelow: readonly string[];
}

/** How many things of a programme there are, by their states. */
export interface ProgrammeCounts {
  /** The last day that facts are counted up to. */
  readonly until: string;
  readonly promises: PromisesNow['counts'];
  /** `whole` counts each package as one project, `byParts` its parts. */
  readonly projects: { readonly whole: ProjectSums; readonly byParts: ProjectSums };
  readonly policies: PoliciesNow['counts'];
  readonly tasks: {
    readonly count: number;
    readonly underWay: number;
    readonly completed: number;
    readonly overdue: number;
    readonly dropped: number;
  };
  /** Raised by people. */
  readonly findings: Readonly<Record<FindingNow['standing'], number>>;
  /** Found by the engine, by severity. */
  readonly checks: Readonly<Record<Check['severity'], number>>;
}

/** The state of a plan on one screen, for one unit. */
export interface OverviewSummary extends DigestHead {
  readonly unit: { readonly code: string; readonly name: string; readonly translations?: Translations };
  readonly index: IndexDigest;
  readonly areas: readonly AreaIndex[];
  readonly lights: LightCounts & { readonly binding: LightCounts };
  readonly indicators: readonly IndicatorDigest[];
  readonly attention: readonly Attention[];
  readonly programme: ProgrammeCounts;
  /** Approved figures of the period that were changed since their approval. */
  readonly changedSinceApproval: number;
  readonly demo: boolean;
}

export function digestHead({ plan, period, asOf, atPosition, language }: OverviewNow): DigestHead {
  return {
    ...{ plan: plan.plan, title: plan.title, period },
    ...(asOf !== undefined && { asOf }),
    ...(atPosition !== undefined && { atPosition }),
    ...(language !== undefined && { language }),
  };
}

export function summaryOf(overview: OverviewNow, unit: string, years: readonly IndexedPlan[]): OverviewSummary {
  const { code, name, translations } = overview.units.find((each) => each.code === unit)!;
  const indicators = indicatorsOf(overview.indicators, unit, years);
  return {
    ...digestHead(overview),
    unit: { code, name, ...(translations && { translations }) },
    index: indexDigest(overview, unit, years),
    areas: areaIndexes(overview, unit),
    lights: {
      ...lightCounts(indicators),
      binding: lightCounts(indicators.filter(({ attribute }) => attribute === 'binding')),
    },
    indicators,
    attention: attentionOf(overview, indicators),
    programme: programmeCounts(overview),
    changedSinceApproval: overview.changedSinceApproval.total,
    demo: overview.demo,
  };
}

export function lightCounts(indicators: readonly Pick<IndicatorDigest, 'assessment'>[]): LightCounts {
  const count = (light: Light) => indicators.filter(({ assessment }) => assessment.light === light).length;
  return {
    total: indicators.length,
    ...{ green: count('green'), yellow: count('yellow'), red: count('red'), grey: count('grey') },
  };
}

const order: readonly Attention['why'][] = ['missing', 'red', 'yellow', 'red-below'];

function attentionOf({ indicators: rows, units }: OverviewNow, indicators: readonly IndicatorDigest[]): Attention[] {
  const found = indicators.flatMap((indicator): Attention[] => {
    const { code, name, attribute, unit, assessment } = indicator;
    const { status, light, lead } = assessment;
    const below = judgedUnits({ units }).filter(({ parent }) => parent === unit);
    const cells = rows.find((row) => row.code === code)!.cells;
    const redBelow = below
      .map((each) => each.code)
      .filter((each) => cells.some((cell) => cell.unit === each && cell.assessment.light === 'red'));
    const why = whyOf(status, light, redBelow);
    if (!why) return [];
    return [{ code, name, attribute, why, status, light, ...(lead !== undefined && { lead }), redBelow }];
  });
  return found.toSorted(
    (a, b) =>
      order.indexOf(a.why) - order.indexOf(b.why) ||
      Number(b.attribute === 'binding') - Number(a.attribute === 'binding') ||
      new Decimal(a.lead ?? 0).comparedTo(b.lead ?? 0),
  );
}

function whyOf(status: Attention['status'], light: Light, redBelow: readonly string[]): Attention['why'] | undefined {
  if (status === 'no-data' || status === 'incomparable') return 'missing';
  if (light === 'red' || light === 'yellow') return light;
  return redBelow.length > 0 ? 'red-below' : undefined;
}

export function programmeCounts({ programme }: OverviewNow): ProgrammeCounts {
  const { until, promises, projects, policies, tasks, findings, checks } = programme;
  const standing = (of: FindingNow['standing']) => findings.filter((finding) => finding.standing === of).length;
  const severity = (of: Check['severity']) => checks.filter((check) => check.severity === of).length;
  const sum = (of: (group: (typeof tasks.byActionPlan)[number]) => number) =>
    tasks.byActionPlan.reduce((total, group) => total + of(group), 0);
  return {
    until,
    promises: promises.counts,
    projects: { whole: projects.whole, byParts: projects.byParts },
    policies: policies.counts,
    tasks: {
      count: sum(({ count }) => count),
      underWay: sum(({ underWay }) => underWay),
      completed: sum(({ completed }) => completed),
      overdue: sum(({ overdue }) => overdue),
      dropped: sum(({ dropped = 0 }) => dropped),
    },
    findings: {
      ...{ open: standing('open'), answered: standing('answered') },
      ...{ assigned: standing('assigned'), reported: standing('reported') },
      ...{ 'sent-back': standing('sent-back'), accepted: standing('accepted') },
      ...{ closed: standing('closed'), withdrawn: standing('withdrawn') },
    },
    checks: { high: severity('high'), medium: severity('medium'), low: severity('low') },
  };
}
