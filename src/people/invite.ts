import { operatorActor } from '../access/principal.js';
import type { RoleName } from '../access/roles.js';
import { newCommandId } from '../kernel/command-ids.js';
import type { Actor } from '../kernel/event.js';
import type { CommandCarrier } from '../slice/command-gateway.js';
import { checkedInput } from '../slice/command.js';
import type { Identity } from './identity.js';
import { GrantRole, InvitePerson } from './person.commands.js';

export interface Invited {
  readonly person: string;
  readonly name: string;
  readonly unit?: string;
  readonly demo?: true;
}

/** What an invitation is carried out with. */
export interface Inviting {
  readonly gateway: CommandCarrier;
  readonly identity: Identity;
}

/**
 * Invites a person: the event first, then the name in the directory, which is no part of the log.
 * @throws {DomainError} what the gateway refuses; the directory has nothing then
 */
export async function invite(
  { person, name, unit, demo }: Invited,
  { gateway, identity }: Inviting,
  actor: Actor = operatorActor,
): Promise<void> {
  const input = { person, ...(unit !== undefined && { unit }), ...(demo && { demo }) };
  await gateway.carryOut(checkedInput(InvitePerson, input), { commandId: newCommandId(), actor });
  const { credentials, clock } = identity;
  await credentials.directory.rename(person, name, clock.now());
}

/** Grants a role as the operator. */
export async function grant(
  input: { person: string; role: RoleName; plan?: string; unit?: string; reason: string } & Record<string, unknown>,
  { gateway }: Pick<Inviting, 'gateway'>,
): Promise<void> {
  await gateway.carryOut(checkedInput(GrantRole, input), { commandId: newCommandId(), actor: operatorActor });
}
