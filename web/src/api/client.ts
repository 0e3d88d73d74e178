import createClient, { type Middleware } from 'openapi-fetch';
import { useSyncExternalStore } from 'react';
import type { paths } from '../../../generated/api';
import { noteLost, noteReached } from './connection';
import type { Problem } from './types';
import { noteViewsAge } from './views-age';
import { t } from '../shared/i18n';
import { saidOf } from '../shared/said';

/** An error with the server's problem details (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly problem: Pick<Problem, 'title' | 'status' | 'detail' | 'code'> & Partial<Problem>,
    /** When to try again, where the server says so. */
    readonly retryAt?: Date,
  ) {
    super(problem.detail);
  }
}

export const isCode = (error: Error | null, code: string): boolean =>
  error instanceof ProblemError && error.problem.code === code;

export const hasStatus = (error: unknown, status: number): boolean =>
  error instanceof ProblemError && error.problem.status === status;

/**
 * Log position of the last write of this page. Queries send it so that the server waits for it (read your own writes).
 */
let lastWritten: string | undefined;

const readOwnWrites: Middleware = {
  onRequest({ request }) {
    if (request.method === 'GET' && lastWritten !== undefined) request.headers.set('Tongjian-Position', lastWritten);
    return request;
  },
  onResponse({ request, response }) {
    const position = response.headers.get('Tongjian-Position');
    if (request.method === 'POST' && position !== null) {
      lastWritten = position;
      // A file that is kept changes nothing yet, and nothing is asked for anew.
      if (!new URL(request.url).pathname.endsWith('/evidence')) noteRefetched(position);
    }
    // The server has a new log that does not contain the position; stop sending it.
    if (response.status === 404 && request.headers.has('Tongjian-Position')) lastWritten = undefined;
    return response;
  },
};

/** The position up to which everything shown was asked for anew, because this page wrote. */
let refetchedTo: string | undefined;
const listeners = new Set<() => void>();

function noteRefetched(position: string): void {
  refetchedTo = position;
  for (const listener of listeners) listener();
}

export const useRefetchedTo = (): string | undefined => useSyncExternalStore(subscribe, () => refetchedTo);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Told of each answer that says that nobody is signed in any more. */
let onSessionEnd = () => {};
export const tellSessionEnd = (listener: () => void): void => {
  onSessionEnd = listener;
};

const noteSessionEnd: Middleware = {
  onResponse({ request, response }) {
    // The session itself answers 401 to say that there is none, or that the password is wrong.
    if (response.status === 401 && new URL(request.url).pathname !== '/api/session') onSessionEnd();
    return undefined;
  },
};

export const api = createClient<paths>({ baseUrl: location.origin });
api.use(readOwnWrites, noteViewsAge, noteSessionEnd);

type Call<Body> = Promise<{ data?: Body; error?: unknown; response: Response }>;

/** The response body. @throws {ProblemError} if the request failed */
export async function answer<Body>(call: Call<Body>): Promise<NonNullable<Body>> {
  const { data, error, response } = await sent(call);
  if (response.ok && data !== undefined && data !== null) return data;
  throw problemOf(error, response);
}

/** Waits for an answer without a body. @throws {ProblemError} if the request failed */
export async function done(call: Call<unknown>): Promise<void> {
  const { error, response } = await sent(call);
  if (!response.ok) throw problemOf(error, response);
}

async function sent<Result>(call: Promise<Result>): Promise<Result> {
  try {
    const result = await call;
    noteReached();
    return result;
  } catch {
    noteLost();
    throw new ProblemError({
      title: t('连不上服务器'),
      status: 0,
      code: 'network',
      detail: t('没有收到服务器的应答：请检查服务是否在运行，再重试'),
    });
  }
}

export function problemOf(error: unknown, { status, statusText, headers }: Response): ProblemError {
  const seconds = headers.get('Retry-After');
  return new ProblemError(
    isProblem(error)
      ? inOwnLanguage(error)
      : {
          title: t('应答有误'),
          status,
          code: `http.${status}`,
          detail: t('服务器应答 {{status}} {{statusText}}', { status, statusText }),
        },
    seconds === null ? undefined : new Date(Date.now() + Number(seconds) * 1_000),
  );
}

const inOwnLanguage = (problem: Problem): Problem => ({
  ...problem,
  title: t(problem.title),
  detail: saidOf({ code: problem.code, message: problem.detail }),
  ...(problem.problems && { problems: problem.problems.map((each) => ({ ...each, message: saidOf(each) })) }),
});

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'detail' in body && 'code' in body;
}
