import { readFileSync } from 'node:fs';

/**
 * The rows of the table in docs/http-api.md: a code, and its statuses; none where it only stands in `problems`. The codes
 * of warnings are in docs/plan-folder.md.
 */
export function documentedCodes(): ReadonlyMap<string, readonly number[]> {
  const [, warnings = ''] = readFileSync('docs/plan-folder.md', 'utf8').split('\n### Warnings\n');
  const ofWarnings = warnings.split('\n## ')[0]!.matchAll(/^\| +`([a-z-]+\.[a-z-]+)` +\|/gm);
  const rows = readFileSync('docs/http-api.md', 'utf8').matchAll(
    /^\| +`([a-z-]+\.[a-z-]+|[a-z]+)` +\| +([\d, –-]*?) +\|/gm,
  );
  return new Map([
    ...[...ofWarnings].map(([, code]) => [code!, []] as const),
    ...[...rows].map(([, code, statuses]) => [code!, [...statuses!.matchAll(/\d{3}/g)].map(([status]) => Number(status))] as const),
  ]);
}
