import type { BrowserContext } from 'playwright-core';
import type { RoleName } from '../../src/access/roles.js';
import { newOpaqueId } from '../../src/credentials/secrets.js';
import { grant, invite } from '../../src/people/invite.js';
import type { Running } from '../../src/start.js';

export interface NewPerson {
  readonly name?: string;
  readonly roles: readonly { readonly role: RoleName; readonly plan?: string; readonly unit?: string }[];
}

type Server = Pick<Running, 'url' | 'engine' | 'identity'>;

/** Invites a person and grants the roles. Returns the person's id. */
export async function newPerson(
  { engine, identity }: Pick<Server, 'engine' | 'identity'>,
  { name = '王评估', roles }: NewPerson,
): Promise<string> {
  const person = newOpaqueId('p');
  const inviting = { gateway: engine.gateway, identity: identity! };
  await invite({ person, name }, inviting);
  for (const role of roles) await grant({ person, reason: '测试', ...role }, inviting);
  return person;
}

/** Gives the browser a session of the person, as if the person had signed in there. Returns the session's id. */
export async function giveSession(
  context: BrowserContext,
  { url, identity }: Pick<Server, 'url' | 'identity'>,
  person: string,
  { secondFactor = true }: { readonly secondFactor?: boolean } = {},
): Promise<string> {
  const { sessions, cookie, rights } = identity!;
  const given = { secondFactor, rights: await rights.rightsOf(person) };
  const { secret, session } = await sessions.begin(person, given, { device: 'test', address: '127.0.0.1' });
  await context.addCookies([{ name: cookie.name, value: secret, url, httpOnly: true, sameSite: 'Lax' }]);
  return session.id;
}

/** A new person who may do all that the page offers for reading, signed in at the browser. */
export async function signInAsAuditor(context: BrowserContext, server: Server): Promise<void> {
  await giveSession(context, server, await newPerson(server, { name: '陈审计', roles: [{ role: 'auditor' }] }));
}
