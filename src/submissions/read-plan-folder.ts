import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import type { Actor } from '../kernel/event.js';
import { planSlug } from '../kernel/stream-name.js';
import { excerpt, harmless } from '../kernel/text.js';
import {
  broughtBy,
  fieldsOf,
  isFile,
  type FolderFiles,
  type FolderPart,
  type Place,
  type PlacedCommand,
} from '../slice/folder-part.js';
import { changesFile, readChangeRows, type ChangeRow } from './change-rows.js';
import { datedFiles, readDated } from './dated-rows.js';
import { FolderActors } from './folder-actors.js';
import { actorKeys, headKeys, sourceKeys, unreadHead } from './folder-head.js';
import type { FolderText } from './folder-text.js';
import { Mistakes } from './mistakes.js';
import { PlanFolder } from './plan-folder.js';
import { YamlFile } from './yaml-file.js';

/** What a folder asks for: its commands in the order they are to be decided, and its mistakes so far. */
export interface ReadFolder {
  readonly plan: string;
  readonly title: string;
  readonly demo: boolean;
  readonly actor: Actor;
  /** Since when its content is known, as it says. */
  readonly knownAt?: unknown;
  /** Why what was loaded before is changed. */
  readonly changeRows: readonly ChangeRow[];
  readonly commands: readonly PlacedCommand[];
  readonly mistakes: Mistakes;
  /** The rows of `actors.csv`, by the person's id. */
  readonly actorPlaces: ReadonlyMap<string, Place>;
  /** The files that it may have and has not, by the kind of thing that they would bring. */
  readonly absent: ReadonlyMap<string, string>;
  /** Whether it says rightly which plan it is about and who says so: otherwise nothing can be decided. */
  readonly isSound: boolean;
}

const supplementKeys = [...headKeys, 'note'];
const mainFiles = ['plan.yaml', 'supplement.yaml'];
const ownFiles = [...mainFiles, changesFile, ...datedFiles, 'actors.csv'];

/** Reads a folder that describes a plan (`plan.yaml`) or adds to one (`supplement.yaml`), by the parts of the slices. */
export function readPlanFolder({ files, problems }: FolderText, parts: readonly FolderPart[]): ReadFolder {
  const mistakes = new Mistakes();
  for (const { file = '', row, code, message } of problems) mistakes.add({ file, row }, code, message);
  const unreadable = new Set(problems.flatMap(({ file }) => file ?? []));
  const names = new Set([...Object.keys(files), ...unreadable]);
  refuseUnknownFiles(names, parts, mistakes);
  const main = mainFiles.filter((name) => names.has(name));
  if (main.length !== 1) {
    const message = '文件夹须有且只有 plan.yaml（规划）或 supplement.yaml（补充数据）';
    mistakes.add({ file: 'plan.yaml' }, 'folder.no-plan', message);
    return { ...unreadHead, commands: [], changeRows: [], mistakes, actorPlaces: new Map(), absent: new Map() };
  }
  const isPlan = main[0] === 'plan.yaml';
  if (!isPlan) {
    for (const file of parts.flatMap(({ planFiles = [] }) => planFiles).filter((name) => names.has(name))) {
      mistakes.add({ file }, 'folder.misplaced-file', `${file} 属于规划文件夹：补充数据的文件夹不能有`);
    }
  }
  const yaml = mainFile(main[0]!, files[main[0]!], mistakes);
  const planKeys = isPlan ? Object.fromEntries(parts.flatMap((part) => Object.entries(part.planKeys ?? {}))) : {};
  refuseUnknownKeys(yaml, isPlan ? [...headKeys, ...Object.keys(planKeys)] : supplementKeys, mistakes);
  if (mistakes.problems.some(({ code }) => code === 'folder.unknown-key')) {
    // One of these keys may be what was meant.
    for (const [key, kind] of Object.entries(planKeys)) {
      if (kind !== undefined && !(key in fieldsOf(yaml.content))) mistakes.unmade.add({ kind });
    }
  }

  const absent = absentFiles(names, isPlan, parts);
  const folder = new PlanFolder(yaml, files, parts, mistakes);
  for (const file of unreadable) folder.cannotRead(file);
  const { plan, title, demo, actor, knownAt, isSound } = folder.head;
  const changeRows = readChangeRows(files, parts, mistakes);
  const naming = datedFiles.find((file) => names.has(file));
  const actors = new FolderActors(files, naming, unreadable.has('actors.csv'), mistakes);
  const read = [
    ...parts.flatMap((part) => part.read?.(folder) ?? []),
    ...datedFiles.flatMap((file) => readDated(file, parts, files, { plan, demo, actors, mistakes })),
  ];
  const isLast = comesLast(parts);
  const commands = [...read.filter((row) => !isLast(row)), ...read.filter(isLast)];
  const head = { plan, title, demo, actor, knownAt, isSound };
  return { ...head, commands, changeRows, mistakes, actorPlaces: actors.places, absent };
}

