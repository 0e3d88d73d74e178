import { resources, type Resource } from '../api/programme-calls';
import type { SubjectType } from '../api/types';

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
