import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from './client';
import type { Seen } from './overview-calls';

/** The points of each unit in a year. */
export const useAppraisal = ({ plan, period, moment }: Seen) =>
  useQuery({
    queryKey: ['appraisal', plan, period, moment],
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(api.GET('/api/plans/{plan}/appraisal', { params: { path: { plan }, query: { period, ...moment } } })),
  });

/** The sheet of one unit for a year. */
export const useAppraisalSheet = ({ plan, period, moment }: Seen, unit: string) =>
  useQuery({
    queryKey: ['appraisal-sheet', plan, period, moment, unit],
    queryFn: () => {
      const params = { path: { plan, unit }, query: { period, ...moment } };
      return answer(api.GET('/api/plans/{plan}/appraisal/{unit}', { params }));
    },
  });

/** The objections to sheets of all years that the person may see, as of now; the latest first. */
export const useObjections = (plan: string) =>
  useQuery({
    queryKey: ['appraisal-objections', plan],
    queryFn: () => answer(api.GET('/api/plans/{plan}/appraisal-objections', { params: { path: { plan } } })),
  });

/** The stored sheets of a year, as bytes that have this hash. */
export const storedSheetsAddress = (plan: string, hash: string): string =>
  `/api/plans/${encodeURIComponent(plan)}/appraisal-sheets/${hash}`;

/** Computes stored sheets anew, and compares them with their hash. */
export const useSheetsVerification = (plan: string, hash: string) =>
  useMutation({
    mutationFn: () =>
      answer(api.POST('/api/plans/{plan}/appraisal-sheets/{hash}/verification', { params: { path: { plan, hash } } })),
  });
