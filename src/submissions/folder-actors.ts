import { isDeepStrictEqual } from 'node:util';
import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import type { Actor } from '../kernel/event.js';
import { identifier } from '../kernel/stream-name.js';
import { flawIn } from '../kernel/text.js';
import type { FolderFiles, Place } from '../slice/folder-part.js';
import { csvRows } from './csv-rows.js';
import type { Mistakes } from './mistakes.js';

/** What is wrong with how a folder names a person, by field. */
export function wrongPerson({
  id,
  name,
  unit,
  roles,
}: Actor): { field: 'id' | 'name' | 'unit' | 'roles'; message: string }[] {
  const wrongId = wrongActorName(id);
  const wrongName = wrongActorName(name);
  const isRole = (role: string) => role.length <= 30 && /^\S+$/.test(role) && !flawIn(role);
  return [
    ...(wrongId ? [{ field: 'id' as const, message: `编号${wrongId}` }] : []),
    ...(wrongName ? [{ field: 'name' as const, message: `姓名${wrongName}` }] : []),
    ...(unit !== undefined && !identifier.test(unit)
      ? [{ field: 'unit' as const, message: '单位代码须为字母、数字、下划线或连字符，至多 40 位' }]
      : []),
    ...(roles.length > 10 || !roles.every(isRole)
      ? [{ field: 'roles' as const, message: '角色至多 10 个，每个至多 30 字，不含空格' }]
      : []),
  ];
}

const file = 'actors.csv';

export interface FoundActor {
  readonly actor: Actor;
  /** Not quite the person whom the file names, or would name but for a mistake. */
  readonly isStandIn: boolean;
}

/** The people of `actors.csv`. */
export class FolderActors {
  private readonly people = new Map<string, Actor>();
  /** Their rows, by id. */
  readonly places = new Map<string, Place>();
  /** Whether a person that is not here is a mistake: not where the file is missing or cannot be read, which is one itself. */
  private isWhole = true;
  /** Whether something of the people is missing or wrong. */
  private isDoubtful = false;

  /** `naming` is a file of the folder whose rows name people; then there must be an `actors.csv`. */
  constructor(contents: FolderFiles, naming: string | undefined, isUnreadable: boolean, mistakes: Mistakes) {
    const text = contents[file];
    if (text !== undefined) {
      this.read(text, mistakes);
      return;
    }
    this.isWhole = false;
    if (naming !== undefined && !isUnreadable) {
      mistakes.add({ file }, 'folder.no-actors', `有 ${naming} 就须有 actors.csv：列出经办人和审核人`);
    }
  }

  /** The person; or one who stands for them, where what is wrong is reported already. */
  get(id: string, onUnknown: (message: string) => void): FoundActor {
    const known = this.people.get(id);
    if (known) return { actor: known, isStandIn: this.isDoubtful };
    if (this.isWhole) {
      const meant = orMeant(codeMeant(id, this.people.keys()));
      onUnknown(id === '' ? '须填 actors.csv 中的编号' : `actors.csv 中没有“${id}”${meant}`);
    }
    return { actor: { id, name: id, roles: ['backfill'] }, isStandIn: true };
  }

  private read(text: string, mistakes: Mistakes): void {
    const { rows, lacking, isWhole, stray } = csvRows(
      file,
      text,
      { needed: ['id', 'name', 'unit', 'roles'] },
      mistakes,
    );
    this.isWhole = isWhole && stray.length === 0 && !lacking.has('id');
    this.isDoubtful = lacking.size > 0;
    for (const { place, cells } of rows) {
      const { id = '', name = id, unit, roles = 'backfill' } = cells;
      const actor = { id, name, ...(unit && { unit }), roles: roles.split(';').filter(Boolean) };
      const wrong = wrongPerson(actor).filter(({ field }) => !lacking.has(field));
      if (wrong.length > 0) this.isDoubtful = true;
      for (const { field, message } of wrong) {
        mistakes.add({ ...place, field, cell: cells[field] }, 'folder.actor', message);
      }
      const other = this.people.get(id);
      if (other && !lacking.has('id') && !isDeepStrictEqual(other, actor)) {
        mistakes.add({ ...place, field: 'id', cell: id }, 'folder.repeated-actor', '编号重复：一个编号只能是一个人');
      } else {
        this.people.set(id, actor);
        this.places.set(id, place);
      }
    }
  }
}

/** What is wrong with the name of a person, where something is. */
function wrongActorName(name: string): string | undefined {
  if (!name.trim() || name.length > 60 || /[\t\n]/.test(name)) return '须为 1–60 字，不能换行';
  return flawIn(name)?.message;
}
