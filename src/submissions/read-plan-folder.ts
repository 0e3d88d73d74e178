import type { Actor } from '../kernel/event.js';
import { planSlug } from '../kernel/stream-name.js';
import { fieldsOf, type FolderFiles, type FolderPart, type PlacedCommand } from '../slice/folder-part.js';
import { datedFiles, readActors, readDated } from './dated-rows.js';
import { Mistakes } from './mistakes.js';
import { PlanFolder, nobody } from './plan-folder.js';
import { YamlFile } from './yaml-file.js';

/** What a folder asks for: its commands in the order they are to be decided, or all of its mistakes. */
export interface ReadFolder {
  readonly plan: string;
  readonly title: string;
  readonly demo: boolean;
  readonly actor: Actor;
  readonly commands: readonly PlacedCommand[];
  readonly problems: Mistakes['problems'];
}

const headKeys = ['plan', 'title', 'demo', 'knownAt', 'source', 'actor'];
const supplementKeys = [...headKeys, 'note'];
const sourceKeys = ['title', 'sha256', 'locator'];
const actorKeys = ['id', 'name', 'unit', 'roles'];
const ownFiles = ['plan.yaml', 'supplement.yaml', ...datedFiles, 'actors.csv'];

/** Reads a folder that describes a plan (`plan.yaml`) or adds to one (`supplement.yaml`), by the parts of the slices. */
export function readPlanFolder(files: FolderFiles, parts: readonly FolderPart[]): ReadFolder {
  const mistakes = new Mistakes();
  refuseUnknownFiles(files, parts, mistakes);
  const main = mainFile(files);
  if (!main || ('plan.yaml' in files && 'supplement.yaml' in files)) {
    mistakes.add(
      { file: 'plan.yaml' },
      'folder.no-plan',
      '文件夹须有且只有 plan.yaml（规划）或 supplement.yaml（补充数据）',
    );
    return unread(mistakes);
  }
  if (main === 'supplement.yaml') {
    for (const file of parts.flatMap(({ planFiles = [] }) => planFiles).filter((name) => name in files)) {
      mistakes.add({ file }, 'folder.misplaced-file', `${file} 属于规划文件夹：补充数据的文件夹不能有`);
    }
  }
  const yaml = new YamlFile(main, files[main]!, mistakes);
  if (yaml.content === undefined) return unread(mistakes);
  refuseUnknownKeys(yaml, main === 'plan.yaml' ? planKeysOf(parts) : supplementKeys, mistakes);

  const folder = new PlanFolder(yaml, files, mistakes);
  const { plan, title, demo, actor } = folder;
  const context = { plan, demo, actors: readActors(files, mistakes), mistakes };
  const commands = [
    ...parts.flatMap((part) => part.read?.(folder) ?? []),
    ...datedFiles.flatMap((file) => readDated(file, parts, files, context)),
  ];
  return { plan, title, demo, actor, commands, problems: mistakes.problems };
}

/** The main file of a folder, without reading the rest. */
function headOf(files: FolderFiles): ReturnType<typeof fieldsOf> {
  const main = mainFile(files);
  return main ? fieldsOf(new YamlFile(main, files[main]!, new Mistakes()).content) : {};
}

/** The plan that a folder describes or adds to, where it names one. */
export function planOf(files: FolderFiles): string | undefined {
  const { plan } = headOf(files);
  return typeof plan === 'string' && planSlug.test(plan) ? plan : undefined;
}

/** The title of a folder, where it has one. */
export function titleOf(files: FolderFiles): string | undefined {
  const { title } = headOf(files);
  return typeof title === 'string' ? title : undefined;
}

const mainFile = (files: FolderFiles) => ['plan.yaml', 'supplement.yaml'].find((name) => name in files);

const planKeysOf = (parts: readonly FolderPart[]): string[] => [
  ...headKeys,
  ...parts.flatMap(({ planKeys = [] }) => planKeys),
];

function refuseUnknownFiles(files: FolderFiles, parts: readonly FolderPart[], mistakes: Mistakes): void {
  const known = [...ownFiles, ...parts.flatMap((part) => part.files ?? [])];
  const names = known.filter((file) => typeof file === 'string');
  const isKnown = (name: string) => known.some((file) => (typeof file === 'string' ? file === name : file.test(name)));
  for (const file of Object.keys(files)) {
    if (isKnown(file) || file.endsWith('.md')) continue;
    const message = `不认识的文件：可用 ${names.join('、')}、indicators.yaml、indicators-….yaml（及 .md 说明）`;
    mistakes.add({ file }, 'folder.unknown-file', message);
  }
}

function refuseUnknownKeys(yaml: YamlFile, mainKeys: readonly string[], mistakes: Mistakes): void {
  const head = fieldsOf(yaml.content);
  const refuse = (content: unknown, keys: readonly string[], ...path: string[]) => {
    for (const key of Object.keys(fieldsOf(content)).filter((name) => !keys.includes(name))) {
      const message = `没有名为 ${key} 的键：可用 ${keys.join('、')}`;
      mistakes.add(yaml.place(...path, key), 'folder.unknown-key', message, [...path, key].join('.'));
    }
  };
  refuse(head, mainKeys);
  refuse(head.source, sourceKeys, 'source');
  refuse(head.actor, actorKeys, 'actor');
}

/** What cannot be read far enough to ask for anything. */
const unread = ({ problems }: Mistakes): ReadFolder => ({
  ...{ plan: '', title: '', demo: false, actor: nobody, commands: [] },
  problems,
});
