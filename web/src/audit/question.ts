import type { Search } from '../app/search';

/** The search parameters of the audit query. */
export const auditKeys = [
  'person',
  'unit',
  'kind',
  'code',
  'period',
  'q',
  'knownFrom',
  'knownTo',
  'recordedFrom',
  'recordedTo',
  'corrections',
  'sort',
] as const;

export type AuditSearch = Search<(typeof auditKeys)[number]>;

export const usualSort = '-recorded';

/** The address as the server's query: it calls an indicator and an action by these names. */
export function questionOf({ kind, code, sort, ...rest }: AuditSearch): Readonly<Record<string, string>> {
  const others = Object.fromEntries(
    Object.entries(rest).flatMap(([key, value]) =>
      (auditKeys as readonly string[]).includes(key) && value !== undefined ? [[key, value]] : [],
    ),
  );
  return {
    ...others,
    ...(kind !== undefined && { action: kind }),
    ...(code !== undefined && { indicator: code }),
    sort: sort ?? usualSort,
  };
}
