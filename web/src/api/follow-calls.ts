import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { language } from '../shared/i18n';
import { answer, api, done } from './client';

const keyOf = (plan: string) => ['follows', plan];

/** What the person follows of a plan; with the latest change of each where it is asked for. */
export const useFollows = (plan: string, latest?: 'true') =>
  useQuery({
    queryKey: [...keyOf(plan), latest],
    queryFn: () =>
      answer(
        api.GET('/api/plans/{plan}/follows', {
          params: { path: { plan }, query: { language, ...(latest && { latest }) } },
        }),
      ),
  });

interface Wish {
  readonly kind: string;
  readonly id: string;
  readonly follow: boolean;
}

/** Follows a thing, or does so no more. */
export function useFollow(plan: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, id, follow }: Wish) => {
      const params = { path: { plan, kind, id } };
      return done(
        follow
          ? api.POST('/api/plans/{plan}/follows/{kind}/{id}', { params })
          : api.DELETE('/api/plans/{plan}/follows/{kind}/{id}', { params }),
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(plan) }),
  });
}
