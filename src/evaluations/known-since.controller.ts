import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { currentMethod } from '../assessment/method.js';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { WholeText } from '../http/whole-text.js';
import { invalid } from '../kernel/errors.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { LOG_PRESENCE, type LogPresence } from '../kernel/log-presence.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { askedPeriod } from '../overview/asked-period.js';
import { PLAN_READERS, type PlanReaders } from '../overview/plan-readers.js';
import { readPlan } from '../plans/read-plan.js';
import { KnownTimeText, PeriodText } from '../slice/field.js';
import { ATTRIBUTIONS, type Attributions } from './attributions.js';
import { knownSince, knownSinceSnapshot, type KnownSince, type KnownSinceSnapshot } from './known-since.js';
import { readSnapshot } from './read-snapshot.js';
import { shownCutOff } from './snapshot.js';

const untilLabel = { label: '止', description: '此日及以前掌握的；不填即今日', optional: true, example: '2024-06-30' };
export const toldLabel = '逐个列出至多多少个事件，其余合并为一项；不填即 100';

class UntilQuery {
  @KnownTimeText(untilLabel)
  until?: string;

  @WholeText(1, 200, toldLabel)
  told?: string;
}

class SinceMomentQuery extends MomentQuery {
  @PeriodText({ label: '期间', description: '不填即届时有数据的最近一期', optional: true, example: '2022' })
  period?: string;

  @KnownTimeText(untilLabel)
  until?: string;

  @WholeText(1, 200, toldLabel)
  told?: string;
}

/** What would have been concluded, had been known what became known later. */
@ApiTags('evaluations')
@Controller('plans/:plan')
export class KnownSinceController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(PLAN_READERS) private readonly readers: PlanReaders,
    @Inject(ATTRIBUTIONS) private readonly attributions: Attributions,
    @Inject(LOG_PRESENCE) private readonly presence: LogPresence,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
  ) {}

  @Lane('heavy')
  @Needs('plans.read')
  @Get('evaluations/:id/snapshots/:number/known-since')
  @ApiOperation({
    summary: '后来掌握：存档截点之后才掌握的事件逐个计入，各改动哪些数、哪些判断；不写入任何记录',
    operationId: 'getKnownSince',
  })
  @ApiAnswer('KnownSinceSnapshot')
  async ofSnapshot(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Query(CheckedQuery(UntilQuery)) { until, told }: UntilQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<KnownSinceSnapshot> {
    await this.reading.wait(position);
    const { evaluation, entry } = await readSnapshot(this.views, plan, id, number);
    const asOf = { knownAt: entry.asOf, position: await shownCutOff(this.presence, entry) };
    const asked = { plan, period: entry.period, asOf, ...(await this.bounds(plan, asOf, until, told)) };
    return knownSinceSnapshot(this.attributions, evaluation, entry, asked);
  }

  @Lane('heavy')
  @Needs('plans.read')
  @Get('known-since')
  @ApiOperation({
    summary: '后来掌握：某日之后才掌握的事件逐个计入，各改动该日结论的哪些数、哪些判断；不写入任何记录',
    operationId: 'getKnownSinceMoment',
  })
  @ApiAnswer('KnownSince')
  async ofMoment(
    @Param('plan') plan: string,
    @Query(CheckedQuery(SinceMomentQuery)) { period, until, told, ...moment }: SinceMomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<KnownSince> {
    if (moment.asOf === undefined && moment.atPosition === undefined) {
      throw invalid('known-since.no-start', '请写明自何时起：asOf（日期）或 atPosition（系统记录序号）', 'asOf');
    }
    const asOf = await this.reading.momentOfPlan(plan, moment, position);
    const now = await this.clock.now();
    const { text } = await askedPeriod(this.readers.open, await readPlan(this.views, plan, asOf), period, {
      asOf,
      now,
    });
    const asked = { plan, period: text, asOf, now, ...(await this.bounds(plan, asOf, until, told)) };
    return knownSince(this.attributions, asked, currentMethod);
  }

  private async bounds(plan: string, { knownAt }: AsOf, text: string | undefined, told = '100') {
    const until = await this.reading.moment(plan, { asOf: text }, undefined, 'until');
    if (knownAt !== undefined && until.knownAt !== undefined && until.knownAt < knownAt) {
      throw invalid('known-since.order', `止（${text}）早于截点（${knownAt.slice(0, 10)}）：请填其后的日期`, 'until');
    }
    return { until, limit: Number(told) };
  }
}
