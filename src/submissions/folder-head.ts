import type { Actor } from '../kernel/event.js';
import { DomainError } from '../kernel/errors.js';
import { planSlug } from '../kernel/stream-name.js';
import { dateMeant, orMeant } from '../kernel/did-you-mean.js';
import { parseKnownTime } from '../kernel/time.js';
import { EvidenceInput, checkedInput } from '../slice/command.js';
import { fieldsOf, type Fields, type Spot } from '../slice/folder-part.js';
import { flawIn } from '../kernel/text.js';
import { wrongPerson } from './folder-actors.js';
import type { Mistakes } from './mistakes.js';
import type { YamlFile } from './yaml-file.js';

/** Stands for a person who is not named rightly: the folder is refused, and what else they say is checked. */
export const nobody: Actor = { id: 'nobody', name: 'nobody', roles: ['backfill'] };

/** What a folder says of all that is in it: of which plan, from whom, on which document, known since when. */
export interface FolderHead {
  readonly plan: string;
  readonly title: string;
  readonly demo: boolean;
  readonly knownAt?: unknown;
  readonly source?: EvidenceInput;
  readonly actor: Actor;
  /** Whether all of this is right, so that the rest can be decided on it. */
  readonly isSound: boolean;
}

/** Stands for the head of a folder whose main file cannot be read. */
export const unreadHead: FolderHead = { plan: 'missing', title: 'missing', demo: false, actor: nobody, isSound: false };

export const headKeys = ['plan', 'title', 'demo', 'knownAt', 'source', 'actor'];
export const sourceKeys = ['title', 'sha256', 'locator'];
export const actorKeys = ['id', 'name', 'unit', 'roles'];

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

export function readHead(yaml: YamlFile, mistakes: Mistakes): FolderHead {
  const { plan, title, demo, knownAt, source, actor } = fieldsOf(yaml.content);
  let isSound = true;
  const mistake = (path: readonly string[], code: string, message: string) => {
    isSound = false;
    mistakes.add(yaml.spot(...path), code, message);
  };

  if (!isText(plan)) mistake(['plan'], 'folder.plan', '须写明规划代码 plan');
  else if (!planSlug.test(plan)) {
    mistake(['plan'], 'folder.plan', '规划代码 plan 须为小写字母、数字和连字符，至多 60 位');
  }
  const flaw = isText(title) ? flawIn(title)?.message : undefined;
  if (!isText(title)) mistake(['title'], 'folder.title', '须写明标题 title');
  else if (flaw ?? title.length > 200) mistake(['title'], 'folder.title', `标题 title ${flaw ?? '至多 200 字'}`);
  if (demo !== undefined && typeof demo !== 'boolean') mistake(['demo'], 'folder.demo', 'demo 须为 true 或 false');
  const wrongTime = knownAt === undefined ? undefined : wrongKnownTime(knownAt);
  if (wrongTime) mistake(['knownAt'], 'folder.known-at', wrongTime);
  const isNamed = source === undefined || isText(fieldsOf(source)['title']);
  if (!isNamed) {
    mistake(['source'], 'folder.source', '来源须写明名称 source: {title, sha256, locator}');
  }
  const document = source !== undefined && isNamed ? readSource(fieldsOf(source), yaml, mistakes) : undefined;
  const loader = readLoader(fieldsOf(actor), (path, message) => mistake(['actor', ...path], 'folder.actor', message));

  return {
    plan: isText(plan) ? plan : unreadHead.plan,
    title: isText(title) ? title : unreadHead.title,
    demo: demo === true,
    ...(wrongTime === undefined && { knownAt }),
    ...(document && { source: document }),
    actor: loader ?? nobody,
    isSound: isSound && (source === undefined || document !== undefined),
  };
}

/** Why a known time cannot be read, where it cannot. */
function wrongKnownTime(knownAt: unknown): string | undefined {
  if (typeof knownAt !== 'string') return `knownAt 须为日期，加引号：knownAt: '2023-06-30'`;
  try {
    parseKnownTime(knownAt, 'UTC', 'knownAt');
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error.message + orMeant(dateMeant(knownAt));
    throw error;
  }
}

/** The document that the folder rests on. Keys that it does not have are refused with the others of the file. */
function readSource(source: Fields, yaml: YamlFile, mistakes: Mistakes): EvidenceInput | undefined {
  const known = Object.fromEntries(Object.entries(source).filter(([key]) => sourceKeys.includes(key)));
  const locate = (field = ''): Spot => yaml.spot('source', ...field.split('.').filter(Boolean));
  return mistakes.note(locate, () => checkedInput(EvidenceInput, known));
}

function readLoader(
  { id, name, unit, roles = [] }: Fields,
  mistake: (path: readonly string[], message: string) => void,
): Actor | undefined {
  if (typeof id !== 'string' || typeof name !== 'string') {
    mistake([], '须写明装载人 actor: {id, name, unit, roles}');
    return undefined;
  }
  const isUnit = unit === undefined || typeof unit === 'string';
  const areRoles = Array.isArray(roles);
  if (!isUnit) mistake(['unit'], `单位代码须加引号：unit: '331100'`);
  if (!areRoles) mistake(['roles'], '角色须为列表：roles: [loader, backfill]');
  if (!isUnit || !areRoles) return undefined;
  const actor = { id, name, ...(unit !== undefined && { unit }), roles: roles.map(String) };
  const wrong = wrongPerson(actor);
  for (const { field, message } of wrong) mistake([field], message);
  return wrong.length > 0 ? undefined : actor;
}
