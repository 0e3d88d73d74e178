import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiAnswer, type Passing } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { WholeText } from '../http/whole-text.js';
import { Needs } from '../http/rights.js';
import { figurePeriod, readIndicator } from '../indicators/read-indicators.js';
import { invalid } from '../kernel/errors.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { PeriodText, Text } from '../slice/field.js';
import { absentFigure } from './absent-figure.js';
import type { FigureId } from './figure.events.js';
import { figureKey, figureProjection, type FigureDocument } from './figure.projection.js';

class FiguresQuery extends MomentQuery {
  @Text({ label: '指标代码', max: 60, optional: true, example: '02' })
  code?: string;

  @PeriodText({ label: '期间', optional: true, example: '2022' })
  period?: string;

  @Text({ label: '游标', max: 300, optional: true })
  cursor?: string;

  @WholeText(1, 1000, '条数')
  limit?: string;
}

export interface FigurePage {
  readonly figures: readonly FigureDocument[];
  /** Hand it back as `cursor` for the next page; absent on the last. */
  readonly next?: string;
}

@ApiTags('figures')
@Controller('plans/:plan/figures')
export class FiguresController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  @Needs('plans.read')
  @Get()
  @ApiOperation({ summary: '规划的数据，可按指标、期间筛选，分页', operationId: 'listFigures' })
  @ApiAnswer('FigurePage')
  async list(
    @Param('plan') plan: string,
    @Query(CheckedQuery(FiguresQuery)) { code, period, cursor, limit, ...moment }: FiguresQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Passing<FigurePage>> {
    const asOf = await this.reading.momentOfPlan(plan, moment, position);
    if (period !== undefined && code === undefined)
      throw invalid('figures.query', '按期间筛选须同时给出指标 code', 'code');
    const prefix = [plan, code, period].filter((part) => part !== undefined).join('/');
    const wanted = limit === undefined ? 100 : Number(limit);
    const found = await this.views.listWritten(figureProjection, `${prefix}/`, {
      asOf,
      after: cursor,
      limit: wanted,
    });
    if (found.length === 0 && code !== undefined) await this.assertKnown(plan, code, period, asOf);
    const next = found.length === wanted ? found.at(-1)?.key : undefined;
    return { figures: found.map(({ body }) => body), ...(next !== undefined && { next }) };
  }

  /** That the plan has the indicator and the period: of one that it has, there may be no figures yet. */
  private async assertKnown(plan: string, code: string, period: string | undefined, asOf: AsOf): Promise<void> {
    const indicator = await readIndicator(this.views, plan, code, asOf);
    if (period !== undefined) figurePeriod(await readPlan(this.views, plan, asOf), indicator, period);
  }

  @Needs('plans.read')
  @Get(':code/:unit/:period')
  @ApiOperation({ summary: '一个数据：按所选时间所知', operationId: 'getFigure' })
  @ApiAnswer('FigureDocument')
  async get(
    @Param() params: FigureId,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FigureDocument> {
    const asOf = await this.reading.moment(params.plan, query, position);
    const found = await this.views.get(figureProjection, figureKey(params), asOf);
    if (!found) throw await absentFigure(this.views, params, asOf);
    response.setHeader('ETag', `"${found.body.revision}"`);
    return found.body;
  }
}
