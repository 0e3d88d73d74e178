import { keepPreviousData, QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, hasStatus, isCode } from './client';
import { isFollowed } from './connection';
import { language } from '../shared/i18n';
import type { LoadingStep, TrailEntry } from './types';

/** The moment as of which data is shown: a known time and, for auditors, a log position. Both absent: now. */
export interface Moment {
  readonly asOf?: string;
  readonly atPosition?: string;
}

/** Milliseconds before a question is asked again, for the first time and at most. */
const soon = 800;
const late = 15_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What changed is offered then, see ChangesBar.
      refetchOnWindowFocus: () => !isFollowed(),
      // Without a server, what was on screen stays, and the question is asked until it is answered.
      retry: (failures, error) => hasStatus(error, 0) || (failures < 2 && hasStatus(error, 503)),
      retryDelay: (failures) => Math.min(soon * 2 ** failures, late),
    },
  },
});

/** Milliseconds between two requests to a server that is still loading. */
const loadingInterval = 1_000;

/** What the server is loading at its start. Requested until it has finished. */
export function useLoading(): { readonly isKnown: boolean; readonly loading: LoadingStep | undefined } {
  const { data, isPending } = useQuery({
    queryKey: ['status'],
    staleTime: Infinity,
    queryFn: () => answer(api.GET('/api/status')),
    refetchInterval: ({ state }) => (state.data?.loading ? loadingInterval : false),
  });
  return { isKnown: !isPending, loading: data?.loading };
}

/** The plans that the person may know of. */
export const usePlans = (enabled = true) =>
  useQuery({ queryKey: ['plans'], enabled, queryFn: () => answer(api.GET('/api/plans')) });

export const planOf = (plan: string | undefined) =>
  queryOptions({
    queryKey: ['plan', plan],
    enabled: plan !== undefined,
    queryFn: () => answer(api.GET('/api/plans/{plan}', { params: { path: { plan: plan! } } })),
  });

/** The plan as of today. The page frame uses it independently of the selected moment. */
export const usePlan = (plan: string | undefined) => useQuery(planOf(plan));

/** The change of a unit's index between a day and today. */
export const useIndexChange = (plan: string, query: { period: string; unit: string; from: string | undefined }) =>
  useQuery({
    queryKey: ['index-change', plan, query],
    enabled: query.from !== undefined,
    queryFn: () => answer(api.GET('/api/plans/{plan}/index/change', { params: { path: { plan }, query } })),
  });

/** All indicators as of today. */
export const useIndicators = (plan: string) =>
  useQuery({
    queryKey: ['indicators', plan],
    queryFn: () => answer(api.GET('/api/plans/{plan}/indicators', { params: { path: { plan } } })),
  });

export const useIndicator = (plan: string, code: string, moment: Moment) =>
  useQuery({
    queryKey: ['indicator', plan, code, moment],
    queryFn: () =>
      answer(api.GET('/api/plans/{plan}/indicators/{code}', { params: { path: { plan, code }, query: moment } })),
  });

export const useHistory = (plan: string, code: string, unit: string, moment: Moment) =>
  useQuery({
    queryKey: ['history', plan, code, unit, moment],
    queryFn: () => {
      const params = { path: { plan, code }, query: { unit, ...moment, language } };
      return answer(api.GET('/api/plans/{plan}/indicators/{code}/history', { params }));
    },
  });

export interface FigureOf {
  readonly plan: string;
  readonly code: string;
  readonly unit: string;
  readonly period: string;
}

/** A figure as it was reported, as of the moment. */
export const useFigure = (figure: FigureOf, moment: Moment, enabled: boolean) =>
  useQuery({
    queryKey: ['figure', figure, moment],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(
        api.GET('/api/plans/{plan}/figures/{code}/{unit}/{period}', { params: { path: { ...figure }, query: moment } }),
      ),
  });

/** The audit trail of a figure and of the figures from which it is computed, ordered by known time. */
export const useTrail = (figure: FigureOf, moment: Moment) =>
  useQuery({ queryKey: ['trail', figure, moment], queryFn: () => trailOf(figure, moment) });

const byTime = (a: TrailEntry, b: TrailEntry) =>
  a.knownAt === b.knownAt ? Number(a.position) - Number(b.position) : a.knownAt < b.knownAt ? -1 : 1;

/** Empty if the figure was never reported. */
async function trailOf(figure: FigureOf, moment: Moment): Promise<TrailEntry[]> {
  try {
    const params = { path: figure, query: moment };
    const entries = await answer(api.GET('/api/plans/{plan}/figures/{code}/{unit}/{period}/trail', { params }));
    return entries.sort(byTime);
  } catch (error) {
    if (isCode(error as Error, 'figure.unknown')) return [];
    throw error;
  }
}

export const trailCsv = ({ plan, code, unit, period }: FigureOf, { asOf, atPosition }: Moment): string => {
  const query = new URLSearchParams({ ...(asOf && { asOf }), ...(atPosition && { atPosition }), format: 'csv' });
  const path = [plan, 'figures', code, unit, period, 'trail'].map(encodeURIComponent).join('/');
  return `/api/plans/${path}?${query.toString()}`;
};
