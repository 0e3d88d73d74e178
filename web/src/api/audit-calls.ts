import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, api } from './client';
import type { TrailPage } from './types';

/** An audit query over the whole log: by actor, or by day of recorded or known time. */
export type AuditQuestion = { readonly actor: string } | { readonly day: string; readonly clock: 'recorded' | 'known' };

const pageSize = 50;

export const useAudit = (plan: string, question: AuditQuestion | undefined) =>
  useInfiniteQuery({
    queryKey: ['audit', plan, question],
    enabled: question !== undefined,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: TrailPage) => next,
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET('/api/plans/{plan}/audit', {
          params: { path: { plan }, query: { ...question, limit: pageSize, ...(cursor !== undefined && { cursor }) } },
        }),
      ),
  });

export function auditCsv(plan: string, question: AuditQuestion): string {
  const query = new URLSearchParams({ ...question, limit: '1000', format: 'csv' });
  return `/api/plans/${encodeURIComponent(plan)}/audit?${query.toString()}`;
}
