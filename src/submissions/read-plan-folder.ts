import { DefineIndicator, SetTarget } from '../indicators/indicator.commands.js';
import type { Actor } from '../kernel/event.js';
import { planSlug } from '../kernel/stream-name.js';
import { DefineArea, DraftPlan, EnrolUnit, SetEvaluationRules } from '../plans/plan.commands.js';
import { readActors } from './dated-rows.js';
import { programmeTables } from './programme-tables.js';
import { readHistory } from './read-history.js';
import { readProgress } from './read-progress.js';
import {
  Mistakes,
  YamlFile,
  csvRows,
  filled,
  placed,
  type Columns,
  type FolderFiles,
  type Place,
  type PlacedCommand,
} from './plan-folder.js';

/** What a folder asks for: its commands in the order they are to be decided, or all of its mistakes. */
export interface ReadFolder {
  readonly plan: string;
  readonly title: string;
  readonly demo: boolean;
  readonly actor: Actor;
  readonly commands: readonly PlacedCommand[];
  readonly problems: Mistakes['problems'];
}

type Fields = Record<string, unknown>;
const fields = (value: unknown): Fields =>
  value && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : {};
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const items = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const planKeys = [
  ...['plan', 'title', 'demo', 'territory', 'timeZone', 'startYear', 'endYear', 'baseline', 'midterm', 'knownAt'],
  ...['source', 'actor', 'assumptions', 'actionPlans', 'areas', 'units'],
];
const supplementKeys = ['plan', 'title', 'demo', 'note', 'knownAt', 'actor', 'source'];
const sourceKeys = ['title', 'sha256', 'locator'];
const actorKeys = ['id', 'name', 'unit', 'roles'];
/** Parts of the plan's own document: nothing that adds to a plan may bring them. */
const filesOfPlan = ['previous-plan.csv', 'glossary.csv'];
/** The plan's indicators may be spread over several files: `indicators.yaml` first, then the others by name. */
const indicatorFile = /^indicators(-[A-Za-z0-9_-]+)?\.yaml$/;
const knownFiles = [
  ...['plan.yaml', 'supplement.yaml', 'rules.yaml', 'indicators.yaml', 'targets.csv', 'history.csv', 'progress.csv'],
  'actors.csv',
  ...programmeTables.map(({ file }) => file),
  ...filesOfPlan,
];

/**
 * Reads a folder that describes a plan (`plan.yaml`) or adds to one (`supplement.yaml`); the format is described in
 * docs/plan-folder.md.
 */
export function readPlanFolder(files: FolderFiles): ReadFolder {
  const mistakes = new Mistakes();
  for (const file of Object.keys(files)) {
    if (!knownFiles.includes(file) && !indicatorFile.test(file) && !file.endsWith('.md')) {
      mistakes.add(
        { file },
        'folder.unknown-file',
        `不认识的文件：可用 ${knownFiles.join('、')}、indicators-….yaml（及 .md 说明）`,
      );
    }
  }
  const main = mainFile(files);
  if (!main || ('plan.yaml' in files && 'supplement.yaml' in files)) {
    mistakes.add(
      { file: 'plan.yaml' },
      'folder.no-plan',
      '文件夹须有且只有 plan.yaml（规划）或 supplement.yaml（补充数据）',
    );
    return unread(mistakes);
  }
  for (const file of main === 'plan.yaml' ? [] : filesOfPlan.filter((name) => name in files)) {
    mistakes.add({ file }, 'folder.misplaced-file', `${file} 属于规划文件夹：补充数据的文件夹不能有`);
  }
  const yaml = new YamlFile(main, files[main]!, mistakes);
  if (yaml.content === undefined) return unread(mistakes);
  const head = fields(yaml.content);
  const refuseOtherKeys = (content: unknown, keys: readonly string[], ...path: string[]) => {
    for (const key of Object.keys(fields(content)).filter((name) => !keys.includes(name))) {
      const message = `没有名为 ${key} 的键：可用 ${keys.join('、')}`;
      mistakes.add(yaml.place(...path, key), 'folder.unknown-key', message, [...path, key].join('.'));
    }
  };
  refuseOtherKeys(head, main === 'plan.yaml' ? planKeys : supplementKeys);
  refuseOtherKeys(head.source, sourceKeys, 'source');
  refuseOtherKeys(head.actor, actorKeys, 'actor');
  const folder = new Folder(yaml, head, files, mistakes);
  const { slug: plan, demo } = folder;
  const context = { plan, demo, actors: readActors(files, mistakes), mistakes };
  const commands = [
    ...(main === 'plan.yaml' ? folder.plan() : []),
    ...folder.rules(),
    ...folder.indicators(),
    ...folder.targets(),
    ...folder.programme(),
    ...readHistory(files, context),
    ...readProgress(files, context),
  ];
  const { title, actor } = folder;
  return { plan, title, demo, actor, commands, problems: mistakes.problems };
}

