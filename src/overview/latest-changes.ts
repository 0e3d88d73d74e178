import { figureProjection, type FigureDocument } from '../figures/figure.projection.js';
import { shownOf } from '../figures/reported.js';
import { findingProjection, type FindingDocument } from '../findings/finding.projection.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { scaleOf } from '../indicators/scale-of.js';
import { by } from '../kernel/order.js';
import type { Instant } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { policyProjection, type PolicyDocument } from '../policies/policy.projection.js';
import { projectProjection, type ProjectDocument } from '../projects/project.projection.js';
import { taskProjection, type TaskDocument } from '../tasks/task.projection.js';
import { rectificationWords } from './programme/words.js';

export type ChangeKind = 'figure' | 'project' | 'policy' | 'task' | 'finding';

/** Something of a plan that became known. */
export interface LatestChange {
  readonly kind: ChangeKind;
  /** The indicator's code, or the id of the thing. */
  readonly id: string;
  readonly name: string;
  /** Of a figure. */
  readonly unit?: string;
  readonly unitName?: string;
  readonly period?: string;
  /** What happened, in words. */
  readonly what: string;
  /** The value, the percentage, the amount or the words that were reported. */
  readonly text?: string;
  readonly by: string;
  readonly knownAt: Instant;
  readonly demo: boolean;
}

export interface LatestChanges {
  readonly plan: string;
  /** The latest one first. */
  readonly changes: readonly LatestChange[];
}

/**
 * What became known last of a plan, out of what the reader may see. It is read from the documents that are seen, so that
 * what is hidden leaves no trace, not even a time.
 * @throws {DomainError} `plan.unknown`
 */
export async function latestChanges(views: Views, code: string, limit: number): Promise<LatestChanges> {
  const plan = await readPlan(views, code);
  const [indicators, figures, projects, policies, tasks, findings] = await Promise.all([
    readIndicators(views, code),
    views.list(figureProjection, `${code}/`),
    views.list(projectProjection, `${code}/`),
    views.list(policyProjection, `${code}/`),
    views.list(taskProjection, `${code}/`),
    views.list(findingProjection, `${code}/`),
  ]);
  const byCode = new Map(indicators.map((indicator) => [indicator.code, indicator]));
  const unitNames = new Map(plan.units.map((unit) => [unit.code, unit.name]));
  const found = [
    ...figures.flatMap(({ body }) => ofFigure(body, byCode.get(body.code), unitNames)),
    ...projects.flatMap(({ body }) => ofProject(body)),
    ...policies.flatMap(({ body }) => ofPolicy(body)),
    ...tasks.flatMap(({ body }) => ofTask(body)),
    ...findings.flatMap(({ body }) => ofFinding(body, unitNames)),
  ];
  const changes = found.toSorted(by(({ knownAt }) => knownAt)).toReversed();
  return { plan: code, changes: changes.slice(0, limit) };
}

function ofFigure(
  { code, unit, period, latest, approved, approval, demo }: FigureDocument,
  indicator: IndicatorDocument | undefined,
  unitNames: ReadonlyMap<string, string>,
): LatestChange[] {
  if (!indicator) return [];
  const scale = scaleOf(currentDefinition(indicator).definition);
  const shown = ({ reported }: NonNullable<typeof latest>) => shownOf(reported, scale, indicator.decimals);
  const about = {
    ...({ kind: 'figure', id: code, name: indicator.name, unit, period, demo } as const),
    unitName: unitNames.get(unit) ?? unit,
  };
  const entered = latest && {
    ...{ ...about, what: latest.corrections > 0 ? '更正' : '上报', text: shown(latest) },
    ...{ by: latest.by.name, knownAt: latest.knownAt },
  };
  const passed = approved &&
    approval && { ...about, what: '审核通过', text: shown(approved), by: approval.by.name, knownAt: approval.knownAt };
  return [entered, passed].flatMap((change) => change ?? []);
}

const stepWords = { registered: '登记', started: '开工', suspended: '停工', completed: '竣工', cancelled: '取消' };

function ofProject({ id, name, steps, progress, investments }: ProjectDocument): LatestChange[] {
  const about = { kind: 'project', id, name } as const;
  return [
    ...steps.map(({ to, ...report }, at) => {
      const isResumed = to === 'started' && steps[at - 1]?.to === 'suspended';
      return { ...about, ...stamp(report), what: isResumed ? '复工' : stepWords[to] };
    }),
    ...progress.map(({ percent, ...report }) => ({
      ...{ ...about, ...stamp(report), what: '形象进度', text: `${percent}%` },
    })),
    ...investments.map(({ amount, corrects, ...report }) => ({
      ...{ ...about, ...stamp(report), what: corrects === undefined ? '累计投资' : '更正累计投资', text: amount },
    })),
  ];
}

const policyWords = { drafted: '起草', issued: '印发', dropped: '不再制定', repealed: '废止' };

/** A policy that was issued before is issued again as a revision. */
const isRevision = (steps: PolicyDocument['steps'], at: number): boolean =>
  steps[at]?.to === 'issued' && steps.slice(0, at).some(({ to }) => to === 'issued');

function ofPolicy(policy: PolicyDocument): LatestChange[] {
  const about = { kind: 'policy', id: policy.id } as const;
  const { name } = 'planned' in policy ? policy.planned : policy.cited;
  const { steps } = policy;
  return steps.map(({ to, documentNumber, ...report }, at) => ({
    ...{ ...about, name, ...stamp(report), what: isRevision(steps, at) ? '修订' : policyWords[to] },
    ...(documentNumber !== undefined && { text: documentNumber }),
  }));
}

const taskWords = { progress: '进展', completed: '完成', reopened: '重启', dropped: '取消' };

function ofTask({ id, title: name, reports }: TaskDocument): LatestChange[] {
  return reports.map(({ what, text, ...report }) => ({
    ...({ kind: 'task', id, name, ...stamp(report), what: taskWords[what] } as const),
    ...(text !== undefined && { text }),
  }));
}

function ofFinding(
  { id, title: name, raised, answers, steps, closed, withdrawn }: FindingDocument,
  unitNames: ReadonlyMap<string, string>,
): LatestChange[] {
  const about = { kind: 'finding', id, name } as const;
  return [
    { ...about, ...stamp(raised), what: '提出问题' },
    ...answers.map(({ text, ...report }) => ({ ...about, ...stamp(report), what: '答复问题', text })),
    ...steps.map(({ what, text, owner, dueOn, ...report }) => {
      const words =
        text ??
        ([owner && (unitNames.get(owner) ?? owner), dueOn && `期限 ${dueOn}`].filter(Boolean).join('，') || undefined);
      return {
        ...about,
        ...stamp(report),
        what: rectificationWords[what],
        ...(words !== undefined && { text: words }),
      };
    }),
    ...(closed ? [{ ...about, ...stamp(closed), what: '办结问题', text: closed.text }] : []),
    ...(withdrawn ? [{ ...about, ...stamp(withdrawn), what: '撤销问题' }] : []),
  ];
}

const stamp = ({ by: who, knownAt, demo }: Pick<LatestChange, 'by' | 'knownAt' | 'demo'>) => ({
  by: who,
  knownAt,
  demo,
});
