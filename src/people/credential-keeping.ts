import type { Names } from '../http/names.js';
import type { CommandResult } from '../kernel/handling.js';
import type { JsonObject } from '../kernel/json.js';
import type { CommandCarrier } from '../slice/command-gateway.js';
import type { Command, Sender } from '../slice/command.js';
import type { Identity } from './identity.js';
import { EndAccess, ErasePerson, ResetSecondFactor, RevokeToken } from './person.commands.js';
import type { Rights } from './rights.js';

/**
 * Does to the credential store what commands about people say, once their events are recorded. A command that was cut off
 * between the two is repeated: it has no events then, and the store is brought to what it says.
 */
export class CredentialKeeping implements CommandCarrier {
  constructor(
    private readonly gateway: CommandCarrier,
    private readonly identity: Identity<Rights> | undefined,
    private readonly names: Pick<Names, 'forget'>,
  ) {}

  async carryOut(command: Command, sender: Sender): Promise<CommandResult> {
    const result = await this.gateway.carryOut(command, sender);
    if (this.identity && command.about?.kind === 'person') await this.keep(command, command.about.id, this.identity);
    return result;
  }

  rehearse(command: Command, sender: Sender): Promise<JsonObject> {
    return this.gateway.rehearse(command, sender);
  }

  private async keep(command: Command, person: string, identity: Identity<Rights>): Promise<void> {
    const { authentication, sessions, tokens, secondFactor, credentials, clock, rights } = identity;
    rights.forget(person);
    if (command instanceof EndAccess) await authentication.endAll(person);
    if (command instanceof ResetSecondFactor) {
      await secondFactor.remove(person);
      await sessions.endAll(person);
    }
    if (command instanceof RevokeToken) await tokens.revoke(person, command.token);
    if (command instanceof ErasePerson) {
      await credentials.directory.erase(person, clock.now());
      this.names.forget();
    }
    authentication.forget();
  }
}
