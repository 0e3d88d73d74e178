import { Body, Controller, Headers, HttpCode, Param, Post, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags, OmitType } from '@nestjs/swagger';
import type { Response } from 'express';
import { actorOf } from './asking.js';
import { Commands } from './rights.js';
import { ApiProblems, CommandAnswer } from './api-models.js';
import { isOwnId, newCommandId } from '../kernel/command-ids.js';
import { DomainError, invalid } from '../kernel/errors.js';
import type { Actor } from '../kernel/event.js';
import type { ExpectedRevision } from '../kernel/event-log.js';
import type { CommandResult } from '../kernel/handling.js';
import { CommandContext } from '../slice/command-gateway.js';
import { checkedInput, type Command } from '../slice/command.js';
import { labelsOf } from '../slice/field.js';
import type { Sender } from '../slice/command.js';
import type { CommandRoute } from '../slice/slice.js';

/**
 * The HTTP resources of a slice's commands, one POST each: path parameters and body make the command, headers the
 * envelope. `Idempotency-Key` is the command's id; the ETag is the stream's revision, and `If-Match` honours it.
 */
export function commandController(tag: string, routes: readonly CommandRoute[]): Type {
  @ApiTags(tag)
  @Controller()
  class CommandsController {
    constructor(readonly commandBus: CommandBus) {}
  }
  // Parameter types by metadata need the class itself; by hand where the class is made.
  Reflect.defineMetadata('design:paramtypes', [CommandBus], CommandsController);

  for (const route of routes.filter(({ internal }) => !internal)) {
    const name = lowerFirst(route.type.name);
    const params = [...route.path.matchAll(/:(\w+)/g)].map(([, param]) => param!);
    const labels = labelsOf(route.type);
    const prototype = CommandsController.prototype as unknown as Record<string, unknown>;
    prototype[name] = async function (
      this: CommandsController,
      path: Record<string, string>,
      body: unknown,
      headers: Record<string, string | undefined>,
      response: Response,
    ): Promise<CommandAnswer> {
      const command = checkedInput(route.type, merged(path, body, route));
      // Handlers are singletons: the bus itself attaches contexts for request-scoped ones only.
      new CommandContext(senderOf(headers)).attachTo(command);
      const { named, ...result } = await this.commandBus.execute<Command, CommandResult>(command);
      response.setHeader('ETag', `"${result.revision}"`);
      if (result.position !== undefined) response.setHeader('Tongjian-Position', result.position);
      return { ...result, events: [...result.events], ...named };
    };
    const decorators: [MethodDecorator, ...MethodDecorator[]] = [
      Post(route.path),
      Commands(route.permission, route.own),
      HttpCode(200),
      ApiOperation({ summary: route.summary, operationId: name }),
      ApiBody({ type: bodyType(route, params) }),
      ApiHeader({ name: 'Idempotency-Key', description: '命令编号：同一编号重复提交只生效一次，不得用于别的命令' }),
      ApiHeader({ name: 'If-Match', description: '所依据的修订号（ETag），不符则拒绝' }),
      ApiOkResponse({ type: CommandAnswer }),
      ApiProblems(),
      ...params.map((param) => ApiParam({ name: param, type: String, description: labels.get(param) ?? param })),
    ];
    const descriptor = Object.getOwnPropertyDescriptor(CommandsController.prototype, name)!;
    for (const decorate of decorators) decorate(CommandsController.prototype, name, descriptor);
    Object.defineProperty(CommandsController.prototype, name, descriptor);
    const injected = [Param(), Body(), Headers(), Res({ passthrough: true })];
    injected.forEach((decorate, index) => decorate(CommandsController.prototype, name, index));
    Reflect.defineMetadata('design:paramtypes', [Object, Object, Object, Object], CommandsController.prototype, name);
  }
  Object.defineProperty(CommandsController, 'name', { value: `${tag}Commands` });
  return CommandsController;
}

/** What the address says and what the body says make one input; saying the same thing twice differently is a mistake. */
function merged(path: Record<string, string>, body: unknown, { type }: CommandRoute): unknown {
  if (body === undefined) return path;
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return body;
  const input: Record<string, unknown> = { ...body };
  for (const [param, value] of Object.entries(path)) {
    if (param in input && String(input[param]) !== value) {
      throw invalid('input.path-mismatch', `请求内容中的 ${param} 与地址中的不一致`, param);
    }
    // The one numeric parameter is told by its class's own declaration.
    const declared: unknown = Reflect.getMetadata('design:type', type.prototype as object, param);
    input[param] = declared === Number && /^\d{1,9}$/.test(value) ? Number(value) : value;
  }
  return input;
}

/** Who sends a command, and what the headers say of it. @throws {DomainError} `command.id`, `revision.malformed` */
export function senderOf(headers: Record<string, string | undefined>): Sender {
  const given = headers['idempotency-key'];
  if (given !== undefined && (!/^[\x21-\x7e]{1,200}$/.test(given) || isOwnId(given))) {
    throw invalid(
      'command.id',
      'Idempotency-Key 须为 1–200 个可见 ASCII 字符，不能以 auto-、load-、submission- 开头（系统自用）',
      'Idempotency-Key',
    );
  }
  const correlationId = headers['tongjian-correlation-id'];
  const actor = actorOf();
  return {
    commandId: given === undefined ? newCommandId() : ownId(given, actor),
    actor,
    ...(correlationId && /^[\x21-\x7e]{1,200}$/.test(correlationId) && { correlationId }),
    expectedRevision: expectedRevision(headers['if-match']),
  };
}

/** A person's ids are theirs: the same id of another person is another command, and says nothing of the first. */
const ownId = (given: string, { id, means }: Actor): string => (means === 'operator' ? given : `${id}/${given}`);

function expectedRevision(header: string | undefined): ExpectedRevision | undefined {
  if (header === undefined) return undefined;
  const match = /^"(none|\d{1,15})"$/.exec(header);
  if (!match)
    throw new DomainError('invalid', 'revision.malformed', 'If-Match 须为 "修订号" 或 "none"', { field: 'If-Match' });
  return match[1] === 'none' ? 'none' : Number(match[1]);
}

function bodyType({ type }: CommandRoute, params: readonly string[]): Type {
  // OmitType wants an instance's keys; the parameters are fields of the class.
  const Remaining = OmitType(type as Type<Command>, params as unknown as readonly (keyof Command)[]);
  Object.defineProperty(Remaining, 'name', { value: type.name });
  return Remaining;
}

const lowerFirst = (text: string) => text[0]!.toLowerCase() + text.slice(1);
