import { useMutation, useQuery } from '@tanstack/react-query';
import { answer, api, done } from './client';

/** For whom a one-time link is, and for what. */
export const useLink = (secret: string) =>
  useQuery({
    queryKey: ['link', secret],
    queryFn: () => answer(api.POST('/api/invitations/look', { body: { secret } })),
  });

export interface NewAccount {
  readonly account?: string;
  readonly password: string;
}

export const useAccept = (secret: string) =>
  useMutation({
    mutationFn: (account: NewAccount) => done(api.POST('/api/invitations', { body: { secret, ...account } })),
  });

/** Goes on at the OpenID provider, which links its account to the person of the link. */
export const useLinkOpenId = (secret: string) =>
  useMutation({
    mutationFn: () => answer(api.POST('/api/invitations/oidc', { body: { secret } })),
    onSuccess: ({ address }) => location.assign(address),
  });
