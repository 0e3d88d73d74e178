import { Inject, Injectable, type Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandResult } from '../kernel/handling.js';
import { CommandContext, GATEWAY, type CommandCarrier } from './command-gateway.js';
import type { Command } from './command.js';
import type { CommandRoute } from './slice.js';

/** The handlers of a slice's commands: all alike, so they are made, not written out one by one. */
export function commandHandlers(routes: readonly CommandRoute[]): Type[] {
  return routes.map(({ type }) => {
    @Injectable()
    @CommandHandler(type)
    class Handler implements ICommandHandler<Command, CommandResult> {
      constructor(@Inject(GATEWAY) private readonly gateway: CommandCarrier) {}

      execute(command: Command): Promise<CommandResult> {
        return this.gateway.carryOut(command, CommandContext.senderOf(command));
      }
    }
    Object.defineProperty(Handler, 'name', { value: `${type.name}Handler` });
    return Handler;
  });
}
