import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery } from '../http/moment.js';
import { Needs } from '../http/rights.js';
import { READING, type Reading } from '../http/reading.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { readQualityRules, type QualityRulesDocument } from './quality.projection.js';

@ApiTags('quality')
@Controller('plans/:plan/quality-rules')
export class QualityController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  @Needs('plans.read')
  @Get()
  @ApiOperation({ summary: '数据质量规则：规划自定的，没有的即默认的', operationId: 'getQualityRules' })
  @ApiAnswer('QualityRulesDocument')
  async get(
    @Param('plan') plan: string,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<QualityRulesDocument> {
    return readQualityRules(this.views, plan, await this.reading.momentOfPlan(plan, query, position));
  }
}
