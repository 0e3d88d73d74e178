import { useQuery } from '@tanstack/react-query';
import { answer, api } from './client';
import type { Moment } from './queries';

/** What is followed besides the indicators, as the API's addresses name it. */
export const resources = ['promises', 'projects', 'policies', 'tasks', 'findings'] as const;
export type Resource = (typeof resources)[number];

export interface ThingOf {
  readonly resource: Resource;
  readonly id: string;
}

/** Everything that was ever recorded of one thing, as known at the moment. */
export const useThingTrail = (plan: string, { resource, id }: ThingOf, moment: Moment) =>
  useQuery({
    queryKey: ['thing-trail', plan, resource, id, moment],
    queryFn: () =>
      answer(
        api.GET('/api/plans/{plan}/{resource}/{id}/trail', {
          params: { path: { plan, resource, id }, query: moment },
        }),
      ),
  });

/** The folders that were loaded, with the warnings that were accepted. */
export const useSubmissions = (plan: string) =>
  useQuery({
    queryKey: ['submissions', plan],
    queryFn: () => answer(api.GET('/api/plans/{plan}/submissions', { params: { path: { plan } } })),
  });

export function thingTrailCsv(plan: string, { resource, id }: ThingOf, { asOf, atPosition }: Moment): string {
  const query = new URLSearchParams({ ...(asOf && { asOf }), ...(atPosition && { atPosition }), format: 'csv' });
  return `/api/plans/${[plan, resource, id, 'trail'].map(encodeURIComponent).join('/')}?${query.toString()}`;
}
