import type { Cell } from '../assessment/cell.js';
import type { CompositeIndex } from '../assessment/composite-index.js';
import { isMeasured, type Finding, type FormulaInput } from '../assessment/measured.js';
import type { CellTarget } from '../assessment/rule-targets.js';
import type { EvaluationDocument } from '../evaluations/evaluation.projection.js';
import type { SnapshotContent } from '../evaluations/snapshot.js';
import { plain } from '../kernel/json.js';
import type { Overview, UnitIndex } from '../overview/overview.js';
import type { Programme } from '../overview/programme/programme.js';
import { projectsNow } from '../overview/programme/projects.js';
import { topUnit } from '../plans/plan.projection.js';
import type { Publication, PublicPart } from '../plans/publication.js';

/** Asks whether a part is public, and an indicator. */
export interface Visible {
  part(part: PublicPart): boolean;
  indicator(code: string): boolean;
}

export const visibleBy = ({ parts, indicators }: Publication): Visible => ({
  part: (part) => parts.includes(part),
  indicator: (code) => indicators === undefined || indicators.includes(code),
});

/**
 * The content of a snapshot with nothing in it that is not public. Every page and every file is made of this, so that no
 * page can show more.
 */
export function publicContent(content: SnapshotContent, visible: Visible): SnapshotContent {
  const { format, kind, title, asOf, overview } = content;
  return { format, kind, title, asOf, overview: publicOverview(overview, visible) };
}

function publicOverview(overview: Overview, visible: Visible): Overview {
  const { plan, period, rules, areas, units, demo } = overview;
  const top = topUnit(overview);
  const isShown = ({ unit }: { readonly unit: string }) => unit === top || visible.part('units');
  const judged = units.filter(({ level }) => level !== 'reference');
  return {
    ...{ plan, period, rules, areas, demo, units: judged },
    indicators: overview.indicators
      .filter(({ code }) => visible.indicator(code))
      .map(({ scopes: _, cells, ...row }) => ({
        ...row,
        cells: cells.filter(isShown).map((cell) => publicCell(cell, visible)),
      })),
    context: [],
    indexes: overview.indexes.filter(isShown).map((index) => publicIndexes(index, overview, visible)),
    programme: publicProgramme(overview.programme, visible),
  };
}

const publicCell = ({ base, value, targets, ...cell }: Cell, visible: Visible): Cell => ({
  ...cell,
  base: publicFinding(base, visible),
  value: publicFinding(value, visible),
  targets: targets.map((target) => publicTarget(target, visible)),
});

/**
 * Without who reported it on what evidence, and what is still under review. Where it differs from what the units below
 * reported, that is not public, and so the report must not name them as if they agreed.
 */
function publicFinding(finding: Finding, visible: Visible): Finding {
  if (!isMeasured(finding)) {
    const { absent, demo } = finding;
    // A reason that is no word of the program was written by somebody.
    const isWord = finding.because !== undefined && /^[a-z-]+$/.test(finding.because);
    return { absent, ...(isWord && { because: finding.because }), demo };
  }
  const { shown, exact, source, components, approved, corrections, parts, breakdowns, inputs, comparable, demo } =
    finding;
  const isDisputed = source === 'reported' && finding.disagreement !== undefined;
  return plain({
    ...{ shown, exact, source, components, approved, corrections, comparable, demo },
    parts: isDisputed ? undefined : parts,
    breakdowns: visible.part('units') ? breakdowns : breakdowns?.filter(({ lacking }) => !lacking),
    inputs: inputs && publicInputs(inputs, visible),
  });
}

function publicTarget(target: CellTarget, visible: Visible): CellTarget {
  const { reason: _, rule, ...rest } = target;
  if (!rule) return rest;
  const { inputs, lacking: __, ...value } = rule;
  return { ...rest, rule: { ...value, inputs: publicInputs(inputs, visible) } };
}

const publicInputs = (inputs: readonly FormulaInput[], visible: Visible): FormulaInput[] =>
  inputs.map(({ code, name, period, shown }) => ({
    ...{ code, name, period },
    ...(shown !== undefined && visible.indicator(code) && { shown }),
  }));

/** An area with an indicator that is not public has no index: it would show that indicator's score. */
function publicIndexes({ unit, index, byArea }: UnitIndex, { indicators }: Overview, visible: Visible): UnitIndex {
  const isWhole = (area: string) => indicators.every((row) => row.area !== area || visible.indicator(row.code));
  return {
    unit,
    index: publicIndex(index, visible),
    byArea: byArea
      .filter(({ area }) => isWhole(area))
      .map((each) => ({ ...each, index: publicIndex(each.index, visible) })),
  };
}

const publicIndex = (index: CompositeIndex, visible: Visible): CompositeIndex => ({
  ...index,
  vetoed: index.vetoed.filter((code) => visible.indicator(code)),
  contributions: index.contributions.filter(({ indicator }) => visible.indicator(indicator)),
});

