import type { Actor } from '../kernel/event.js';
import {
  fieldsOf,
  placed,
  type Fields,
  type FolderFiles,
  type FolderReader,
  type Place,
  type PlacedCommand,
  type TableRow,
  type YamlSource,
} from '../slice/folder-part.js';
import type { CommandClass } from '../slice/command.js';
import { csvRows } from './csv-rows.js';
import type { Mistakes } from './mistakes.js';
import { YamlFile } from './yaml-file.js';

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const items = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Stands for the actor of a folder that names none; the folder is refused. */
export const nobody: Actor = { id: 'nobody', name: 'nobody', roles: [] };

/** A folder while it is read. Every command gets the folder's known time, source and demo mark. */
export class PlanFolder implements FolderReader {
  readonly plan: string;
  readonly title: string;
  readonly demo: boolean;
  readonly actor: Actor;
  readonly main: YamlFile & { readonly content: Fields };
  private readonly source: Fields;

  /** `yaml` is the folder's main file, with a mapping for its content. */
  constructor(
    yaml: YamlFile,
    private readonly contents: FolderFiles,
    private readonly mistakes: Mistakes,
  ) {
    const head = fieldsOf(yaml.content);
    this.main = Object.assign(yaml, { content: head });
    if (!isText(head.plan)) mistakes.add(yaml.place('plan'), 'folder.plan', '须写明规划代码 plan', 'plan');
    if (!isText(head.title)) mistakes.add(yaml.place('title'), 'folder.title', '须写明标题 title', 'title');
    // A missing code or title is reported once: everything that needs it gets a stand-in.
    this.plan = isText(head.plan) ? head.plan : 'missing';
    this.title = isText(head.title) ? head.title : 'missing';
    this.demo = head.demo === true;
    if (head.demo !== undefined && typeof head.demo !== 'boolean') {
      mistakes.add(yaml.place('demo'), 'folder.demo', 'demo 须为 true 或 false', 'demo');
    }
    this.source = fieldsOf(head.source);
    if (head.source !== undefined && !isText(this.source.title)) {
      mistakes.add(yaml.place('source'), 'folder.source', '来源须写明名称 source: {title, sha256, locator}', 'source');
    }
    this.actor = this.readActor();
  }

  get files(): readonly string[] {
    return Object.keys(this.contents);
  }

  mistake(place: Place, code: string, message: string, field?: string): void {
    this.mistakes.add(place, code, message, field);
  }

  yaml(file: string): YamlFile | undefined {
    const text = this.contents[file];
    if (text === undefined) return undefined;
    const yaml = new YamlFile(file, text, this.mistakes);
    return yaml.content === undefined ? undefined : yaml;
  }

  list(yaml: YamlFile, file: string, key?: string): readonly unknown[] {
    const content = key === undefined ? yaml.content : fieldsOf(yaml.content)[key];
    if (content !== undefined && !Array.isArray(content)) {
      const place = key === undefined ? yaml.place() : yaml.place(key);
      const message = key === undefined ? `${file} 须为列表，每项一个指标` : `${key} 须为列表`;
      this.mistake(place, 'folder.not-a-list', message, key);
    }
    return items(content);
  }

  rows(file: string, columns: readonly string[]): readonly TableRow[] {
    const text = this.contents[file];
    if (text === undefined) return [];
    return csvRows(file, text, { needed: columns }, this.mistakes).map(({ row, cells }) => {
      const place = { file, row };
      const line = this.line(cells.line, place);
      return { place, cells, ...(line !== undefined && { line }) };
    });
  }

  fromYaml(type: CommandClass, input: Fields, { yaml, path, line }: YamlSource): readonly PlacedCommand[] {
    const place = yaml.place(...path);
    const at = (field: string | undefined): Place => {
      const keys = (field ?? '')
        .split(/[.[\]]+/)
        .filter(Boolean)
        .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
      // The file is flat where the command nests.
      const flat = keys[0] === 'definition' || keys[0] === 'rules' ? keys.slice(1) : keys;
      const found = yaml.place(...path, ...flat);
      return flat.length > 0 && found.row === 1 && path.length > 0 ? place : found;
    };
    const own = line ?? (typeof input.line === 'number' ? input.line : undefined);
    const whole = this.circumstances({ plan: this.plan, ...input }, own);
    return this.mistakes.note(at, () => [placed(type, whole, this.actor, place)]) ?? [];
  }

  fromRow(type: CommandClass, input: object, { place, line }: TableRow): readonly PlacedCommand[] {
    const whole = this.circumstances({ plan: this.plan, ...input, line }, line);
    return this.mistakes.note(place, () => [placed(type, whole, this.actor, place)]) ?? [];
  }

  /** A line of the plan's text, where the cell names one. */
  private line(cell: string | undefined, place: Place): number | undefined {
    if (!cell) return undefined;
    if (/^[1-9]\d{0,5}$/.test(cell)) return Number(cell);
    this.mistake(place, 'folder.line', `行号须为整数（规划文本的行，从 1 数起），收到“${cell}”`, 'line');
    return undefined;
  }

  /** What the folder says of all its structure: known since when, on which source, and where in it. */
  private circumstances(input: Fields, line: number | undefined): Fields {
    const { title, sha256, locator } = this.source;
    const knownAt = input.knownAt ?? this.main.content.knownAt;
    return {
      ...input,
      ...(knownAt !== undefined && { knownAt }),
      ...(isText(title)
        ? { evidence: [{ title, sha256, locator: line === undefined ? locator : `第${line}行` }] }
        : { reason: this.title }),
      ...(this.demo && { demo: true }),
    };
  }

  private readActor(): Actor {
    const { content } = this.main;
    const { id, name, unit, roles } = fieldsOf(content.actor);
    if (typeof id !== 'string' || typeof name !== 'string') {
      const message = '须写明装载人 actor: {id, name, unit, roles}';
      this.mistake(this.main.place('actor'), 'folder.actor', message, 'actor');
      return nobody;
    }
    const wrong = (key: string, message: string) =>
      this.mistake(this.main.place('actor', key), 'folder.actor', message, `actor.${key}`);
    if (unit !== undefined && typeof unit !== 'string') wrong('unit', `单位代码须加引号：unit: '331100'`);
    if (roles !== undefined && !Array.isArray(roles)) wrong('roles', '角色须为列表：roles: [loader, backfill]');
    return { id, name, ...(typeof unit === 'string' && { unit }), roles: items(roles).map(String) };
  }
}
