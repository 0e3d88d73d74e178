import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { TRAIL, type Trail } from '../audit/trail.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { READING, type Reading } from '../http/reading.js';
import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import { invalid, notFound } from '../kernel/errors.js';
import { EVENT_LOG, type EventLog } from '../kernel/event-log.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { topUnit } from '../plans/plan.projection.js';
import { composeOverview } from '../overview/overview.js';
import { defaultPeriod } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { Identifier, KnownTimeText, PeriodText, Text } from '../slice/field.js';
import { compare, type Comparison, type Side } from './comparison.js';
import { indexMove, type IndexMove } from './index-move.js';
import { readSnapshot } from './read-snapshot.js';
import { cutOff, readContent } from './snapshot.js';

const sideForm = '快照写作“评估编号/快照序号”，如 midterm-2022/1；now 为今日';

class ComparisonQuery {
  @Text({ label: '左', description: sideForm, max: 60, example: 'midterm-2022/1' })
  left: string;

  @Text({ label: '右', description: sideForm, max: 60, example: 'now' })
  right: string;
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

/** What differs between two states of a plan, and why. */
@ApiTags('evaluations')
@Controller('plans/:plan')
export class ComparisonController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
    @Inject(TRAIL) private readonly trail: Trail,
  ) {}

  @Get('comparison')
  @ApiOperation({ summary: '比较两份快照，或快照与今日：差异及其事件、经办人、事由', operationId: 'compareSnapshots' })
  @ApiAnswer('Comparison')
  async comparison(
    @Param('plan') plan: string,
    @Query(CheckedQuery(ComparisonQuery)) { left, right }: ComparisonQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Comparison> {
    await this.reading.wait(position);
    const period =
      (await this.frozen(plan, left))?.overview.period ?? (await this.frozen(plan, right))?.overview.period;
    const side = async (name: string) => (await this.frozen(plan, name)) ?? this.today(plan, period);
    return compare(await side(left), await side(right), this.trail, this.log);
  }

  @Get('index/change')
  @ApiOperation({ summary: '指数变动：由哪些指标、因何而变，附其事件、经办人、事由', operationId: 'getIndexChange' })
  @ApiAnswer('IndexMove')
  async change(
    @Param('plan') code: string,
    @Query(CheckedQuery(ChangeQuery)) query: ChangeQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<IndexMove> {
    await this.reading.wait(position);
    const { fromPeriod, from, to, area } = query;
    if (from === undefined && fromPeriod === undefined) {
      throw invalid('index.no-start', '请写明与何时比较：from（日期）或 fromPeriod（期间）', 'from');
    }
    const until = await this.reading.moment(code, { asOf: to });
    const since = from === undefined ? until : await this.reading.moment(code, { asOf: from });
    const plan = await readPlan(this.views, code, until);
    const unit = query.unit ?? topUnit(plan) ?? '';
    if (!plan.units.some((each) => each.code === unit)) {
      const meant = orMeant(
        codeMeant(
          unit,
          plan.units.map((each) => each.code),
        ),
      );
      throw notFound('unit.unknown', `规划 ${code} 没有单位 ${unit}：请核对单位代码${meant}`);
    }
    if (area !== undefined && !plan.areas.some((each) => each.code === area)) {
      const meant = orMeant(
        codeMeant(
          area,
          plan.areas.map((each) => each.code),
        ),
      );
      throw notFound('area.unknown', `规划 ${code} 没有标杆区 ${area}：请核对标杆区代码${meant}`);
    }
    const period = query.period ?? defaultPeriod(plan);
    return indexMove(
      { views: this.views, log: this.log },
      this.trail,
      [
        { period: fromPeriod ?? period, asOf: since },
        { period, asOf: until },
      ],
      { plan: code, unit, ...(area !== undefined && { area }) },
    );
  }

  /** A snapshot by `evaluation/number`; undefined for `now`. */
  private async frozen(plan: string, name: string): Promise<Side | undefined> {
    if (name === 'now') return undefined;
    const [id = '', number = '1'] = name.split('/');
    const { evaluation, entry } = await readSnapshot(this.views, plan, id, number);
    const { overview } = await readContent(this.files, entry.contentHash);
    const label = `${evaluation.title} 快照 ${entry.number}`;
    return { label, asOf: { knownAt: entry.asOf, position: await cutOff(this.log, entry) }, overview };
  }

  private async today(plan: string, period: string | undefined): Promise<Side> {
    const asked = period ?? defaultPeriod(await readPlan(this.views, plan));
    const overview = await composeOverview(this.views, plan, asked, undefined, await this.clock.now());
    return { label: '今日', asOf: {}, overview };
  }
}
