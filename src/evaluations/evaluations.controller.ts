import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { LRUCache } from 'lru-cache';
import { Trail } from '../audit/trail.js';
import type { Engine } from '../engine.js';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery, awaitPosition, momentOf } from '../http/moment.js';
import { notFound } from '../kernel/errors.js';
import { EventLogUnavailable, type Position } from '../kernel/event-log.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { snapshotReport } from '../reports/snapshot-report.js';
import { Identifier, PeriodText, Text } from '../slice/field.js';
import { ENGINE } from '../tokens.js';
import { compare, type Comparison, type Side } from './comparison.js';
import { evaluationProjection, type EvaluationDocument, type SnapshotEntry } from './evaluation.projection.js';
import { composeOverview, type Overview } from '../overview/overview.js';
import { readPlan } from '../plans/read-plan.js';
import { withLater, type OverviewNow } from '../overview/overview-later.js';
import { indicatorHistory, type IndicatorHistory } from '../overview/indicator-history.js';
import { cutOff, readContent, topUnit, verify, type SnapshotContent, type Verification } from './snapshot.js';

class OverviewQuery extends MomentQuery {
  @PeriodText({ label: '期间', description: '不填即中期，无中期则规划结束年', optional: true, example: '2022' })
  period?: string;
}

class HistoryQuery extends MomentQuery {
  @Identifier({ label: '单位代码', description: '不填即全市', optional: true, example: '331102' })
  unit?: string;
}

const sideForm = '快照写作“评估编号/快照序号”，如 midterm-2022/1；now 为今日';

class ComparisonQuery {
  @Text({ label: '左', description: sideForm, max: 60, example: 'midterm-2022/1' })
  left: string;

  @Text({ label: '右', description: sideForm, max: 60, example: 'now' })
  right: string;
}

@ApiTags('evaluations')
@Controller('plans/:plan')
export class EvaluationsController {
  private readonly trail: Trail;
  private readonly overviews = new LRUCache<string, Promise<OverviewNow>>({ max: 64 });

  constructor(@Inject(ENGINE) private readonly engine: Engine) {
    this.trail = new Trail(engine.presence.log, engine.views, engine.catalogue);
  }

