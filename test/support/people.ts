import { newCommandId } from '../../src/kernel/command-ids.js';
import { operatorActor } from '../../src/access/principal.js';
import { roleOf, type Permission, type RoleName } from '../../src/access/roles.js';
import { SecretKey } from '../../src/credentials/secret-key.js';
import { newOpaqueId } from '../../src/credentials/secrets.js';
import { openSqliteCredentials } from '../../src/credentials/sqlite/sqlite-credentials.js';
import type { Engine } from '../../src/engine.js';
import type { Actor } from '../../src/kernel/event.js';
import { toInstant, toMilliseconds } from '../../src/kernel/time.js';
import { Identity } from '../../src/people/identity.js';
import { grant, invite } from '../../src/people/invite.js';
import { InvitePerson, IssueToken } from '../../src/people/person.commands.js';
import { checkedInput } from '../../src/slice/command.js';
import type { Rights } from '../../src/people/rights.js';
import type { Running } from '../../src/start.js';
import { temporaryFolder } from '../temporary-folder.js';

export interface SignedUp {
  readonly person: string;
  /** The header of a request that the person’s token sends. */
  readonly headers: { readonly authorization: string };
}

interface Granted {
  readonly role: RoleName;
  readonly plan?: string;
  readonly unit?: string;
}

/** A person with roles, who sends commands through the gateway as from the page. Nobody has a name without a directory. */
export async function join(
  { gateway }: Pick<Engine, 'gateway'>,
  granted: readonly (Granted & Record<string, unknown>)[],
  unit?: string,
): Promise<Actor> {
  const person = newOpaqueId('p');
  await gateway.carryOut(checkedInput(InvitePerson, { person, ...(unit !== undefined && { unit }) }), {
    commandId: newCommandId(),
    actor: operatorActor,
  });
  for (const each of granted) await grant({ ...each, person, reason: '测试' }, { gateway });
  return { id: person, name: person, roles: [], means: 'web' };
}

/** Invites a person with roles, who issues a token with all that they permit, or with only some of it. */
export async function signUp(
  { engine: { gateway, clock }, identity }: Pick<Running, 'engine' | 'identity'>,
  name: string,
  granted: readonly (Granted & Record<string, unknown>)[],
  unit?: string,
  only?: readonly Permission[],
): Promise<SignedUp> {
  const person = newOpaqueId('p');
  await invite({ person, name, ...(unit !== undefined && { unit }) }, { gateway, identity: identity! });
  for (const each of granted) await grant({ ...each, person, reason: '测试' }, { gateway });
  const token = newOpaqueId('t');
  const permissions = only ?? [...new Set(granted.flatMap(({ role }) => [...roleOf(role)!.may]))];
  const until = toInstant(toMilliseconds(clock.now()) + 30 * 86_400_000);
  await gateway.carryOut(checkedInput(IssueToken, { person, token, title: '测试', permissions, until }), {
    commandId: newCommandId(),
    actor: { id: person, name: person, roles: granted.map(({ role }) => role), means: 'web' },
  });
  const secret = await identity!.tokens.issue({ person, token });
  return { person, headers: { authorization: `Bearer ${secret}` } };
}

/** A credential store for an engine that has none, in a folder of its own. */
export async function openIdentity(
  engine: Engine,
): Promise<{ readonly identity: Identity<Rights>; close(): Promise<void> }> {
  const folder = await temporaryFolder();
  const credentials = openSqliteCredentials(folder.path('credentials.sqlite'));
  const identity = new Identity(credentials, SecretKey.of(folder.path()), engine.rights, engine.clock, false);
  return {
    identity,
    async close() {
      await credentials.close();
      await folder.remove();
    },
  };
}
