import { useMutation, useQuery } from '@tanstack/react-query';
import { answer, api, done, ProblemError, tellSessionEnd } from './client';
import { queryClient } from './queries';
import type { OwnSession, RoleName } from './types';

/** Who is signed in at this browser. */
export interface Standing {
  readonly session?: OwnSession;
  /** There was a session, which has ended. */
  readonly hasEnded: boolean;
}

const key = ['session'];
/** What everybody may know; anything else was read with somebody's rights. */
const open = new Set<unknown>(['session', 'status', 'sign-in', 'demonstration']);

export const useStanding = () => useQuery({ queryKey: key, queryFn: standing });

async function standing(): Promise<Standing> {
  try {
    return entered(await answer(api.GET('/api/session')));
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status !== 401) throw error;
    forget();
    return { hasEnded: error.problem.code === 'access.ended' };
  }
}

/** What was read by another person, or with other roles, is not kept. */
function entered(session: OwnSession): Standing {
  const before = queryClient.getQueryData<Standing>(key)?.session;
  if (rightsIn(before) !== rightsIn(session)) forget();
  return { session, hasEnded: false };
}

const rightsIn = (session: OwnSession | undefined) => JSON.stringify([session?.person, session?.roles]);

const forget = () => queryClient.removeQueries({ predicate: ({ queryKey }) => !open.has(queryKey[0]) });

/** Asks once, without waiting for a server that is away. False if it was not answered. */
export async function askOnce(): Promise<boolean> {
  try {
    queryClient.setQueryData(key, await standing());
    return true;
  } catch {
    return false;
  }
}

/** The server is asked anew who is signed in; the page follows the answer. */
export const askAgain = (): Promise<void> => queryClient.invalidateQueries({ queryKey: key });

tellSessionEnd(() => void askAgain());

export const useWays = () =>
  useQuery({ queryKey: ['sign-in'], staleTime: Infinity, queryFn: () => answer(api.GET('/api/sign-in')) });

/** The accounts that the server offers for trying out; none on a server that is no demonstration. */
export const useDemonstration = () =>
  useQuery({ queryKey: ['demonstration'], queryFn: () => answer(api.GET('/api/demonstration')) });

export interface Attempt {
  readonly account: string;
  readonly password: string;
  readonly code?: string;
}

export const useSignIn = () =>
  useMutation({
    mutationFn: (attempt: Attempt) => answer(api.POST('/api/session', { body: attempt })),
    onSuccess: (session) => void queryClient.setQueryData(key, entered(session)),
  });

export const useDemonstrationSignIn = () =>
  useMutation({
    mutationFn: (role: RoleName) => done(api.POST('/api/demonstration/{role}/session', { params: { path: { role } } })),
    onSuccess: askAgain,
  });

export const useSignOut = () =>
  useMutation({ mutationFn: () => done(api.DELETE('/api/session')), onSettled: askAgain });

/** Gives the second factor in a session that was begun without it. */
export const useGiveCode = () =>
  useMutation({
    mutationFn: (code: string) => answer(api.POST('/api/session/second-factor', { body: { code } })),
    onSuccess: (session) => void queryClient.setQueryData(key, entered(session)),
  });
