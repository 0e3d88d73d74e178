import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from './client';
import type { FeedSettings, FeedTrialInput } from './types';

/** The feeds of a plan, and how they fare. */
export const useFeeds = (plan: string, enabled = true) =>
  useQuery({
    queryKey: ['feeds', plan],
    queryFn: () => answer(api.GET('/api/plans/{plan}/feeds', { params: { path: { plan } } })),
    enabled,
  });

/** What became of the last fetches of a feed, the latest first. */
export const useFeedOutcomes = (plan: string, id: string) =>
  useQuery({
    queryKey: ['feeds', plan, id],
    queryFn: () => answer(api.GET('/api/plans/{plan}/feeds/{id}/outcomes', { params: { path: { plan, id } } })),
  });

/** Fetches a feed at once. */
export function useRunFeed(plan: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST('/api/plans/{plan}/feeds/{id}/run', { params: { path: { plan, id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['feeds', plan] }),
  });
}

/** Fetches a source and tells what it has, and with a mapping what would be reported; nothing is stored. */
export const useTryFeed = (plan: string) =>
  useMutation({
    mutationFn: (body: FeedTrialInput) =>
      answer(api.POST('/api/plans/{plan}/feed-trials', { params: { path: { plan } }, body })),
  });

/** Sets a feed. */
export function useSetFeed(plan: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, settings }: { readonly id: string; readonly settings: FeedSettings }) =>
      answer(api.POST('/api/plans/{plan}/feeds/{id}', { params: { path: { plan, id } }, body: settings })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['feeds', plan] }),
  });
}
