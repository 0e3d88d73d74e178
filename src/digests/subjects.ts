import type { FindingSubject } from '../findings/finding.events.js';
import type { OverviewNow } from '../overview/overview-later.js';
import type { Check } from '../overview/programme/checks.js';
import type { FindingNow } from '../overview/programme/findings.js';

type Programme = OverviewNow['programme'];

/** A check with an id, by which it is found again as long as its cause stands. */
export interface ListedCheck extends Check {
  readonly id: string;
  /** What the project, policy, promise or task is called that it is about. */
  readonly subjectName?: string;
}

export interface ListedFinding extends FindingNow {
  /** What the project, policy, promise or task is called that it is about. */
  readonly subjectName?: string;
}

export const listedCheck = (check: Check): ListedCheck => ({
  id: [check.check, check.subject, ...(check.unit === undefined ? [] : [check.unit])].join('.'),
  ...check,
});

interface About {
  readonly subjectType: FindingSubject;
  readonly subject?: string;
}

/** A finding or check, with the name of what it is about. */
export function subjectNamed<Item extends About>(
  item: Item,
  programme: Programme,
): Item & { readonly subjectName?: string } {
  const subjectName = nameOf(programme, item);
  return { ...item, ...(subjectName !== undefined && { subjectName }) };
}

function nameOf({ projects, policies, promises, tasks }: Programme, { subjectType, subject }: About) {
  const of = <Thing extends { readonly id: string }>(list: readonly Thing[]) => list.find(({ id }) => id === subject);
  switch (subjectType) {
    case 'project':
      return of(projects.list)?.name;
    case 'policy':
      return of(policies.list)?.name;
    case 'promise':
      return of(promises.list)?.statement;
    case 'task':
      return of(tasks.list)?.title;
    default:
      return undefined;
  }
}

/** The findings and checks about one thing. */
export interface RaisedAbout {
  readonly findings: readonly FindingNow[];
  readonly checks: readonly ListedCheck[];
}

export function raisedAbout({ findings, checks }: Programme, subjectType: FindingSubject, id: string): RaisedAbout {
  const isAbout = (each: About) => each.subjectType === subjectType && each.subject === id;
  return { findings: findings.filter(isAbout), checks: checks.filter(isAbout).map(listedCheck) };
}
