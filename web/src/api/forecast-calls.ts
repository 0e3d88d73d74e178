import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from './client';
import { seenIn, type Seen } from './overview-calls';

/** What is expected of the indicators of all units, or of one. */
export const useEarlyWarnings = (seen: Seen, unit: string | undefined) =>
  useQuery({
    queryKey: ['early-warnings', seen, unit],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const params = { path: { plan: seen.plan }, query: { ...seenIn(seen), ...(unit !== undefined && { unit }) } };
      return answer(api.GET('/api/plans/{plan}/early-warnings', { params }));
    },
  });

/** How the methods would have done on the series of all units, or of one. */
export const useBackTest = (seen: Seen, unit: string | undefined) =>
  useQuery({
    queryKey: ['back-test', seen, unit],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const params = { path: { plan: seen.plan }, query: { ...seenIn(seen), ...(unit !== undefined && { unit }) } };
      return answer(api.GET('/api/plans/{plan}/back-test', { params }));
    },
  });

/** One indicator at one unit by the end of the plan, by each method. */
export const useForecast = (seen: Seen, { code, unit }: { readonly code: string; readonly unit: string }) =>
  useQuery({
    queryKey: ['forecast', seen, code, unit],
    queryFn: () => {
      const params = { path: { plan: seen.plan, code }, query: { ...seenIn(seen), unit } };
      return answer(api.GET('/api/plans/{plan}/forecasts/{code}', { params }));
    },
  });
