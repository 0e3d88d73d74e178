import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { newId } from '../shared/new-id';
import { answer, api } from './client';
import type { ReviewItem, ReviewPage } from './types';

export interface ReviewFilters {
  readonly unit?: string;
  readonly period?: string;
  readonly code?: string;
}

const pageSize = 200;

/** What waits for approval, page by page. */
export const useReviews = (plan: string, filters: ReviewFilters, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['reviews', plan, filters],
    enabled,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: ReviewPage) => next,
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET('/api/plans/{plan}/figures/review', {
          params: {
            path: { plan },
            query: { ...filters, limit: pageSize, ...(cursor !== undefined && { cursor }) },
          },
        }),
      ),
  });

export type ReviewedFigure = Pick<ReviewItem, 'code' | 'unit' | 'period' | 'revision'>;

export interface Review {
  readonly figures: readonly ReviewedFigure[];
  readonly reason?: string;
}

/**
 * Approves or returns figures at the revisions that were seen: all of them, or none. The same again has the same
 * idempotency key.
 */
export function useReview(what: 'approvals' | 'returns', plan: string) {
  const queries = useQueryClient();
  const attempt = useRef<{ readonly of: string; readonly key: string }>(undefined);
  return useMutation({
    mutationFn: ({ figures, reason }: Review) => {
      const body = { figures: figures.map(({ code, unit, period, revision }) => ({ code, unit, period, revision })) };
      const of = JSON.stringify([body, reason]);
      if (attempt.current?.of !== of) attempt.current = { of, key: newId() };
      const params = { path: { plan }, header: { 'Idempotency-Key': attempt.current.key } as object };
      return what === 'approvals'
        ? answer(api.POST('/api/plans/{plan}/figures/approvals', { params, body }))
        : answer(api.POST('/api/plans/{plan}/figures/returns', { params, body: { ...body, reason: reason ?? '' } }));
    },
    onSuccess: async () => {
      attempt.current = undefined;
      await queries.invalidateQueries();
    },
  });
}

/** The approved figures that were changed since, as of a moment. */
export const useChangedFigures = (
  plan: string,
  query: { readonly code?: string; readonly asOf?: string; readonly atPosition?: string },
) =>
  useInfiniteQuery({
    queryKey: ['changed-figures', plan, query],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: { readonly next?: string }) => next,
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET('/api/plans/{plan}/figures', {
          params: {
            path: { plan },
            query: { ...query, changed: 'true', limit: 200, ...(cursor !== undefined && { cursor }) },
          },
        }),
      ),
  });
