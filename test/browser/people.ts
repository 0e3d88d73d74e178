import type { BrowserContext, Page } from 'playwright-core';
import type { RoleName } from '../../src/access/roles.js';
import { newOpaqueId } from '../../src/credentials/secrets.js';
import { grant, invite } from '../../src/people/invite.js';
import type { Running } from '../../src/start.js';

export interface NewPerson {
  readonly name?: string;
  /** The unit for which the person works. */
  readonly unit?: string;
  readonly roles: readonly { readonly role: RoleName; readonly plan?: string; readonly unit?: string }[];
}

type Server = Pick<Running, 'url' | 'engine' | 'identity'>;

/** Invites a person and grants the roles. Returns the person's id. */
export async function newPerson(
  { engine, identity }: Pick<Server, 'engine' | 'identity'>,
  { name = '王评估', unit, roles }: NewPerson,
): Promise<string> {
  const person = newOpaqueId('p');
  const inviting = { gateway: engine.gateway, identity: identity! };
  await invite({ person, name, ...(unit !== undefined && { unit }) }, inviting);
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

export const password = '松阳 茶园 石板路 竹林';

/** A person with an account of that name, and `password`. */
export async function withAccount(
  server: Server,
  name: string,
  role: 'evaluator' | 'auditor' | 'leader' = 'evaluator',
): Promise<string> {
  const id = await newPerson(server, { name: `人员${name}`, roles: [{ role }] });
  const { secret } = await server.identity!.accounts.invite(id, 'invitation');
  await server.identity!.accounts.accept(secret, { account: name, password });
  return id;
}

/** Fills in the sign-in page, and sends it. */
export async function byPassword(page: Page, name: string, typed: string): Promise<void> {
  const form = page.getByTestId('sign-in');
  await form.getByLabel('账号', { exact: true }).fill(name);
  await form.getByLabel('密码', { exact: true }).fill(typed);
  await page.keyboard.press('Enter');
}
