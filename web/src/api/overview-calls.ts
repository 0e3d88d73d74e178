import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from './client';
import type { Moment } from './queries';

/** The days on which something became known, and the latest period that had figures at the moment. */
export const useTimeline = (plan: string, moment: Moment, enabled = true) =>
  useQuery({
    queryKey: ['timeline', plan, moment],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: () => answer(api.GET('/api/plans/{plan}/timeline', { params: { path: { plan }, query: moment } })),
  });

interface Shown {
  readonly plan: string;
  readonly period: string;
  readonly unit: string;
  readonly moment: Moment;
}

/** One screen of one unit. */
export const summaryOf = ({ plan, period, unit, moment }: Shown) =>
  queryOptions({
    queryKey: ['summary', plan, period, unit, moment],
    queryFn: () =>
      answer(
        api.GET('/api/plans/{plan}/overview/summary', {
          params: { path: { plan }, query: { period, unit, ...moment } },
        }),
      ),
  });

export const useSummary = (shown: Shown) => useQuery({ ...summaryOf(shown), placeholderData: keepPreviousData });

/** One unit: index and rank, indicators, projects, findings, rectification and punctuality. */
export const useUnitOverview = ({ plan, period, unit, moment }: Shown) =>
  useQuery({
    queryKey: ['unit-overview', plan, period, unit, moment],
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(
        api.GET('/api/plans/{plan}/overview/units/{unit}', {
          params: { path: { plan, unit }, query: { period, ...moment } },
        }),
      ),
  });
