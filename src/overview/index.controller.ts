import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Trail } from '../audit/trail.js';
import type { Engine } from '../engine.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery, awaitPosition, momentOf } from '../http/moment.js';
import { invalid, notFound } from '../kernel/errors.js';
import { parsePeriod } from '../kernel/period.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { Identifier, KnownTimeText, PeriodText } from '../slice/field.js';
import { ENGINE } from '../tokens.js';
import { indexMove, indexState, type IndexMove, type IndexState } from './index-answers.js';
import { composeIndexed } from './overview.js';
import { PlanReader } from './plan-reader.js';
import { topUnit } from '../evaluations/snapshot.js';

class IndexQuery extends MomentQuery {
  @PeriodText({ label: '期间', description: '不填即中期，无中期则规划结束年', optional: true, example: '2022' })
  period?: string;
}

class ChangeQuery {
  @PeriodText({ label: '期间', description: '不填即中期，无中期则规划结束年', optional: true, example: '2022' })
  period?: string;

  @PeriodText({ label: '起始期间', description: '不填即同一期间', optional: true, example: '2021' })
  fromPeriod?: string;

  @KnownTimeText({ label: '起', description: '按该日所知；不填即与“止”同', optional: true, example: '2023-06-30' })
  from?: string;

  @KnownTimeText({ label: '止', description: '按该日所知；不填即今日', optional: true, example: '2023-12-31' })
  to?: string;

  @Identifier({ label: '单位代码', description: '不填即全市', optional: true, example: '331102' })
  unit?: string;

  @Identifier({ label: '标杆区代码', description: '不填即全部', optional: true, example: 'A1' })
  area?: string;
}

@ApiTags('evaluations')
@Controller('plans/:plan/index')
export class IndexController {
  private readonly trail: Trail;

  constructor(@Inject(ENGINE) private readonly engine: Engine) {
    this.trail = new Trail(engine.presence.log, engine.views, engine.catalogue);
  }

  @Get()
  @ApiOperation({ summary: '指数：各单位、各标杆区，附覆盖率和否决', operationId: 'getIndex' })
  @ApiAnswer('IndexState')
  async index(
    @Param('plan') plan: string,
    @Query(CheckedQuery(IndexQuery)) { period, ...moment }: IndexQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<IndexState> {
    await awaitPosition(this.engine, position);
    const asOf = await momentOf(this.engine, plan, moment);
    const reader = await PlanReader.open(this.engine.views, plan, asOf);
    return indexState(await composeIndexed(reader, parsePeriod(period ?? usualPeriod(reader.plan))), asOf);
  }

  @Get('change')
  @ApiOperation({ summary: '指数变动：由哪些指标、因何而变，附其事件、经办人、事由', operationId: 'getIndexChange' })
  @ApiAnswer('IndexMove')
  async change(
    @Param('plan') code: string,
    @Query(CheckedQuery(ChangeQuery)) query: ChangeQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<IndexMove> {
    await awaitPosition(this.engine, position);
    const { fromPeriod, from, to, area } = query;
    if (from === undefined && fromPeriod === undefined) {
      throw invalid('index.no-start', '请写明与何时比较：from（日期）或 fromPeriod（期间）', 'from');
    }
    const until = await momentOf(this.engine, code, { asOf: to });
    const since = from === undefined ? until : await momentOf(this.engine, code, { asOf: from });
    const plan = await readPlan(this.engine.views, code, until);
    const unit = query.unit ?? topUnit(plan) ?? '';
    if (!plan.units.some((each) => each.code === unit)) {
      throw notFound('unit.unknown', `规划 ${code} 没有单位 ${unit}：请核对单位代码`);
    }
    if (area !== undefined && !plan.areas.some((each) => each.code === area)) {
      throw notFound('area.unknown', `规划 ${code} 没有标杆区 ${area}：请核对标杆区代码`);
    }
    const period = query.period ?? usualPeriod(plan);
    const { views, presence } = this.engine;
    return indexMove(
      { views, log: presence.log },
      this.trail,
      [
        { period: fromPeriod ?? period, asOf: since },
        { period, asOf: until },
      ],
      { plan: code, unit, ...(area !== undefined && { area }) },
    );
  }
}

const usualPeriod = ({ midterm, endYear }: PlanDocument): string => midterm ?? String(endYear);
