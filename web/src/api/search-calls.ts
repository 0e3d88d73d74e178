import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from './client';
import type { Moment } from './queries';
import { named } from '../shared/translated';

/** Of the page on which is searched: what is found is then what the page shows. */
export interface SearchFrame extends Moment {
  readonly period?: string;
}

/** The things of a plan that hold all words. The last answer stays while the next one is on its way. */
export const useSearchHits = (plan: string, q: string, frame: SearchFrame) =>
  useQuery({
    queryKey: ['search', plan, q, frame],
    enabled: q !== '',
    placeholderData: keepPreviousData,
    queryFn: async () =>
      named(await answer(api.GET('/api/plans/{plan}/search', { params: { path: { plan }, query: { q, ...frame } } }))),
  });
