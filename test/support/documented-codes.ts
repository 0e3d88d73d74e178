import { readFileSync } from 'node:fs';

/**
 * Error codes of the tables in docs/http-api.md, with their HTTP statuses; none for codes that only occur in
 * `problems`.
 */
export function documentedCodes(): ReadonlyMap<string, readonly number[]> {
  const rows = readFileSync('docs/http-api.md', 'utf8').matchAll(
    /^\| +`([a-z-]+\.[a-z-]+|[a-z]+)` +\| +([\d, –-]*?) +\|/gm,
  );
  return new Map(
    [...rows].map(([, code, statuses]) => [code!, [...statuses!.matchAll(/\d{3}/g)].map(([status]) => Number(status))]),
  );
}
