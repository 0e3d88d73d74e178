import {
  skipToken,
  useInfiniteQuery,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { answer, api, ProblemError } from './client';
import { linesOf } from './json-lines';
import type { AccessKind, Problem } from './types';

export interface AccessQuestion {
  readonly person?: string;
  readonly kind?: AccessKind;
  readonly from?: string;
  readonly until?: string;
}

/** The access log, the latest first, page by page. */
export const useAccessLog = (question: AccessQuestion) =>
  useInfiniteQuery({
    queryKey: ['access-log', question],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) => {
      const query = { ...question, ...(pageParam !== undefined && { cursor: pageParam }) };
      return answer(api.GET('/api/access-log', { params: { query } }));
    },
    getNextPageParam: ({ next }) => next,
  });

export const useAccessProof = () => useMutation({ mutationFn: () => answer(api.GET('/api/access-log/proof')) });

export const useDueDays = (plan: string) =>
  useQuery({
    queryKey: ['due-days', plan],
    queryFn: () => answer(api.GET('/api/plans/{plan}/due-days', { params: { path: { plan } } })),
  });

export const useQualityRules = (plan: string) =>
  useQuery({
    queryKey: ['quality-rules', plan],
    queryFn: () => answer(api.GET('/api/plans/{plan}/quality-rules', { params: { path: { plan } } })),
  });

export const useAppraisalRules = (plan: string) =>
  useQuery({
    queryKey: ['appraisal-rules', plan],
    queryFn: () => answer(api.GET('/api/plans/{plan}/appraisal-rules', { params: { path: { plan } } })),
  });

export type SettingsOf = 'plans' | 'quality-rules' | 'appraisal-rules';

/** What was decided about a plan itself, or about its rules of data quality or of 考核, the latest first. */
export const useSettingsTrail = (plan: string, resource: SettingsOf) =>
  useQuery({
    queryKey: ['settings-trail', plan, resource],
    queryFn: async () => {
      const path = { plan, resource, id: plan };
      return (await answer(api.GET('/api/plans/{plan}/{resource}/{id}/trail', { params: { path } }))).toReversed();
    },
  });

export const useSystemStatus = () =>
  useQuery({
    queryKey: ['system-status'],
    staleTime: 0,
    refetchInterval: 10_000,
    queryFn: () => answer(api.GET('/api/status')),
  });

/** The files of a plan folder by name, as bytes in base64. */
export type FolderFiles = Readonly<Record<string, { readonly base64: string }>>;

export const useCompareFolder = () =>
  useMutation({
    mutationFn: (files: FolderFiles) => answer(api.POST('/api/submissions/differences', { body: { files } })),
  });

export interface FolderRequest {
  readonly files: FolderFiles;
  readonly acceptWarnings: string[];
  readonly dryRun: boolean;
}

export function useSubmitFolder() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: FolderRequest) => answer(api.POST('/api/submissions', { body })),
    onSuccess: async (_, { dryRun }) => {
      if (!dryRun) await queries.invalidateQueries();
    },
  });
}

/** How far the rebuild of one view is. */
interface RebuildLine {
  readonly projection: string;
  readonly events?: number;
  readonly position?: string;
  readonly head?: string;
  readonly rebuilt?: boolean;
}

/**
 * Rebuilds all views from the log, one beside the other. The rebuild goes on while its page is left, and is found again
 * when somebody comes back.
 */
export function useRebuild() {
  const queries = useQueryClient();
  const { data: line } = useQuery<RebuildLine | null>({ queryKey: ['rebuild'], queryFn: skipToken });
  const { mutate: start } = useMutation({
    mutationKey: ['rebuild'],
    mutationFn: () => {
      queries.setQueryData(['rebuild'], null);
      return rebuildViews((next) => queries.setQueryData(['rebuild'], next));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['system-status'] }),
  });
  const last = useMutationState({ filters: { mutationKey: ['rebuild'] } }).at(-1);
  return { start: () => start(), line, status: last?.status ?? 'idle', error: last?.error ?? undefined };
}

/** @throws {ProblemError} */
async function rebuildViews(tell: (line: RebuildLine) => void): Promise<void> {
  const call = api.POST('/api/views/rebuild', { parseAs: 'stream' });
  const stream = await answer(
    call as unknown as Promise<{ data?: ReadableStream<Uint8Array<ArrayBuffer>>; response: Response }>,
  );
  for await (const line of linesOf(stream)) {
    const said = JSON.parse(line) as RebuildLine | { readonly problem: Problem };
    if ('problem' in said) throw new ProblemError(said.problem);
    tell(said);
  }
}
