import { lastDayOf, parsePeriod, type Calendar } from '../kernel/period.js';
import { dayAfter } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { policyProjection } from '../policies/policy.projection.js';
import { projectProjection } from '../projects/project.projection.js';
import { taskProjection } from '../tasks/task.projection.js';
import type { FindingDocument } from './finding.projection.js';

/** To whom a finding may be assigned, and until when, by what it is about. Whoever assigns it decides. */
export interface AssignmentProposal {
  /** Today, in the plan's time zone. */
  readonly on: string;
  /** Absent where nothing that the finding is about belongs to one unit. */
  readonly owner?: string;
  /** What the owner is taken from, written as a ground: `figure/05/331102/2022`, `project/P01`. */
  readonly ownerFrom?: string;
  readonly dueOn: string;
  /** What the due day is taken from; absent where it is `usualDays` from today. */
  readonly dueFrom?: string;
  /** Tongjian's own default: the days of a 整改 whose subject has no due day ahead. */
  readonly usualDays: number;
}

/** To whom something of the plan belongs, and by the end of which period it is due. */
export interface Owned {
  /** Written as a ground. */
  readonly of: string;
  readonly owner?: string;
  readonly due?: string;
}

const usualDays = 30;

/** Things of a finding that belong to somebody, in the order in which they count. */
export function proposalOf(things: readonly Owned[], today: string, calendar: Calendar): AssignmentProposal {
  const owned = things.find(({ owner }) => owner !== undefined);
  const dues = things.flatMap(({ of, due }) => {
    const day = due === undefined ? '' : lastDayOf(parsePeriod(due), calendar);
    return day > today ? [{ dueOn: day, dueFrom: of }] : [];
  });
  return {
    on: today,
    ...(owned && { owner: owned.owner!, ownerFrom: owned.of }),
    ...(dues[0] ?? { dueOn: dayAfter(today, usualDays) }),
    usualDays,
  };
}

/** What a finding rests on and is about, with whom it belongs to: its grounds first, then its subject. */
export async function thingsOf(
  views: Views,
  plan: PlanDocument,
  { subjectType, subject, grounds = [] }: Pick<FindingDocument, 'subjectType' | 'subject' | 'grounds'>,
): Promise<Owned[]> {
  const named = [...new Set([...grounds, ...(subject === undefined ? [] : [`${subjectType}/${subject}`])])];
  return Promise.all(named.map(async (of) => ({ of, ...(await ownedBy(views, plan, of)) })));
}

async function ownedBy(views: Views, { plan }: PlanDocument, of: string): Promise<Omit<Owned, 'of'>> {
  const [kind, ...parts] = of.split('/');
  const key = `${plan}/${parts[0] ?? ''}`;
  switch (kind) {
    case 'figure':
      return { owner: parts[1] };
    case 'snapshot':
      return { owner: parts[3] };
    case 'project': {
      const project = (await views.get(projectProjection, key))?.body;
      return project ? { owner: project.unit, due: project.plannedEnd } : {};
    }
    case 'policy': {
      const policy = (await views.get(policyProjection, key))?.body;
      return policy && 'planned' in policy ? { owner: policy.planned.owner, due: policy.planned.to } : {};
    }
    case 'task': {
      const task = (await views.get(taskProjection, key))?.body;
      return task ? { owner: task.owner, due: task.due } : {};
    }
    default:
      return {};
  }
}
