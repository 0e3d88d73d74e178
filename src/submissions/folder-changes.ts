import { orMeant, codeMeant } from '../kernel/did-you-mean.js';
import { grouped } from '../kernel/grouped.js';
import { canonicalJson, plain } from '../kernel/json.js';
import type { Command, CommandClass } from '../slice/command.js';
import { labelsOf } from '../slice/field.js';
import {
  filled,
  placed,
  type ChangeCommand,
  type Changing,
  type Fields,
  type FolderPart,
  type Locate,
  type PlacedCommand,
  type Spot,
} from '../slice/folder-part.js';
import type { Oddity } from '../slice/plausibility.js';
import { everything, type ChangeRow } from './change-rows.js';
import { comesLast, type ReadFolder } from './read-plan-folder.js';

/** How a thing that a folder describes differs from what the folder said when it was loaded before. */
export interface Difference {
  readonly changing: Changing;
  readonly key: string;
  /** The row as it was; absent where the thing is new. */
  readonly before?: PlacedCommand;
  /** The row as it is; absent where the thing is gone. */
  readonly now?: PlacedCommand;
  /** The row of changes.csv that explains it. */
  readonly change?: ChangeRow;
}

/** A folder beside the one that was loaded before it. */
export interface ChangedFolder extends ReadFolder {
  readonly differences: readonly Difference[];
  /** Rows that say what they said before: they are not decided again. */
  readonly asBefore: ReadonlySet<PlacedCommand>;
  /** Rows that say what they said before in other writing: decided to check the writing, unless it stands no more. */
  readonly reworded: ReadonlySet<PlacedCommand>;
  /** Of a row that changes or rewords something, what the row was before. */
  readonly formerOf: ReadonlyMap<PlacedCommand, PlacedCommand>;
  /** Rows about things that the folder did not have before. */
  readonly added: ReadonlySet<PlacedCommand>;
  /** Rows of dated tables that are gone: what they reported stays. */
  readonly dropped: readonly PlacedCommand[];
  /** Rows of dated tables that are new. */
  readonly newRows: readonly PlacedCommand[];
}

const circumstances = ['plan', 'reason', 'evidence', 'knownAt', 'demo'];

const fieldsIn = (command: Command): Fields => plain({ ...command });

/** What a command says, without why, on what grounds and known since when. */
export const contentOf = ({ command }: PlacedCommand): Fields =>
  Object.fromEntries(Object.entries(fieldsIn(command)).filter(([field]) => !circumstances.includes(field)));

/**
 * A folder that was loaded before, changed: rows that say the same are left alone, changed rows state their content anew,
 * new rows are known from now on, and what is gone is ended. Each of these takes its reason and document from changes.csv.
 */
export function withChanges(
  folder: ReadFolder,
  former: ReadFolder | undefined,
  submission: string,
  parts: readonly FolderPart[],
): ChangedFolder {
  return new FolderComparison(folder, former, submission, parts).result();
}

interface Thing {
  readonly changing: Changing;
  readonly key: string;
  readonly row: PlacedCommand;
}

class FolderComparison {
  private readonly isLast: (row: PlacedCommand) => boolean;
  private readonly kinds: ReadonlyMap<unknown, Changing>;
  private readonly rows: ReadonlyMap<string, ChangeRow>;
  private readonly used = new Set<ChangeRow>();
  private readonly differences: Difference[] = [];
  private readonly asBefore = new Set<PlacedCommand>();
  private readonly reworded = new Set<PlacedCommand>();
  private readonly formerOf = new Map<PlacedCommand, PlacedCommand>();
  private readonly added = new Set<PlacedCommand>();

  constructor(
    private readonly folder: ReadFolder,
    private readonly former: ReadFolder | undefined,
    private readonly submission: string,
    parts: readonly FolderPart[],
  ) {
    this.isLast = comesLast(parts);
    const changing = parts.flatMap((part) => part.changing ?? []);
    this.kinds = new Map(changing.map((each) => [each.type, each]));
    this.rows = new Map(folder.changeRows.map((row) => [`${row.word} ${row.key}`, row]));
  }

  result(): ChangedFolder {
    const { folder, former, differences, asBefore, reworded, formerOf, added } = this;
    const commands = former ? this.compared(former) : folder.commands;
    const [now, before] = former ? [this.dated(folder), this.dated(former)] : [];
    const dropped = now && before ? onlyIn(before, now) : [];
    const newRows = now && before ? onlyIn(now, before) : [];
    // A folder that is new explains what it was before: its rows in changes.csv have nothing to compare with.
    if (former) folder.mistakes.oddities.push(...this.unusedRows(), ...dropped.map(rowDropped));
    return { ...folder, commands, differences, asBefore, reworded, formerOf, added, dropped, newRows };
  }

