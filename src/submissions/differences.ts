import { stringify } from 'csv-stringify/sync';
import { asText } from '../http/csv.js';
import { grouped } from '../kernel/grouped.js';
import type { CommandClass } from '../slice/command.js';
import { labelAt } from '../slice/field.js';
import type { Fields, PlacedCommand } from '../slice/folder-part.js';
import { changeColumns } from './change-rows.js';
import { contentOf, type ChangedFolder, type Difference } from './folder-changes.js';
import type { FormerFolder } from './former-folder.js';

/** What differs between a folder and what it was when it was last loaded. */
export interface FolderDifferences {
  readonly plan: string;
  readonly title: string;
  /** The submission that is compared with; absent where this folder was never loaded. */
  readonly former?: { readonly submission: string; readonly title: string };
  /** In the order of the folder; what is gone comes last. */
  readonly differences: readonly DifferenceEntry[];
  /** Rows of history.csv and progress.csv that are new, by file. */
  readonly newRows: readonly { readonly file: string; readonly rows: number }[];
  /** Rows of these files that are gone. What they reported stays. */
  readonly droppedRows: readonly { readonly file: string; readonly row?: number }[];
  /** A changes.csv for the differences that have no row there yet; empty where none is needed. */
  readonly template: string;
}

export interface DifferenceEntry {
  /** The kind of thing, and which one, as changes.csv names them. */
  readonly object: string;
  readonly code: string;
  readonly change: 'added' | 'changed' | 'removed';
  readonly file: string;
  readonly row?: number;
  /** What it says differently, field by field; of a thing that is new or gone, nothing. */
  readonly fields: readonly FieldDifference[];
  /** The reason that changes.csv gives. */
  readonly reason?: string;
  /** Whether it cannot be loaded without a row in changes.csv. */
  readonly unexplained: boolean;
}

export interface FieldDifference {
  readonly field: string;
  /** The Chinese name of the field. */
  readonly label: string;
  readonly from?: string;
  readonly to?: string;
}

export function differencesOf(folder: ChangedFolder, former: FormerFolder | undefined): FolderDifferences {
  const { plan, title, differences, dropped, newRows } = folder;
  const entries = differences.map(entryOf);
  return {
    plan,
    title,
    ...(former && { former: { submission: former.submission, title: former.title } }),
    differences: entries,
    newRows: [...grouped(newRows, fileOf)].map(([file, rows]) => ({ file, rows: rows.length })),
    droppedRows: dropped.map(({ locate }) => {
      const { file, row } = locate(undefined);
      return { file, ...(row !== undefined && { row }) };
    }),
    template: templateOf(entries),
  };
}

const fileOf = ({ locate }: PlacedCommand) => locate(undefined).file;

function entryOf({ changing, key, before, now, change }: Difference): DifferenceEntry {
  const { file, row } = (now ?? before)!.locate(undefined);
  const kind = !before ? 'added' : now ? 'changed' : 'removed';
  const reason = change?.cells['事由'];
  const isNeeded = kind === 'removed' || (kind === 'changed' && !changing.amend?.unexplained);
  return {
    object: changing.word,
    code: key,
    change: kind,
    file,
    ...(row !== undefined && now && { row }),
    fields: before && now ? fieldDifferences(changing.type, contentOf(before), contentOf(now)) : [],
    ...(reason && { reason }),
    unexplained: isNeeded && !change,
  };
}

function fieldDifferences(type: CommandClass, before: Fields, now: Fields): FieldDifference[] {
  const [from, to] = [leaves(before), leaves(now)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .filter((field) => from.get(field) !== to.get(field))
    .map((field) => ({
      field,
      label: labelAt(type, field),
      ...given('from', from.get(field)),
      ...given('to', to.get(field)),
    }));
}

const given = (name: 'from' | 'to', value: string | undefined) => value !== undefined && { [name]: value };

/** Every value of an input under its path: `definition.measurement.scale`. */
function leaves(value: unknown, path = ''): Map<string, string> {
  if (value === null || typeof value !== 'object') return new Map([[path, String(value)]]);
  return new Map(Object.entries(value).flatMap(([key, member]) => [...leaves(member, path ? `${path}.${key}` : key)]));
}

function templateOf(entries: readonly DifferenceEntry[]): string {
  const rows = entries
    .filter(({ unexplained }) => unexplained)
    .map(({ object, code }) => ({ 对象: object, 代码: asText(code) }));
  return rows.length === 0 ? '' : stringify(rows, { header: true, columns: changeColumns });
}
