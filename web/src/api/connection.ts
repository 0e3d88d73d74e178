import { useSyncExternalStore } from 'react';

/** When the server stopped answering; undefined while it answers. */
let lostAt: Date | undefined;
const listeners = new Set<() => void>();

function set(next: Date | undefined): void {
  if ((lostAt === undefined) === (next === undefined)) return;
  lostAt = next;
  for (const listener of listeners) listener();
}

export const noteReached = (): void => set(undefined);
export const noteLost = (): void => set(new Date());

export const useLostAt = (): Date | undefined => useSyncExternalStore(subscribe, () => lostAt);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
