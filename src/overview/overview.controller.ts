import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentInLanguageQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { Text } from '../slice/field.js';
import { askedPeriod } from './asked-period.js';
import { indexState, type IndexState } from './index-state.js';
import { indicatorHistory, type IndicatorHistory } from './indicator-history.js';
import type { OverviewNow } from './overview-later.js';
import { topUnit } from '../plans/plan.projection.js';
import { composeIndexed } from './overview.js';
import { OVERVIEWS, type Overviews } from './overviews.js';
import { overviewIn } from './overview-in-language.js';
import { PLAN_READERS, type PlanReaders } from './plan-readers.js';
import { PeriodQuery, SeenQuery } from './seen-query.js';

class HistoryQuery extends MomentInLanguageQuery {
  @Text({ label: '单位代码', description: '不填即整个规划', max: 60, optional: true, example: '331102' })
  unit?: string;
}

/** The state of a plan as it was known at a moment. */
@ApiTags('overview')
@Controller('plans/:plan')
export class OverviewController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(PLAN_READERS) private readonly readers: PlanReaders,
    @Inject(OVERVIEWS) private readonly overviews: Overviews,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
  ) {}

  @Needs('plans.read')
  @Get('overview')
  @ApiOperation({ summary: '总览：某期间、按某日掌握的全部指标与指数', operationId: 'getOverview' })
  @ApiAnswer('OverviewNow')
  async overview(
    @Param('plan') plan: string,
    @Query(CheckedQuery(SeenQuery)) { period, language, ...moment }: SeenQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<OverviewNow> {
    const { overview } = await this.overviews.find({ plan, period, moment, position });
    return overviewIn(overview, language);
  }

  @Needs('plans.read')
  @Get('index')
  @ApiOperation({ summary: '指数：各单位、各标杆区，附覆盖率和否决', operationId: 'getIndex' })
  @ApiAnswer('IndexState')
  async index(
    @Param('plan') plan: string,
    @Query(CheckedQuery(PeriodQuery)) { period, ...moment }: PeriodQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<IndexState> {
    const asOf = await this.reading.moment(plan, moment, position);
    const reader = await this.readers.open(plan, asOf);
    const now = await this.clock.now();
    const asked = await askedPeriod(this.readers.open, reader.plan, period, { asOf, now });
    return indexState(await composeIndexed(reader, asked), asOf);
  }

  @Needs('plans.read')
  @Get('indicators/:code/history')
  @ApiOperation({ summary: '一项指标的历年数值：首报、更正与目标', operationId: 'getIndicatorHistory' })
  @ApiAnswer('IndicatorHistory')
  async history(
    @Param('plan') plan: string,
    @Param('code') code: string,
    @Query(CheckedQuery(HistoryQuery)) { unit, language, ...moment }: HistoryQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<IndicatorHistory> {
    const asOf = await this.reading.moment(plan, moment, position);
    const top = unit ?? topUnit(await readPlan(this.views, plan, asOf));
    return indicatorHistory(this.views, plan, code, top ?? '', asOf, language);
  }
}
