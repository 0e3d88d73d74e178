import { useSyncExternalStore } from 'react';
import type { Middleware } from 'openapi-fetch';

/**
 * The time up to which the server's read models are complete (instant or `unknown`); undefined while they are current.
 */
let viewsAsOf: string | undefined;
const listeners = new Set<() => void>();

/** Reads the age from the header Tongjian-Views-As-Of of each query response; a missing header means current. */
export const noteViewsAge: Middleware = {
  onResponse({ request, response }) {
    const told = response.headers.get('Tongjian-Views-As-Of') ?? undefined;
    if (request.method === 'GET' && response.ok && told !== viewsAsOf) {
      viewsAsOf = told;
      for (const listener of listeners) listener();
    }
    return undefined;
  },
};

export function useViewsAge(): string | undefined {
  return useSyncExternalStore(subscribe, () => viewsAsOf);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
