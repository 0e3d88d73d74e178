import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Engine } from '../engine.js';
import { readPlan } from '../plans/read-plan.js';
import { readIndicators } from './read-indicators.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery, awaitPosition, momentOf } from '../http/moment.js';
import { notFound } from '../kernel/errors.js';
import { ENGINE } from '../tokens.js';
import { indicatorProjection, type IndicatorDocument } from './indicator.projection.js';

@ApiTags('indicators')
@Controller('plans/:plan/indicators')
export class IndicatorsController {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Get()
  @ApiOperation({ summary: '规划的指标', operationId: 'listIndicators' })
  @ApiAnswer('IndicatorDocument', { list: true })
  async list(
    @Param('plan') plan: string,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<IndicatorDocument[]> {
    await awaitPosition(this.engine, position);
    const asOf = await momentOf(this.engine, plan, query);
    await readPlan(this.engine.views, plan, asOf);
    return readIndicators(this.engine.views, plan, asOf);
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
    await awaitPosition(this.engine, position);
    const asOf = await momentOf(this.engine, plan, query);
    await readPlan(this.engine.views, plan, asOf);
    const found = await this.engine.views.get(indicatorProjection, `${plan}/${code}`, asOf);
    if (!found) throw notFound('indicator.unknown', `规划 ${plan} 没有指标 ${code}：请核对指标代码`);
    return found.body;
  }
}
