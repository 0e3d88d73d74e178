import { IDENTITY, type Identity } from '../people/identity.js';
import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiAnswer } from '../http/api-answer.js';
import { Open, SignedIn } from '../http/rights.js';
import { DomainError } from '../kernel/errors.js';
import type { Instant } from '../kernel/time.js';
import { checkedInput } from '../slice/command.js';
import { Text } from '../slice/field.js';
import { ownSession, setSession } from './own-session.js';

class LinkSecretInput {
  @Text({ label: '链接密钥', description: '一次性链接末尾的一段', max: 100 })
  secret: string;
}

class AcceptInput extends LinkSecretInput {
  @Text({ label: '账号', description: '邀请时自定；重置密码时可不填', max: 100, optional: true, example: 'zhou.min' })
  account?: string;

  @Text({ label: '密码', description: '12–200 个字符，不要求大小写和符号', max: 1000 })
  password: string;
}

class PasswordInput {
  @Text({ label: '账号', description: '本人有几个账号时填写', max: 100, optional: true })
  account?: string;

  @Text({ label: '现在的密码', max: 1000 })
  current: string;

  @Text({ label: '新密码', description: '12–200 个字符，不要求大小写和符号', max: 1000 })
  password: string;
}

class ConfirmationInput {
  @Text({ label: '动态口令', description: '手机上现在显示的 6 位数', max: 60 })
  code: string;
}

/** For what a one-time link is, and until when. */
export interface LinkAnswer {
  readonly purpose: 'invitation' | 'password-reset';
  /** The name of the person whom it is for. */
  readonly name?: string;
  readonly endsAt: Instant;
}

export interface EnrolmentAnswer {
  /** `otpauth://totp/…`, for the phone; it holds the secret and is answered once. */
  readonly uri: string;
}

export interface RecoveryCodesAnswer {
  /** Ten codes, each for one use; they are answered once. */
  readonly recoveryCodes: readonly string[];
}

/** The secrets of links are in bodies, never in addresses: those are written to logs of proxies and browsers. */
@ApiTags('sign-in')
@Controller()
export class AccountController {
  constructor(@Inject(IDENTITY) private readonly identity: Identity) {}

  @Open()
  @Post('invitations/look')
  @HttpCode(200)
  @ApiOperation({ summary: '一次性链接是给谁的', operationId: 'lookAtInvitation' })
  @ApiBody({ type: LinkSecretInput })
  @ApiAnswer('LinkAnswer')
  async look(@Body() body: unknown): Promise<LinkAnswer> {
    const { secret } = checkedInput(LinkSecretInput, body);
    const { person, purpose, endsAt } = await this.identity.accounts.linked(secret);
    const name = await this.identity.credentials.directory.nameOf(person);
    return { purpose, ...(name !== undefined && { name }), endsAt };
  }

  @Open()
  @Post('invitations')
  @HttpCode(204)
  @ApiOperation({ summary: '凭一次性链接设置账号和密码', operationId: 'acceptInvitation' })
  @ApiBody({ type: AcceptInput })
  async accept(@Body() body: unknown): Promise<void> {
    const { secret, ...account } = checkedInput(AcceptInput, body);
    await this.identity.accounts.accept(secret, account);
    this.identity.authentication.forget();
  }

  @SignedIn()
  @Post('password')
  @HttpCode(204)
  @ApiOperation({
    summary: '更改本人的密码',
    description: '本人的其他会话随即结束',
    operationId: 'changePassword',
  })
  @ApiBody({ type: PasswordInput })
  async changePassword(
    @Body() body: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const input = checkedInput(PasswordInput, body);
    const { secret, session } = await ownSession(this.identity, request);
    await this.identity.accounts.changePassword(session.person, input, session.id);
    const next = await this.identity.sessions.rotate(secret, session.secondFactor);
    if (next !== undefined) setSession(this.identity, response, next);
  }

  @SignedIn()
  @Post('second-factor')
  @HttpCode(200)
  @ApiOperation({ summary: '启用或更换两步验证：取得密钥', operationId: 'enrolSecondFactor' })
  @ApiAnswer('EnrolmentAnswer')
  async enrol(@Req() request: Request): Promise<EnrolmentAnswer> {
    const { person } = await this.sessionForSecondFactor(request);
    const [account] = await this.identity.credentials.accounts.localOf(person);
    return { uri: await this.identity.secondFactor.enrol(person, account?.name ?? person) };
  }

  @SignedIn()
  @Post('second-factor/confirmation')
  @HttpCode(200)
  @ApiOperation({ summary: '填写动态口令，两步验证随即生效；答复十个恢复码', operationId: 'confirmSecondFactor' })
  @ApiBody({ type: ConfirmationInput })
  @ApiAnswer('RecoveryCodesAnswer')
  async confirm(
    @Body() body: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RecoveryCodesAnswer> {
    const { code } = checkedInput(ConfirmationInput, body);
    const { person, id, secret } = await this.sessionForSecondFactor(request);
    const { secondFactor, sessions, credentials, clock } = this.identity;
    const recoveryCodes = await secondFactor.confirm(person, code);
    await sessions.endAll(person, id);
    const next = await sessions.rotate(secret, true);
    if (next !== undefined) setSession(this.identity, response, next);
    await credentials.accessLog.append({ at: clock.now(), person, kind: 'second-factor.set', detail: {} });
    return { recoveryCodes };
  }

  /** Who has a second factor changes it only where it was given: a stolen password must not be enough. */
  private async sessionForSecondFactor(request: Request): Promise<{ person: string; id: string; secret: string }> {
    const { secret, session } = await ownSession(this.identity, request);
    const { person, id } = session;
    if (!session.secondFactor && (await this.identity.secondFactor.state(person)).state === 'on') {
      throw new DomainError(
        'forbidden',
        'second-factor.needed',
        '更换两步验证须先通过现有的验证：请先填写动态口令；手机已丢失的，请系统管理员重置',
      );
    }
    return { person, id, secret };
  }
}
