import { readFileSync } from 'node:fs';

/**
 * Error codes of the tables in docs/http-api.md, with their HTTP statuses; none for codes that only occur in
 * `problems`. The codes of warnings are in docs/plan-folder.md.
 */
export function documentedCodes(): ReadonlyMap<string, readonly number[]> {
  const [, warnings = ''] = readFileSync('docs/plan-folder.md', 'utf8').split('\n### Warnings\n');
  const ofWarnings = warnings.split('\n## ')[0]!.matchAll(/^\| +`([a-z-]+\.[a-z-]+)` +\|/gm);
  const rows = readFileSync('docs/http-api.md', 'utf8').matchAll(
    /^\| +`([a-z-]+\.[a-z-]+|[a-z]+)` +\| +([\d, –-]*?) +\|/gm,
  );
  return new Map<string, readonly number[]>([
    ...[...ofWarnings].map(([, code]) => [code!, []] as const),
    ...[...rows].map(
      ([, code, statuses]) => [code!, [...statuses!.matchAll(/\d{3}/g)].map(([status]) => Number(status))] as const,
    ),
  ]);
}
