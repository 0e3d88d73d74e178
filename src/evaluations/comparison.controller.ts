import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { TRAIL, type Trail } from '../audit/trail.js';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { WholeText } from '../http/whole-text.js';
import { askedPeriod } from '../overview/asked-period.js';
import { invalid } from '../kernel/errors.js';
import { EVENT_LOG, type EventLog } from '../kernel/event-log.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { endInYears } from '../kernel/period.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { areaOf, assertUnitThen, judgedUnitOf } from '../plans/lookup.js';
import { topUnit } from '../plans/plan.projection.js';
import { PLAN_READERS, type PlanReaders } from '../overview/plan-readers.js';
import { readPlan } from '../plans/read-plan.js';
import { KnownTimeText, pattern, PeriodText, Text } from '../slice/field.js';
import { ATTRIBUTIONS, type Attributions } from './attributions.js';
import { causesOf, type ComparisonCauses } from './comparison-causes.js';
import { comparePair, type Comparison } from './comparison.js';
import { indexMove, type IndexMove } from './index-move.js';
import { toldLabel } from './known-since.controller.js';
import { SIDES, type Sides } from './sides.js';
import { takeable, type Takeable } from './taken-over.js';

const sideForm =
  '快照写作“评估编号/快照序号”，如 midterm-2022/1；某日掌握的数据写日期，如 2023-06-30；某一系统记录序号写 @120；now 为今日';

const one = takeable.join('|');
const OnlyText = pattern(new RegExp(`^(${one})(,(${one}))*$`), `须为 ${takeable.join('、')} 之一或几个，以逗号相隔`);
const onlyOf = (text: string | undefined) => text?.split(',') as Takeable[] | undefined;

class ComparisonQuery {
  @Text({ label: '左', description: sideForm, max: 60, example: 'midterm-2022/1' })
  left: string;

  @Text({ label: '右', description: sideForm, max: 60, example: 'now' })
  right: string;

  @PeriodText({
    label: '期间',
    description: '两个日子比较哪一期；不填即左方有数据的最近一期。快照有自己的期间',
    optional: true,
    example: '2022',
  })
  period?: string;

  @OnlyText({
    label: '只取右方的',
    description: '规则 rules、目标 targets、口径 definitions：左方只改按右方的这几样，其余不变；不填即比较两方的全部',
    optional: true,
    example: 'rules,targets',
  })
  only?: string;
}

class CausesQuery extends ComparisonQuery {
  @WholeText(1, 200, toldLabel)
  told?: string;
}

class ChangeQuery {
  @PeriodText({ label: '期间', description: '不填即届时有数据的最近一期', optional: true, example: '2022' })
  period?: string;

  @PeriodText({ label: '起始期间', description: '不填即同一期间', optional: true, example: '2021' })
  fromPeriod?: string;

  @KnownTimeText({
    label: '起',
    description: '按该日掌握的数据；不填即与“止”同',
    optional: true,
    example: '2023-06-30',
  })
  from?: string;

  @KnownTimeText({ label: '止', description: '按该日掌握的数据；不填即今日', optional: true, example: '2023-12-31' })
  to?: string;

  @Text({ label: '单位代码', description: '不填即整个规划', max: 60, optional: true, example: '331102' })
  unit?: string;

  @Text({ label: '标杆区代码', description: '不填即全部', max: 60, optional: true, example: 'A1' })
  area?: string;
}

/** What differs between two states of a plan, and why. */
@ApiTags('evaluations')
@Controller('plans/:plan')
export class ComparisonController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(SIDES) private readonly sides: Sides,
    @Inject(ATTRIBUTIONS) private readonly attributions: Attributions,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(PLAN_READERS) private readonly readers: PlanReaders,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
    @Inject(TRAIL) private readonly trail: Trail,
  ) {}

  @Needs('plans.read')
  @Get('comparison')
  @ApiOperation({
    summary: '比较两份快照、两个日子，或其一与今日：差异及其事件、经办人、事由',
    operationId: 'compareSnapshots',
  })
  @ApiAnswer('Comparison')
  async comparison(
    @Param('plan') plan: string,
    @Query(CheckedQuery(ComparisonQuery)) { only, ...asked }: ComparisonQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Comparison> {
    await this.reading.wait(position);
    const pair = await this.sides.pair({ plan, ...asked, only: onlyOf(only) });
    return comparePair(pair, this.trail, this.log);
  }

  @Lane('heavy')
  @Needs('plans.read')
  @Get('comparison/causes')
  @ApiOperation({
    summary: '差异的缘由：两者之间的事件逐个计入，每个缘由只列一次，附其改动的数值、判断、指数；不写入任何记录',
    operationId: 'getComparisonCauses',
  })
  @ApiAnswer('ComparisonCauses')
  async causes(
    @Param('plan') plan: string,
    @Query(CheckedQuery(CausesQuery)) { only, told = '100', ...asked }: CausesQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<ComparisonCauses> {
    await this.reading.wait(position);
    const pair = await this.sides.pair({ plan, ...asked, only: onlyOf(only) });
    const { states, documents, only: taken } = pair;
    const from = taken && { documents, key: JSON.stringify([states[0].documents, ...[...taken].sort()]) };
    return causesOf(pair, await this.attributions.between({ states, limit: Number(told), ...(from && { from }) }));
  }

  @Needs('plans.read')
  @Get('index/change')
  @ApiOperation({ summary: '指数变动：由哪些指标、因何而变，附其事件、经办人、事由', operationId: 'getIndexChange' })
  @ApiAnswer('IndexMove')
  async change(
    @Param('plan') code: string,
    @Query(CheckedQuery(ChangeQuery)) query: ChangeQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<IndexMove> {
    const { from, to, area } = query;
    if (from === undefined && query.fromPeriod === undefined) {
      throw invalid('index.no-start', '请写明与何时比较：from（日期）或 fromPeriod（期间）', 'from');
    }
    const until = await this.reading.moment(code, { asOf: to }, position, 'to');
    const since = from === undefined ? until : await this.reading.moment(code, { asOf: from }, undefined, 'from');
    const plan = await readPlan(this.views, code, until);
    const unit = query.unit ?? topUnit(plan) ?? '';
    judgedUnitOf(plan, unit);
    if (area !== undefined) areaOf(plan, area);
    const now = await this.clock.now();
    const period = await askedPeriod(this.readers.open, plan, query.period, { asOf: until, now });
    assertUnitThen(plan, unit, period);
    const fromPeriod =
      query.fromPeriod === undefined
        ? period
        : await askedPeriod(this.readers.open, plan, query.fromPeriod, { asOf: until, now, field: 'fromPeriod' });
    if (until.knownAt !== undefined && since.knownAt! > until.knownAt) {
      throw invalid('index.order', `起（${from}）晚于止（${to}）：请对调`, 'from');
    }
    if (endInYears(fromPeriod) > endInYears(period)) {
      throw invalid('index.order', `起始期间 ${fromPeriod.text} 晚于期间 ${period.text}：请对调`, 'fromPeriod');
    }
    return indexMove(
      { open: this.readers.open, log: this.log },
      this.trail,
      [
        { period: fromPeriod.text, asOf: since },
        { period: period.text, asOf: until },
      ],
      { plan: code, unit, ...(area !== undefined && { area }) },
    );
  }
}
