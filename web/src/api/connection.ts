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

/** Whether this tab is told what changes, so that it need not ask by itself. */
let followed = false;
export const setFollowed = (next: boolean): void => void (followed = next);
export const isFollowed = (): boolean => followed;

export const useLostAt = (): Date | undefined => useSyncExternalStore(subscribe, () => lostAt);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
