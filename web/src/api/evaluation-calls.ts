import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from './client';
import type { EvaluationKind, ReadinessLine, ReadinessPage } from './types';

export const useEvaluations = (plan: string) =>
  useQuery({
    queryKey: ['evaluations', plan],
    queryFn: () => answer(api.GET('/api/plans/{plan}/evaluations', { params: { path: { plan } } })),
  });

export interface SnapshotRequest {
  readonly kind: EvaluationKind;
  readonly period: string;
  readonly asOf?: string;
  /** Idempotency key: the same for a repeated click or a retry, so that the command is applied once. */
  readonly commandId: string;
}

export const evaluationId = (kind: EvaluationKind, period: string) => `${kind}-${period}`;

/**
 * Opens the evaluation if it does not exist, and takes a snapshot as of the requested moment. Names that snapshot, which
 * is an earlier one if its content is the same.
 */
export function useTakeSnapshot(plan: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ kind, period, asOf, commandId }: SnapshotRequest) => {
      const id = evaluationId(kind, period);
      const path = { plan, id };
      const header = (command: string) => ({ 'Idempotency-Key': command });
      const known = await answer(api.GET('/api/plans/{plan}/evaluations', { params: { path: { plan } } }));
      if (!known.some((evaluation) => evaluation.id === id)) {
        const params = { path, header: header(`${commandId}-open`) };
        await answer(api.POST('/api/plans/{plan}/evaluations/{id}', { params, body: { kind, period } }));
      }
      const { events, snapshot } = await answer(
        api.POST('/api/plans/{plan}/evaluations/{id}/snapshots', {
          params: { path, header: header(commandId) },
          body: asOf === undefined ? {} : { asOf },
        }),
      );
      return { name: `${id}/${snapshot!.number}`, isNew: events.length > 0 };
    },
    onSuccess: () => queries.invalidateQueries(),
  });
}

interface SampleQuestion {
  readonly plan: string;
  readonly id: string;
  readonly number: string;
  readonly sizes: Readonly<Record<'marked' | 'corrected' | 'other', string | undefined>>;
}

/** The figures of a snapshot that are to be checked against their sources. */
export const useAuditSample = ({ plan, id, number, sizes }: SampleQuestion) =>
  useQuery({
    queryKey: ['audit-sample', plan, id, number, sizes],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const { marked, corrected, other } = sizes;
      const query = {
        ...(marked !== undefined && { marked: Number(marked) }),
        ...(corrected !== undefined && { corrected: Number(corrected) }),
        ...(other !== undefined && { other: Number(other) }),
      };
      const params = { path: { plan, id, number }, query };
      return answer(api.GET('/api/plans/{plan}/evaluations/{id}/snapshots/{number}/audit-sample', { params }));
    },
  });

export const useVerification = (plan: string, id: string, number: number) =>
  useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/plans/{plan}/evaluations/{id}/snapshots/{number}/verification', {
          params: { path: { plan, id, number: String(number) } },
        }),
      ),
  });

/** Two snapshots or moments, named as the server names them; `only`: what of the right one is taken over. */
export interface ComparisonQuery {
  readonly left: string;
  readonly right: string;
  readonly period?: string;
  readonly only?: string;
}

/** Why two snapshots or moments differ, cause by cause. */
export const useComparisonCauses = (plan: string, query: ComparisonQuery & { readonly told?: number }) =>
  useQuery({
    queryKey: ['comparison-causes', plan, query],
    queryFn: () => answer(api.GET('/api/plans/{plan}/comparison/causes', { params: { path: { plan }, query } })),
  });

/** What differs between two snapshots or moments. */
export const useComparison = (plan: string, query: ComparisonQuery) =>
  useQuery({
    queryKey: ['comparison', plan, query],
    queryFn: () => answer(api.GET('/api/plans/{plan}/comparison', { params: { path: { plan }, query } })),
  });

/** The content of a snapshot, which never changes. */
export const useSnapshotContent = (plan: string, id: string, number: string) =>
  useQuery({
    queryKey: ['snapshot', plan, id, number],
    staleTime: Infinity,
    queryFn: () =>
      answer(
        api.GET('/api/plans/{plan}/evaluations/{id}/snapshots/{number}', { params: { path: { plan, id, number } } }),
      ),
  });

/** What became known after the cut-off of a snapshot, event by event. */
export const useKnownSince = (
  { plan, id, number }: { readonly plan: string; readonly id: string; readonly number: string },
  query: { readonly until?: string; readonly told?: number },
) =>
  useQuery({
    queryKey: ['known-since', plan, id, number, query],
    queryFn: () =>
      answer(
        api.GET('/api/plans/{plan}/evaluations/{id}/snapshots/{number}/known-since', {
          params: { path: { plan, id, number }, query },
        }),
      ),
  });

export const reportAddress = (plan: string, id: string, number: number): string =>
  `/api/plans/${encodeURIComponent(plan)}/evaluations/${encodeURIComponent(id)}/snapshots/${number}/report.html`;

/** What people judged in an evaluation, beside what was computed. */
export const useJudgement = (plan: string, id: string) =>
  useQuery({
    queryKey: ['judgement', plan, id],
    queryFn: () => answer(api.GET('/api/plans/{plan}/evaluations/{id}/judgement', { params: { path: { plan, id } } })),
  });

/** What is not ready before the snapshot, by unit. */
export const useReadiness = (plan: string, id: string) =>
  useQuery({
    queryKey: ['readiness', plan, id],
    queryFn: () => answer(api.GET('/api/plans/{plan}/evaluations/{id}/readiness', { params: { path: { plan, id } } })),
  });

export interface ReadinessCount {
  readonly line: ReadinessLine;
  /** Absent: of all units, and of none. */
  readonly unit?: string;
}

/** The list of what one count of the readiness counts, page by page. */
export const useReadinessEntries = (plan: string, id: string, count: ReadinessCount) =>
  useInfiniteQuery({
    queryKey: ['readiness', plan, id, count],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: ReadinessPage) => next,
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET('/api/plans/{plan}/evaluations/{id}/readiness/entries', {
          params: { path: { plan, id }, query: { ...count, ...(cursor !== undefined && { cursor }) } },
        }),
      ),
  });

export const readinessWorkbook = (plan: string, id: string): string =>
  `/api/plans/${encodeURIComponent(plan)}/evaluations/${encodeURIComponent(id)}/readiness/workbook`;

/** What is open when a snapshot is published. */
export const useOpenPoints = (plan: string, id: string, number: number) =>
  useQuery({
    queryKey: ['open-points', plan, id, number],
    queryFn: () =>
      answer(
        api.GET('/api/plans/{plan}/evaluations/{id}/snapshots/{number}/open-points', {
          params: { path: { plan, id, number: String(number) } },
        }),
      ),
  });

/** What a snapshot led to, and what came of it. */
export const useSnapshotForecasts = (plan: string, id: string, number: string) =>
  useQuery({
    queryKey: ['snapshot-forecasts', plan, id, number],
    queryFn: () =>
      answer(
        api.GET('/api/plans/{plan}/evaluations/{id}/snapshots/{number}/forecasts', {
          params: { path: { plan, id, number } },
        }),
      ),
  });