/** Tells the rows that end what the others need: they are decided after all others. */
export function comesLast(parts: readonly FolderPart[]): (row: PlacedCommand) => boolean {
  const kinds = new Set<unknown>(
    parts.flatMap(({ changing = [] }) => changing.filter(({ last }) => last)).map(({ type }) => type),
  );
  return ({ command }) => kinds.has(command.constructor);
}

/** The main file; without content where it is no text, which is reported, or no mapping. */
function mainFile(name: string, text: string | undefined, mistakes: Mistakes): YamlFile {
  const yaml = new YamlFile(name, text ?? '', text === undefined ? new Mistakes() : mistakes);
  const { content } = yaml;
  if (content === undefined || (typeof content === 'object' && !Array.isArray(content))) return yaml;
  mistakes.add({ file: name }, 'folder.not-a-mapping', '内容须写作“键: 值”，如 plan: my-plan');
  return Object.assign(yaml, { content: undefined });
}

function absentFiles(names: ReadonlySet<string>, isPlan: boolean, parts: readonly FolderPart[]): Map<string, string> {
  const brought = new Set([...names].flatMap((name) => broughtBy(parts, name)));
  return new Map(
    parts.flatMap(({ brings = [], planFiles = [] }) =>
      brings.flatMap(([file, kind]) =>
        typeof file === 'string' && !brought.has(kind) && (isPlan || !planFiles.includes(file)) ? [[kind, file]] : [],
      ),
    ),
  );
}

/** Files in the order in which people read them: as docs/plan-folder.md lists them. */
export function fileOrder(parts: readonly FolderPart[]): (file: string) => number {
  const order = [
    ...mainFiles,
    changesFile,
    ...parts.flatMap(({ files = [] }) => files),
    ...[...datedFiles, 'actors.csv'],
  ];
  return (file) => {
    const at = order.findIndex((named) => isFile(named, file));
    return at < 0 ? order.length : at;
  };
}

/** What the main file of a folder says, without reading the rest. */
function headOf(files: FolderFiles): ReturnType<typeof fieldsOf> {
  const main = mainFiles.find((name) => name in files);
  return main ? fieldsOf(new YamlFile(main, files[main]!, new Mistakes()).content) : {};
}

/** The plan that a folder describes or adds to, where it names one. */
export function planOf(files: FolderFiles): string | undefined {
  const { plan } = headOf(files);
  return typeof plan === 'string' && planSlug.test(plan) ? plan : undefined;
}

/** Whether a folder describes a plan; otherwise it adds to one. */
export const isPlanFolder = (files: FolderFiles): boolean => 'plan.yaml' in files;

/** The title of a folder, where it has one. */
export function titleOf(files: FolderFiles): string | undefined {
  const { title } = headOf(files);
  return typeof title === 'string' ? title : undefined;
}

function refuseUnknownFiles(files: ReadonlySet<string>, parts: readonly FolderPart[], mistakes: Mistakes): void {
  const known = [...ownFiles, ...parts.flatMap((part) => part.files ?? [])];
  const names = known.filter((file) => typeof file === 'string');
  for (const file of files) {
    if (known.some((named) => isFile(named, file)) || file.endsWith('.md')) continue;
    const all = [...names, 'indicators.yaml'];
    const meant = orMeant(codeMeant(file, all));
    const message = `不认识的文件：可用 ${all.join('、')}、indicators-….yaml（及 .md 说明）${meant}`;
    mistakes.add({ file: excerpt(file, 80) }, 'folder.unknown-file', message);
  }
}

function refuseUnknownKeys(yaml: YamlFile, mainKeys: readonly string[], mistakes: Mistakes): void {
  const head = fieldsOf(yaml.content);
  const refuse = (content: unknown, keys: readonly string[], ...path: string[]) => {
    for (const key of Object.keys(fieldsOf(content)).filter((name) => !keys.includes(name))) {
      const { file, row } = yaml.spot(...path, key);
      const message = `没有名为 ${excerpt(key)} 的键：可用 ${keys.join('、')}${orMeant(codeMeant(key, keys))}`;
      mistakes.add({ file, row }, 'folder.unknown-key', message, harmless([...path, key].join('.')));
    }
  };
  refuse(head, mainKeys);
  refuse(head['source'], sourceKeys, 'source');
  refuse(head['actor'], actorKeys, 'actor');
}
