import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { currentPrincipal, seesAll } from '../access/principal.js';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { actorOf } from '../http/asking.js';
import { CheckedQuery } from '../http/checked-query.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { writeTo } from '../http/stream.js';
import { written } from '../http/written.js';
import { invalid, refused } from '../kernel/errors.js';
import { EVENT_LOG, type EventLog } from '../kernel/event-log.js';
import { by } from '../kernel/order.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { PLAN_READERS, type PlanReaders } from '../overview/plan-readers.js';
import { readPlan } from '../plans/read-plan.js';
import { readReportBody } from '../reporting/report-body.js';
import type { ReportResult } from '../reporting/report-result.js';
import { UNIT_REPORTS, type UnitReports } from '../reporting/unit-reports.js';
import { KnownTimeText, OneOf, PositionText } from '../slice/field.js';
import { ExportMoments, ExportQuery } from './asked-moment.js';
import { setExportHead } from './export-head.js';
import { keyOf, type Observation } from './observation.js';
import { changesBetween, observationHistory, type ObservationRow } from './observation-changes.js';
import { derivedObservations, observationsOf } from './observations.js';
import { readSdmxCsv } from './read-sdmx-csv.js';
import { sdmxCsv, sdmxCsvType } from './sdmx-csv.js';

const flags = ['true', 'false'];

class SdmxQuery extends ExportQuery {
  @OneOf(flags, { label: '含历次版本', description: '每个版本一行，附掌握起止时间', optional: true })
  includeHistory?: string;

  @OneOf(flags, { label: '含推算值', description: '由下级汇总、由公式计算的值（MEASURE 为 DERIVED）', optional: true })
  derived?: string;

  @KnownTimeText({ label: '此后更新', description: '只要该时间之后掌握的变化', optional: true, example: '2023-06-30' })
  updatedAfter?: string;

  @PositionText({
    label: '此后记录',
    description: '只要系统记录序号在此之后的变化（含补录）：上次导出答复的 Tongjian-Position',
    optional: true,
    example: '120',
  })
  updatedAfterPosition?: string;
}

/** The figures and targets of a plan as SDMX-CSV, and figures that come in this form. */
@ApiTags('interchange')
@Controller('plans/:plan/interchange/sdmx-csv')
export class SdmxController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(PLAN_READERS) private readonly readers: PlanReaders,
    @Inject(UNIT_REPORTS) private readonly reports: UnitReports,
    private readonly moments: ExportMoments,
  ) {}

  @Lane('heavy')
  @Needs('plans.read')
  @Get()
  @ApiOperation({
    summary: '指标数值与目标（SDMX-CSV 2.0）：按某日掌握的，或其历次版本，或此后的变化',
    operationId: 'exportSdmxCsv',
  })
  @ApiProduces(sdmxCsvType)
  async export(
    @Param('plan') plan: string,
    @Query(CheckedQuery(SdmxQuery)) query: SdmxQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    assertGoTogether(query);
    const { asOf } = await this.moments.of(plan, query, position);
    const rows = await this.rows(plan, query, asOf);
    const document = await readPlan(this.views, plan, asOf);
    setExportHead(response, { type: sdmxCsvType, name: `${plan}.sdmx.csv`, position: asOf.position });
    for (const text of sdmxCsv(document, rows, query.includeHistory === 'true')) {
      if (!(await writeTo(response, text))) break;
    }
    response.end();
  }

  @Needs('figures.report')
  @Lane('heavy')
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: '报送 SDMX-CSV 中的数值（整体校验，全有或全无）',
    description: '与报送各行相同：dryRun 为 true 时逐行答复，不写入。只收数值、分子、分母和缺报；目标和推算值略过',
    operationId: 'reportSdmxCsv',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      additionalProperties: false,
      properties: {
        file: {
          type: 'object',
          required: ['name', 'base64'],
          additionalProperties: false,
          properties: { name: { type: 'string' }, base64: { type: 'string', format: 'byte' } },
        },
        reason: { type: 'string', maxLength: 2000, description: '更正的事由' },
        acceptWarnings: { type: 'array', items: { type: 'string' }, description: '接受的警告：编号或代码' },
        dryRun: { type: 'boolean', description: '试报：逐行答复，不写入任何数据' },
      },
    },
  })
  @ApiAnswer('ReportResult')
  async report(
    @Param('plan') plan: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReportResult> {
    const document = await readPlan(this.views, plan);
    const { dryRun, ...given } = await readReportBody(body, (file) => readSdmxCsv(file, document));
    const report = { plan, actor: actorOf(), ...given };
    return dryRun ? this.reports.tryOut(report) : written(await this.reports.submit(report), this.log, response);
  }

  /** What holds, each version, or what changed. */
  private async rows(plan: string, query: SdmxQuery, asOf: AsOf): Promise<ObservationRow[]> {
    const { includeHistory, updatedAfter, updatedAfterPosition } = query;
    if (includeHistory === 'true') {
      assertSeesAll(plan);
      return observationHistory(this.views, plan, asOf);
    }
    const after = await this.observations(plan, query, asOf);
    if (updatedAfter === undefined && updatedAfterPosition === undefined) {
      return after.map((observation) => ({ action: 'I', observation }));
    }
    const former = { asOf: updatedAfter ?? asOf.knownAt, atPosition: updatedAfterPosition ?? asOf.position };
    const before = await this.reading.moment(plan, former, undefined, 'updatedAfter');
    return changesBetween(await this.observations(plan, query, before), after);
  }

  private async observations(plan: string, { derived }: SdmxQuery, asOf: AsOf): Promise<Observation[]> {
    const entered = await observationsOf(this.views, plan, asOf);
    if (derived !== 'true') return entered;
    return [...entered, ...(await derivedObservations(this.readers.open, plan, asOf))].toSorted(by(keyOf));
  }
}

/** @throws {DomainError} `interchange.combination` */
function assertGoTogether({ includeHistory, updatedAfter, updatedAfterPosition, derived }: SdmxQuery): void {
  if (includeHistory !== 'true') return;
  if ((updatedAfter ?? updatedAfterPosition) !== undefined) {
    const message = '历次版本与此后的变化不能同取：请只写 includeHistory，或只写 updatedAfter、updatedAfterPosition';
    throw invalid('interchange.combination', message, 'includeHistory');
  }
  if (derived === 'true') {
    const message = '推算值不是登记的，没有版本：请按各时间分别导出（asOf），或不写 derived';
    throw invalid('interchange.combination', message, 'derived');
  }
}

/**
 * What a unit does not see is left out of a history, which would then say that what came before still holds.
 * @throws {DomainError} `interchange.history-sight`
 */
function assertSeesAll(plan: string): void {
  const principal = currentPrincipal();
  if (principal && seesAll(principal, plan)) return;
  const message = '历次版本须由能看到全部单位数据的人员导出：请由审计人员或评估人员导出，或按各时间分别导出（asOf）';
  throw refused('interchange.history-sight', message, 'includeHistory');
}
