import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { readIndicator, readIndicators } from './read-indicators.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentInLanguageQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { indicatorIn, type IndicatorInLanguage } from './indicator-in-language.js';

@ApiTags('indicators')
@Controller('plans/:plan/indicators')
export class IndicatorsController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  @Needs('plans.read')
  @Get()
  @ApiOperation({ summary: '规划的指标', operationId: 'listIndicators' })
  @ApiAnswer('IndicatorInLanguage', { list: true })
  async list(
    @Param('plan') plan: string,
    @Query(CheckedQuery(MomentInLanguageQuery)) { language, ...moment }: MomentInLanguageQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<IndicatorInLanguage[]> {
    const asOf = await this.reading.momentOfPlan(plan, moment, position);
    const { language: own } = await readPlan(this.views, plan, asOf);
    return (await readIndicators(this.views, plan, asOf)).map((indicator) => indicatorIn(indicator, language, own));
  }

  @Needs('plans.read')
  @Get(':code')
  @ApiOperation({ summary: '一项指标：口径、目标及其版本', operationId: 'getIndicator' })
  @ApiAnswer('IndicatorInLanguage')
  async get(
    @Param('plan') plan: string,
    @Param('code') code: string,
    @Query(CheckedQuery(MomentInLanguageQuery)) { language, ...moment }: MomentInLanguageQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<IndicatorInLanguage> {
    const asOf = await this.reading.momentOfPlan(plan, moment, position);
    const { language: own } = await readPlan(this.views, plan, asOf);
    return indicatorIn(await readIndicator(this.views, plan, code, asOf), language, own);
  }
}
