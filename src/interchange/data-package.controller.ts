import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { readContent } from '../evaluations/snapshot.js';
import { Lane } from '../http/admission.js';
import { CheckedQuery } from '../http/checked-query.js';
import { Needs } from '../http/rights.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { invalid } from '../kernel/errors.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { allLongSeries } from '../overview/long-series.js';
import { OVERVIEWS, type Overviews } from '../overview/overviews.js';
import { PLAN_READERS, type PlanReaders } from '../overview/plan-readers.js';
import { topUnit } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { PeriodText } from '../slice/field.js';
import { ExportMoments, ExportQuery, type AskedMoment } from './asked-moment.js';
import { dataPackage } from './data-package.js';
import type { PackageContent } from './package-tables.js';
import { setExportHead } from './export-head.js';
import { LicenseId } from './license.js';
import { observationsOf } from './observations.js';

class PackageQuery extends ExportQuery {
  @PeriodText({
    label: '期间',
    description: '评价和指数的期间；不填即届时有数据的最近一期',
    optional: true,
    example: '2022',
  })
  period?: string;

  @LicenseId({ label: '许可', description: '写入数据包的许可代码', optional: true, example: 'CC-BY-4.0' })
  license?: string;
}

/** A plan at a moment as a Data Package. */
@ApiTags('interchange')
@Controller('plans/:plan/interchange/data-package')
export class DataPackageController {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(OVERVIEWS) private readonly overviews: Overviews,
    @Inject(PLAN_READERS) private readonly readers: PlanReaders,
    private readonly moments: ExportMoments,
  ) {}

  @Lane('heavy')
  @Needs('plans.read')
  @Get()
  @ApiOperation({
    summary: '数据包（Data Package v2，ZIP）：单位、指标口径、数值、目标、项目、政策、任务、评价与指数',
    operationId: 'exportDataPackage',
  })
  @ApiProduces('application/zip')
  async dataPackage(
    @Param('plan') plan: string,
    @Query(CheckedQuery(PackageQuery)) { period, license, ...query }: PackageQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const moment = await this.moments.of(plan, query, position);
    const { asOf, fixed, snapshot } = moment;
    const [document, indicators, observations, frozen, now] = await Promise.all([
      readPlan(this.views, plan, asOf),
      readIndicators(this.views, plan, asOf),
      observationsOf(this.views, plan, asOf),
      this.frozenAt(plan, period, moment),
      this.clock.now(),
    ]);
    const bytes = dataPackage(
      { plan: document, indicators, observations, ...frozen },
      {
        ...{ created: asOf.knownAt ?? now, ...fixed },
        ...(snapshot && { snapshot }),
        ...(license !== undefined && { license }),
      },
    );
    setExportHead(response, { type: 'application/zip', name: `${plan}.zip`, position: asOf.position });
    response.send(bytes);
  }

  /** Of a snapshot what it froze, by the method of its time; else what is composed now. */
  private async frozenAt(
    plan: string,
    period: string | undefined,
    { asOf, snapshot }: AskedMoment,
  ): Promise<Pick<PackageContent, 'overview' | 'longSeries'>> {
    if (!snapshot) {
      const { knownAt, position } = asOf;
      const moment = { ...(knownAt !== undefined && { asOf: knownAt }), ...(position && { atPosition: position }) };
      const { overview } = await this.overviews.find({ plan, period, moment, position: undefined });
      const sources = this.readers.longSeriesAsOf(asOf);
      return { overview, longSeries: await allLongSeries(sources, plan, topUnit(overview) ?? '') };
    }
    const { overview, longSeries = [] } = await readContent(this.files, snapshot.contentHash);
    if (period === undefined || period === overview.period) return { overview, longSeries };
    const message = `存档的期间是 ${overview.period}：请不写期间，或写 ${overview.period}`;
    throw invalid('interchange.combination', message, 'period');
  }
}
