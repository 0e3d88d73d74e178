import { codeMeant } from '../kernel/did-you-mean.js';
import { notFound } from '../kernel/errors.js';
import type { OverviewNow } from '../overview/overview-later.js';
import type { PolicyNow } from '../overview/programme/policies.js';
import type { ProjectNow } from '../overview/programme/projects.js';
import type { PromiseNow } from '../overview/programme/promises.js';
import type { TaskNow } from '../overview/programme/tasks.js';
import type { ListKind } from './lists.js';
import { raisedAbout, type ListedCheck, type ListedFinding, type RaisedAbout } from './subjects.js';
import { digestHead, type DigestHead } from './summary.js';

/** One thing of the programme, as of a moment, with what was found about it. */
export interface OverviewThing<Item> extends DigestHead, RaisedAbout {
  /** The last day that facts are counted up to. */
  readonly until: string;
  readonly item: Item;
  /** Of a project: the package of which it is a part. */
  readonly package?: ProjectBrief;
  /** Of a project: its parts, if it is a package. */
  readonly parts?: readonly ProjectBrief[];
  /** Of a task: the promises that are judged by it. */
  readonly promises?: readonly PromiseBrief[];
}

export type ProjectBrief = Pick<ProjectNow, 'id' | 'name' | 'investment'>;
export type PromiseBrief = Pick<PromiseNow, 'id' | 'statement'>;

export type OverviewPromise = OverviewThing<PromiseNow>;
export type OverviewProject = OverviewThing<ProjectNow>;
export type OverviewPolicy = OverviewThing<PolicyNow>;
export type OverviewTask = OverviewThing<TaskNow>;
export type OverviewFinding = OverviewThing<ListedFinding>;
export type OverviewCheck = OverviewThing<ListedCheck>;

/** @throws {DomainError} `document.unknown` */
export function overviewThing(overview: OverviewNow, own: ListKind, id: string): OverviewThing<object> {
  const { programme } = overview;
  const all = own.all(programme);
  const found = all.find((item) => item.id === id);
  if (!found) throw unknownThing(overview, own, { id, known: all.map((item) => item.id) });
  return {
    ...digestHead(overview),
    until: programme.until,
    item: own.shown?.(found, programme) ?? found,
    ...(own.subject ? raisedAbout(programme, own.subject, id) : { findings: [], checks: [] }),
    ...partsOf(programme, own, id),
  };
}

function partsOf({ projects, promises }: OverviewNow['programme'], { subject }: ListKind, id: string) {
  if (subject === 'task') {
    const judged = promises.list.filter(({ task }) => task === id);
    return { promises: judged.map(({ id: promise, statement }) => ({ id: promise, statement })) };
  }
  if (subject !== 'project') return undefined;
  const whole = projects.list.find((each) => each.id === id)?.package;
  const parts = projects.list.filter((part) => part.package === id).map(brief);
  const [above] = whole === undefined ? [] : projects.list.filter((each) => each.id === whole).map(brief);
  return { ...(above && { package: above }), ...(parts.length > 0 && { parts }) };
}

const brief = ({ id, name, investment }: ProjectNow): ProjectBrief => ({ id, name, investment });

interface Unknown {
  readonly id: string;
  readonly known: readonly string[];
}

function unknownThing({ plan }: OverviewNow, { label }: ListKind, { id, known }: Unknown) {
  const meant = codeMeant(id, known);
  const way = meant === undefined ? '请核对编号' : `您是否指 ${meant}？`;
  return notFound('document.unknown', `规划 ${plan.plan} 没有${label} ${id.slice(0, 80)}：${way}`);
}
