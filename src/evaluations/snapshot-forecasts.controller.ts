import { Controller, Get, Headers, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { LOG_PRESENCE, type LogPresence } from '../kernel/log-presence.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { PLAN_READERS, type PlanReaders } from '../overview/plan-readers.js';
import { readSnapshot } from './read-snapshot.js';
import { shownCutOff } from './snapshot.js';
import { snapshotForecasts, type SnapshotForecasts } from './snapshot-forecasts.js';

/** 预测与结果: what a snapshot led to, by what was known then, and what came of it. */
@ApiTags('evaluations')
@Controller('plans/:plan/evaluations')
export class SnapshotForecastsController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(PLAN_READERS) private readonly readers: PlanReaders,
    @Inject(LOG_PRESENCE) private readonly presence: LogPresence,
  ) {}

  @Lane('heavy')
  @Needs('plans.read')
  @Get(':id/snapshots/:number/forecasts')
  @ApiOperation({
    summary: '存档时的预测与后来的结果：各方法的误差、区间的覆盖率',
    operationId: 'getSnapshotForecasts',
  })
  @ApiAnswer('SnapshotForecasts')
  async forecasts(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<SnapshotForecasts> {
    await this.reading.wait(position);
    const { entry } = await readSnapshot(this.views, plan, id, number);
    const asOf = { knownAt: entry.asOf, position: await shownCutOff(this.presence, entry) };
    const today = await this.readers.open(plan, {});
    return snapshotForecasts(this.views, today, { plan, evaluation: id, snapshot: entry, asOf });
  }
}
