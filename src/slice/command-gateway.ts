import { AsyncContext } from '@nestjs/cqrs';
import { DomainError } from '../kernel/errors.js';
import type { CommandHandling, CommandResult, Envelope } from '../kernel/handling.js';
import type { JsonObject } from '../kernel/json.js';
import type { Authorizer } from './authorizer.js';
import type { Command } from './command.js';
import type { Sender } from './command.js';
import { withCodeMeant } from './known-codes.js';
import { decisionOf, envelopeOf, type CommandRegistry, type DecisionPorts } from './slice.js';

/** Carries the sender of a command along with it through the command bus. */
export class CommandContext extends AsyncContext {
  constructor(readonly sender: Sender) {
    super();
  }

  static senderOf(command: Command): Sender {
    const context = AsyncContext.of(command);
    if (context instanceof CommandContext) return context.sender;
    throw new Error(`${command.type} was executed without its sender`);
  }
}

export const GATEWAY = Symbol('CommandCarrier');

/** Carries a command out: the gateway, or a wrapper of it. */
export type CommandCarrier = Pick<CommandGateway, 'carryOut' | 'rehearse'>;

/** What every command handler calls: finds how the command is decided, makes the envelope, and hands both to the kernel. */
export class CommandGateway {
  constructor(
    private readonly registry: CommandRegistry,
    private readonly handling: CommandHandling,
    private readonly ports: DecisionPorts,
    private readonly authorizer: Authorizer,
  ) {}

  async carryOut(command: Command, sender: Sender): Promise<CommandResult> {
    try {
      return await this.decide(command, sender);
    } catch (error) {
      const { plan } = command as { plan?: string };
      throw await withCodeMeant(error, ({ kind }) => this.registry.codesOf(kind, plan ?? '', this.ports.views));
    }
  }

  /** What the answer to a command would name; appends nothing. @throws {DomainError} the command would be refused */
  async rehearse(command: Command, sender: Sender): Promise<JsonObject> {
    const own = this.registry.of(command);
    const envelope = await this.envelopeOf(command, sender);
    const { named = {} } = await this.handling.rehearse(decisionOf(own, command, this.ports), envelope);
    return named;
  }

  /** Whether it already is as the command asks. */
  async isSo(command: Command, { actor }: Pick<Sender, 'actor'>): Promise<boolean> {
    const {
      decider,
      stream,
      command: typed,
      known: loadKnown,
    } = decisionOf(this.registry.of(command), command, this.ports);
    const { load } = this.handling;
    const [state, known, now] = [await load(decider, stream), await loadKnown(load), await this.handling.now()];
    try {
      return decider.decide(typed, state, { now, knownAt: now, actor, evidence: [], known }).length === 0;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  /** As `carryOut`, with refusals as the deciders have them. */
  async decide(command: Command, sender: Sender): Promise<CommandResult> {
    const own = this.registry.of(command);
    const envelope = await this.envelopeOf(command, sender);
    return this.handling.handle(decisionOf(own, command, this.ports), envelope);
  }

  private envelopeOf(command: Command, sender: Sender): Promise<Envelope> {
    const { load } = this.handling;
    return envelopeOf(this.registry.of(command), command, sender, {
      load,
      now: () => this.handling.now(),
      authorizer: this.authorizer,
    });
  }
}
