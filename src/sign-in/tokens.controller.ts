import { newOpaqueId } from '../credentials/secrets.js';
import { IDENTITY, type Identity } from '../people/identity.js';
import { Body, Controller, Delete, Get, Headers, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiAnswer } from '../http/api-answer.js';
import { actorOf } from '../http/asking.js';
import { READING, type Reading } from '../http/reading.js';
import { SignedIn } from '../http/rights.js';
import { plain } from '../kernel/json.js';
import { newCommandId } from '../kernel/command-ids.js';
import type { CommandResult } from '../kernel/handling.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { IssueToken, RevokeToken } from '../people/person.commands.js';
import type { Token } from '../people/person.decider.js';
import { personProjection } from '../people/person.projection.js';
import { CommandContext } from '../slice/command-gateway.js';
import { checkedInput, type Command } from '../slice/command.js';
import { ownSession } from './own-session.js';

class TokenInput extends OmitType(IssueToken, ['person', 'token', 'type', 'about'] as const) {}

/** A new token, with its secret: `Authorization: Bearer <secret>`. */
export interface IssuedToken {
  /** The token's id. */
  readonly token: string;
  /** It is answered once. */
  readonly secret: string;
}

/** One’s own token; one that has ended or was revoked has an `until` in the past. */
export type TokenListing = Token;

@ApiTags('sign-in')
@Controller('tokens')
export class TokensController {
  constructor(
    @Inject(IDENTITY) private readonly identity: Identity,
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(CommandBus) private readonly commandBus: CommandBus,
  ) {}

  @SignedIn()
  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: '为程序签发令牌（密钥只答复这一次）', operationId: 'issueOwnToken' })
  @ApiBody({ type: TokenInput })
  @ApiAnswer('IssuedToken')
  async issue(
    @Body() body: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IssuedToken> {
    const { person } = (await ownSession(this.identity, request)).session;
    const token = newOpaqueId('t');
    const input = plain(checkedInput(TokenInput, body));
    await this.execute(checkedInput(IssueToken, { ...input, person, token }), response);
    const secret = await this.identity.tokens.issue({ person, token });
    await this.note(person, 'token.issued', token);
    return { token, secret };
  }

  @SignedIn()
  @Get()
  @ApiOperation({ summary: '本人的令牌', operationId: 'listOwnTokens' })
  @ApiAnswer('TokenListing', { list: true })
  async list(
    @Req() request: Request,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<TokenListing[]> {
    const { person } = (await ownSession(this.identity, request)).session;
    await this.reading.wait(position);
    return [...((await this.views.get(personProjection, person))?.body.tokens ?? [])];
  }

  @SignedIn()
  @Delete(':token')
  @HttpCode(204)
  @ApiOperation({ summary: '吊销本人的令牌', operationId: 'revokeOwnToken' })
  async revoke(
    @Param('token') token: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const { person } = (await ownSession(this.identity, request)).session;
    await this.execute(checkedInput(RevokeToken, { person, token }), response);
    await this.note(person, 'token.revoked', token);
  }

  private async execute(command: Command, response: Response): Promise<void> {
    new CommandContext({ commandId: newCommandId(), actor: actorOf() }).attachTo(command);
    const result = await this.commandBus.execute<Command, CommandResult>(command);
    if (result.position !== undefined) response.setHeader('Tongjian-Position', result.position);
  }

  private async note(person: string, kind: 'token.issued' | 'token.revoked', token: string): Promise<void> {
    const { credentials, clock } = this.identity;
    await credentials.accessLog.append({ at: clock.now(), person, kind, detail: { token } });
  }
}
