import { roleTable } from '../access/roles.js';
import type { Views } from '../kernel/views.js';
import { personIdFor } from '../credentials/secrets.js';
import { grant, invite, type Inviting } from './invite.js';
import { personProjection } from './person.projection.js';

export interface FirstLink {
  /** What the link is for, in Chinese. */
  readonly label: string;
  /** Of the link; it is shown once. */
  readonly secret: string;
}

const firsts = ['system-admin', 'security-admin'] as const;

/**
 * Invites the first two administrators where there are no people yet: everybody else is invited and granted roles by them.
 * Nobody could grant these two their roles but the operator, and the events say so.
 */
export async function firstAdministrators(views: Views, inviting: Inviting): Promise<FirstLink[]> {
  if ((await views.list(personProjection, '', { limit: 1 })).length > 0) return [];
  const links: FirstLink[] = [];
  for (const role of firsts) {
    const { label } = roleTable.roles[role];
    // The same in every process: several may start at once.
    const person = personIdFor(`first ${role}`);
    await invite({ person, name: label }, inviting);
    await grant({ person, role, reason: '首次启动：首任管理员' }, inviting);
    const { secret } = await inviting.identity.accounts.invite(person, 'invitation');
    links.push({ label, secret });
  }
  return links;
}