  private compared(former: ReadFolder): readonly PlacedCommand[] {
    const before = new Map(this.things(former).map((thing) => [idOf(thing), thing]));
    const here = new Set<string>();
    const decided = this.folder.commands.flatMap((row): PlacedCommand[] => {
      const thing = this.thing(row);
      if (!thing) return [row];
      here.add(idOf(thing));
      const then = before.get(idOf(thing));
      if (!then) return this.asAdded(thing);
      if (saysOfThing(then) === saysOfThing(thing)) {
        this.asBefore.add(row);
        return [row];
      }
      if (isReworded(then, thing)) return this.asReworded(thing, then);
      return this.asAmended(thing, then);
    });
    const gone = [...before.values()].filter((thing) => !here.has(idOf(thing)) && !this.mayBeHere(thing)).reverse();
    const first = gone.filter(({ changing }) => changing.end?.first);
    const last = gone.filter(({ changing }) => !changing.end?.first);
    return [
      ...first.flatMap((thing) => this.asEnded(thing)),
      ...decided.filter((row) => !this.isLast(row)),
      ...last.flatMap((thing) => this.asEnded(thing)),
      ...decided.filter(this.isLast),
    ];
  }

  private things({ commands }: ReadFolder): Thing[] {
    return commands.flatMap((row) => this.thing(row) ?? []);
  }

  private thing(row: PlacedCommand): Thing | undefined {
    const changing = this.kinds.get(row.command.constructor);
    return changing && { changing, key: changing.keyOf(contentOf(row)), row };
  }

  /** A row that cannot be read may be the one that is missed. */
  private mayBeHere({ row }: Thing): boolean {
    const { about } = row.command;
    return about !== undefined && this.folder.mistakes.unmade.mayBe(about);
  }

  private changeOf({ changing: { word }, key }: Pick<Thing, 'changing' | 'key'>): ChangeRow | undefined {
    const row = this.rows.get(`${word} ${key}`) ?? this.rows.get(`${word} `) ?? this.rows.get(`${everything} `);
    if (row) this.used.add(row);
    return row;
  }

  private asAdded(thing: Thing): PlacedCommand[] {
    const { changing, key, row } = thing;
    const change = this.changeOf(thing);
    this.differences.push({ changing, key, now: row, change });
    // The day of the folder is that of the content which the folder had at first.
    const { knownAt } = row.command;
    const isOfFolder = knownAt !== undefined && knownAt === this.folder.knownAt;
    const grounds = change ? groundsOf(change) : isOfFolder ? { knownAt: undefined } : {};
    const made = this.made(thing, { type: changing.type }, change, { ...fieldsIn(row.command), ...grounds });
    for (const each of made) this.added.add(each);
    return made;
  }

  private asReworded(thing: Thing, then: Thing): PlacedCommand[] {
    const made = this.made(thing, thing.changing.amend!, undefined, fieldsIn(thing.row.command));
    for (const each of made) {
      this.reworded.add(each);
      this.formerOf.set(each, then.row);
    }
    return made;
  }

  private asAmended(thing: Thing, then: Thing): PlacedCommand[] {
    const { changing, key, row } = thing;
    const change = this.changeOf(thing);
    this.differences.push({ changing, key, before: then.row, now: row, change });
    const { amend } = changing;
    if (!amend) {
      const message = `${changing.word} ${key} 已装载过，内容不能改：请恢复此行；原登记有误的，请删去此行并另立代码`;
      this.folder.mistakes.add(row.locate(undefined), 'change.cannot-amend', message);
      return [];
    }
    if (!change && !amend.unexplained) {
      this.unexplained(row.locate(undefined), thing, '内容与上次装载的不同');
      return [];
    }
    const grounds = change ? groundsOf(change) : {};
    const made = this.made(thing, amend, change, { ...fieldsIn(row.command), ...grounds });
    for (const each of made) this.formerOf.set(each, then.row);
    return made;
  }

  private asEnded(thing: Thing): PlacedCommand[] {
    const { changing, key, row } = thing;
    const change = this.changeOf(thing);
    this.differences.push({ changing, key, before: row, change });
    const { file } = row.locate(undefined);
    const { end } = changing;
    if (!end) {
      const message = `${changing.word}${key && ` ${key}`} 上次装载时有，现在没有：不能取消，请恢复此行`;
      this.folder.mistakes.add({ file }, 'change.cannot-remove', message);
      return [];
    }
    if (!change) {
      this.unexplained({ file }, thing, '上次装载时有，现在没有');
      return [];
    }
    const input = { plan: this.folder.plan, ...end.inputOf(contentOf(row)), ...groundsOf(change) };
    const demo = row.command.demo && { demo: true };
    return this.made({ ...thing, row: { ...row, locate: () => change.spot('代码') } }, end, change, {
      ...input,
      ...demo,
    });
  }

  private unexplained(spot: Spot, { changing: { word }, key }: Thing, what: string): void {
    const message = `${word}${key && ` ${key}`} ${what}：请在 changes.csv 写一行（对象 ${word}，代码 ${key || '留空'}）说明事由，或恢复原样；diff 列出全部变更`;
    this.folder.mistakes.add(spot, 'change.unexplained', message);
  }

