import { useSyncExternalStore } from 'react';

/** All that a link has to carry to show the same page again. */
export interface PageState {
  readonly plan?: string;
  readonly period?: string;
  /** A date; absent: today, and everything known since. */
  readonly asOf?: string;
  /** Position of the log, for auditors. */
  readonly atPosition?: string;
  readonly unit?: string;
  /** The indicator whose detail is open. */
  readonly indicator?: string;
  /** The unit of the detail, where it is not the page's. */
  readonly of?: string;
  /** The period whose trail is shown in the detail. */
  readonly trail?: string;
  /** Of what is carried out under the plan: the tab, and what is open: `projects/P17`. */
  readonly tab?: string;
  readonly thing?: string;
  /** The two states compared: `midterm-2022/1`, `now`. */
  readonly left?: string;
  readonly right?: string;
  /** An auditor's question: `known:2023-08-20`, `recorded:…`, `actor:…`. */
  readonly audit?: string;
}

const keys = [
  'plan',
  'period',
  'asOf',
  'atPosition',
  'unit',
  'indicator',
  'of',
  'trail',
  'tab',
  'thing',
  'left',
  'right',
  'audit',
] as const satisfies readonly (keyof PageState)[];

/** Takes everything out of the address. */
export const nothing = Object.fromEntries(keys.map((key) => [key, undefined])) as Partial<PageState>;

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}

let read: { search: string; state: PageState } | undefined;

function snapshot(): PageState {
  const { search } = location;
  if (read?.search !== search) read = { search, state: parse(search) };
  return read.state;
}

function parse(search: string): PageState {
  const query = new URLSearchParams(search);
  return Object.fromEntries(keys.flatMap((key) => (query.get(key) ? [[key, query.get(key)]] : [])));
}

/** The address with some of it changed; `undefined` takes a part out. */
export function addressOf(change: Partial<PageState>): string {
  const state = { ...snapshot(), ...change };
  const query = new URLSearchParams();
  for (const key of keys) if (state[key] !== undefined) query.set(key, state[key]);
  // A slash is legal in a query, and reads better.
  const text = query.toString().replaceAll('%2F', '/').replaceAll('%3A', ':');
  return text ? `?${text}` : location.pathname;
}

export function go(change: Partial<PageState>, { replace = false }: { replace?: boolean } = {}): void {
  const address = addressOf(change);
  if (address === (location.search || location.pathname)) return;
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  for (const listener of listeners) listener();
}

export const usePageState = (): PageState => useSyncExternalStore(subscribe, snapshot);
