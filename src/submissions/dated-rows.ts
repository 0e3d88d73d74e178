import { by } from '../kernel/order.js';
import { aboutOf } from '../slice/command.js';
import {
  filled,
  placed,
  type DatedAction,
  type Fields,
  type FolderFiles,
  type FolderPart,
  type Locate,
  type PlacedCommand,
  type Spot,
} from '../slice/folder-part.js';
import { csvRows, type CsvRow } from './csv-rows.js';
import type { FolderActors, FoundActor } from './folder-actors.js';
import { gatheredRows, type GatheredRow } from './item-rows.js';
import type { Mistakes } from './mistakes.js';
import { noRight } from './plan-folder.js';

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
    optional: ['例外说明', '分组'],
    actionsOf: ({ history }) => history,
  },
  'progress.csv': { subject: { 对象: 'id' }, optional: [], actionsOf: ({ progress }) => progress },
};

export const datedFiles = Object.keys(files);

export interface DatedContext {
  readonly plan: string;
  readonly demo: boolean;
  readonly actors: FolderActors;
  readonly mistakes: Mistakes;
}

/** The columns that every dated file has, and the command's field for each that is one. */
const sharedColumns: Readonly<Record<string, string | undefined>> = {
  知悉日期: 'knownAt',
  经办人: undefined,
  动作: undefined,
  事由: 'reason',
  依据: 'evidence.0.title',
  出处: 'evidence.0.locator',
  文号: 'evidence.0.documentNumber',
};

interface DatedCommand {
  readonly knownAt: string;
  readonly command: PlacedCommand;
}

/**
 * The rows of a dated file as commands, in the order in which things became known; rows of the same day stay in the order
 * of the file. Mistakes of a row are noted; it brings its command all the same where that can be decided.
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
  const ofSomeActions = [...new Set(Object.values(actions).flatMap(columnsOf))];
  const all = [...new Set([...Object.keys(sharedColumns), ...Object.keys(subject), ...ofSomeActions])];
  const columns = { needed: all.filter((column) => !optional.includes(column)), optional };
  const { rows, lacking } = csvRows(file, text, columns, context.mistakes);
  const table: DatedTable = { subject, actions, ofSomeActions, lacking };
  const shared = ['动作', ...Object.keys(subject), '知悉日期'];
  const gathered = gatheredRows(rows, { shared, actions, mistakes: context.mistakes });
  const dated = gathered.flatMap((row) => new DatedRow(row, table, context).commands());
  // `toSorted` is stable.
  return dated.toSorted(by(({ knownAt }) => knownAt)).map(({ command }) => command);
}

/** The columns that a kind of row fills, besides the shared ones. */
const columnsOf = ({ fields, items, further }: DatedAction): string[] => [
  ...Object.keys(fields),
  ...(items ? [items.column] : []),
  ...(further ? [further.day, further.actor] : []),
];

interface DatedTable {
  readonly subject: DatedFile['subject'];
  readonly actions: Readonly<Record<string, DatedAction>>;
  readonly ofSomeActions: readonly string[];
  readonly lacking: ReadonlySet<string>;
}

/** Where the parts of a command stand in its row. */
interface CommandColumns {
  readonly fields: DatedAction['fields'];
  readonly items?: DatedAction['items'];
  readonly day: string;
  readonly actor: string;
}

class DatedRow {
  /** Columns whose cell is reported already. */
  private readonly reported: Set<string>;
  private readonly about: Fields;
  private readonly row: CsvRow;
  private readonly items: readonly CsvRow[];

  constructor(
    { row, items }: GatheredRow,
    private readonly table: DatedTable,
    private readonly context: DatedContext,
  ) {
    this.row = row;
    this.items = items;
    this.reported = new Set(table.lacking);
    // An empty subject is refused by the command's own check of that field.
    const subjects = Object.entries(table.subject).map(([column, field]) => [field, this.cell(column) ?? ''] as const);
    this.about = { plan: context.plan, ...Object.fromEntries(subjects) };
  }

  commands(): DatedCommand[] {
    const { actions, ofSomeActions } = this.table;
    const word = this.cell('动作') ?? '';
    const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
    if (!action) {
      this.mistake('动作', 'folder.unknown-action', `动作须为 ${Object.keys(actions).join('、')} 之一`);
      if (this.table.lacking.has('动作')) this.context.mistakes.unchecked++;
      // Whatever it is, some step of the thing is not made.
      for (const { type } of Object.values(actions)) this.context.mistakes.unmade.add(aboutOf(type, this.about));
      return [];
    }
    const fills = columnsOf(action);
    for (const column of ofSomeActions) {
      if (this.cell(column) && !fills.includes(column) && !(column in sharedColumns)) {
        this.mistake(column, 'folder.cell-unused', `“${word}”的行不填“${column}”：请删去或改用别的动作`);
      }
    }
    this.needs('出处', '依据');
    if (!('文号' in action.fields)) this.needs('文号', '依据');
    return [...this.own(action), ...this.further(action)];
  }

