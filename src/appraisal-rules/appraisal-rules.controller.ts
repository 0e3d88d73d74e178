import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { readAppraisalRules, type AppraisalRulesDocument } from './appraisal-rules.projection.js';

@ApiTags('appraisal-rules')
@Controller('plans/:plan/appraisal-rules')
export class AppraisalRulesController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  @Needs('plans.read')
  @Get()
  @ApiOperation({ summary: '考核规则：规划自定的，没有的即默认的', operationId: 'getAppraisalRules' })
  @ApiAnswer('AppraisalRulesDocument')
  async get(
    @Param('plan') plan: string,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<AppraisalRulesDocument> {
    return readAppraisalRules(this.views, plan, await this.reading.momentOfPlan(plan, query, position));
  }
}