  /** The command of a changed row, with the fields that its row in changes.csv fills. It is this submission's own. */
  private made(
    { row }: Thing,
    { type, columns = {} }: ChangeCommand,
    change: ChangeRow | undefined,
    input: Fields,
  ): PlacedCommand[] {
    const filledIn = Object.entries(columns).flatMap(([column, field]) => {
      const cell = filled(change?.cells[column]);
      return cell === undefined ? [] : [[field, column === '可比' ? flag(cell) : cell] as const];
    });
    const columnOf = new Map([...Object.entries(grounds), ...Object.entries(columns).map(([c, f]) => [f, c] as const)]);
    const locate: Locate = (field, code) => {
      const column = field === undefined ? undefined : columnOf.get(field);
      return change && column !== undefined ? change.spot(column) : row.locate(field, code);
    };
    const fields = { ...fieldsOfClass(type, input), ...Object.fromEntries(filledIn) };
    const command = this.folder.mistakes.note(locate, () =>
      placed(type, fields, row.sender.actor, locate, row.isProvisional),
    );
    if (!command) return [];
    const commandId = `${command.sender.commandId}.${this.submission}`;
    return [{ ...command, sender: { ...command.sender, commandId } }];
  }

  private unusedRows(): Oddity[] {
    const things = this.differences.map(({ changing: { word }, key }) => `${word} ${key}`);
    return this.folder.changeRows
      .filter((row) => !this.used.has(row))
      .map(({ word, key, place }) => ({
        code: 'change.nothing-differs',
        subject: `${word}/${key}`,
        message: `changes.csv 写了 ${word} ${key}，而它与上次装载的相同：已装载过的变更请删去此行，或核对代码${orMeant(codeMeant(`${word} ${key}`, things))}`,
        sides: [{ ...place, field: '代码' }],
      }));
  }

  /** The rows of dated tables, by what they say: what was reported on a day. */
  private dated({ commands }: ReadFolder): ReadonlyMap<string, PlacedCommand> {
    const rows = commands.filter(({ command }) => !this.kinds.has(command.constructor));
    return new Map(rows.map((row) => [saysAndWhen(row), row]));
  }
}

/** Rows that one folder has and the other has not, each once, whatever number of commands it brings. */
function onlyIn(rows: ReadonlyMap<string, PlacedCommand>, others: ReadonlyMap<string, PlacedCommand>): PlacedCommand[] {
  const only = [...rows].flatMap(([says, row]) => (others.has(says) ? [] : [row]));
  return [...grouped(only, rowOf).values()].map(([first]) => first!);
}

const idOf = ({ changing: { word }, key }: Thing) => `${word} ${key}`;

/** The content of a thing, as far as it can be stated anew: the line of a target in the plan's text cannot. */
function saysOfThing({ changing: { amend }, row }: Thing): string {
  const content = contentOf(row);
  return canonicalJson(amend ? fieldsOfClass(amend.type, content) : content);
}

function isReworded(then: Thing, { changing: { amend, reworded }, row }: Thing): boolean {
  return amend !== undefined && reworded !== undefined && reworded(contentOf(then.row), contentOf(row));
}

function fieldsOfClass(type: CommandClass, fields: Fields): Fields {
  const known = labelsOf(type);
  return Object.fromEntries(Object.entries(fields).filter(([field]) => known.has(field)));
}

/** What a row says and since when it is known, whoever states it on whatever grounds. */
const saysAndWhen = (row: PlacedCommand): string =>
  canonicalJson([row.command.type, contentOf(row), row.command.knownAt ?? null]);

/** The fields that say why a command is given and since when it is known, and the columns that fill them. */
const grounds: Readonly<Record<string, string>> = {
  reason: '事由',
  evidence: '依据',
  'evidence.0.title': '依据',
  'evidence.0.documentNumber': '文号',
  knownAt: '知悉日期',
};

/** Without a document of its own, a change rests on that of the folder. */
function groundsOf({ cells }: ChangeRow): Fields {
  const title = filled(cells['依据']);
  return {
    reason: filled(cells['事由']),
    knownAt: filled(cells['知悉日期']),
    ...(title !== undefined && { evidence: [{ title, documentNumber: filled(cells['文号']) }] }),
  };
}

/** A row may bring several commands: a report and its approval. */
const rowOf = ({ locate }: PlacedCommand): string => {
  const { file, row } = locate(undefined);
  return `${file} ${row}`;
};

/** Other text is kept, for the field's own check to refuse. */
const flag = (cell: string): unknown => ({ yes: true, 是: true, no: false, 否: false })[cell] ?? cell;

const rowDropped = (row: PlacedCommand): Oddity => {
  const { file, row: line } = row.locate(undefined);
  return {
    code: 'change.row-dropped',
    subject: `${file}/${line}`,
    message: `上次装载的第 ${line} 行（${row.command.about?.id ?? ''}）已不在文件中：它报过的仍然有效；要收回的，请加“撤回”等动作的行`,
    sides: [{ file }],
  };
};
