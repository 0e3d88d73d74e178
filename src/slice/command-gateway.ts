import { AsyncContext } from '@nestjs/cqrs';
import type { CommandHandling, CommandResult } from '../kernel/handling.js';
import type { Command } from './command.js';
import { decisionOf, envelopeOf, type Sender, type SliceRegistry } from './slice.js';

/** Who sent the command, along with it on its way through the command bus. */
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

/** Whoever carries a command out: the gateway, or what stands before it. */
export type CommandCarrier = Pick<CommandGateway, 'carryOut'>;

/** What every command handler calls: finds the slice, makes the envelope, and lets the kernel load, decide and append. */
export class CommandGateway {
  constructor(
    private readonly slices: SliceRegistry,
    private readonly handling: CommandHandling,
  ) {}

  async carryOut(command: Command, sender: Sender): Promise<CommandResult> {
    const slice = this.slices.of(command);
    const envelope = await envelopeOf(slice, command, sender, {
      load: this.handling.load,
      now: () => this.handling.now(),
    });
    return this.handling.handle(decisionOf(slice, command), envelope);
  }
}
