import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from './client';

/** Everything that was loaded into a plan: folders, and reports of units. */
export const useSubmissions = (plan: string) =>
  useQuery({
    queryKey: ['submissions', plan],
    queryFn: () => answer(api.GET('/api/plans/{plan}/submissions', { params: { path: { plan } } })),
  });

export interface Withdrawal {
  readonly id: string;
  readonly reason: string;
  /** Keys of rows that stay as they are. */
  readonly leave: readonly string[];
}

/** Withdraws what a report of a unit brought. */
export function useWithdrawSubmission(plan: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason, leave }: Withdrawal) =>
      answer(
        api.POST('/api/plans/{plan}/submissions/{id}/withdrawal', {
          params: { path: { plan, id } },
          body: { reason, leave: [...leave] },
        }),
      ),
    onSuccess: () => queries.invalidateQueries(),
  });
}
