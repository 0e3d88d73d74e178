import { resources, type Resource, type ThingOf } from '../api/programme-calls';
import type { Programme, SubjectType, Unit } from '../api/types';
import { go } from '../state/page-state';

/** How the address names what is open, and what leads there. */

export const thingAddress = ({ resource, id }: ThingOf): string => `${resource}/${id}`;

export function readThing(address: string | undefined): ThingOf | undefined {
  const [resource, ...rest] = address?.split('/') ?? [];
  const id = rest.join('/');
  return isResource(resource) && id !== '' ? { resource, id } : undefined;
}

export const isResource = (text: string | undefined): text is Resource => resources.some((name) => name === text);

const noIndicator = { indicator: undefined, of: undefined, trail: undefined };

export const openThing = (thing: ThingOf) => go({ ...noIndicator, thing: thingAddress(thing) });
export const closeThing = () => go({ thing: undefined });
export const openIndicator = (code: string, unit?: string) =>
  go({ thing: undefined, indicator: code, of: unit, trail: undefined });

const resourcesByKind: Readonly<Record<string, Resource>> = {
  project: 'projects',
  policy: 'policies',
  promise: 'promises',
  task: 'tasks',
  finding: 'findings',
};

/** How the address names a kind of thing: of a finding's subject, of a difference's aspect, of an event's category. */
export const resourceOf = (kind: string): Resource | undefined => resourcesByKind[kind];

export interface Subject {
  readonly subjectType: SubjectType;
  readonly subject?: string;
  readonly unit?: string;
}

/** Leads to what a finding or a check is about; nothing where that is the plan as a whole. */
export function opensSubject({ subjectType, subject, unit }: Subject): (() => void) | undefined {
  if (subject === undefined) return undefined;
  if (subjectType === 'indicator') return () => openIndicator(subject, unit);
  const resource = resourceOf(subjectType);
  return resource && (() => openThing({ resource, id: subject }));
}

export const isAbout = ({ subjectType, subject }: Subject, { resource, id }: ThingOf): boolean =>
  resourceOf(subjectType) === resource && subject === id;

/** The name of what a finding or a check is about. */
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

/** The findings and checks of a unit: those about its projects, and what was found in its figures. */
export function raisedAt({ findings, checks, projects }: Programme, { code, parent }: Unit) {
  if (parent === undefined) return { findings, checks };
  const own = new Set(projects.list.filter(({ unit }) => unit === code).map(({ id }) => id));
  return {
    findings: findings.filter(({ subjectType, subject = '' }) => subjectType === 'project' && own.has(subject)),
    checks: checks.filter((check) => check.unit === code),
  };
}
