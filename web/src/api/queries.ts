import { keepPreviousData, QueryClient, useQueries, useQuery } from '@tanstack/react-query';
import { answer, api, ProblemError } from './client';
import type { LoadingStep, TrailEntry } from './types';

/** As of when: a known time, and for auditors a position of the log. Absent: now. */
export interface Moment {
  readonly asOf?: string;
  readonly atPosition?: string;
}

const isPassing = (error: unknown) => error instanceof ProblemError && [0, 503].includes(error.problem.status);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && isPassing(error),
      retryDelay: 800,
    },
  },
});

/** Milliseconds between two looks at a server that is still loading. */
const lookEvery = 1_000;

/** What the server still loads: asked until it is done, then no more. */
export function useLoading(): { readonly isKnown: boolean; readonly loading: LoadingStep | undefined } {
  const { data, isPending } = useQuery({
    queryKey: ['status'],
    staleTime: Infinity,
    queryFn: () => answer(api.GET('/api/status')),
    refetchInterval: ({ state }) => (state.data?.loading ? lookEvery : false),
  });
  return { isKnown: !isPending, loading: data?.loading };
}

export const usePlans = (enabled: boolean) =>
  useQuery({ queryKey: ['plans'], enabled, queryFn: () => answer(api.GET('/api/plans')) });

/** The plan as it stands today: the frame of the page, whatever moment is looked at. */
export const usePlan = (plan: string | undefined) =>
  useQuery({
    queryKey: ['plan', plan],
    enabled: plan !== undefined,
    queryFn: () => answer(api.GET('/api/plans/{plan}', { params: { path: { plan: plan! } } })),
  });

export const useOverview = (plan: string, period: string, moment: Moment) =>
  useQuery({
    queryKey: ['overview', plan, period, moment],
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(api.GET('/api/plans/{plan}/overview', { params: { path: { plan }, query: { period, ...moment } } })),
  });

/** What moved the index of a unit between a day and today. */
export const useIndexChange = (plan: string, query: { period: string; unit: string; from: string | undefined }) =>
  useQuery({
    queryKey: ['index-change', plan, query],
    enabled: query.from !== undefined,
    queryFn: () => answer(api.GET('/api/plans/{plan}/index/change', { params: { path: { plan }, query } })),
  });

/** All indicators as they stand today. */
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
    queryFn: () =>
      answer(
        api.GET('/api/plans/{plan}/indicators/{code}/history', {
          params: { path: { plan, code }, query: { unit, ...moment } },
        }),
      ),
  });

export interface FigureOf {
  readonly plan: string;
  readonly code: string;
  readonly period: string;
}

/** The trails of one figure at several units (a computed value rests on many), as one, oldest known first. */
export function useTrails({ plan, code, period }: FigureOf, units: readonly string[], moment: Moment) {
  return useQueries({
    queries: units.map((unit) => ({
      queryKey: ['trail', plan, code, unit, period, moment],
      queryFn: () => trailOf(plan, code, unit, period, moment),
    })),
    combine: (results) => ({
      pending: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error)?.error ?? null,
      entries: results.flatMap(({ data }) => data ?? []).sort(byTime),
    }),
  });
}

const byTime = (a: TrailEntry, b: TrailEntry) =>
  a.knownAt === b.knownAt ? Number(a.position) - Number(b.position) : a.knownAt < b.knownAt ? -1 : 1;

/** A unit that never reported has no trail; that is no error. */
async function trailOf(plan: string, code: string, unit: string, period: string, moment: Moment) {
  try {
    const path = { plan, code, unit, period };
    return await answer(
      api.GET('/api/plans/{plan}/figures/{code}/{unit}/{period}/trail', { params: { path, query: moment } }),
    );
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'figure.unknown') return [];
    throw error;
  }
}

export const trailCsv = ({ plan, code, period }: FigureOf, unit: string, { asOf, atPosition }: Moment): string => {
  const query = new URLSearchParams({ ...(asOf && { asOf }), ...(atPosition && { atPosition }), format: 'csv' });
  const path = [plan, 'figures', code, unit, period, 'trail'].map(encodeURIComponent).join('/');
  return `/api/plans/${path}?${query.toString()}`;
};
