import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from './client';
import type { Moment } from './queries';

interface Asked {
  readonly plan: string;
  readonly code: string;
  readonly unit: string;
  readonly moment: Moment;
}

/** One indicator through the plans that it continues. */
export const useLongSeries = ({ plan, code, unit, moment }: Asked) =>
  useQuery({
    queryKey: ['long-series', plan, code, unit, moment],
    queryFn: () => {
      const params = { path: { plan, code }, query: { unit, ...moment } };
      return answer(api.GET('/api/plans/{plan}/indicators/{code}/long-series', { params }));
    },
  });

/** All indicators of a plan that continue one of an earlier plan. */
export const useAllLongSeries = ({ plan, unit, moment }: Omit<Asked, 'code'>) =>
  useQuery({
    queryKey: ['long-series', plan, unit, moment],
    queryFn: () => {
      const params = { path: { plan }, query: { unit, ...moment } };
      return answer(api.GET('/api/plans/{plan}/long-series', { params }));
    },
  });

export interface BaseTakeover {
  readonly formerPlan: string;
  readonly evaluation: string;
  readonly reason?: string;
  readonly acceptWarnings: string[];
  readonly dryRun: boolean;
}

/** Reports the values of the final evaluation of an earlier plan as the bases of this one, or says what would come of it. */
export function useBaseTakeover(plan: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: BaseTakeover) =>
      answer(api.POST('/api/plans/{plan}/base', { params: { path: { plan } }, body })),
    onSuccess: (_, { dryRun }) => (dryRun ? undefined : queries.invalidateQueries()),
  });
}
