import { keepPreviousData, useInfiniteQuery, useQuery, type InfiniteData, type QueryKey } from '@tanstack/react-query';
import type { components, paths } from '../../../generated/api';
import { answer, api } from './client';
import { seenIn, type Seen } from './overview-calls';
import type { Moment } from './queries';

/** The kinds of programme items, as named in the API's paths. */
export const resources = ['promises', 'projects', 'policies', 'tasks', 'findings'] as const;
export type Resource = (typeof resources)[number];

export interface ThingOf {
  readonly resource: Resource;
  readonly id: string;
}

type Schemas = components['schemas'];

/** A page of each list of the programme. */
export interface ListPages {
  readonly promises: Schemas['PromisePage'];
  readonly projects: Schemas['ProjectPage'];
  readonly policies: Schemas['PolicyPage'];
  readonly tasks: Schemas['TaskPage'];
  readonly findings: Schemas['FindingPage'];
  readonly checks: Schemas['CheckPage'];
}

export type ListName = keyof ListPages;
type ListQuery<Name extends ListName> = NonNullable<
  paths[`/api/plans/{plan}/overview/${Name}`]['get']['parameters']['query']
>;
/** What a list is asked for: its filters. */
export type ListQuestion<Name extends ListName> = Omit<
  ListQuery<Name>,
  'period' | 'asOf' | 'atPosition' | 'language' | 'sort' | 'order' | 'cursor' | 'limit'
>;

type PageOf<Name extends ListName> = (plan: string, query: ListQuery<Name>) => Promise<ListPages[Name]>;

const params = <Query>(plan: string, query: Query) => ({ params: { path: { plan }, query } });
const pageOf: { readonly [Name in ListName]: PageOf<Name> } = {
  promises: (plan, query) => answer(api.GET('/api/plans/{plan}/overview/promises', params(plan, query))),
  projects: (plan, query) => answer(api.GET('/api/plans/{plan}/overview/projects', params(plan, query))),
  policies: (plan, query) => answer(api.GET('/api/plans/{plan}/overview/policies', params(plan, query))),
  tasks: (plan, query) => answer(api.GET('/api/plans/{plan}/overview/tasks', params(plan, query))),
  findings: (plan, query) => answer(api.GET('/api/plans/{plan}/overview/findings', params(plan, query))),
  checks: (plan, query) => answer(api.GET('/api/plans/{plan}/overview/checks', params(plan, query))),
};

/** Things on a page. */
const pageSize = 50;

/** A list of the programme, page by page, with what concerns most at first. */
export const useList = <Name extends ListName>(
  name: Name,
  seen: Seen,
  question: ListQuestion<Name>,
  atFirst: number = pageSize,
) =>
  useInfiniteQuery<ListPages[Name], Error, InfiniteData<ListPages[Name]>, QueryKey, string | undefined>({
    queryKey: ['list', name, seen, question],
    placeholderData: keepPreviousData,
    // Comparing all pages whenever one comes takes longer than drawing it.
    structuralSharing: false,
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next,
    queryFn: ({ pageParam: cursor }) => {
      const limit = String(cursor === undefined ? atFirst : pageSize);
      const query = { ...seenIn(seen), ...question, sort: 'concern', limit, cursor };
      return pageOf[name](seen.plan, query);
    },
  });

/** Whose turn a 整改 is, in a plan and, where it is named, a unit with those below it. */
export interface Awaiting {
  readonly plan: string;
  readonly awaits: NonNullable<ListQuestion<'findings'>['awaits']>;
  readonly unit?: string;
}

/** The first of the findings whose 整改 awaits somebody, as of now. */
export const useAwaiting = ({ plan, awaits, unit }: Awaiting) =>
  useQuery({
    queryKey: ['awaiting', plan, awaits, unit],
    queryFn: () => pageOf.findings(plan, { awaits, unit, sort: 'concern', limit: 5 }),
  });

/** To whom a finding may be assigned, and until when. */
export const useAssignmentProposal = (plan: string, id: string) =>
  useQuery({
    queryKey: ['assignment-proposal', plan, id],
    queryFn: () => answer(api.GET('/api/plans/{plan}/findings/{id}/assignment', { params: { path: { plan, id } } })),
  });

/** The answer about one thing of each list. */
export interface Things {
  readonly promises: Schemas['OverviewPromise'];
  readonly projects: Schemas['OverviewProject'];
  readonly policies: Schemas['OverviewPolicy'];
  readonly tasks: Schemas['OverviewTask'];
  readonly findings: Schemas['OverviewFinding'];
}

/** One thing of the programme, under the name of its list. */
export type Thing = {
  readonly [Name in Resource]: { readonly resource: Name; readonly found: Things[Name] };
}[Resource];

const one = (seen: Seen, id: string) => ({ params: { path: { plan: seen.plan, id }, query: seenIn(seen) } });

async function thingOf(seen: Seen, { resource, id }: ThingOf): Promise<Thing> {
  switch (resource) {
    case 'promises':
      return { resource, found: await answer(api.GET('/api/plans/{plan}/overview/promises/{id}', one(seen, id))) };
    case 'projects':
      return { resource, found: await answer(api.GET('/api/plans/{plan}/overview/projects/{id}', one(seen, id))) };
    case 'policies':
      return { resource, found: await answer(api.GET('/api/plans/{plan}/overview/policies/{id}', one(seen, id))) };
    case 'tasks':
      return { resource, found: await answer(api.GET('/api/plans/{plan}/overview/tasks/{id}', one(seen, id))) };
    case 'findings':
      return { resource, found: await answer(api.GET('/api/plans/{plan}/overview/findings/{id}', one(seen, id))) };
  }
}

/** One thing of the programme with what was found about it, as of the moment. */
export const useThing = (seen: Seen, thing: ThingOf) =>
  useQuery({
    queryKey: ['thing', seen, thing],
    placeholderData: keepPreviousData,
    queryFn: () => thingOf(seen, thing),
  });

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
