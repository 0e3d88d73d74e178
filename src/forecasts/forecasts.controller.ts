import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { Needs } from '../http/rights.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { askedUnit, otherRow } from '../overview/asked-row.js';
import { overviewIn } from '../overview/overview-in-language.js';
import { OVERVIEWS, type FoundOverview, type Overviews } from '../overview/overviews.js';
import type { PlanReader } from '../overview/plan-reader.js';
import { PLAN_READERS, type PlanReaders } from '../overview/plan-readers.js';
import { UnitSeenQuery } from '../overview/seen-query.js';
import { projectProjection } from '../projects/project.projection.js';
import { taskProjection } from '../tasks/task.projection.js';
import {
  earlyWarnings,
  indicatorForecast,
  planBackTest,
  type BackTest,
  type EarlyWarnings,
  type IndicatorForecast,
} from './plan-forecasts.js';
import { programmeWarnings, type ProgrammeWarnings } from './programme-forecasts.js';

/** What the values known at a moment lead to by the end of the plan. It writes nothing. */
@ApiTags('forecasts')
@Controller('plans/:plan')
export class ForecastsController {
  constructor(
    @Inject(PLAN_READERS) private readonly readers: PlanReaders,
    @Inject(OVERVIEWS) private readonly overviews: Overviews,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  @Needs('plans.read')
  @Get('early-warnings')
  @ApiOperation({
    summary: '预警：按现有数据预计完不成规划目标的指标、不能按期完成的项目和任务，分单位',
    operationId: 'getEarlyWarnings',
  })
  @ApiAnswer('EarlyWarnings')
  async warnings(
    @Param('plan') plan: string,
    @Query(CheckedQuery(UnitSeenQuery)) query: UnitSeenQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<EarlyWarnings> {
    const { reader, found } = await this.found(plan, query, position);
    const unit = query.unit === undefined ? undefined : askedUnit(found.plan, found.overview, query.unit);
    const isAsked = (each: string | undefined): boolean => unit === undefined || each === unit;
    return earlyWarnings(reader, found.overview, await this.programme(found, isAsked), isAsked);
  }

  @Needs('plans.read')
  @Get('forecasts/:code')
  @ApiOperation({ summary: '一项指标到规划期末的预测：各方法的数值、区间与能否完成目标', operationId: 'getForecast' })
  @ApiAnswer('IndicatorForecast')
  async forecast(
    @Param('plan') plan: string,
    @Param('code') code: string,
    @Query(CheckedQuery(UnitSeenQuery)) query: UnitSeenQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<IndicatorForecast> {
    const { reader, found } = await this.found(plan, query, position);
    const unit = askedUnit(found.plan, found.overview, query.unit);
    const row =
      found.overview.indicators.find((each) => each.code === code) ??
      (await otherRow(reader, code, found.overview.period));
    return indicatorForecast(reader, row, unit);
  }

  @Needs('plans.read')
  @Get('back-test')
  @ApiOperation({ summary: '预测方法的回溯检验：按当时的数据预测，与后来的数值比较', operationId: 'getBackTest' })
  @ApiAnswer('BackTest')
  async backTest(
    @Param('plan') plan: string,
    @Query(CheckedQuery(UnitSeenQuery)) query: UnitSeenQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<BackTest> {
    const { reader, found } = await this.found(plan, query, position);
    const unit = query.unit === undefined ? undefined : askedUnit(found.plan, found.overview, query.unit);
    return planBackTest(reader, found.overview, (each) => unit === undefined || each === unit);
  }

  private async programme(
    { plan, asOf, overview }: FoundOverview,
    isAsked: (unit: string | undefined) => boolean,
  ): Promise<ProgrammeWarnings> {
    const [projects, tasks] = await Promise.all([
      this.views.list(projectProjection, `${plan.plan}/`, { asOf }),
      this.views.list(taskProjection, `${plan.plan}/`, { asOf }),
    ]);
    return programmeWarnings(
      projects.flatMap(({ body }) => (isAsked(body.unit) ? [body] : [])),
      tasks.flatMap(({ body }) => (isAsked(body.owner) ? [body] : [])),
      overview.programme.until,
      plan,
    );
  }

  private async found(
    plan: string,
    { period, language, unit: _, ...moment }: UnitSeenQuery,
    position: string | undefined,
  ): Promise<{ reader: PlanReader; found: FoundOverview }> {
    const found = await this.overviews.find({ plan, period, moment, position });
    const reader = await this.readers.open(plan, found.asOf);
    return { reader, found: { ...found, overview: overviewIn(found.overview, language) } };
  }
}
