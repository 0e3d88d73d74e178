import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { readPlan } from '../plans/read-plan.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { absentFigure } from '../figures/absent-figure.js';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import type { FigureId } from '../figures/figure.events.js';
import { invalid, notFound } from '../kernel/errors.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { DateText, OneOf, PositionText, Text } from '../slice/field.js';
import { STREAM_NAMES, type StreamNames } from '../slice/slice.js';
import { WholeText } from '../http/whole-text.js';
import { TRAIL, type Trail, type TrailEntry, type TrailPage, type TrailQuery } from './trail.js';
import { inFormat } from './trail-csv.js';

class AuditQuery extends MomentQuery {
  @Text({ label: '经办人编号', max: 60, optional: true, example: 'demo-reporter-331102' })
  actor?: string;

  @DateText({ label: '日期', optional: true, example: '2023-08-20' })
  day?: string;

  @OneOf(['recorded', 'known'], { label: '日期口径', description: 'recorded 入库日；known 知悉日', optional: true })
  clock?: 'recorded' | 'known';

  @Text({ label: '游标', max: 300, optional: true })
  cursor?: string;

  @WholeText(1, 1000, '条数')
  limit?: string;

  @OneOf(['json', 'csv'], { label: '格式', optional: true })
  format?: 'json' | 'csv';
}

class TrailQueryInput extends MomentQuery {
  @PositionText({ label: '游标', description: '上一页最后一条的日志位置', optional: true })
  cursor?: string;

  @WholeText(1, 1000, '条数，不填即 1000')
  limit?: string;

  @OneOf(['json', 'csv'], { label: '格式', optional: true })
  format?: 'json' | 'csv';
}

@ApiTags('audit')
@Controller('plans/:plan')
export class AuditController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(TRAIL) private readonly trail: Trail,
    @Inject(STREAM_NAMES) private readonly streams: StreamNames,
  ) {}

  @Get('audit')
  @ApiOperation({ summary: '审计轨迹：按人或按日', operationId: 'getAudit' })
  @ApiAnswer('TrailPage')
  async page(
    @Param('plan') plan: string,
    @Query(CheckedQuery(AuditQuery)) query: AuditQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrailPage | string> {
    const { actor, day, cursor, limit, format, ...moment } = query;
    const asOf = await this.reading.moment(plan, moment, position);
    const { timeZone } = await readPlan(this.views, plan);
    // A day to come has no entries yet, whatever its clock.
    if (day !== undefined) await this.reading.moment(plan, { asOf: day }, undefined, 'day');
    const page = await this.trail.page(plan, asked(query, timeZone), {
      asOf,
      cursor,
      limit: limit === undefined ? 100 : Number(limit),
    });
    if (actor !== undefined && page.entries.length === 0 && !(await this.trail.knows(plan, actor))) {
      throw notFound('audit.unknown-actor', `规划 ${plan} 的审计轨迹中没有经办人 ${actor}：请核对编号（不是姓名）`);
    }
    if (page.next) response.setHeader('Link', nextPage(page.next));
    return inFormat(response, format, page, { entries: page.entries, zone: () => Promise.resolve(timeZone) });
  }

  @Get('figures/:code/:unit/:period/trail')
  @ApiOperation({ summary: '一个数据的全部变更：何人、何时、由何改为何、为何', operationId: 'getFigureTrail' })
  @ApiAnswer('TrailEntry', { list: true })
  async getTrail(
    @Param() params: FigureId,
    @Query(CheckedQuery(TrailQueryInput)) query: TrailQueryInput,
    @Headers('tongjian-position') position: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrailEntry[] | string> {
    const asOf = await this.reading.momentOfPlan(params.plan, query, position);
    return this.trailPage(
      { ...query, plan: params.plan },
      response,
      (part) => this.trail.ofFigure(params, asOf, part),
      () => absentFigure(this.views, params, asOf),
    );
  }

  @Get(':resource/:id/trail')
  @ApiOperation({ summary: '一个指标、项目、政策、任务、承诺或问题的全部变更', operationId: 'getTrail' })
  @ApiParam({ name: 'resource', type: String, description: '类别，如 indicators、projects', example: 'projects' })
  @ApiParam({ name: 'id', type: String, description: '编号' })
  @ApiAnswer('TrailEntry', { list: true })
  async getTrailOf(
    @Param() { plan, resource, id }: { plan: string; resource: string; id: string },
    @Query(CheckedQuery(TrailQueryInput)) query: TrailQueryInput,
    @Headers('tongjian-position') position: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrailEntry[] | string> {
    const asOf = await this.reading.momentOfPlan(plan, query, position);
    const streamOf = this.streams.get(resource);
    const kinds = [...this.streams.keys()].join('、');
    return this.trailPage(
      { ...query, plan },
      response,
      async (part) => (streamOf ? this.trail.ofStreams([streamOf(plan, id)], asOf, part) : []),
      async () => notFound('trail.unknown', `规划 ${plan} 没有 ${resource}/${id}：请核对类别（${kinds}）和编号`),
    );
  }

  /** A page of a trail; its last entry's position is the cursor of the next. */
  private async trailPage(
    { plan, cursor, limit = '1000', format }: TrailQueryInput & { plan: string },
    response: Response,
    read: (part: { after?: string; limit: number }) => Promise<TrailEntry[]>,
    unknown: () => Promise<Error>,
  ): Promise<TrailEntry[] | string> {
    // One more than asked for says whether there is a next page.
    const found = await read({ after: cursor, limit: Number(limit) + 1 });
    if (found.length === 0 && cursor === undefined) throw await unknown();
    const entries = found.slice(0, Number(limit));
    if (found.length > entries.length) response.setHeader('Link', nextPage(entries.at(-1)!.position));
    const zone = async () => (await readPlan(this.views, plan)).timeZone;
    return inFormat(response, format, entries, { entries, zone });
  }
}

const nextPage = (cursor: string) => `<?cursor=${encodeURIComponent(cursor)}>; rel="next"`;

function asked({ actor, day, clock = 'recorded' }: AuditQuery, timeZone: string): TrailQuery {
  if (actor !== undefined && day === undefined) return { by: 'actor', actor };
  if (day !== undefined && actor === undefined) return { by: clock, day, timeZone };
  throw invalid(
    'audit.query',
    '请给出 actor（经办人编号）或 day（日期）之一；某个数据的轨迹见该数据的 /trail',
    'actor',
  );
}
