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
import { WrittenJson } from '../kernel/json.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { OneOf, PeriodText, Text } from '../slice/field.js';
import { PUBLICATIONS, type Publications } from '../slice/publications.js';
import { absentFigure } from './absent-figure.js';
import type { FigureId } from './figure.events.js';
import { figureKey, figureProjection, inUse, type FigureDocument } from './figure.projection.js';
import { figureStatus, statusSight, type FigureAnswer } from './figure-status.js';
import { figuresWhere, isChangedSinceApproval, pageOf } from './list-figures.js';

class FiguresQuery extends MomentQuery {
  @Text({ label: '指标代码', max: 60, optional: true, example: '02' })
  code?: string;

  @PeriodText({ label: '期间', optional: true, example: '2022' })
  period?: string;

  @OneOf(['true'], { label: '审核后有变更', description: 'true：只列审核后又有变更的', optional: true })
  changed?: 'true';

  @Text({ label: '游标', max: 300, optional: true })
  cursor?: string;

  @WholeText(1, 1000, '条数')
  limit?: string;
}

export interface FigurePage {
  readonly figures: readonly FigureDocument[];
  /** Hand it back as `cursor` for the next page; absent on the last. */
  readonly next?: string;
  /** How many of all that satisfy the query were changed since their approval. On the first page only. */
  readonly changedSinceApproval?: number;
}

@ApiTags('figures')
@Controller('plans/:plan/figures')
export class FiguresController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
    @Inject(PUBLICATIONS) private readonly publications: Publications,
  ) {}

  @Needs('plans.read')
  @Get()
  @ApiOperation({ summary: '规划的数据，可按指标、期间筛选，分页', operationId: 'listFigures' })
  @ApiAnswer('FigurePage')
  async list(
    @Param('plan') plan: string,
    @Query(CheckedQuery(FiguresQuery)) { code, period, changed, cursor, limit, ...moment }: FiguresQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Passing<FigurePage>> {
    const asOf = await this.reading.momentOfPlan(plan, moment, position);
    if (period !== undefined && code === undefined)
      throw invalid('figures.query', '按期间筛选须同时给出指标 code', 'code');
    const changedOnes =
      cursor === undefined || changed !== undefined
        ? await figuresWhere(this.views, { plan, code, period }, asOf, isChangedSinceApproval)
        : undefined;
    const counted = cursor === undefined && { changedSinceApproval: changedOnes!.length };
    if (changed !== undefined) {
      const { page, next } = pageOf(changedOnes!, { after: cursor, limit: limit === undefined ? 100 : Number(limit) });
      return {
        figures: page.map((figure) => new WrittenJson(JSON.stringify(figure))),
        ...(next !== undefined && { next }),
        ...counted,
      };
    }
    const prefix = [plan, code, period].filter((part) => part !== undefined).join('/');
    const wanted = limit === undefined ? 100 : Number(limit);
    const found = await this.views.listWritten(figureProjection, `${prefix}/`, {
      asOf,
      after: cursor,
      limit: wanted,
    });
    if (found.length === 0 && code !== undefined) await this.assertKnown(plan, code, period, asOf);
    const next = found.length === wanted ? found.at(-1)?.key : undefined;
    return { figures: found.map(({ body }) => body), ...(next !== undefined && { next }), ...counted };
  }

  /** That the plan has the indicator and the period: of one that it has, there may be no figures yet. */
  private async assertKnown(plan: string, code: string, period: string | undefined, asOf: AsOf): Promise<void> {
    const indicator = await readIndicator(this.views, plan, code, asOf);
    if (period !== undefined) figurePeriod(await readPlan(this.views, plan, asOf), indicator, period);
  }

  @Needs('plans.read')
  @Get(':code/:unit/:period')
  @ApiOperation({ summary: '一个数据：按所选时间掌握的数据，附审核进度和锁定', operationId: 'getFigure' })
  @ApiAnswer('FigureAnswer')
  async get(
    @Param() params: FigureId,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FigureAnswer> {
    const asOf = await this.reading.moment(params.plan, query, position);
    const found = await this.views.get(figureProjection, figureKey(params), asOf);
    if (!found) throw await absentFigure(this.views, params, asOf);
    response.setHeader('ETag', `"${found.body.revision}"`);
    const sight = await statusSight(
      { views: this.views, publications: this.publications },
      params.plan,
      asOf,
      await this.clock.now(),
    );
    const used = inUse(found.body);
    return { ...found.body, ...figureStatus(found.body, sight), ...(used && { inUse: used }) };
  }
}
