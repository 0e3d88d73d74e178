import { aboutOf, type CommandClass } from '../slice/command.js';
import {
  broughtBy,
  fieldsOf,
  placed,
  type ColumnNames,
  type Fields,
  type FolderFiles,
  type FolderPart,
  type FolderReader,
  type FolderYaml,
  type ListItem,
  type Locate,
  type PlacedCommand,
  type Spot,
  type TableRow,
  type YamlSource,
} from '../slice/folder-part.js';
import { csvRows, type CsvTable } from './csv-rows.js';
import { readHead, unreadHead, type FolderHead } from './folder-head.js';
import type { Mistakes } from './mistakes.js';
import { YamlFile } from './yaml-file.js';

/** A folder while it is read. Every command gets the folder's known time, source and demo mark. */
export class PlanFolder implements FolderReader {
  readonly head: FolderHead;
  readonly main: FolderYaml & { readonly content: Fields };
  private readonly isReadable: boolean;
  private readonly lacking = new Map<string, CsvTable['lacking']>();

  /** `yaml` is the folder's main file. Where that cannot be read, the others are, for their own mistakes. */
  constructor(
    yaml: YamlFile,
    private readonly contents: FolderFiles,
    private readonly parts: readonly FolderPart[],
    private readonly mistakes: Mistakes,
  ) {
    this.isReadable = yaml.content !== undefined;
    this.head = this.isReadable ? readHead(yaml, mistakes) : unreadHead;
    this.main = Object.assign(yaml, { content: fieldsOf(yaml.content) });
  }

  get plan(): string {
    return this.head.plan;
  }

  get title(): string {
    return this.head.title;
  }

  get files(): readonly string[] {
    return Object.keys(this.contents);
  }

  mistake(spot: Spot, code: string, message: string): void {
    this.mistakes.add(spot, code, message);
  }

  yaml(file: string): YamlFile | undefined {
    const text = this.contents[file];
    if (text === undefined) return undefined;
    const yaml = new YamlFile(file, text, this.mistakes);
    if (yaml.content !== undefined) return yaml;
    this.cannotRead(file);
    return undefined;
  }

  /** Nobody knows what the file would have brought about. */
  cannotRead(file: string): void {
    for (const kind of broughtBy(this.parts, file)) this.mistakes.unmade.add({ kind });
  }

  list(yaml: FolderYaml, kind: string, key?: string): readonly ListItem[] {
    const content = key === undefined ? yaml.content : fieldsOf(yaml.content)[key];
    const path = key === undefined ? [] : [key];
    if (content === undefined) return [];
    if (!Array.isArray(content)) {
      this.mistakes.add(yaml.spot(...path), 'folder.not-a-list', `${key ?? '内容'}须为列表：每项以“- ”开头`);
      this.mistakes.unmade.add({ kind });
      return [];
    }
    return content.flatMap((item: unknown, at): ListItem[] => {
      const here = [...path, at];
      if (item && typeof item === 'object' && !Array.isArray(item)) return [{ fields: item as Fields, path: here }];
      this.mistakes.add(yaml.spot(...here), 'folder.not-a-mapping', '列表的每一项须写作“键: 值”');
      this.mistakes.unmade.add({ kind });
      return [];
    });
  }

  rows(file: string, needed: readonly string[], optional: readonly string[] = []): readonly TableRow[] {
    const text = this.contents[file];
    if (text === undefined) return [];
    const { rows, lacking, stray, isWhole } = csvRows(file, text, { needed, optional }, this.mistakes);
    this.lacking.set(file, lacking);
    if (!isWhole) this.cannotRead(file);
    for (const kind of broughtBy(this.parts, file)) {
      for (const id of stray) this.mistakes.unmade.add({ kind, id });
    }
    return rows.map(({ place, cells }) => {
      const line = this.line(cells['line'], place);
      return { place, cells, ...(line !== undefined && { line }) };
    });
  }

