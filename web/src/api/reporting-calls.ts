import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from './client';
import type { FigureCheck, ReportResult } from './types';

export const obligationPeriodsOf = (plan: string, unit: string | undefined) =>
  queryOptions({
    queryKey: ['obligation-periods', plan, unit],
    enabled: unit !== undefined,
    queryFn: () =>
      answer(api.GET('/api/plans/{plan}/obligations/periods', { params: { path: { plan }, query: { unit: unit! } } })),
  });

/** The periods for which a unit has something to report, counted. */
export const useObligationPeriods = (plan: string, unit: string | undefined) =>
  useQuery(obligationPeriodsOf(plan, unit));

/** What a unit owes for a period. */
export const useObligations = (plan: string, unit: string | undefined, period: string | undefined) =>
  useQuery({
    queryKey: ['obligations', plan, unit, period],
    enabled: unit !== undefined && period !== undefined,
    queryFn: () =>
      answer(
        api.GET('/api/plans/{plan}/obligations', {
          params: { path: { plan }, query: { unit: unit!, period: period! } },
        }),
      ),
  });

/** The form of a unit and period. */
export const useReportForm = (plan: string, unit: string | undefined, period: string) =>
  useQuery({
    queryKey: ['report-form', plan, unit, period],
    enabled: unit !== undefined,
    queryFn: () =>
      answer(api.GET('/api/plans/{plan}/report-form', { params: { path: { plan }, query: { unit: unit!, period } } })),
  });

export const useLatestChanges = (plan: string, limit: number) =>
  useQuery({
    queryKey: ['latest-changes', plan, limit],
    queryFn: () =>
      answer(api.GET('/api/plans/{plan}/latest-changes', { params: { path: { plan }, query: { limit } } })),
  });

export const waitingOf = (plan: string) =>
  queryOptions({
    queryKey: ['waiting', plan],
    queryFn: () =>
      answer(api.GET('/api/plans/{plan}/figures/review', { params: { path: { plan }, query: { limit: 1 } } })),
  });

/** How many figures wait for approval, out of those that the person sees. */
export const useWaiting = (plan: string, enabled: boolean) => useQuery({ ...waitingOf(plan), enabled });

export interface FigureAt {
  readonly plan: string;
  readonly code: string;
  readonly unit: string;
  readonly period: string;
}

/** The numbers of a figure, as a report or a correction has them. */
export type FigureBody = Readonly<Record<string, unknown>>;

/** What the rules say of a figure before it is sent. Nothing is recorded. */
export function checkFigure(at: FigureAt, body: FigureBody, isCorrection: boolean): Promise<FigureCheck> {
  const init = { params: { path: at }, body: body as never };
  return isCorrection
    ? answer(api.POST('/api/plans/{plan}/figures/{code}/{unit}/{period}/corrections/check', init))
    : answer(api.POST('/api/plans/{plan}/figures/{code}/{unit}/{period}/measurement/check', init));
}

/** Rows by the names of their columns, or a file in Base64. */
export type ReportContent =
  | { readonly rows: readonly Readonly<Record<string, string | number | null>>[] }
  | { readonly file: { readonly name: string; readonly base64: string } };

export interface ReportRequest {
  readonly content: ReportContent;
  readonly reason?: string;
  readonly acceptWarnings: readonly string[];
  readonly dryRun: boolean;
}

/** Tries out a report, or sends it. Everything that is shown is asked for anew after it was sent. */
export function useReport(plan: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ content, reason, acceptWarnings, dryRun }: ReportRequest): Promise<ReportResult> =>
      answer(
        api.POST('/api/plans/{plan}/reports', {
          params: { path: { plan } },
          body: {
            ...(content as { rows: Record<string, never>[] }),
            ...(reason !== undefined && { reason }),
            acceptWarnings: [...acceptWarnings],
            dryRun,
          },
        }),
      ),
    onSettled: (_, error, { dryRun }) => (dryRun && !error ? undefined : queries.invalidateQueries()),
  });
}

const address = (plan: string, path: string, query: Readonly<Record<string, string>>): string =>
  `/api/plans/${encodeURIComponent(plan)}/${path}?${new URLSearchParams(query).toString()}`;

export const workbookAddress = (plan: string, unit: string, period: string): string =>
  address(plan, 'workbook', { unit, period });

export const calendarAddress = (plan: string, unit: string): string => address(plan, 'obligations.ics', { unit });
