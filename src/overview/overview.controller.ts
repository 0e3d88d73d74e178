import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { LRUCache } from 'lru-cache';
import { currentPrincipal, sightKey } from '../access/principal.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { languageField, MomentInLanguageQuery, MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { VIEWS_FOLLOWER, type ViewsFollower } from '../kernel/projector.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { PeriodText, Text } from '../slice/field.js';
import { askedPeriod } from './asked-period.js';
import { changedFigures } from './changed-figures.js';
import { indexState, type IndexState } from './index-state.js';
import { indicatorHistory, type IndicatorHistory } from './indicator-history.js';
import { withLater, type OverviewNow } from './overview-later.js';
import { topUnit } from '../plans/plan.projection.js';
import { composeIndexed, composeOverview } from './overview.js';
import { overviewIn } from './overview-in-language.js';
import { PlanReader } from './plan-reader.js';

class PeriodQuery extends MomentQuery {
  @PeriodText({ label: '期间', description: '不填即届时有数据的最近一期', optional: true, example: '2022' })
  period?: string;
}

class OverviewQuery extends PeriodQuery {
  @languageField()
  language?: string;
}

class HistoryQuery extends MomentInLanguageQuery {
  @Text({ label: '单位代码', description: '不填即整个规划', max: 60, optional: true, example: '331102' })
  unit?: string;
}

/** The state of a plan as it was known at a moment. */
@ApiTags('overview')
@Controller('plans/:plan')
export class OverviewController {
  private readonly overviews = new LRUCache<string, Promise<OverviewNow>>({ max: 64 });

  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(VIEWS_FOLLOWER) private readonly follower: ViewsFollower,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
  ) {}

  @Needs('plans.read')
  @Get('overview')
  @ApiOperation({ summary: '总览：某期间、按某日所知的全部指标与指数', operationId: 'getOverview' })
  @ApiAnswer('OverviewNow')
  async overview(
    @Param('plan') plan: string,
    @Query(CheckedQuery(OverviewQuery)) { period, language, ...moment }: OverviewQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<OverviewNow> {
    const asOf = await this.reading.moment(plan, moment, position);
    const now = await this.clock.now();
    const asked = await askedPeriod(this.views, await readPlan(this.views, plan, asOf), period, { asOf, now });
    return overviewIn(await this.composed(plan, asked.text, asOf, now), language);
  }

  /** The same moment reads the same as long as the views stay where they are, to those who see the same of the plan. */
  private async composed(plan: string, period: string, asOf: AsOf, now: Instant): Promise<OverviewNow> {
    const checkpoints = (await this.follower.status()).map(({ checkpoint }) => checkpoint ?? '');
    const sight = sightKey(currentPrincipal()!, plan);
    const key = JSON.stringify([plan, period, sight, asOf.knownAt, asOf.position, now.slice(0, 10), ...checkpoints]);
    const known = this.overviews.get(key);
    if (known) return known;
    const then = composeOverview(this.views, plan, period, asOf, now);
    const isToday = asOf.knownAt === undefined && asOf.position === undefined;
    const composing = Promise.all([then, isToday ? undefined : this.composed(plan, period, {}, now)]).then(
      async ([found, today]) => ({
        ...(today ? withLater(found, asOf, today) : found),
        changedSinceApproval: await changedFigures(this.views, found, asOf),
      }),
    );
    this.overviews.set(key, composing);
    composing.catch(() => this.overviews.delete(key));
    return composing;
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
    const reader = await PlanReader.open(this.views, plan, asOf);
    const asked = await askedPeriod(this.views, reader.plan, period, { asOf, now: await this.clock.now() });
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
