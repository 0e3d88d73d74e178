import { userInfo } from 'node:os';
import type { Request } from 'express';
import { DomainError } from '../kernel/errors.js';
import type { Actor } from '../kernel/event.js';
import { identifier } from '../kernel/stream-name.js';
import { flawIn } from '../kernel/text.js';

/**
 * Request header with the actor of a command. The server does not authenticate: it trusts this header and listens on
 * loopback by default. Access control will replace `actorOf`.
 *
 * Format: `Tongjian-Actor: id=clerk-1; name=%E5%BC%A0%E4%B8%89; unit=331102; roles=reporter,backfill`. Values are
 * UTF-8, percent-encoded. Only `id` is required.
 */
export const actorHeader = 'Tongjian-Actor';

const actorId = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,59}$/u;
const roleName = /^[a-z][a-z-]{0,29}$/;

/** The actor that the request's header names. @throws {DomainError} `actor.missing`, `actor.malformed` */
export function actorOf(request: Pick<Request, 'header'>): Actor {
  const header = request.header(actorHeader);
  if (!header) {
    throw new DomainError(
      'invalid',
      'actor.missing',
      `写入须说明经办人：请加请求头 ${actorHeader}: id=…; name=…; unit=…; roles=…（值按 UTF-8 百分号编码）`,
      { field: actorHeader },
    );
  }
  const fields = new Map<string, string>();
  for (const part of header.split(';')) {
    const [key, ...rest] = part.split('=');
    fields.set(key!.trim(), decode(rest.join('=').trim()));
  }
  const id = fields.get('id') ?? '';
  const name = fields.get('name') ?? id;
  const unit = fields.get('unit');
  const roles = (fields.get('roles') ?? '').split(',').filter(Boolean);
  if (!actorId.test(id)) throw malformed('id 须为字母、数字开头，至多 60 位');
  const wrongName = wrongActorName(name);
  if (wrongName) throw malformed(`name ${wrongName}`);
  if (unit !== undefined && !identifier.test(unit))
    throw malformed('unit 须为单位代码：字母、数字、下划线或连字符，至多 40 位');
  if (roles.length > 10 || !roles.every((role) => roleName.test(role))) throw malformed('roles 须为以逗号分隔的角色名');
  return { id, name, ...(unit !== undefined && { unit }), roles };
}

/** What is wrong with the name of a person, where something is. */
export function wrongActorName(name: string): string | undefined {
  if (!name.trim() || name.length > 60 || /[\t\n]/.test(name)) return '须为 1–60 字，不能换行';
  return flawIn(name)?.message;
}

/** Formats an actor as the value of the header. */
export function formatActor(actor: Actor): string {
  const parts = [`id=${encodeURIComponent(actor.id)}`, `name=${encodeURIComponent(actor.name)}`];
  if (actor.unit) parts.push(`unit=${actor.unit}`);
  if (actor.roles.length > 0) parts.push(`roles=${actor.roles.join(',')}`);
  return parts.join('; ');
}

/** The operating system's user; the actor of the command line unless an option names another. */
export function localActor(): Actor {
  const { username } = userInfo();
  return { id: actorId.test(username) ? username : 'local', name: username, roles: ['local', 'backfill'] };
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw malformed('值须按 UTF-8 百分号编码');
  }
}

const malformed = (rule: string) =>
  new DomainError('invalid', 'actor.malformed', `请求头 ${actorHeader} 有误：${rule}`, { field: actorHeader });