  private own({ type, fields, words, items, reason }: DatedAction): DatedCommand[] {
    const knownAt = this.cell('知悉日期');
    if (!knownAt) this.mistake('知悉日期', 'folder.known-at', '须填知悉日期');
    if (this.table.lacking.has('知悉日期')) this.context.mistakes.unchecked++;
    const input = {
      ...{ ...this.about, ...this.circumstances(knownAt, reason), ...this.input(fields, words) },
      ...(items && this.items.length > 0 && { [items.field]: this.list(items) }),
      ...(items && this.cell(items.column) === items.none && { [items.field]: [] }),
    };
    return this.command({ type, input, knownAt }, { fields, items, day: '知悉日期', actor: '经办人' });
  }

  /** A further command, where the row fills both its columns. */
  private further({ further }: DatedAction): DatedCommand[] {
    if (!further) return [];
    const { type, reason, day, actor } = further;
    this.needs(day, actor);
    this.needs(actor, day);
    const knownAt = this.cell(day);
    if (!knownAt || !this.cell(actor)) return [];
    const input = { ...this.about, knownAt, reason, ...(this.context.demo && { demo: true }) };
    return this.command({ type, input, knownAt }, { fields: {}, day, actor });
  }

  private command(
    { type, input, knownAt }: { type: DatedAction['type']; input: object; knownAt: string | undefined },
    columns: CommandColumns,
  ): DatedCommand[] {
    const { mistakes } = this.context;
    const locate: Locate = (field, code) => this.spotOf(field, code, columns);
    const { actor, isStandIn } = this.actorIn(columns.actor);
    const isProvisional = isStandIn || this.reported.size > 0;
    const command = mistakes.note(locate, () => placed(type, input, actor, locate, isProvisional));
    if (command && knownAt) return [{ knownAt, command }];
    const about = aboutOf(type, input);
    // A row without an id brings nothing about that others would miss.
    if (about?.id !== undefined) mistakes.unmade.add(about);
    return [];
  }

  private cell(column: string): string | undefined {
    return filled(this.row.cells[column]);
  }

  /** The command's fields out of the row's columns. */
  private input(fields: DatedAction['fields'], words: DatedAction['words'] = {}): object {
    return Object.fromEntries(
      Object.entries(fields).map(([column, field]) => [field, this.meaning(column, words[column])]),
    );
  }

  /** The items of the command; nothing where one of them cannot be told, which is reported. */
  private list({ column, fields, meaning }: NonNullable<DatedAction['items']>): object[] | undefined {
    const list = this.items.map((item) => {
      const told = meaning(item.cells[column]!);
      if (typeof told === 'object') {
        const values = Object.entries(fields).map(([name, field]) => [field, filled(item.cells[name])] as const);
        return { ...told, ...(Object.fromEntries(values) as object) };
      }
      this.context.mistakes.add(this.spotOfItem(item, column), 'folder.part-form', told);
      this.reported.add(column);
      return undefined;
    });
    return this.reported.has(column) ? undefined : (list as object[]);
  }

  /** What a cell says; of a column whose words stand for codes, the code. */
  private meaning(column: string, words: Readonly<Record<string, string>> | undefined): string | undefined {
    const cell = this.cell(column);
    if (!words) return cell;
    if (cell !== undefined && Object.values(words).includes(cell)) return cell;
    if (cell !== undefined && Object.hasOwn(words, cell)) return words[cell];
    this.mistake(column, 'folder.unknown-word', `${column}须为 ${Object.keys(words).join('、')} 之一`);
    return undefined;
  }

  /** Known since when, why, on what documents, and whether it is 示例数据: fields of every command. */
  private circumstances(knownAt: string | undefined, reason: string | undefined): object {
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
      this.mistake(other, 'folder.cell-missing', `填了“${column}”就须填“${other}”`);
    }
  }

  private actorIn(column: string): FoundActor {
    return this.context.actors.get(this.row.cells[column] ?? '', (message) =>
      this.mistake(column, 'folder.unknown-actor', message),
    );
  }

  private mistake(column: string, code: string, message: string): void {
    this.context.mistakes.add(this.spotIn(column), code, message);
    this.reported.add(column);
  }

  private spotOf(
    field: string | undefined,
    code: string | undefined,
    { fields, items, day, actor }: CommandColumns,
  ): Spot {
    if (field === undefined) return this.row.place;
    const [list, at = 0, ofItem] = field.split('.');
    const item = items && list === items.field ? this.items[Number(at)] : undefined;
    if (item) {
      const { column, fields: own } = items!;
      return this.spotOfItem(item, Object.keys(own).find((name) => own[name] === ofItem) ?? column);
    }
    if (code === noRight) return this.spotIn(actor);
    if (field === 'knownAt') return this.spotIn(day);
    if (field === 'evidence') return this.spotIn('依据');
    const columns = {
      ...{ ...sharedColumns, ...this.table.subject, ...fields },
      ...(items && { [items.column]: items.field }),
    };
    const column = Object.keys(columns).findLast((each) => columns[each] === field);
    return column === undefined ? { ...this.row.place, field } : this.spotIn(column);
  }

  private spotOfItem({ place, cells }: CsvRow, column: string): Spot {
    return { ...place, field: column, cell: cells[column], reported: this.table.lacking.has(column) };
  }

  private spotIn(column: string): Spot {
    return {
      ...this.row.place,
      field: column,
      cell: this.row.cells[column],
      reported: this.reported.has(column),
    };
  }
}