const noPromises: Programme['promises'] = {
  list: [],
  counts: { kept: 0, 'not-kept': 0, 'on-track': 0, roughly: 0, behind: 0, 'no-data': 0, open: 0 },
};
const noPolicies: Programme['policies'] = {
  list: [],
  cited: [],
  counts: {
    ...{ planned: 0, issued: 0, postponed: 0, early: 0, 'on-time': 0, late: 0 },
    ...{ overdue: 0, pending: 0, dropped: 0 },
  },
};

/** Findings about the plan and what the program noticed are never public; nor is what reports say in their own words. */
function publicProgramme(programme: Programme, visible: Visible): Programme {
  const { until, promises, projects, policies, tasks } = programme;
  const shown = {
    projects: visible.part('projects') ? publicProjects(projects) : projectsNow([]),
    tasks: visible.part('tasks')
      ? { ...tasks, list: tasks.list.map(({ text: _, ...task }) => task) }
      : { list: [], byActionPlan: [] },
    policies: visible.part('policies')
      ? { ...policies, list: policies.list.map(({ because: _, postponedBecause: __, ...policy }) => policy) }
      : noPolicies,
    promises: visible.part('promises') ? publicPromises(promises, visible) : noPromises,
  };
  const demo = Object.values(shown).some(({ list }) => list.some((each) => each.demo));
  return { until, ...shown, findings: [], checks: [], demo };
}

const publicProjects = (projects: Programme['projects']): Programme['projects'] => ({
  ...projects,
  list: projects.list.map(({ because: _, rescheduledBecause: __, progressText: ___, reading: ____, ...project }) => ({
    ...project,
    anomalies: [],
  })),
});

/** A promise that an indicator decides which is not public is left out, and no longer counted. */
function publicPromises({ list, counts }: Programme['promises'], visible: Visible): Programme['promises'] {
  const isPublic = (indicator?: string) => indicator === undefined || visible.indicator(indicator);
  const shown = list.filter(({ indicator }) => isPublic(indicator)).map(({ because: _, ...promise }) => promise);
  const count = (state: string) => shown.filter((promise) => promise.state === state).length;
  const counted = Object.fromEntries(Object.keys(counts).map((state) => [state, count(state)]));
  return { list: shown, counts: counted as typeof counts };
}

/** In place of whoever wrote something. */
const team = '评估组';

/**
 * The evaluation as far as it is public: of judgements the conclusions, without who gave them. Whoever is named in a free
 * text stays named: what is published is read by people before.
 */
export function publicEvaluation(
  evaluation: EvaluationDocument,
  visible: Visible,
  top: string | undefined,
): EvaluationDocument {
  const { snapshots, findings, recommendations, conclusions, surveys, lessons, adjustments } = evaluation;
  const { lead: _, accepted: __, appraisal: ___, supersededBecause: ____, ...scheme } = evaluation;
  const unnamed = <Entry extends { readonly by: string }>(entries: readonly Entry[]): Entry[] =>
    entries.map((entry) => ({ ...entry, by: team }));
  const stated = <Entry extends { readonly by: string; readonly evidence?: unknown; readonly withdrawn?: unknown }>(
    entries: readonly Entry[],
  ): Entry[] =>
    unnamed(entries.filter(({ withdrawn }) => !withdrawn).map(({ evidence: _____, ...entry }) => entry as Entry));
  const ifPublic = <Entry>(part: PublicPart, entries: readonly Entry[]) => (visible.part(part) ? entries : []);
  return {
    ...scheme,
    by: team,
    snapshots: unnamed(snapshots),
    verdicts: [],
    checks: [],
    conclusions: ifPublic(
      'judgements',
      conclusions.filter(({ item }) => isPublicItem(item, visible, top)),
    ).map(({ evidence: _____, reason: ______, ...conclusion }) => ({
      ...conclusion,
      by: team,
      earlier: [],
    })),
    surveys: stated(ifPublic('satisfaction', surveys)),
    findings: unnamed(ifPublic('findings', findings)),
    recommendations: unnamed(ifPublic('findings', recommendations)).map((each) => ({ ...each, rectifications: [] })),
    lessons: stated(ifPublic('findings', lessons)),
    adjustments: stated(ifPublic('findings', adjustments)),
  };
}

/** Whether the thing that was judged is public itself: `indicator/05/331102`, `project/P01`, `area/A1`, `plan`. */
function isPublicItem(item: string, visible: Visible, top: string | undefined): boolean {
  const [kind, code = '', unit] = item.split('/');
  if (kind === 'indicator') return visible.indicator(code) && (unit === top || visible.part('units'));
  return kind !== 'project' || visible.part('projects');
}
