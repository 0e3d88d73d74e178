import type { Grant } from '../access/grants.js';
import { permissions, roleTable, type Permission, type RoleName } from '../access/roles.js';
import { IDENTITY, type Identity } from '../people/identity.js';
import type { Rights } from '../people/rights.js';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Session } from '../credentials/session-store.js';
import { ApiAnswer } from '../http/api-answer.js';
import { Open, SignedIn, Unattended } from '../http/rights.js';
import { DomainError, notFound } from '../kernel/errors.js';
import type { Instant } from '../kernel/time.js';
import { checkedInput } from '../slice/command.js';
import { Text } from '../slice/field.js';
import { beginSession, ownSession, placeOf, setSession } from './own-session.js';

class SignInInput {
  @Text({ label: '账号', max: 100, example: 'zhou.min' })
  account: string;

  @Text({ label: '密码', max: 1000 })
  password: string;

  @Text({ label: '动态口令', description: '启用了两步验证的，填手机上的 6 位数或一个恢复码', max: 60, optional: true })
  code?: string;
}

class CodeInput {
  @Text({ label: '动态口令', description: '手机上的 6 位数或一个恢复码', max: 60 })
  code: string;
}

/** A role that somebody holds at present. */
export interface OwnRole {
  readonly role: RoleName;
  /** The Chinese name. */
  readonly label: string;
  /** Absent: all plans, or the installation. */
  readonly plan?: string;
  /** With all units below it; absent: all units. */
  readonly unit?: string;
  /** The first moment at which it holds no more; absent: open. */
  readonly until?: Instant;
  readonly may: readonly { readonly permission: Permission; readonly label: string }[];
  /** Held, but gives nothing in this session: it was begun without a second factor. */
  readonly needsSecondFactor: boolean;
}

/** Who is signed in, and until when. */
export interface OwnSessionAnswer {
  /** The person's id. */
  readonly person: string;
  readonly name?: string;
  /** The unit for which the person works. */
  readonly unit?: string;
  readonly roles: readonly OwnRole[];
  /** The names of the person's accounts with a password. */
  readonly accounts: readonly string[];
  /** The session's id. */
  readonly session: string;
  /** Whether a second factor was given in this session. */
  readonly secondFactorGiven: boolean;
  /** Of the person: `pending` while a secret was handed out but not confirmed. */
  readonly secondFactor: 'none' | 'pending' | 'on';
  /** How many recovery codes are left. */
  readonly recoveryCodes: number;
  /** When it ends if it is not used again. */
  readonly idleEnd: Instant;
  /** The latest end. */
  readonly end: Instant;
}

export interface SessionListing {
  readonly id: string;
  /** The one that asks. */
  readonly isOwn: boolean;
  readonly createdAt: Instant;
  /** Up to a minute old. */
  readonly usedAt: Instant;
  readonly end: Instant;
  /** The browser's `User-Agent`. */
  readonly device?: string;
  readonly address?: string;
}

@ApiTags('sign-in')
@Controller()
export class SessionController {
  constructor(@Inject(IDENTITY) private readonly identity: Identity<Rights>) {}

  @Open()
  @Post('session')
  @HttpCode(200)
  @ApiOperation({ summary: '登录', operationId: 'signIn' })
  @ApiBody({ type: SignInInput })
  @ApiAnswer('OwnSessionAnswer')
  async signIn(
    @Body() body: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OwnSessionAnswer> {
    const input = checkedInput(SignInInput, body);
    const { secret, session } = await this.identity.signIn.withPassword({ ...input, ...placeOf(request) });
    await beginSession(this.identity, request, response, secret);
    return this.answer(session);
  }

  @SignedIn()
  @Unattended()
  @Get('session')
  @ApiOperation({ summary: '当前登录的人员和会话', operationId: 'getSession' })
  @ApiAnswer('OwnSessionAnswer')
  async get(@Req() request: Request): Promise<OwnSessionAnswer> {
    return this.answer((await ownSession(this.identity, request)).session);
  }

  @SignedIn()
  @Delete('session')
  @HttpCode(204)
  @ApiOperation({ summary: '退出登录', operationId: 'signOut' })
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const { session } = await ownSession(this.identity, request);
    await this.end(session, 'sign-out');
    response.append('Set-Cookie', this.identity.cookie.clear);
  }

