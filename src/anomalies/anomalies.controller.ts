import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentInLanguageQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { OVERVIEWS, type Overviews } from '../overview/overviews.js';
import { unitOf } from '../plans/lookup.js';
import { readPlan } from '../plans/read-plan.js';
import { Text } from '../slice/field.js';
import { planAnomalies, type Anomalies } from './plan-anomalies.js';

class AnomaliesQuery extends MomentInLanguageQuery {
  @Text({ label: '单位代码', description: '不填即全部单位', max: 60, optional: true, example: '331102' })
  unit?: string;
}

/** 数据异常提示: computed when they are asked for, from what was known at the moment. */
@ApiTags('anomalies')
@Controller('plans/:plan/anomalies')
export class AnomaliesController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(OVERVIEWS) private readonly overviews: Overviews,
  ) {}

  @Lane('heavy')
  @Needs('plans.read')
  @Get()
  @ApiOperation({
    summary: '数据异常提示：各单位各期数据的异常之处、对照与可能的原因，供说明，不作结论',
    operationId: 'listAnomalies',
  })
  @ApiAnswer('Anomalies')
  async list(
    @Param('plan') plan: string,
    @Query(CheckedQuery(AnomaliesQuery)) { unit, language, ...moment }: AnomaliesQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Anomalies> {
    const asOf = await this.reading.momentOfPlan(plan, moment, position);
    if (unit !== undefined) unitOf(await readPlan(this.views, plan, asOf), unit);
    return planAnomalies(this.views, {
      ...{ plan, asOf, unit, language },
      overviewAt: async (period, knownAt) =>
        (await this.overviews.find({ plan, period, moment: { ...moment, asOf: knownAt }, position })).overview,
    });
  }
}
