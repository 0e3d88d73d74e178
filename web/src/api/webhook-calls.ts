import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from './client';

/** The webhooks of a plan, and how their messages fare. */
export const useWebhooks = (plan: string) =>
  useQuery({
    queryKey: ['webhooks', plan],
    queryFn: () => answer(api.GET('/api/plans/{plan}/webhooks', { params: { path: { plan } } })),
  });

/** The last message of a webhook about each unit and period, the latest first. */
export const useDeliveries = (plan: string, id: string) =>
  useQuery({
    queryKey: ['deliveries', plan, id],
    queryFn: () => answer(api.GET('/api/plans/{plan}/webhooks/{id}/deliveries', { params: { path: { plan, id } } })),
  });

/** Makes the secret of a webhook, or another one. It is told this once. */
export function useMakeWebhookSecret(plan: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      const made = api.POST('/api/plans/{plan}/webhooks/{id}/secret', { params: { path: { plan, id } } });
      return { id, secret: (await answer(made)).secret };
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks', plan] }),
  });
}

/** Sends a trial message, and tells whether it arrived. */
export const usePingWebhook = (plan: string) =>
  useMutation({
    mutationFn: async (id: string) => ({
      id,
      ...(await answer(api.POST('/api/plans/{plan}/webhooks/{id}/ping', { params: { path: { plan, id } } }))),
    }),
  });
