import { stringify } from 'csv-stringify/sync';
import { sha256 } from '../kernel/json.js';

type FieldType = 'string' | 'number' | 'integer' | 'boolean';

export interface TableField<Row> {
  readonly name: string;
  readonly type: FieldType;
  readonly description: string;
  readonly constraints?: { readonly required?: true; readonly enum?: readonly string[] };
  readonly of: (row: Row) => string | number | boolean | undefined;
}

/** A table of a data package: what stands in it, and the schema that says what that means. */
export interface PackageTable<Row> {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly TableField<Row>[];
  readonly primaryKey: readonly string[];
  /** By field, the table whose key it names. */
  readonly references?: Readonly<Record<string, { readonly resource: string; readonly field: string }>>;
  readonly rows: readonly Row[];
}

const profile = (name: string) => `https://datapackage.org/profiles/2.0/${name}.json`;
export const packageProfile = profile('datapackage');

/** Where a table lies from `datapackage.json`. */
export const pathOf = ({ name }: { readonly name: string }, folder = 'data/'): string => `${folder}${name}.csv`;

/** The table as CSV: commas, a header, UTF-8 without a byte order mark, lines ended as RFC 4180 has it. */
export function csvOf<Row>({ fields, rows }: PackageTable<Row>): string {
  const records = rows.map((row) => fields.map(({ of }) => cellOf(of(row))));
  return stringify([fields.map(({ name }) => name), ...records], { record_delimiter: '\r\n' });
}

const cellOf = (value: string | number | boolean | undefined): string => (value === undefined ? '' : String(value));

/** The descriptor of the table as a Data Resource. */
export function resourceOf<Row>(table: PackageTable<Row>, csv: string, folder?: string) {
  const { name, title, fields, primaryKey, references = {} } = table;
  const foreignKeys = Object.entries(references).map(([field, { resource, field: key }]) => ({
    fields: [field],
    // Without a resource it is a key of the table itself.
    reference: { ...(resource !== name && { resource }), fields: [key] },
  }));
  return {
    $schema: profile('dataresource'),
    ...{
      name,
      type: 'table',
      title,
      path: pathOf(table, folder),
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
    },
    ...{ bytes: Buffer.byteLength(csv), hash: `sha256:${sha256(csv)}` },
    dialect: { $schema: profile('tabledialect'), delimiter: ',', lineTerminator: '\r\n', quoteChar: '"' },
    schema: {
      $schema: profile('tableschema'),
      fields: fields.map(({ of: _, ...field }) => field),
      primaryKey,
      ...(foreignKeys.length > 0 && { foreignKeys }),
      missingValues: [''],
    },
  };
}
