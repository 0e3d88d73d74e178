import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Engine } from '../engine.js';
import { readPlan } from '../plans/read-plan.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery, awaitPosition, momentOf } from '../http/moment.js';
import type { FigureId } from '../figures/figure.events.js';
import { invalid, notFound } from '../kernel/errors.js';
import { findingStream } from '../findings/finding.events.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import { policyStream } from '../policies/policy.events.js';
import { projectStream } from '../projects/project.events.js';
import { promiseStream } from '../promises/promise.events.js';
import { taskStream } from '../tasks/task.events.js';
import { DateText, OneOf, Text } from '../slice/field.js';
import { ENGINE } from '../tokens.js';
import { WholeText } from '../http/whole-text.js';
import { Trail, type TrailEntry, type TrailPage, type TrailQuery } from './trail.js';
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
  @WholeText(0, 999_999_999, '游标：上一页最后一条的修订号')
  cursor?: string;

  @WholeText(1, 1000, '条数，不填即 1000')
  limit?: string;

  @OneOf(['json', 'csv'], { label: '格式', optional: true })
  format?: 'json' | 'csv';
}

/** What is followed as one stream a thing, by its resource. */
const streams = {
  indicators: indicatorStream,
  projects: projectStream,
  policies: policyStream,
  tasks: taskStream,
  promises: promiseStream,
  findings: findingStream,
} as const;

const isFollowed = (resource: string): resource is keyof typeof streams => Object.hasOwn(streams, resource);

@ApiTags('audit')
@Controller('plans/:plan')
export class AuditController {
  private readonly trail: Trail;

  constructor(@Inject(ENGINE) private readonly engine: Engine) {
    this.trail = new Trail(engine.presence.log, engine.views, engine.catalogue);
  }

  @Get('audit')
  @ApiOperation({ summary: '审计轨迹：按人或按日', operationId: 'getAudit' })
  @ApiAnswer('TrailPage')
  async page(
    @Param('plan') plan: string,
    @Query(CheckedQuery(AuditQuery)) query: AuditQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrailPage | string> {
    await awaitPosition(this.engine, position);
    const { timeZone } = await readPlan(this.engine.views, plan);
    const { asOf, atPosition, cursor, limit, format } = query;
    const page = await this.trail.page(plan, asked(query, timeZone), {
      asOf: await momentOf(this.engine, plan, { asOf, atPosition }),
      cursor,
      limit: limit === undefined ? 100 : Number(limit),
    });
    if (page.next) response.setHeader('Link', nextPage(page.next));
    return inFormat(response, format, page, page.entries);
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
    await awaitPosition(this.engine, position);
    const asOf = await momentOf(this.engine, params.plan, query);
    return this.streamPage(
      query,
      response,
      (part) => this.trail.ofFigure(params, asOf, part),
      () => notFound('figure.unknown', `没有 ${params.code} ${params.unit} ${params.period} 的数据`),
    );
  }

  @Get(':resource/:id/trail')
  @ApiOperation({ summary: '一个指标、项目、政策、任务、承诺或问题的全部变更', operationId: 'getTrail' })
  @ApiParam({ name: 'resource', enum: Object.keys(streams), description: '类别' })
  @ApiParam({ name: 'id', type: String, description: '编号' })
  @ApiAnswer('TrailEntry', { list: true })
  async getTrailOf(
    @Param() { plan, resource, id }: { plan: string; resource: string; id: string },
    @Query(CheckedQuery(TrailQueryInput)) query: TrailQueryInput,
    @Headers('tongjian-position') position: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrailEntry[] | string> {
    await awaitPosition(this.engine, position);
    const asOf = await momentOf(this.engine, plan, query);
    return this.streamPage(
      query,
      response,
      async (part) => (isFollowed(resource) ? this.trail.ofStream(streams[resource](plan, id), asOf, part) : []),
      () => notFound('trail.unknown', `规划 ${plan} 没有 ${resource}/${id}：请核对类别和编号`),
    );
  }

  /** A page of one stream's trail; its last entry's revision is the cursor of the next. */
  private async streamPage(
    { cursor, limit = '1000', format }: TrailQueryInput,
    response: Response,
    read: (part: { after?: number; limit: number }) => Promise<TrailEntry[]>,
    unknown: () => Error,
  ): Promise<TrailEntry[] | string> {
    // One more than asked for says whether there is a next page.
    const after = cursor === undefined ? undefined : Number(cursor);
    const found = await read({ after, limit: Number(limit) + 1 });
    if (found.length === 0 && after === undefined) throw unknown();
    const entries = found.slice(0, Number(limit));
    if (found.length > entries.length) response.setHeader('Link', nextPage(String(entries.at(-1)!.revision)));
    return inFormat(response, format, entries, entries);
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
