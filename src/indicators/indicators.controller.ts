import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { readIndicator, readIndicators } from './read-indicators.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { VIEWS, type Views } from '../kernel/views.js';
import type { IndicatorDocument } from './indicator.projection.js';

@ApiTags('indicators')
@Controller('plans/:plan/indicators')
export class IndicatorsController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  @Get()
  @ApiOperation({ summary: '规划的指标', operationId: 'listIndicators' })
  @ApiAnswer('IndicatorDocument', { list: true })
  async list(
    @Param('plan') plan: string,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<IndicatorDocument[]> {
    const asOf = await this.reading.momentOfPlan(plan, query, position);
    return readIndicators(this.views, plan, asOf);
  }

  @Get(':code')
  @ApiOperation({ summary: '一项指标：口径、目标及其版本', operationId: 'getIndicator' })
  @ApiAnswer('IndicatorDocument')
  async get(
    @Param('plan') plan: string,
    @Param('code') code: string,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<IndicatorDocument> {
    const asOf = await this.reading.momentOfPlan(plan, query, position);
    return readIndicator(this.views, plan, code, asOf);
  }
}
