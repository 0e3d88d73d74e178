import { IDENTITY, type Identity } from '../people/identity.js';
import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { namedCookie } from '../credentials/session-cookie.js';
import { ApiAnswer } from '../http/api-answer.js';
import { problemOf } from '../http/problem.filter.js';
import { Open } from '../http/rights.js';
import { checkedInput } from '../slice/command.js';
import { Text } from '../slice/field.js';
import { OPENID, type OpenId, type OpenIdAnswer } from './openid.js';
import { beginSession, placeOf } from './own-session.js';
import { signInPageAfter } from './sign-in-page.js';

class OpenIdLinkInput {
  @Text({ label: '链接密钥', description: '一次性链接末尾的一段', max: 100 })
  secret: string;
}

/** By what people sign in here, besides an account with a password. */
export interface SignInWays {
  /** Whether an OpenID provider is set up. */
  readonly openId: boolean;
}

export interface OpenIdAddress {
  /** The provider's address, to send the browser to. */
  readonly address: string;
}

@ApiTags('sign-in')
@Controller()
export class OpenIdController {
  constructor(
    @Inject(IDENTITY) private readonly identity: Identity,
    @Inject(OPENID) private readonly openId: OpenId,
  ) {}

  @Open()
  @Get('sign-in')
  @ApiOperation({ summary: '除账号和密码外可用的登录方式', operationId: 'getSignInWays' })
  @ApiAnswer('SignInWays')
  ways(): SignInWays {
    return { openId: this.openId.isOn };
  }

  @Open()
  @Get('oidc/start')
  @ApiOperation({ summary: '转到统一身份认证登录；不能转到的，回到登录页', operationId: 'startOpenId' })
  async start(@Res() response: Response): Promise<void> {
    await leading(response, () => this.begin(response));
  }

  @Open()
  @Post('invitations/oidc')
  @HttpCode(200)
  @ApiOperation({ summary: '凭一次性链接绑定统一身份账号：答复要转到的地址', operationId: 'linkOpenId' })
  @ApiBody({ type: OpenIdLinkInput })
  @ApiAnswer('OpenIdAddress')
  async link(@Body() body: unknown, @Res({ passthrough: true }) response: Response): Promise<OpenIdAddress> {
    const { secret } = checkedInput(OpenIdLinkInput, body);
    await this.identity.accounts.linked(secret);
    return { address: await this.begin(response, secret) };
  }

  @Open()
  @Get('oidc/callback')
  @ApiOperation({ summary: '统一身份认证的答复：登录后转到首页；未能登录的，回到登录页', operationId: 'finishOpenId' })
  async finish(@Req() request: Request, @Res() response: Response): Promise<void> {
    await leading(response, async () => {
      const { subject, secondFactor } = await this.answerTo(request, response);
      const { secret } = await this.identity.signIn.withSubject({ subject, secondFactor, ...placeOf(request) });
      await beginSession(this.identity, request, response, secret);
      return '/';
    });
  }

  /** Whom the provider names, linked where the flow began with an invitation. A failure is noted in the access log. */
  private async answerTo(request: Request, response: Response): Promise<OpenIdAnswer> {
    const { signIn, accounts } = this.identity;
    const cookie = this.cookie().read(request.headers.cookie ?? '');
    response.append('Set-Cookie', this.cookie().clear);
    const { search } = new URL(request.originalUrl, 'http://localhost');
    try {
      const answer = await this.openId.finish(search, cookie);
      if (answer.invitation !== undefined) await accounts.acceptSubject(answer.invitation, answer.subject);
      return answer;
    } catch (error) {
      await signIn.noteFailure(problemOf(error).code, placeOf(request));
      throw error;
    }
  }

  private async begin(response: Response, invitation?: string): Promise<string> {
    const { address, cookie } = await this.openId.begin(invitation);
    response.append('Set-Cookie', this.cookie().set(cookie));
    return address;
  }

  /** What is kept of a sign-in at the provider until its answer. */
  private cookie() {
    return namedCookie('oidc', this.identity.cookie.isBound);
  }
}

/** Leads a browser on, or back to the sign-in page, which says what failed. What is no refusal is left to be logged. */
async function leading(response: Response, onward: () => Promise<string>): Promise<void> {
  try {
    response.redirect(302, await onward());
  } catch (error) {
    const { status, code } = problemOf(error);
    if (status === 500) throw error;
    response.redirect(302, signInPageAfter(code));
  }
}
