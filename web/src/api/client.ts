import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '../../../generated/api';
import type { Problem } from './types';
import { noteViewsAge } from './views-age';

/** An error with the server's problem details (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(readonly problem: Pick<Problem, 'title' | 'status' | 'detail' | 'code'> & Partial<Problem>) {
    super(problem.detail);
  }
}

export const isCode = (error: Error | null, code: string): boolean =>
  error instanceof ProblemError && error.problem.code === code;

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
    if (request.method === 'POST' && position !== null) lastWritten = position;
    // The server has a new log that does not contain the position; stop sending it.
    if (response.status === 404 && request.headers.has('Tongjian-Position')) lastWritten = undefined;
    return response;
  },
};

export const api = createClient<paths>({ baseUrl: location.origin });
api.use(readOwnWrites, noteViewsAge);

/** The response body. @throws {ProblemError} if the request failed */
export async function answer<Body>(
  call: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<NonNullable<Body>> {
  let result;
  try {
    result = await call;
  } catch {
    throw new ProblemError({
      title: '连不上服务器',
      status: 0,
      code: 'network',
      detail: '没有收到服务器的应答：请检查服务是否在运行，再重试',
    });
  }
  const { data, error, response } = result;
  if (response.ok && data !== undefined && data !== null) return data;
  throw new ProblemError(
    isProblem(error)
      ? error
      : {
          title: '应答有误',
          status: response.status,
          code: `http.${response.status}`,
          detail: `服务器应答 ${response.status} ${response.statusText}`,
        },
  );
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'detail' in body && 'code' in body;
}
