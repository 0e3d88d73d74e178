import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, problemOf } from './client';
import { linesOf } from './json-lines';
import type { LogProof, Problem, TrailPage, Verification } from './types';

/** A query of the audit trail, by the names of the server's parameters. */
export type AuditQuestion = Readonly<Record<string, string>>;

const pageSize = 50;

export const useAudit = (plan: string, question: AuditQuestion) =>
  useInfiniteQuery({
    queryKey: ['audit', plan, question],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: TrailPage) => next,
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET('/api/plans/{plan}/audit', {
          params: { path: { plan }, query: { ...question, limit: pageSize, ...(cursor !== undefined && { cursor }) } },
        }),
      ),
  });

/** Counts what fits, part by part; each part is one answer. */
export const useAuditTotal = (plan: string, question: AuditQuestion) =>
  useInfiniteQuery({
    queryKey: ['audit-total', plan, question],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: { readonly next?: string }) => next,
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET('/api/plans/{plan}/audit/total', {
          params: { path: { plan }, query: { ...question, ...(cursor !== undefined && { cursor }) } },
        }),
      ),
  });

export function auditFile(plan: string, question: AuditQuestion, format: 'csv' | 'xlsx'): string {
  const query = new URLSearchParams({ ...question, format });
  return `/api/plans/${encodeURIComponent(plan)}/audit?${query.toString()}`;
}

export const useAuditChoices = (plan: string, enabled = true) =>
  useQuery({
    queryKey: ['audit-choices', plan],
    enabled,
    queryFn: () => answer(api.GET('/api/plans/{plan}/audit/choices', { params: { path: { plan } } })),
  });

export const useEvent = (plan: string, position: string) =>
  useQuery({
    queryKey: ['event', plan, position],
    queryFn: () =>
      answer(api.GET('/api/plans/{plan}/audit/events/{position}', { params: { path: { plan, position } } })),
  });

export interface RightsQuery {
  readonly plan: string;
  readonly asOf?: string;
  readonly person?: string;
  readonly unit?: string;
}

/** Who had which right, of this plan or of all plans. */
export const useRights = (query: RightsQuery) =>
  useQuery({
    queryKey: ['rights', query],
    queryFn: () => answer(api.GET('/api/rights', { params: { query } })),
  });

interface ProofLine {
  readonly events?: number;
  readonly head?: string;
  readonly proof?: LogProof;
  readonly problem?: Problem;
}

export interface ProofProgress {
  readonly events: number;
  readonly head: string | undefined;
}

/** Has the whole log proved, and tells how far it is. */
export function useProof() {
  const [progress, setProgress] = useState<ProofProgress>();
  const proving = useMutation({
    mutationFn: async (seal: string | undefined): Promise<LogProof> => {
      setProgress(undefined);
      const query = seal === undefined ? '' : `?${new URLSearchParams({ seal }).toString()}`;
      const response = await fetch(`/api/log/proof${query}`, { headers: { Accept: 'application/x-ndjson' } });
      if (!response.ok || !response.body) throw problemOf(await response.json().catch(() => undefined), response);
      for await (const line of linesOf(response.body)) {
        const { events, head, proof, problem } = JSON.parse(line) as ProofLine;
        if (problem) throw problemOf(problem, response);
        if (proof) return proof;
        if (events !== undefined) setProgress({ events, head });
      }
      throw problemOf(undefined, response);
    },
  });
  return { ...proving, progress };
}

export interface SnapshotOf {
  readonly id: string;
  readonly number: number;
}

export interface SnapshotProof extends SnapshotOf {
  readonly verification?: Verification;
  readonly error?: Error;
}

/** Recomputes the snapshots one after the other, and tells of each as it is done. */
export function useSnapshotProofs(plan: string) {
  const [done, setDone] = useState<readonly SnapshotProof[]>([]);
  const proving = useMutation({
    mutationFn: async (snapshots: readonly SnapshotOf[]) => {
      setDone([]);
      for (const { id, number } of snapshots) {
        const path = { plan, id, number: String(number) };
        const one = await answer(
          api.POST('/api/plans/{plan}/evaluations/{id}/snapshots/{number}/verification', { params: { path } }),
        ).then(
          (verification): SnapshotProof => ({ id, number, verification }),
          (error: Error): SnapshotProof => ({ id, number, error }),
        );
        setDone((before) => [...before, one]);
      }
    },
  });
  return { ...proving, done };
}
