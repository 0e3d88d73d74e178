import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, done } from './client';
import type { Permission } from './types';

export const usePeople = () => useQuery({ queryKey: ['people'], queryFn: () => answer(api.GET('/api/people')) });

export const usePerson = (person: string | undefined) =>
  useQuery({
    queryKey: ['person', person],
    enabled: person !== undefined,
    queryFn: () => answer(api.GET('/api/people/{person}', { params: { path: { person: person! } } })),
  });

/** What was done about a person, the earliest first. */
export const usePersonHistory = (person: string) =>
  useQuery({
    queryKey: ['person-history', person],
    queryFn: () => answer(api.GET('/api/people/{person}/history', { params: { path: { person } } })),
  });

/** The plans and units over which roles are granted. */
export const useGrantScopes = () =>
  useQuery({ queryKey: ['grant-scopes'], queryFn: () => answer(api.GET('/api/grant-scopes')) });

export const useRoleTable = () =>
  useQuery({ queryKey: ['roles'], staleTime: Infinity, queryFn: () => answer(api.GET('/api/roles')) });

export interface RightsQuestion {
  readonly asOf?: string;
  readonly plan?: string;
  readonly unit?: string;
  readonly permission?: Permission;
}

export const useRights = (query: RightsQuestion) =>
  useQuery({ queryKey: ['rights', query], queryFn: () => answer(api.GET('/api/rights', { params: { query } })) });

/** Invites a person. Resolves with the one-time link's secret, which is told once. */
export function useInvite() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly name: string; readonly unit?: string }) => answer(api.POST('/api/people', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['people'] }),
  });
}

export type LinkPurpose = 'invitation' | 'password-reset';

/** Makes another one-time link. Resolves with its secret, which is told once. */
export const useMakeLink = (person: string) =>
  useMutation({
    mutationFn: (purpose: LinkPurpose) =>
      answer(api.POST('/api/people/{person}/links', { params: { path: { person } }, body: { purpose } })),
  });

export function useRename(person: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      done(api.POST('/api/people/{person}/name', { params: { path: { person } }, body: { name } })),
    onSuccess: () => queries.invalidateQueries(),
  });
}