  fromYaml(type: CommandClass, input: Fields, { yaml, path, line, elsewhere }: YamlSource): readonly PlacedCommand[] {
    if (!this.isReadable && yaml === this.main) return [];
    const locate: Locate = (field, code) => {
      if (field === undefined) return yaml.spot(...path);
      if (code === noRight) return this.main.spot('actor', 'roles');
      const keys = keysOf(field);
      const shared = input[keys[0]!] === undefined ? this.ofHead(field, code) : undefined;
      if (shared) return shared;
      const flat = inFile(keys);
      return elsewhere?.(field) ?? { ...yaml.spot(...path, ...flat), field: flat.join('.') };
    };
    const own = line ?? (typeof input.line === 'number' ? input.line : undefined);
    return this.made(type, this.circumstances({ plan: this.plan, ...input }, own), locate, false);
  }

  fromRow(
    type: CommandClass,
    input: object,
    { place, cells, line }: TableRow,
    columns: ColumnNames = {},
  ): readonly PlacedCommand[] {
    const lacking = this.lacking.get(place.file);
    const locate: Locate = (field, code) => {
      if (field === undefined) return place;
      if (code === noRight) return this.main.spot('actor', 'roles');
      const column = columns[field] ?? columns[String(keysOf(field)[0])] ?? field;
      if (column in cells) return { ...place, field: column, cell: cells[column] };
      return this.ofHead(field, code) ?? { ...place, field: column, reported: lacking?.has(column) ?? false };
    };
    const isProvisional = (lacking?.size ?? 0) > 0 || (line === undefined && Boolean(cells['line']));
    return this.made(type, this.circumstances({ plan: this.plan, ...input, line }, line), locate, isProvisional);
  }

  private made(type: CommandClass, input: Fields, locate: Locate, isProvisional: boolean): readonly PlacedCommand[] {
    const { mistakes, head } = this;
    const command = mistakes.note(locate, () => placed(type, input, head.actor, locate, isProvisional));
    if (command) return [command];
    mistakes.unmade.add(aboutOf(type, input));
    return [];
  }

  /** A line of the plan's text, where the cell names one. */
  private line(cell: string | undefined, place: TableRow['place']): number | undefined {
    if (!cell) return undefined;
    if (/^[1-9]\d{0,5}$/.test(cell)) return Number(cell);
    this.mistakes.add({ ...place, field: 'line', cell }, 'folder.line', '行号须为整数（规划文本的行，从 1 数起）');
    return undefined;
  }

  /** What the folder says of all its structure: known since when, on which source, and where in it. */
  private circumstances(input: Fields, line: number | undefined): Fields {
    const { source, demo, title, ...head } = this.head;
    const knownAt = input.knownAt ?? head.knownAt;
    return {
      ...input,
      ...(knownAt !== undefined && { knownAt }),
      ...(source
        ? { evidence: input.evidence ?? [{ ...source, locator: line === undefined ? source.locator : `第${line}行` }] }
        : { reason: input.reason ?? title }),
      ...(demo && { demo: true }),
    };
  }

  /** Where a field stands that every command has from the head of the folder. */
  private ofHead(field: string, code = ''): Spot | undefined {
    if (!/^(input|time|known-time|plan)\./.test(code)) return undefined;
    const [first, , last] = field.split('.');
    if (first === 'evidence') return this.main.spot('source', ...(last === undefined ? [] : [last]));
    if (first === 'reason') return this.main.spot('title');
    return first === 'knownAt' || first === 'demo' || first === 'plan' ? this.main.spot(first) : undefined;
  }
}

/** Of who states a folder’s content since when it is known: it is told of the person, not of the time. */
export const noRight = 'known-time.no-right';

const keysOf = (field: string): (string | number)[] =>
  field.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));

/** The keys of a field in its file, which is flat where the command nests. */
function inFile(keys: readonly (string | number)[]): readonly (string | number)[] {
  if (keys[0] === 'definition') return keys[1] === 'text' ? ['definition'] : keys.slice(1);
  return keys[0] === 'rules' ? keys.slice(1) : keys;
}
