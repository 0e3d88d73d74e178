import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, done } from './client';
import { askAgain } from './session-calls';
import type { TokenInput } from './types';

export const useSessions = () => useQuery({ queryKey: ['sessions'], queryFn: () => answer(api.GET('/api/sessions')) });

export function useEndSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => done(api.DELETE('/api/sessions/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  });
}

export interface PasswordChange {
  readonly account?: string;
  readonly current: string;
  readonly password: string;
}

/** The person's other sessions end with it. */
export function useChangePassword() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: PasswordChange) => done(api.POST('/api/password', { body: change })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  });
}

/** Hands out a new secret, which counts once it is confirmed. */
export const useEnrol = () => useMutation({ mutationFn: () => answer(api.POST('/api/second-factor')) });

/** Resolves with the recovery codes, which are told once. The person's other sessions end with it. */
export function useConfirmCode() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => answer(api.POST('/api/second-factor/confirmation', { body: { code } })),
    onSuccess: () => Promise.all([askAgain(), queries.invalidateQueries({ queryKey: ['sessions'] })]),
  });
}

export const useTokens = () => useQuery({ queryKey: ['tokens'], queryFn: () => answer(api.GET('/api/tokens')) });

/** Resolves with the token's secret, which is told once. */
export function useIssueToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: TokenInput) => answer(api.POST('/api/tokens', { body: token })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tokens'] }),
  });
}

export function useRevokeToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => done(api.DELETE('/api/tokens/{token}', { params: { path: { token } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['tokens'] }),
  });
}