const mainFile = (files: FolderFiles) => ['plan.yaml', 'supplement.yaml'].find((name) => name in files);

/** What a folder says of itself, without reading the rest. */
function headOf(files: FolderFiles): ReturnType<typeof fields> {
  const main = mainFile(files);
  return main ? fields(new YamlFile(main, files[main]!, new Mistakes()).content) : {};
}

/** The plan that a folder describes or adds to, where it says so. */
export function planOf(files: FolderFiles): string | undefined {
  const { plan } = headOf(files);
  return typeof plan === 'string' && planSlug.test(plan) ? plan : undefined;
}

/** The title of a folder, where it says one. */
export function titleOf(files: FolderFiles): string | undefined {
  const { title } = headOf(files);
  return typeof title === 'string' ? title : undefined;
}

/** What cannot be read far enough to ask for anything. */
const unread = ({ problems }: Mistakes): ReadFolder => ({
  ...{ plan: '', title: '', demo: false, actor: nobody, commands: [] },
  problems,
});

const nobody: Actor = { id: 'nobody', name: 'nobody', roles: [] };

/** The structural files of a folder: who says it, since when, on what source. */
class Folder {
  readonly slug: string;
  readonly title: string;
  readonly demo: boolean;
  readonly actor: Actor;
  private readonly source: Fields;

  constructor(
    private readonly yaml: YamlFile,
    private readonly head: Fields,
    private readonly files: FolderFiles,
    private readonly mistakes: Mistakes,
  ) {
    if (!isText(head.plan)) mistakes.add(yaml.place('plan'), 'folder.plan', '须写明规划代码 plan', 'plan');
    if (!isText(head.title)) mistakes.add(yaml.place('title'), 'folder.title', '须写明标题 title', 'title');
    // Where one is missing it is said once: what rests on it gets a stand-in.
    this.slug = isText(head.plan) ? head.plan : 'missing';
    this.title = isText(head.title) ? head.title : 'missing';
    this.demo = head.demo === true;
    if (head.demo !== undefined && typeof head.demo !== 'boolean') {
      mistakes.add(yaml.place('demo'), 'folder.demo', 'demo 须为 true 或 false', 'demo');
    }
    this.source = fields(head.source);
    if (head.source !== undefined && !isText(this.source.title)) {
      mistakes.add(yaml.place('source'), 'folder.source', '来源须写明名称 source: {title, sha256, locator}', 'source');
    }
    this.actor = this.readActor();
  }

  plan(): PlacedCommand[] {
    const { territory, timeZone, startYear, endYear, baseline, midterm, assumptions, actionPlans } = this.head;
    const { title } = this;
    const results = this.csv('previous-plan.csv', ['row', 'sub_row', 'name', 'unit', 'value', 'line', 'note']);
    const terms = this.csv('glossary.csv', ['number', 'term', 'gist', 'line']);
    const previousResults = results.map(({ place, cells }) => ({
      row: cells.sub_row && cells.sub_row !== '0' ? `${cells.row}.${cells.sub_row}` : cells.row,
      name: cells.name,
      unit: cells.unit,
      value: cells.value,
      line: this.line(cells.line, place),
      note: filled(cells.note),
    }));
    const glossary = terms.map(({ place, cells }) => ({
      term: cells.term,
      gist: cells.gist,
      line: this.line(cells.line, place),
    }));
    const draft = { title, territory, timeZone, startYear, endYear, baseline, midterm, assumptions, actionPlans };
    return [
      ...this.command(DraftPlan, { ...draft, previousResults, glossary }, [], 1),
      ...this.list('areas').flatMap((area, at) => this.command(DefineArea, fields(area), ['areas', at])),
      ...this.list('units').flatMap((unit, at) => this.command(EnrolUnit, fields(unit), ['units', at])),
    ];
  }

  rules(): PlacedCommand[] {
    if (!('rules.yaml' in this.files)) return [];
    const yaml = new YamlFile('rules.yaml', this.files['rules.yaml'], this.mistakes);
    if (yaml.content === undefined) return [];
    // Since when they are known is no rule. Rules that change say it themselves: they are not as old as the plan.
    const { knownAt, ...rules } = fields(yaml.content);
    return this.command(SetEvaluationRules, { rules, ...(knownAt !== undefined && { knownAt }) }, [], undefined, yaml);
  }

  indicators(): PlacedCommand[] {
    return Object.keys(this.files)
      .filter((file) => indicatorFile.test(file))
      .sort((a, b) => Number(b === 'indicators.yaml') - Number(a === 'indicators.yaml') || (a < b ? -1 : 1))
      .flatMap((file) => this.indicatorsIn(file));
  }