  @SignedIn()
  @Post('session/second-factor')
  @HttpCode(200)
  @ApiOperation({
    summary: '在已有的会话中补做两步验证',
    description: '用于由统一身份认证登录、且对方没有验证第二因素的会话',
    operationId: 'giveSecondFactor',
  })
  @ApiBody({ type: CodeInput })
  @ApiAnswer('OwnSessionAnswer')
  async giveSecondFactor(
    @Body() body: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OwnSessionAnswer> {
    const { code } = checkedInput(CodeInput, body);
    const { secret, session } = await ownSession(this.identity, request);
    const isRight = await this.identity.secondFactor.check(session.person, code);
    const next = isRight ? await this.identity.sessions.rotate(secret, true) : undefined;
    if (next === undefined) {
      throw new DomainError('refused', 'second-factor.wrong-code', '动态口令不正确或已用过：请填写下一个 6 位数', {
        field: 'code',
      });
    }
    setSession(this.identity, response, next);
    return this.answer({ ...session, secondFactor: true });
  }

  @SignedIn()
  @Get('sessions')
  @ApiOperation({ summary: '本人的全部会话', operationId: 'listSessions' })
  @ApiAnswer('SessionListing', { list: true })
  async list(@Req() request: Request): Promise<SessionListing[]> {
    const { session: own } = await ownSession(this.identity, request);
    return (await this.identity.sessions.of(own.person)).map((session) => {
      const { id, createdAt, usedAt, device, address } = session;
      return {
        ...{ id, isOwn: id === own.id, createdAt, usedAt, end: this.identity.sessions.endOf(session) },
        ...(device !== undefined && { device }),
        ...(address !== undefined && { address }),
      };
    });
  }

  @SignedIn()
  @Delete('sessions/:id')
  @HttpCode(204)
  @ApiOperation({ summary: '结束本人的一个会话', operationId: 'endSession' })
  async endOne(@Param('id') id: string, @Req() request: Request): Promise<void> {
    const { session } = await ownSession(this.identity, request);
    await this.end({ person: session.person, id }, 'session.ended');
  }

  private async end({ person, id }: Pick<Session, 'person' | 'id'>, kind: 'sign-out' | 'session.ended'): Promise<void> {
    const { sessions, authentication, credentials, clock } = this.identity;
    if (!(await sessions.end(person, id))) throw notFound('session.unknown', '没有这个会话：可能已经结束');
    authentication.forget();
    await credentials.accessLog.append({ at: clock.now(), person, kind, detail: { session: id } });
  }

  private async answer(session: Session): Promise<OwnSessionAnswer> {
    const { credentials, secondFactor, sessions, rights } = this.identity;
    const { person, id, endsAt } = session;
    const [name, factor, accounts, principal] = await Promise.all([
      credentials.directory.nameOf(person),
      secondFactor.state(person),
      credentials.accounts.localOf(person),
      rights.principalOf({ person, means: 'web', session }),
    ]);
    const { unit, grants = [], withheld = [] } = principal ?? {};
    return {
      person,
      ...(name !== undefined && { name }),
      ...(unit !== undefined && { unit }),
      roles: [...grants.map((grant) => roleIn(grant, false)), ...withheld.map((grant) => roleIn(grant, true))],
      accounts: accounts.map((account) => account.name),
      session: id,
      secondFactorGiven: session.secondFactor,
      secondFactor: factor.state,
      recoveryCodes: factor.recoveryCodes,
      idleEnd: sessions.endOf(session),
      end: endsAt,
    };
  }
}

function roleIn({ role, plan, unit, until }: Grant, needsSecondFactor: boolean): OwnRole {
  const { label, may } = roleTable.roles[role];
  return {
    ...{ role, label, needsSecondFactor },
    ...(plan !== undefined && { plan }),
    ...(unit !== undefined && { unit }),
    ...(until !== undefined && { until }),
    may: may.map((permission) => ({ permission, label: permissions[permission] })),
  };
}
