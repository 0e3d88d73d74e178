import type { Actor } from '../kernel/event.js';
import {
  filled,
  placed,
  type DatedAction,
  type Fields,
  type FolderFiles,
  type FolderPart,
  type Place,
  type PlacedCommand,
} from '../slice/folder-part.js';
import { csvRows } from './csv-rows.js';
import type { Mistakes } from './mistakes.js';

/** A file of things that became known one after another: one row each, with who, since when, and on what grounds. */
interface DatedFile {
  /** The columns that say what a row is about, with the command's field for each. */
  readonly subject: Readonly<Record<string, string>>;
  /** Columns that a file may leave out. */
  readonly optional: readonly string[];
  /** What the rows do, as the slices declare it. */
  readonly actionsOf: (part: FolderPart) => Readonly<Record<string, DatedAction>> | undefined;
}

const files: Readonly<Record<string, DatedFile>> = {
  'history.csv': {
    subject: { 指标: 'code', 单位: 'unit', 期间: 'period' },
    optional: ['例外说明'],
    actionsOf: ({ history }) => history,
  },
  'progress.csv': { subject: { 对象: 'id' }, optional: [], actionsOf: ({ progress }) => progress },
};

export const datedFiles = Object.keys(files);

export interface DatedContext {
  readonly plan: string;
  readonly demo: boolean;
  readonly actors: ReadonlyMap<string, Actor>;
  readonly mistakes: Mistakes;
}

/** The columns that every dated file has. */
const sharedColumns = ['知悉日期', '经办人', '动作', '事由', '依据', '出处', '文号'];

/**
 * The rows of a dated file as commands, in the order in which things became known; rows of the same day stay in the order
 * of the file. Mistakes of a row are noted, and the row brings no command.
 */
export function readDated(
  file: string,
  parts: readonly FolderPart[],
  contents: FolderFiles,
  context: DatedContext,
): PlacedCommand[] {
  const text = contents[file];
  if (text === undefined) return [];
  const { subject, optional, actionsOf } = files[file]!;
  const actions = Object.fromEntries(parts.flatMap((part) => Object.entries(actionsOf(part) ?? {})));
  const columnsOf = ({ fields, further }: DatedAction) => [
    ...Object.keys(fields),
    ...(further ? [further.day, further.actor] : []),
  ];
  const ofSomeActions = [...new Set(Object.values(actions).flatMap(columnsOf))];
  const all = [...new Set([...sharedColumns, ...Object.keys(subject), ...ofSomeActions])];
  const columns = { needed: all.filter((column) => !optional.includes(column)), optional };

  const dated = csvRows(file, text, columns, context.mistakes).flatMap(({ row, cells }) => {
    const place = { file, row };
    const { mistakes } = context;
    const word = cells['动作'] ?? '';
    const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
    if (!action) {
      mistakes.add(place, 'folder.unknown-action', `动作须为 ${Object.keys(actions).join('、')} 之一`, '动作');
      return [];
    }
    const fills = columnsOf(action);
    for (const column of ofSomeActions) {
      if (filled(cells[column]) && !fills.includes(column) && !sharedColumns.includes(column)) {
        mistakes.add(place, 'folder.cell-unused', `“${word}”的行不填“${column}”：请删去或改用别的动作`, column);
      }
    }
    return new DatedRow(place, cells, context).commands(action, subject);
  });
  // `toSorted` is stable.
  return dated
    .toSorted((a, b) => (a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : 0))
    .map(({ command }) => command);
}

interface DatedCommand {
  readonly knownAt: string;
  readonly command: PlacedCommand;
}

/** One row whose action is known. */
class DatedRow {
  constructor(
    private readonly place: Place,
    private readonly cells: Readonly<Record<string, string>>,
    private readonly context: DatedContext,
  ) {}

  commands(action: DatedAction, subject: DatedFile['subject']): DatedCommand[] {
    const { type, fields, words, reason, further } = action;
    this.needs('出处', '依据');
    if (!('文号' in fields)) this.needs('文号', '依据');
    const actor = this.actorIn('经办人');
    const knownAt = this.cell('知悉日期');
    if (!knownAt) this.context.mistakes.add(this.place, 'folder.known-at', '须填知悉日期', '知悉日期');
    if (!actor || !knownAt) return [];
    if (further) {
      this.needs(further.day, further.actor);
      this.needs(further.actor, further.day);
    }
    const { plan, demo } = this.context;
    // An empty subject is refused by the command's own check of that field.
    const subjects = Object.entries(subject).map(([column, field]) => [field, this.cell(column) ?? ''] as const);
    const about: Fields = { plan, ...Object.fromEntries(subjects) };
    const input = { ...about, ...this.circumstances(knownAt, reason), ...this.input(fields, words) };
    return [
      ...this.command(type, input, actor, knownAt),
      ...(further ? this.further(further, { ...about, ...(demo && { demo }) }) : []),
    ];
  }

  /** A further command, where the row fills both its columns. */
  private further({ type, reason, day, actor }: NonNullable<DatedAction['further']>, about: object): DatedCommand[] {
    const knownAt = this.cell(day);
    if (!knownAt || !this.cell(actor)) return [];
    const by = this.actorIn(actor);
    return by ? this.command(type, { ...about, knownAt, reason }, by, knownAt) : [];
  }

  private command(type: DatedAction['type'], input: object, actor: Actor, knownAt: string): DatedCommand[] {
    const command = this.context.mistakes.note(this.place, () => placed(type, input, actor, this.place));
    return command ? [{ knownAt, command }] : [];
  }

  private cell(column: string): string | undefined {
    return filled(this.cells[column]);
  }

  /** The command's fields out of the row's columns. */
  private input(fields: DatedAction['fields'], words: DatedAction['words'] = {}): object {
    return Object.fromEntries(
      Object.entries(fields).map(([column, field]) => {
        const cell = this.cell(column);
        return [field, cell === undefined ? undefined : (words[column]?.[cell] ?? cell)];
      }),
    );
  }

  /** Known since when, why, on what documents, and whether it is 示例数据: fields of every command. */
  private circumstances(knownAt: string, reason: string | undefined): object {
    const title = this.cell('依据');
    return {
      knownAt,
      reason: this.cell('事由') ?? reason,
      ...(title && { evidence: [{ title, locator: this.cell('出处'), documentNumber: this.cell('文号') }] }),
      ...(this.context.demo && { demo: true }),
    };
  }

  private needs(column: string, other: string): void {
    if (this.cell(column) && !this.cell(other)) {
      this.context.mistakes.add(this.place, 'folder.cell-missing', `填了“${column}”就须填“${other}”`, other);
    }
  }

  private actorIn(column: string): Actor | undefined {
    const id = this.cells[column] ?? '';
    const actor = this.context.actors.get(id);
    if (!actor) {
      this.context.mistakes.add(this.place, 'folder.unknown-actor', `actors.csv 中没有“${id}”`, column);
    }
    return actor;
  }
}

/** The people of `actors.csv`, by id; a folder with a dated file must name them. */
export function readActors(contents: FolderFiles, mistakes: Mistakes): ReadonlyMap<string, Actor> {
  const text = contents['actors.csv'];
  if (text === undefined) {
    const naming = datedFiles.find((file) => file in contents);
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
