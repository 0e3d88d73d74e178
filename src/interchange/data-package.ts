import type { Instant } from '../kernel/time.js';
import { csvOf, packageProfile, pathOf, resourceOf } from './package-table.js';
import type { PackageTable } from './package-table.js';
import { packageTables, type PackageContent } from './package-tables.js';
import { zipped } from './zip.js';

/** Of when the content of a package is, and how it may be used. */
export interface PackageHead {
  readonly created: Instant;
  readonly asOf?: Instant;
  readonly position?: string;
  readonly snapshot?: { readonly name: string; readonly contentHash: string };
  /** Open Definition license identifier; absent where nobody gave one. */
  readonly license?: string;
}

/** A plan at a moment as a Data Package v2: a ZIP archive with `datapackage.json` and its tables. */
export const dataPackage = (content: PackageContent, head: PackageHead): Buffer =>
  zipped(packageFiles(content, head, packageTables(content)));

/** The files of a package with these tables by their paths; the tables lie in `folder`. */
export function packageFiles(
  content: Pick<PackageContent, 'plan' | 'overview'>,
  head: PackageHead,
  tables: readonly PackageTable<never>[],
  folder?: string,
): Record<string, string> {
  const written = tables.map((table) => ({ table, csv: csvOf(table) }));
  const descriptor = {
    ...descriptorHead(content, head),
    resources: written.map(({ table, csv }) => resourceOf(table, csv, folder)),
  };
  return {
    'datapackage.json': `${JSON.stringify(descriptor, undefined, 2)}\n`,
    ...Object.fromEntries(written.map(({ table, csv }) => [pathOf(table, folder), csv])),
  };
}

function descriptorHead(
  { plan, overview }: Pick<PackageContent, 'plan' | 'overview'>,
  { created, license, ...moment }: PackageHead,
) {
  return {
    $schema: packageProfile,
    name: plan.plan,
    title: plan.title,
    created,
    sources: [{ title: plan.title }],
    ...(license !== undefined && { licenses: [{ name: license }] }),
    /** Of our own; a Data Package may have further properties. */
    tongjian: { plan: plan.plan, period: overview.period, ...moment, demo: overview.demo },
  };
}
