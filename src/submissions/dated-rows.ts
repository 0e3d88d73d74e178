import type { Actor } from '../kernel/event.js';
import type { CommandClass } from '../slice/slice.js';
import { csvRows, filled, type FolderFiles, type Mistakes, type Place, type PlacedCommand } from './plan-folder.js';

/** What a row does: the command it becomes, and which of the columns that not every row has it fills. */
export interface Action {
  readonly type: CommandClass;
  readonly fills: readonly string[];
}

/** A file of things that became known one after another: a row each, by whom, since when, on what grounds. */
export interface DatedTable {
  readonly file: string;
  readonly columns: { readonly needed: readonly string[]; readonly optional?: readonly string[] };
  readonly actions: Readonly<Record<string, Action>>;
}

export interface DatedRow {
  readonly place: Place;
  readonly type: CommandClass;
  readonly actor: Actor;
  readonly knownAt: string;
  readonly cell: (column: string) => string | undefined;
  /** Known since when, why, on what documents, and whether it is 示例数据: fields of every command. */
  readonly circumstances: object;
}

export interface FolderContext {
  readonly plan: string;
  readonly demo: boolean;
  readonly actors: ReadonlyMap<string, Actor>;
  readonly mistakes: Mistakes;
}

/** The columns that every dated table has. */
export const datedColumns = ['知悉日期', '经办人', '动作', '事由', '依据', '出处', '文号'] as const;

/** The rows of a dated table that can be read that far; what is wrong with the others is noted. */
export function datedRows(
  files: FolderFiles,
  { file, columns, actions }: DatedTable,
  { actors, demo, mistakes }: FolderContext,
): DatedRow[] {
  const text = files[file];
  if (text === undefined) return [];
  const ofSomeActions = new Set(Object.values(actions).flatMap(({ fills }) => fills));

  return csvRows(file, text, columns, mistakes).flatMap(({ row, cells }) => {
    const place = { file, row };
    const cell = (name: string) => filled(cells[name]);
    const named = cells['动作'] ?? '';
    const action = Object.hasOwn(actions, named) ? actions[named] : undefined;
    if (!action) {
      mistakes.add(place, 'folder.unknown-action', `动作须为 ${Object.keys(actions).join('、')} 之一`, '动作');
      return [];
    }
    const { type, fills } = action;
    for (const column of ofSomeActions) {
      if (cell(column) && !fills.includes(column)) {
        mistakes.add(place, 'folder.cell-unused', `“${named}”的行不填“${column}”：请删去或改用别的动作`, column);
      }
    }
    const needs = (column: string, other: string) => needsToo(cell, column, other, place, mistakes);
    needs('出处', '依据');
    if (!fills.includes('文号')) needs('文号', '依据');
    const actor = actorNamed(actors, cells['经办人'] ?? '', '经办人', place, mistakes);
    const knownAt = cell('知悉日期');
    if (!knownAt) mistakes.add(place, 'folder.known-at', '须填知悉日期', '知悉日期');
    if (!actor || !knownAt) return [];
    const circumstances = {
      knownAt,
      reason: cell('事由'),
      ...(cell('依据') && {
        evidence: [{ title: cell('依据'), locator: cell('出处'), documentNumber: cell('文号') }],
      }),
      ...(demo && { demo }),
    };
    return [{ place, type, actor, knownAt, cell, circumstances }];
  });
}

export function needsToo(
  cell: DatedRow['cell'],
  column: string,
  other: string,
  place: Place,
  mistakes: Mistakes,
): void {
  if (cell(column) && !cell(other)) {
    mistakes.add(place, 'folder.cell-missing', `填了“${column}”就须填“${other}”`, other);
  }
}

export function actorNamed(
  actors: FolderContext['actors'],
  id: string,
  column: string,
  place: Place,
  mistakes: Mistakes,
): Actor | undefined {
  const actor = actors.get(id);
  if (!actor) mistakes.add(place, 'folder.unknown-actor', `actors.csv 中没有“${id}”`, column);
  return actor;
}

/** In the order in which things became known; what became known on the same day stays in the order of the file. */
export const byKnownDate = (rows: readonly { knownAt: string; command: PlacedCommand }[]): PlacedCommand[] =>
  rows.toSorted((a, b) => (a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : 0)).map(({ command }) => command);

/** The people of `actors.csv`, by id; needed where a file names people. */
export function readActors(files: FolderFiles, mistakes: Mistakes): ReadonlyMap<string, Actor> {
  const text = files['actors.csv'];
  if (text === undefined) {
    const naming = ['history.csv', 'progress.csv'].find((file) => file in files);
    if (naming) {
      mistakes.add({ file: 'actors.csv' }, 'folder.no-actors', `有 ${naming} 就须有 actors.csv：列出经办人和审核人`);
    }
    return new Map();
  }
  const rows = csvRows('actors.csv', text, { needed: ['id', 'name', 'unit', 'roles'] }, mistakes);
  return new Map(
    rows.map(({ cells: { id = '', name = '', unit, roles = '' } }) => [
      id,
      { id, name, ...(unit && { unit }), roles: roles.split(';').filter(Boolean) },
    ]),
  );
}
