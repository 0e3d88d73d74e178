import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { actorOf } from '../http/asking.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { written } from '../http/written.js';
import { readIndicator } from '../indicators/read-indicators.js';
import { notFound } from '../kernel/errors.js';
import { EVENT_LOG, type EventLog } from '../kernel/event-log.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { allLongSeries, longSeries } from '../overview/long-series.js';
import { PLAN_READERS, type PlanReaders } from '../overview/plan-readers.js';
import { unitOf } from '../plans/lookup.js';
import { topUnit } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import type { ReportResult } from '../reporting/report-result.js';
import { UNIT_REPORTS, type UnitReports } from '../reporting/unit-reports.js';
import { Text } from '../slice/field.js';
import { withOrigins, type LongSeriesWithOrigins } from './base-origin.js';
import { takenBases } from './base-takeover.js';
import { readTakeoverBody, TakeoverBody } from './takeover-body.js';

class SeriesQuery extends MomentQuery {
  @Text({ label: '单位代码', description: '不填即整个规划', max: 60, optional: true, example: '331102' })
  unit?: string;
}

/** The indicators of a plan through the plans that they continue. */
@ApiTags('continuity')
@Controller('plans/:plan')
export class ContinuityController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(PLAN_READERS) private readonly readers: PlanReaders,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(UNIT_REPORTS) private readonly reports: UnitReports,
  ) {}

  @Lane('heavy')
  @Needs('plans.read')
  @Get('long-series')
  @ApiOperation({
    summary: '跨规划序列：衔接了原规划的各项指标，一个单位历期的数值、折算、断点，以及基期与原规划是否一致',
    operationId: 'listLongSeries',
  })
  @ApiAnswer('LongSeriesWithOrigins', { list: true })
  async all(
    @Param('plan') plan: string,
    @Query(CheckedQuery(SeriesQuery)) { unit, ...moment }: SeriesQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<LongSeriesWithOrigins[]> {
    const asOf = await this.reading.moment(plan, moment, position);
    const of = await this.unit(plan, unit, asOf);
    const found = await allLongSeries(this.readers.longSeriesAsOf(asOf), plan, of);
    return Promise.all(found.map((series) => withOrigins(this.views, series, asOf)));
  }

  @Needs('plans.read')
  @Get('indicators/:code/long-series')
  @ApiOperation({ summary: '一项指标的跨规划序列；没有衔接原规划的指标答复 404', operationId: 'getLongSeries' })
  @ApiAnswer('LongSeriesWithOrigins')
  async one(
    @Param('plan') plan: string,
    @Param('code') code: string,
    @Query(CheckedQuery(SeriesQuery)) { unit, ...moment }: SeriesQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<LongSeriesWithOrigins> {
    const asOf = await this.reading.moment(plan, moment, position);
    const of = await this.unit(plan, unit, asOf);
    await readIndicator(this.views, plan, code, asOf);
    const found = await longSeries(this.readers.longSeriesAsOf(asOf), plan, code, of);
    if (found) return withOrigins(this.views, found, asOf);
    throw notFound('continuation.none-stated', `指标 ${code} 没有衔接原规划的指标，只有本规划的数值`);
  }

  @Needs('figures.report')
  @Lane('heavy')
  @Post('base')
  @HttpCode(200)
  @ApiOperation({
    summary: '承接基期：把原规划已发布的总结评估中的数值，作为本规划衔接指标的基期上报（整体校验，全有或全无）',
    description: 'dryRun 为 true 时逐行答复，不写入；每个数以该存档为依据，照常审核',
    operationId: 'takeOverBase',
  })
  @ApiBody({ type: TakeoverBody })
  @ApiAnswer('ReportResult')
  async takeOver(
    @Param('plan') plan: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReportResult> {
    const { dryRun, former, ...given } = readTakeoverBody(body);
    const taken = await takenBases({ views: this.views, files: this.files }, plan, former);
    const report = { plan, actor: actorOf(), ...given, ...taken };
    return dryRun ? this.reports.tryOut(report) : written(await this.reports.submit(report), this.log, response);
  }

  /** The unit that is asked for, or the whole plan. @throws {DomainError} `plan.not-yet-known`, `unit.unknown` */
  private async unit(plan: string, unit: string | undefined, asOf: AsOf): Promise<string> {
    const document = await readPlan(this.views, plan, asOf);
    return unit === undefined ? (topUnit(document) ?? '') : unitOf(document, unit).code;
  }
}
