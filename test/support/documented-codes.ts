import { readFileSync } from 'node:fs';

/** The rows of the table in docs/http-api.md: a code, and its statuses; none where it only stands in `problems`. */
export function documentedCodes(): ReadonlyMap<string, readonly number[]> {
  const rows = readFileSync('docs/http-api.md', 'utf8').matchAll(
    /^\| +`([a-z-]+\.[a-z-]+|[a-z]+)` +\| +([\d, –-]*?) +\|/gm,
  );
  return new Map(
    [...rows].map(([, code, statuses]) => [code!, [...statuses!.matchAll(/\d{3}/g)].map(([status]) => Number(status))]),
  );
}
