import { useSyncExternalStore } from 'react';

/** The state of the page in URL parameters; a link with them shows the same page. */
export interface PageState {
  readonly plan?: string;
  readonly period?: string;
  /** Known time as a date; absent: today. */
  readonly asOf?: string;
  /** Log position, for auditors. */
  readonly atPosition?: string;
  readonly unit?: string;
  /** Code of the indicator whose detail is open. */
  readonly indicator?: string;
  /** Unit of the detail, if it differs from the page's unit. */
  readonly of?: string;
  /** Period whose audit trail is shown in the detail. */
  readonly trail?: string;
  /** Tab of the programme section; `thing` is the open item, for example `projects/P17`. */
  readonly tab?: string;
  readonly thing?: string;
  /** The two compared states: a snapshot such as `midterm-2022/1`, or `now`. */
  readonly left?: string;
  readonly right?: string;
  /** Audit query: `known:2023-08-20`, `recorded:2023-08-20` or `actor:demo-reviewer-1`. */
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

/** The URL of the current state with changes applied; `undefined` removes a parameter. */
export function addressOf(change: Partial<PageState>): string {
  const state = { ...snapshot(), ...change };
  const query = new URLSearchParams();
  for (const key of keys) if (state[key] !== undefined) query.set(key, state[key]);
  // Slash and colon are legal in a query string, so leave them unescaped for readability.
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