  private indicatorsIn(file: string): PlacedCommand[] {
    const yaml = new YamlFile(file, this.files[file]!, this.mistakes);
    if (yaml.content !== undefined && !Array.isArray(yaml.content)) {
      this.mistakes.add(yaml.place(), 'folder.not-a-list', `${file} 须为列表，每项一个指标`);
    }
    return items(yaml.content).flatMap((item, at) => {
      // The file is flat where the command nests: what belongs to the definition (口径) is gathered here.
      const { definition, unitOfMeasure, valueType, minimum, maximum, measurement, aggregation, ...rest } =
        fields(item);
      const gathered = { text: definition, unitOfMeasure, valueType, minimum, maximum, measurement, aggregation };
      return this.command(
        DefineIndicator,
        { ...rest, definition: gathered },
        [at],
        typeof rest.line === 'number' ? rest.line : undefined,
        yaml,
      );
    });
  }

  targets(): PlacedCommand[] {
    return this.csv('targets.csv', ['indicator', 'unit', 'period', 'value', 'line']).flatMap(({ place, cells }) => {
      const { indicator: code, unit, period, value } = cells;
      const line = this.line(cells.line, place);
      const input = this.circumstances({ plan: this.slug, code, unit, period, value, line }, line);
      return this.mistakes.note(place, () => [placed(SetTarget, input, this.actor, place)]) ?? [];
    });
  }

  /** Tasks, policies, projects, promises and findings: a row each. */
  programme(): PlacedCommand[] {
    return programmeTables.flatMap(({ file, columns, commandOf }) =>
      this.csv(file, columns).flatMap(({ place, cells }) => {
        const line = this.line(cells.line, place);
        const { type, input } = commandOf(cells);
        const whole = this.circumstances({ plan: this.slug, ...input, line }, line);
        return this.mistakes.note(place, () => [placed(type, whole, this.actor, place)]) ?? [];
      }),
    );
  }

  private list(key: 'areas' | 'units'): unknown[] {
    const content = this.head[key];
    if (content !== undefined && !Array.isArray(content)) {
      this.mistakes.add(this.yaml.place(key), 'folder.not-a-list', `${key} 须为列表`, key);
    }
    return items(content);
  }

  private csv(file: string, needed: Columns['needed']): { place: Place; cells: Record<string, string> }[] {
    const text = this.files[file];
    if (text === undefined) return [];
    return csvRows(file, text, { needed }, this.mistakes).map(({ row, cells }) => ({ place: { file, row }, cells }));
  }

  /** A line of the plan's text, where the cell names one. */
  private line(cell: string | undefined, place: Place): number | undefined {
    if (!cell) return undefined;
    if (/^[1-9]\d{0,5}$/.test(cell)) return Number(cell);
    this.mistakes.add(place, 'folder.line', `行号须为整数（规划文本的行，从 1 数起），收到“${cell}”`, 'line');
    return undefined;
  }

  private command(
    type: Parameters<typeof placed>[0],
    input: Fields,
    path: readonly (string | number)[],
    line = typeof input.line === 'number' ? input.line : undefined,
    yaml = this.yaml,
  ): PlacedCommand[] {
    const place = yaml.place(...path);
    const at = (field: string | undefined): Place => {
      const keys = (field ?? '')
        .split(/[.[\]]+/)
        .filter(Boolean)
        .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
      const flat = keys[0] === 'definition' ? keys.slice(1) : keys[0] === 'rules' ? keys.slice(1) : keys;
      const found = yaml.place(...path, ...flat);
      return flat.length > 0 && found.row === 1 && path.length > 0 ? place : found;
    };
    const whole = this.circumstances({ plan: this.slug, ...input }, line);
    return this.mistakes.note(at, () => [placed(type, whole, this.actor, place)]) ?? [];
  }

  /** What the folder says of all its structure: known since when, on which source, and where in it. */
  private circumstances(input: Fields, line: number | undefined): Fields {
    const { title, sha256, locator } = this.source;
    const knownAt = input.knownAt ?? this.head.knownAt;
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
    const { id, name, unit, roles } = fields(this.head.actor);
    if (typeof id !== 'string' || typeof name !== 'string') {
      const message = '须写明装载人 actor: {id, name, unit, roles}';
      this.mistakes.add(this.yaml.place('actor'), 'folder.actor', message, 'actor');
      return nobody;
    }
    const wrong = (key: string, message: string) =>
      this.mistakes.add(this.yaml.place('actor', key), 'folder.actor', message, `actor.${key}`);
    if (unit !== undefined && typeof unit !== 'string') wrong('unit', `单位代码须加引号：unit: '331100'`);
    if (roles !== undefined && !Array.isArray(roles)) wrong('roles', '角色须为列表：roles: [loader, backfill]');
    return { id, name, ...(typeof unit === 'string' && { unit }), roles: items(roles).map(String) };
  }
}
