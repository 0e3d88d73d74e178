import { useSyncExternalStore } from 'react';
import type { Middleware } from 'openapi-fetch';

/** Up to when the server's views have everything, an instant or `unknown`; undefined while they are current. */
let viewsAsOf: string | undefined;
const listeners = new Set<() => void>();

/** Every answer of a query says so by its header, or by the header's absence. */
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
