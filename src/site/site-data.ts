import { packageFiles } from '../interchange/data-package.js';
import type { PackageTable, TableField } from '../interchange/package-table.js';
import { packageTables } from '../interchange/package-tables.js';
import { topUnit } from '../plans/plan.projection.js';
import type { PublicPart } from '../plans/publication.js';
import type { PublicSite, SeriesPoint } from './public-site.js';

/** Tables that are public only with a part; the other ones are public in any case. */
const withPart: Readonly<Partial<Record<string, PublicPart>>> = {
  figures: 'units',
  projects: 'projects',
  policies: 'policies',
  tasks: 'tasks',
  promises: 'promises',
};

export interface SiteTable {
  readonly path: string;
  readonly title: string;
  readonly rows: number;
}

/** The public tables as a Data Package in the folder `data`, and what lies there. */
export function siteData(site: PublicSite): {
  readonly files: Record<string, string>;
  readonly tables: readonly SiteTable[];
} {
  const { plan, overview, indicators, observations, content, entry, options } = site;
  const units = plan.units.filter(({ level }) => level !== 'reference');
  // What an earlier plan has is not said to be public by this one.
  const shown = { plan: { ...plan, units }, indicators, observations, overview, longSeries: [] };
  const own = packageTables(shown).filter(({ name }) => {
    const part = withPart[name];
    return part === undefined || site.visible.part(part);
  });
  const tables = withoutLoose([...own, seriesTable(site)]);
  const head = {
    created: content.asOf,
    asOf: content.asOf,
    snapshot: { name: site.name, contentHash: entry.contentHash },
    ...(options.license !== undefined && { license: options.license }),
  };
  const files = packageFiles(shown, head, tables, '');
  return {
    files: Object.fromEntries(Object.entries(files).map(([path, text]) => [`data/${path}`, text])),
    tables: tables.map(({ name, title, rows }) => ({ path: `data/${name}.csv`, title, rows: rows.length })),
  };
}

/** Without references to tables that are not there. */
function withoutLoose(tables: readonly PackageTable<never>[]): PackageTable<never>[] {
  const names = new Set(tables.map(({ name }) => name));
  return tables.map(({ references = {}, ...table }) => {
    const kept = Object.entries(references).filter(([, { resource }]) => names.has(resource));
    return { ...table, ...(kept.length > 0 && { references: Object.fromEntries(kept) }) };
  });
}

interface SeriesRow extends SeriesPoint {
  readonly indicator: string;
  readonly unit: string;
}

const number = (name: string, description: string, of: TableField<SeriesRow>['of']): TableField<SeriesRow> => ({
  ...{ name, type: 'number', description },
  of,
});
const text = (name: string, description: string, of: TableField<SeriesRow>['of']): TableField<SeriesRow> => ({
  ...{ name, type: 'string', description },
  of,
});
const key = (field: TableField<SeriesRow>): TableField<SeriesRow> => ({ ...field, constraints: { required: true } });

/** What the charts show. */
function seriesTable({ overview, series }: PublicSite): PackageTable<never> {
  const unit = topUnit(overview) ?? '';
  const table: PackageTable<SeriesRow> = {
    name: 'series',
    title: '主要指标在规划本级的各期数值',
    fields: [
      key(text('indicator', 'Indicator', ({ indicator }) => indicator)),
      key(text('unit', 'Unit', (row) => row.unit)),
      key(text('period', 'Period', ({ period }) => period)),
      number('value', 'Value as it is shown; empty if there is none', ({ value }) => value),
      text('target', 'Target of the period: a number, one to be passed, or a range', ({ target }) => target),
      number('required', 'What the trajectory requires by the end of the period', ({ required }) => required),
      key({
        ...{ name: 'demo', type: 'boolean', description: 'Demonstration data (示例数据)' },
        of: ({ demo }) => demo,
      }),
    ],
    primaryKey: ['indicator', 'unit', 'period'],
    references: {
      indicator: { resource: 'indicators', field: 'code' },
      unit: { resource: 'units', field: 'code' },
    },
    rows: [...series].flatMap(([indicator, points]) => points.map((point) => ({ indicator, unit, ...point }))),
  };
  return table as unknown as PackageTable<never>;
}
