import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from './client';
import type { EvaluationKind } from './types';

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

/** What differs between two snapshots or moments, named as the server names them. */
export const useComparison = (plan: string, query: { left: string; right: string; period?: string }) =>
  useQuery({
    queryKey: ['comparison', plan, query],
    queryFn: () => answer(api.GET('/api/plans/{plan}/comparison', { params: { path: { plan }, query } })),
  });

export const reportAddress = (plan: string, id: string, number: number): string =>
  `/api/plans/${encodeURIComponent(plan)}/evaluations/${encodeURIComponent(id)}/snapshots/${number}/report.html`;
