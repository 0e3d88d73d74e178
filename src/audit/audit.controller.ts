import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { periodOfPlan, unitOf } from '../plans/lookup.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { readIndicator } from '../indicators/read-indicators.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { absentFigure } from '../figures/absent-figure.js';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import type { FigureId } from '../figures/figure.events.js';
import { invalid, notFound } from '../kernel/errors.js';
import { reportingPeriod } from '../kernel/period.js';
import { parseKnownTime, startOfDay } from '../kernel/time.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { DateText, OneOf, PeriodText, PositionText, Text } from '../slice/field.js';
import { STREAM_NAMES, type StreamNames } from '../slice/slice.js';
import { WholeText } from '../http/whole-text.js';
import { Needs } from '../http/rights.js';
import { UNIT_SIGHT, type UnitSight } from '../http/unit-sight.js';
import { TRAIL, type Trail, type TrailEntry, type TrailPage } from './trail.js';
import type { AuditClock, TrailQuery } from './trail-search.js';
import { inFormat } from './trail-csv.js';

class AuditQuery extends MomentQuery {
  @Text({ label: '经办人编号', max: 60, optional: true, example: 'demo-reporter-331102' })
  actor?: string;

  @Text({ label: '指标代码', description: '该指标的数据、目标与口径', max: 60, optional: true, example: '02' })
  indicator?: string;

  @Text({
    label: '单位代码',
    description: '该单位的数据、目标、项目与其自身的变动',
    max: 60,
    optional: true,
    example: '331102',
  })
  unit?: string;

  @PeriodText({ label: '期间', description: '含其中更短的期间', optional: true, example: '2022' })
  period?: string;

  @Text({ label: '动作', description: '事件类型或其中文名称', max: 60, optional: true, example: '更正' })
  action?: string;

  @DateText({ label: '日期', description: '同 from、to 为同一日', optional: true, example: '2023-08-20' })
  day?: string;

  @DateText({ label: '起始日', optional: true, example: '2023-08-01' })
  from?: string;

  @DateText({ label: '截止日', description: '含该日', optional: true, example: '2023-08-31' })
  to?: string;

  @OneOf(['recorded', 'known'], {
    label: '日期口径',
    description: 'day、from、to 所指：recorded 入库日（不填即此）；known 知悉日',
    optional: true,
  })
  clock?: AuditClock;

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
    @Inject(UNIT_SIGHT) private readonly sight: UnitSight,
    @Inject(STREAM_NAMES) private readonly streams: StreamNames,
  ) {}

  @Needs('audit.read')
  @Get('audit')
  @ApiOperation({
    summary: '审计轨迹：按人、日期、指标、单位、期间、动作，可并用',
    description: '一页可能不满，甚至为空，而仍有下一页（next）：一次只查看索引的一段',
    operationId: 'getAudit',
  })
  @ApiAnswer('TrailPage')
  async page(
    @Param('plan') plan: string,
    @Query(CheckedQuery(AuditQuery)) query: AuditQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrailPage | string> {
    const { asOf: day, atPosition, cursor, limit = '100', format } = query;
    const asOf = await this.reading.moment(plan, { asOf: day, atPosition }, position);
    const document = await readPlan(this.views, plan);
    const asked = await this.asked(document, query);
    const page = await this.trail.page(plan, asked, { asOf, cursor, limit: Number(limit) });
    if (page.entries.length === 0) await this.assertKnown(document, query, page.next === undefined);
    if (page.next) response.setHeader('Link', nextPage(page.next));
    const { timeZone } = document;
    return inFormat(response, format, page, { entries: page.entries, zone: () => Promise.resolve(timeZone) });
  }

  /** @throws {DomainError} for a query without or with contradicting parts, and for what the plan does not have */
  private async asked(plan: PlanDocument, query: AuditQuery): Promise<TrailQuery> {
    const { actor, indicator, unit, period, action, day, from = day, to = day, clock = 'recorded' } = query;
    if ([actor, indicator, unit, period, action, from, to].every((each) => each === undefined)) {
      throw invalid(
        'audit.query',
        '请至少给出 actor（经办人编号）、indicator、unit、period、action、day、from、to 之一；某个数据的轨迹见该数据的 /trail',
        'actor',
      );
    }
    if (day !== undefined && (from !== day || to !== day)) {
      throw invalid('audit.query', 'day 已是一整日，不与 from、to 并用：请只写其一', 'day');
    }
    if (from !== undefined && to !== undefined && from > to) {
      throw invalid('audit.order', `起始日 ${from} 在截止日 ${to} 之后：请对调`, 'from');
    }
    // A day to come has no entries yet, whatever its clock.
    for (const [field, text] of Object.entries(day === undefined ? { from, to } : { day })) {
      if (text !== undefined) await this.reading.moment(plan.plan, { asOf: text }, undefined, field);
    }
    if (unit !== undefined) unitOf(plan, unit);
    if (indicator !== undefined) await readIndicator(this.views, plan.plan, indicator);
    const isRange = from !== undefined || to !== undefined;
    return {
      ...{ actor, indicator, unit },
      ...(period !== undefined && { period: reportingPeriod(period, plan) }),
      ...(action !== undefined && { types: this.trail.typesNamed(action) }),
      ...(isRange && {
        range: {
          clock,
          ...(from !== undefined && { from: startOfDay(from, plan.timeZone) }),
          ...(to !== undefined && { to: parseKnownTime(to, plan.timeZone, 'to') }),
        },
      }),
    };
  }

  /** Nothing was found: perhaps because there is no such person, or no such period. */
  private async assertKnown(plan: PlanDocument, { actor, period }: AuditQuery, isEnd: boolean): Promise<void> {
    if (actor !== undefined && !(await this.trail.knows(plan.plan, actor))) {
      const message = `规划 ${plan.plan} 的审计轨迹中没有经办人 ${actor}：请核对编号（不是姓名）`;
      throw notFound('audit.unknown-actor', message);
    }
    if (period !== undefined && isEnd) periodOfPlan(plan, period);
  }

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
    const isSeen = await this.sight.seesUnit(params.plan, params.unit);
    return this.trailPage(
      { ...query, plan: params.plan },
      response,
      async (part) => (isSeen ? this.trail.ofFigure(params, asOf, part) : []),
      () => absentFigure(this.views, params, asOf),
    );
  }

  @Needs('plans.read')
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
