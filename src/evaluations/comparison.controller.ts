import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { TRAIL, type Trail } from '../audit/trail.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { askedPeriod } from '../overview/asked-period.js';
import { invalid } from '../kernel/errors.js';
import { EVENT_LOG, type EventLog } from '../kernel/event-log.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { LOG_PRESENCE, type LogPresence } from '../kernel/log-presence.js';
import { endInYears } from '../kernel/period.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { areaOf, assertUnitThen, judgedUnitOf } from '../plans/lookup.js';
import { topUnit } from '../plans/plan.projection.js';
import { composeOverview } from '../overview/overview.js';
import { PLAN_READERS, type PlanReaders } from '../overview/plan-readers.js';
import { readPlan } from '../plans/read-plan.js';
import { KnownTimeText, PeriodText, Text } from '../slice/field.js';
import { compare, type Comparison, type Side } from './comparison.js';
import { indexMove, type IndexMove } from './index-move.js';
import { readSnapshot, snapshotNamed } from './read-snapshot.js';
import { readContent, shownCutOff } from './snapshot.js';

const sideForm =
  '快照写作“评估编号/快照序号”，如 midterm-2022/1；某日掌握的数据写日期，如 2023-06-30；某一系统记录序号写 @120；now 为今日';

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
}

/** A moment to compare, of which nothing was stored. */
type Moment = Pick<Side, 'label' | 'asOf'>;
const isStored = (side: Side | Moment): side is Side => 'overview' in side;

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
    @Inject(VIEWS) private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(LOG_PRESENCE) private readonly presence: LogPresence,
    @Inject(FILE_STORE) private readonly files: FileStore,
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
    @Query(CheckedQuery(ComparisonQuery)) { left, right, period }: ComparisonQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Comparison> {
    await this.reading.wait(position);
    const sides = [await this.named(plan, left, 'left'), await this.named(plan, right, 'right')] as const;
    const stored = sides.find(isStored);
    if (period !== undefined && stored) {
      throw invalid('comparison.period', '快照有自己的期间：请去掉期间（period）', 'period');
    }
    const text = stored?.overview.period ?? (await this.periodOf(plan, period, sides[0].asOf));
    const now = await this.clock.now();
    const whole = async (side: Side | Moment): Promise<Side> =>
      isStored(side) ? side : { ...side, overview: await composeOverview(this.views, plan, text, side.asOf, now) };
    return compare(await whole(sides[0]), await whole(sides[1]), this.trail, this.log);
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

  /** A snapshot by `evaluation/number`, or a moment by its day, its position or `now`. */
  private async named(plan: string, name: string, field: string): Promise<Side | Moment> {
    if (name === 'now') return { label: '今日', asOf: {} };
    if (/^\d{4}-\d{2}-\d{2}(T|$)/.test(name)) {
      return { label: `截至 ${name}`, asOf: await this.reading.moment(plan, { asOf: name }, undefined, field) };
    }
    if (name.startsWith('@')) {
      const atPosition = name.slice(1);
      await this.reading.wait(atPosition, field);
      return { label: `系统记录序号 ${atPosition}`, asOf: { position: atPosition } };
    }
    const { id, number } = snapshotNamed(name);
    const { evaluation, entry } = await readSnapshot(this.views, plan, id, number);
    const { overview } = await readContent(this.files, entry.contentHash);
    const label = `${evaluation.title} 快照 ${entry.number}`;
    const asOf = { knownAt: entry.asOf, position: await shownCutOff(this.presence, entry) };
    return { label, asOf, overview, method: entry.method };
  }

  /** The asked period, or the latest one with figures as of the moment. */
  private async periodOf(plan: string, asked: string | undefined, asOf: AsOf): Promise<string> {
    const now = await this.clock.now();
    return (await askedPeriod(this.readers.open, await readPlan(this.views, plan, asOf), asked, { asOf, now })).text;
  }
}
