import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { senderOf } from '../http/command-controller.js';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { WholeText } from '../http/whole-text.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { approvalLevels, type ApprovalLevel } from '../plans/reporting-rules.js';
import { checkedInput } from '../slice/command.js';
import { GATEWAY, type CommandCarrier } from '../slice/command-gateway.js';
import { OneOf, PeriodText, Text } from '../slice/field.js';
import { PUBLICATIONS, type Publications } from '../slice/publications.js';
import { BulkApproval, BulkReturn, carryOutReviews, type BulkReview, type Reviewed } from './bulk-review.js';
import { statusSight } from './figure-status.js';
import { reviewQueue, type ReviewPage } from './review-queue.js';

class ReviewFilters extends MomentQuery {
  @OneOf(approvalLevels, { label: '审核层级', description: '待这一级审核的', optional: true })
  level?: ApprovalLevel;

  @Text({ label: '单位代码', description: '该单位及其下级', max: 60, optional: true, example: '331102' })
  unit?: string;

  @PeriodText({ label: '期间', optional: true, example: '2022' })
  period?: string;

  @Text({ label: '指标代码', max: 60, optional: true, example: '02' })
  code?: string;

  @Text({ label: '游标', max: 300, optional: true })
  cursor?: string;

  @WholeText(1, 200, '条数')
  limit?: string;
}

/** The desk of those who approve: what waits, and approving or returning many at once. */
@ApiTags('figures')
@Controller('plans/:plan/figures')
export class ReviewsController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
    @Inject(PUBLICATIONS) private readonly publications: Publications,
    @Inject(GATEWAY) private readonly gateway: CommandCarrier,
  ) {}

  @Needs('figures.approve')
  @Get('review')
  @ApiOperation({ summary: '待审核的数据，并列上期、目标、其他单位的数', operationId: 'listReviews' })
  @ApiAnswer('ReviewPage')
  async queue(
    @Param('plan') plan: string,
    @Query(CheckedQuery(ReviewFilters)) { cursor, limit, level, unit, period, code, ...moment }: ReviewFilters,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<ReviewPage> {
    const asOf = await this.reading.momentOfPlan(plan, moment, position);
    const sight = await statusSight(
      { views: this.views, publications: this.publications },
      plan,
      asOf,
      await this.clock.now(),
    );
    const paging = { after: cursor, limit: limit === undefined ? 50 : Number(limit) };
    return reviewQueue(this.views, sight, { level, unit, period, code }, asOf, paging);
  }

  @Needs('figures.approve')
  @Post('approvals')
  @HttpCode(200)
  @ApiOperation({ summary: '批量审核通过：全部通过，或一个也不通过', operationId: 'approveFigures' })
  @ApiBody({ type: BulkApproval })
  @ApiAnswer('Reviewed')
  approve(
    @Param('plan') plan: string,
    @Body() body: unknown,
    @Headers() headers: Record<string, string | undefined>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Reviewed> {
    return this.carryOut(plan, checkedInput(BulkApproval, body ?? {}), { headers, response });
  }

  @Needs('figures.return')
  @Post('returns')
  @HttpCode(200)
  @ApiOperation({ summary: '批量退回：以同一事由，全部退回，或一个也不退回', operationId: 'returnFigures' })
  @ApiBody({ type: BulkReturn })
  @ApiAnswer('Reviewed')
  sendBack(
    @Param('plan') plan: string,
    @Body() body: unknown,
    @Headers() headers: Record<string, string | undefined>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Reviewed> {
    return this.carryOut(plan, checkedInput(BulkReturn, body ?? {}), { headers, response });
  }

  private async carryOut(
    plan: string,
    review: BulkReview,
    http: {
      readonly headers: Record<string, string | undefined>;
      readonly response: Response;
    },
  ): Promise<Reviewed> {
    const { expectedRevision: _, ...sender } = senderOf(http.headers);
    const { position, reviewed } = await carryOutReviews(this.gateway, plan, review, sender);
    if (position !== undefined) http.response.setHeader('Tongjian-Position', position);
    return reviewed;
  }
}
