import { useQuery } from '@tanstack/react-query';
import { answer, api } from './client';
import type { Moment } from './queries';

/** The kinds of programme items, as named in the API's paths. */
export const resources = ['promises', 'projects', 'policies', 'tasks', 'findings'] as const;
export type Resource = (typeof resources)[number];

export interface ThingOf {
  readonly resource: Resource;
  readonly id: string;
}

/** The audit trail of one item, as of the moment. */
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

export function thingTrailCsv(plan: string, { resource, id }: ThingOf, { asOf, atPosition }: Moment): string {
  const query = new URLSearchParams({ ...(asOf && { asOf }), ...(atPosition && { atPosition }), format: 'csv' });
  return `/api/plans/${[plan, resource, id, 'trail'].map(encodeURIComponent).join('/')}?${query.toString()}`;
}