  @Get('overview')
  @ApiOperation({ summary: '总览：某期间、按某日所知的全部指标与指数', operationId: 'getOverview' })
  @ApiAnswer('OverviewNow')
  async overview(
    @Param('plan') plan: string,
    @Query(CheckedQuery(OverviewQuery)) { period, ...moment }: OverviewQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<OverviewNow> {
    await awaitPosition(this.engine, position);
    const asOf = await momentOf(this.engine, plan, moment);
    const { midterm, endYear } = await readPlan(this.engine.views, plan, asOf);
    return this.composed(plan, period ?? midterm ?? String(endYear), asOf, await this.engine.now());
  }

  /** As long as the views stand where they stand, the same moment reads the same. */
  private async composed(plan: string, period: string, asOf: AsOf, now: Instant): Promise<OverviewNow> {
    const { views, projector } = this.engine;
    const stand = (await projector.status()).map(({ checkpoint }) => checkpoint ?? '');
    const key = JSON.stringify([plan, period, asOf.knownAt, asOf.position, now.slice(0, 10), ...stand]);
    const known = this.overviews.get(key);
    if (known) return known;
    const then = composeOverview(views, plan, period, asOf, now);
    const isToday = asOf.knownAt === undefined && asOf.position === undefined;
    const composing = isToday
      ? then
      : Promise.all([then, this.composed(plan, period, {}, now)]).then(([found, today]) =>
          withLater(found, asOf, today),
        );
    this.overviews.set(key, composing);
    composing.catch(() => this.overviews.delete(key));
    return composing;
  }

  @Get('indicators/:code/history')
  @ApiOperation({ summary: '一项指标的历年数值：首报、更正与目标', operationId: 'getIndicatorHistory' })
  @ApiAnswer('IndicatorHistory')
  async history(
    @Param('plan') plan: string,
    @Param('code') code: string,
    @Query(CheckedQuery(HistoryQuery)) { unit, ...moment }: HistoryQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<IndicatorHistory> {
    await awaitPosition(this.engine, position);
    const asOf = await momentOf(this.engine, plan, moment);
    const top = unit ?? topUnit(await readPlan(this.engine.views, plan, asOf));
    return indicatorHistory(this.engine.views, plan, code, top ?? '', asOf);
  }

  @Get('evaluations')
  @ApiOperation({ summary: '全部评估', operationId: 'listEvaluations' })
  @ApiAnswer('EvaluationDocument', { list: true })
  async list(
    @Param('plan') plan: string,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<EvaluationDocument[]> {
    await awaitPosition(this.engine, position);
    const asOf = await momentOf(this.engine, plan, query);
    await readPlan(this.engine.views, plan, asOf);
    const found = await this.engine.views.list(evaluationProjection, `${plan}/`, { asOf });
    return Promise.all(found.map(({ body }) => this.placed(body)));
  }

  @Get('evaluations/:id')
  @ApiOperation({ summary: '一项评估：快照、问题、建议与整改', operationId: 'getEvaluation' })
  @ApiAnswer('EvaluationDocument')
  async get(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<EvaluationDocument> {
    await awaitPosition(this.engine, position);
    const found = await this.engine.views.get(
      evaluationProjection,
      `${plan}/${id}`,
      await momentOf(this.engine, plan, query),
    );
    if (!found) throw notFound('evaluation.unknown', `规划 ${plan} 没有评估 ${id}`);
    return this.placed(found.body);
  }

  @Get('evaluations/:id/snapshots/:number')
  @ApiOperation({ summary: '快照内容（冻结的 JSON）', operationId: 'getSnapshot' })
  @ApiAnswer('SnapshotContent')
  async snapshot(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<SnapshotContent> {
    await awaitPosition(this.engine, position);
    const { entry } = await this.find(plan, id, number);
    return readContent(this.engine.files, entry.contentHash);
  }

  @Get('evaluations/:id/snapshots/:number/report.html')
  @ApiOperation({ summary: '快照报告（可打印的网页）', operationId: 'getSnapshotReport' })
  @ApiProduces('text/html')
  async report(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Headers('tongjian-position') position: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    await awaitPosition(this.engine, position);
    const { evaluation, entry } = await this.find(plan, id, number);
    const content = await readContent(this.engine.files, entry.contentHash);
    const placed = { ...entry, position: await this.positionOf(entry) };
    response.type('text/html; charset=utf-8').send(snapshotReport(content, evaluation, placed));
  }

  @Lane('heavy')
  @Post('evaluations/:id/snapshots/:number/verification')
  @HttpCode(200)
  @ApiOperation({ summary: '由日志重算快照并核对哈希', operationId: 'verifySnapshot' })
  @ApiAnswer('Verification')
  async verification(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Verification> {
    await awaitPosition(this.engine, position);
    const { evaluation, entry } = await this.find(plan, id, number);
    const { kind, title, period } = evaluation;
    const scratch = this.engine.scratch();
    try {
      const { presence, files, projections } = this.engine;
      const { log } = presence;
      const subject = { plan, kind, title, period, asOf: entry.asOf };
      return await verify({ log, files, scratch, projections }, subject, entry);
    } finally {
      await scratch.close();
    }
  }

  @Get('comparison')
  @ApiOperation({ summary: '比较两份快照，或快照与今日：差异及其事件、经办人、事由', operationId: 'compareSnapshots' })
  @ApiAnswer('Comparison')
  async comparison(
    @Param('plan') plan: string,
    @Query(CheckedQuery(ComparisonQuery)) { left, right }: ComparisonQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Comparison> {
    await awaitPosition(this.engine, position);
    const period =
      (await this.frozen(plan, left))?.overview.period ?? (await this.frozen(plan, right))?.overview.period;
    const side = async (name: string) => (await this.frozen(plan, name)) ?? this.today(plan, period);
    return compare(await side(left), await side(right), this.trail, this.engine.presence.log);
  }

  /** With the cut-offs of its snapshots as positions of this log. */
  private async placed(evaluation: EvaluationDocument): Promise<EvaluationDocument> {
    const snapshots = evaluation.snapshots.map(async (entry) => ({
      ...entry,
      // Where the log is too short for it, the list is shown all the same, with the position that was noted.
      position: await this.positionOf(entry).catch(() => entry.position),
    }));
    return { ...evaluation, snapshots: await Promise.all(snapshots) };
  }

  /** The cut-off of a snapshot in this log; while the log is away, the position that was noted. */
  private async positionOf(entry: SnapshotEntry): Promise<Position> {
    try {
      return await this.engine.presence.ask((log) => cutOff(log, entry));
    } catch (error) {
      if (error instanceof EventLogUnavailable) return entry.position;
      throw error;
    }
  }

  private async frozen(plan: string, name: string): Promise<Side | undefined> {
    if (name === 'now') return undefined;
    const [id = '', number = '1'] = name.split('/');
    const { evaluation, entry } = await this.find(plan, id, number);
    const { overview } = await readContent(this.engine.files, entry.contentHash);
    const label = `${evaluation.title} 快照 ${entry.number}`;
    return { label, asOf: { knownAt: entry.asOf, position: await this.positionOf(entry) }, overview };
  }

  private async today(plan: string, period: string | undefined): Promise<Side> {
    const { views } = this.engine;
    const { midterm, endYear } = await readPlan(views, plan);
    const asked = period ?? midterm ?? String(endYear);
    const overview: Overview = await composeOverview(views, plan, asked, undefined, await this.engine.now());
    return { label: '今日', asOf: {}, overview };
  }

  private async find(
    plan: string,
    id: string,
    number: string,
  ): Promise<{ evaluation: EvaluationDocument; entry: SnapshotEntry }> {
    await readPlan(this.engine.views, plan);
    const evaluation = (await this.engine.views.get(evaluationProjection, `${plan}/${id}`))?.body;
    if (!evaluation) throw notFound('evaluation.unknown', `规划 ${plan} 没有评估 ${id}`);
    const entry = evaluation.snapshots.find((snapshot) => String(snapshot.number) === number);
    if (!entry) throw notFound('evaluation.unknown-snapshot', `评估 ${id} 没有第 ${number.slice(0, 20)} 份快照`);
    return { evaluation, entry };
  }
}
