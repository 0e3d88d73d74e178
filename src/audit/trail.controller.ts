import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { absentFigure } from '../figures/absent-figure.js';
import type { FigureId } from '../figures/figure.events.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { UNIT_SIGHT, type UnitSight } from '../http/unit-sight.js';
import { WholeText } from '../http/whole-text.js';
import { notFound } from '../kernel/errors.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { OneOf, PositionText } from '../slice/field.js';
import { STREAM_NAMES, type StreamNames } from '../slice/slice.js';
import { sendCsv } from './trail-csv.js';
import { TRAIL, type Trail } from './trail.js';
import type { TrailEntry } from './trail-entry.js';

class TrailQueryInput extends MomentQuery {
  @PositionText({ label: '游标', description: '上一页最后一条的系统记录序号', optional: true })
  cursor?: string;

  @WholeText(1, 1000, '条数，不填即 1000')
  limit?: string;

  @OneOf(['json', 'csv'], { label: '格式', optional: true })
  format?: 'json' | 'csv';
}

/** The trail of one figure, or of another thing of the plan. */
@ApiTags('audit')
@Controller('plans/:plan')
export class TrailController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(TRAIL) private readonly trail: Trail,
    @Inject(UNIT_SIGHT) private readonly sight: UnitSight,
    @Inject(STREAM_NAMES) private readonly streams: StreamNames,
  ) {}

  @Needs('plans.read')
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
    // A trail tells of values that wait or were sent back.
    const seesUnit = (unit: string) => this.sight.seesUnit(params.plan, unit);
    const isSeen = await seesUnit(params.unit);
    return this.trailPage(
      { ...query, plan: params.plan },
      response,
      async (part) => (isSeen ? this.trail.ofFigure(params, asOf, part, seesUnit) : []),
      () => absentFigure(this.views, params, asOf),
    );
  }

  @Needs('plans.read')
  @Get(':resource/:id/trail')
  @ApiOperation({ summary: '一个指标、项目、政策、任务、规划任务目标或问题的全部变更', operationId: 'getTrail' })
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
    if (format !== 'csv') return entries;
    return sendCsv(response, entries, (await readPlan(this.views, plan)).timeZone);
  }
}

export const nextPage = (cursor: string) => `<?cursor=${encodeURIComponent(cursor)}>; rel="next"`;
