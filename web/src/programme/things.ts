import { resources, type Resource, type ThingOf } from '../api/programme-calls';
import type { Programme, SubjectType, Unit } from '../api/types';

export const isResource = (text: string | undefined): text is Resource => resources.some((name) => name === text);

const resourcesByKind: Readonly<Record<string, Resource>> = {
  project: 'projects',
  policy: 'policies',
  promise: 'promises',
  task: 'tasks',
  finding: 'findings',
};

/** The resource name for a finding's subject type, a difference's aspect or an event's category. */
export const resourceOf = (kind: string): Resource | undefined => resourcesByKind[kind];

export interface Subject {
  readonly subjectType: SubjectType;
  readonly subject?: string;
  readonly unit?: string;
}

export const isAbout = ({ subjectType, subject }: Subject, { resource, id }: ThingOf): boolean =>
  resourceOf(subjectType) === resource && subject === id;

/** The name of the subject of a finding or check. */
export function subjectName(programme: Programme, { subjectType, subject }: Subject): string | undefined {
  const of = <Thing extends { readonly id: string }>(list: readonly Thing[]) => list.find(({ id }) => id === subject);
  switch (subjectType) {
    case 'project':
      return of(programme.projects.list)?.name;
    case 'policy':
      return of(programme.policies.list)?.name;
    case 'promise':
      return of(programme.promises.list)?.statement;
    case 'task':
      return of(programme.tasks.list)?.title;
    default:
      return undefined;
  }
}

/** The findings about a unit's projects and the checks of the unit; all of them for the top unit. */
export function raisedAt({ findings, checks, projects }: Programme, { code, parent }: Unit) {
  if (parent === undefined) return { findings, checks };
  const own = new Set(projects.list.filter(({ unit }) => unit === code).map(({ id }) => id));
  return {
    findings: findings.filter(({ subjectType, subject = '' }) => subjectType === 'project' && own.has(subject)),
    checks: checks.filter((check) => check.unit === code),
  };
}
