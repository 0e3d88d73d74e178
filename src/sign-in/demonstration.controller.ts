import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiAnswer } from '../http/api-answer.js';
import { Open } from '../http/rights.js';
import { notFound } from '../kernel/errors.js';
import { DEMONSTRATION, type Demonstration, type DemonstrationAccount } from '../people/demonstration.js';
import { IDENTITY, type Identity } from '../people/identity.js';
import { beginSession, placeOf } from './own-session.js';

@ApiTags('sign-in')
@Controller('demonstration')
export class DemonstrationController {
  constructor(
    @Inject(DEMONSTRATION) private readonly demonstration: Demonstration,
    @Inject(IDENTITY) private readonly identity: Identity,
  ) {}

  @Open()
  @Get()
  @ApiOperation({
    summary: '示例账号，一种角色一个；不作演示的服务器没有',
    operationId: 'listDemonstrationAccounts',
  })
  @ApiAnswer('DemonstrationAccount', { list: true })
  list(): readonly DemonstrationAccount[] {
    return this.demonstration.accounts;
  }

  @Open()
  @Post(':role/session')
  @HttpCode(204)
  @ApiOperation({ summary: '以示例账号登录', operationId: 'signInForDemonstration' })
  async signIn(
    @Param('role') role: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const account = this.demonstration.accounts.find((each) => each.role === role);
    if (!account) throw notFound('demonstration.unknown', `没有角色为 ${role.slice(0, 40)} 的示例账号`, 'role');
    const { secret } = await this.identity.signIn.forDemonstration(account.person, placeOf(request));
    await beginSession(this.identity, request, response, secret);
  }
}
