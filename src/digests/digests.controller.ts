import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { WholeText } from '../http/whole-text.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { lastDayOf, parsePeriod } from '../kernel/period.js';
import { dayOf } from '../kernel/time.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { askedPeriod } from '../overview/asked-period.js';
import { askedUnit, otherRow } from '../overview/asked-row.js';
import { overviewIn } from '../overview/overview-in-language.js';
import { OVERVIEWS, type FoundOverview, type Overviews } from '../overview/overviews.js';
import { PLAN_READERS, type PlanReaders } from '../overview/plan-readers.js';
import { SeenQuery, UnitSeenQuery } from '../overview/seen-query.js';
import { planProjection } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { unitsAbove } from '../plans/units-in-time.js';
import { Text } from '../slice/field.js';
import { CHANGE_FEED, type ChangeFeed } from './change-feed.js';
import { matrixOf, type OverviewMatrix } from './matrix.js';
import { overviewNotes, type OverviewNotes } from './notes.js';
import { overviewIndicator, type OverviewIndicator } from './overview-indicator.js';
import { punctualityOf } from './punctuality.js';
import { readSearched } from './read-searched.js';
import { searchIn, type SearchAnswer } from './search.js';
import { summaryOf, type OverviewSummary } from './summary.js';
import { KNOWN_DAYS, type KnownDays, type Timeline } from './timeline.js';
import { rectificationsOf, unitOverview, type UnitOverview } from './unit-digest.js';
import { unitIndicators, type UnitIndicators } from './unit-indicators.js';

const isNow = ({ asOf, atPosition }: MomentQuery): boolean => asOf === undefined && atPosition === undefined;

class SearchQuery extends SeenQuery {
  @Text({ label: '查找', description: '代码、名称、文号等；各词都须出现', max: 100, example: '养老' })
  q: string;

  @WholeText(1, 100, '条数，不填即 20')
  limit?: string;
}

/** Parts of the overview, cut for pages: nobody has to fetch the whole. */
@ApiTags('overview')
@Controller('plans/:plan')
export class DigestsController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
    @Inject(PLAN_READERS) private readonly readers: PlanReaders,
    @Inject(OVERVIEWS) private readonly overviews: Overviews,
    @Inject(KNOWN_DAYS) private readonly knownDays: KnownDays,
    @Inject(CHANGE_FEED) private readonly feed: ChangeFeed,
  ) {}

  @Needs('plans.read')
  @Get('timeline')
  @ApiOperation({ summary: '时间轴：何时起有数据，哪些日子掌握了什么，最近一期', operationId: 'getTimeline' })
  @ApiAnswer('Timeline')
  async timeline(
    @Param('plan') plan: string,
    @Query(CheckedQuery(MomentQuery)) moment: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Timeline> {
    const asOf = await this.reading.moment(plan, moment, position);
    const now = await this.clock.now();
    const document = await readPlan(this.views, plan, asOf);
    const { timeZone } = document;
    const [drafted] = await this.views.history(planProjection, plan);
    const period = await askedPeriod(this.readers.open, document, undefined, { asOf, now });
    const firstDay = dayOf(drafted!.knownAt, timeZone);
    const head = await this.feed.head();
    return {
      ...{ plan, timeZone, firstDay, today: dayOf(now, timeZone) },
      ...(asOf.knownAt !== undefined && { asOf: asOf.knownAt }),
      ...(asOf.position !== undefined && { atPosition: asOf.position }),
      period: period.text,
      ...(head !== '0' && { position: head }),
      days: await this.knownDays.of(document, firstDay, asOf.position),
    };
  }

  @Needs('plans.read')
  @Get('overview/summary')
  @ApiOperation({
    summary: '总览一屏：一个单位的指数、亮灯、指标、需关注与各类计数',
    operationId: 'getOverviewSummary',
  })
  @ApiAnswer('OverviewSummary')
  async summary(
    @Param('plan') plan: string,
    @Query(CheckedQuery(UnitSeenQuery)) { unit, ...query }: UnitSeenQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<OverviewSummary> {
    const found = await this.found(plan, query, position);
    const code = askedUnit(found.plan, found.overview, unit);
    return summaryOf(found.overview, code, await this.overviews.yearsOf(found, code));
  }

  @Needs('plans.read')
  @Get('overview/matrix')
  @ApiOperation({ summary: '单位与指标矩阵：数值、亮灯、得分', operationId: 'getOverviewMatrix' })
  @ApiAnswer('OverviewMatrix')
  async matrix(
    @Param('plan') plan: string,
    @Query(CheckedQuery(SeenQuery)) query: SeenQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<OverviewMatrix> {
    return matrixOf((await this.found(plan, query, position)).overview);
  }

  @Needs('plans.read')
  @Get('overview/notes')
  @ApiOperation({ summary: '评估规则、对照数据与一个单位的指数构成', operationId: 'getOverviewNotes' })
  @ApiAnswer('OverviewNotes')
  async notes(
    @Param('plan') plan: string,
    @Query(CheckedQuery(UnitSeenQuery)) { unit, ...query }: UnitSeenQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<OverviewNotes> {
    const found = await this.found(plan, query, position);
    return overviewNotes(found.overview, askedUnit(found.plan, found.overview, unit));
  }

  @Needs('plans.read')
  @Get('overview/indicators')
  @ApiOperation({ summary: '一个单位的全部主要指标：数值、目标与判断', operationId: 'getUnitIndicators' })
  @ApiAnswer('UnitIndicators')
  async indicators(
    @Param('plan') plan: string,
    @Query(CheckedQuery(UnitSeenQuery)) { unit, ...query }: UnitSeenQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<UnitIndicators> {
    const found = await this.found(plan, query, position);
    return unitIndicators(found.overview, askedUnit(found.plan, found.overview, unit));
  }

  @Needs('plans.read')
  @Get('overview/indicators/:code')
  @ApiOperation({ summary: '一项指标在各单位的数值与判断', operationId: 'getOverviewIndicator' })
  @ApiAnswer('OverviewIndicator')
  async indicator(
    @Param('plan') plan: string,
    @Param('code') code: string,
    @Query(CheckedQuery(SeenQuery)) query: SeenQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<OverviewIndicator> {
    const found = await this.found(plan, query, position);
    const row =
      found.overview.indicators.find((each) => each.code === code) ??
      (await otherRow(await this.readers.open(plan, found.asOf), code, found.overview.period));
    return overviewIndicator(found.overview, row);
  }

  @Needs('plans.read')
  @Get('overview/units/:unit')
  @ApiOperation({
    summary: '一个单位（责任清单）：指数、位次、指标、项目、问题、整改、报送及时率',
    operationId: 'getOverviewUnit',
  })
  @ApiAnswer('UnitOverview')
  async unit(
    @Param('plan') plan: string,
    @Param('unit') unit: string,
    @Query(CheckedQuery(SeenQuery)) query: SeenQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<UnitOverview> {
    const found = await this.found(plan, query, position);
    const code = askedUnit(found.plan, found.overview, unit);
    const { asOf, now, plan: document } = found;
    const day = dayOf(asOf.knownAt ?? now, document.timeZone);
    const indicators = await readIndicators(this.views, plan, asOf);
    const [years, rectifications, punctuality] = await Promise.all([
      this.overviews.yearsOf(found, code),
      rectificationsOf(this.views, plan, code, { asOf, day }),
      punctualityOf(this.views, { plan: document, indicators, unit: code, asOf, day }),
    ]);
    const above = unitsAbove(document, code, lastDayOf(parsePeriod(found.overview.period), document));
    return unitOverview(found.overview, code, { years, above, rectifications, punctuality });
  }

  @Needs('plans.read')
  @Get('search')
  @ApiOperation({
    summary: '查找指标、单位、项目、政策、任务、规划任务目标、问题、评估',
    operationId: 'searchPlan',
  })
  @ApiAnswer('SearchAnswer')
  async search(
    @Param('plan') plan: string,
    @Query(CheckedQuery(SearchQuery)) { q, limit = '20', language, ...query }: SearchQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<SearchAnswer> {
    const found = await this.found(plan, query, position);
    // An evaluation goes on after the last moment of the plan that its third parties may look at.
    const searched = await readSearched(this.views, found, isNow(query) ? {} : found.asOf);
    return searchIn(searched, { q, limit: Number(limit), language });
  }

  private async found(
    plan: string,
    { period, language, ...moment }: SeenQuery,
    position: string | undefined,
  ): Promise<FoundOverview> {
    const found = await this.overviews.find({ plan, period, moment, position });
    return { ...found, overview: overviewIn(found.overview, language) };
  }
}
