import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { actorOf } from '../http/asking.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { written } from '../http/written.js';
import { outOfReach } from '../access/refusals.js';
import { workbookType } from '../http/table-workbook.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { EVENT_LOG, type EventLog } from '../kernel/event-log.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { Identifier, PeriodText } from '../slice/field.js';
import { readPlan } from '../plans/read-plan.js';
import { reachesUnit } from '../plans/unit-reach.js';
import { PUBLICATIONS, type Publications } from '../slice/publications.js';
import { madeWorkbook } from './make-workbook.js';
import { dueDaysOf, obligationCalendar, type DueDay } from './obligation-calendar.js';
import { obligationPeriods, type ObligationPeriods } from './obligation-periods.js';
import { obligationSight } from './obligation-reading.js';
import { obligationsOf, type Obligations } from './obligations.js';
import { readReportBody } from './report-body.js';
import { reportForm, type ReportForm } from './report-form.js';
import type { ReportResult } from './report-result.js';
import { UNIT_REPORTS, type UnitReports } from './unit-reports.js';
import { readWithdrawalBody } from './withdrawal-body.js';
import { WITHDRAWALS, type WithdrawalResult, type Withdrawals } from './withdrawals.js';
import { workbookContent } from './workbook-content.js';

class ObligationsQuery extends MomentQuery {
  @Identifier({ label: '单位代码', description: '不填即全部单位', optional: true, example: '331102' })
  unit?: string;

  @PeriodText({ label: '期间', example: '2022' })
  period: string;
}

class UnitQuery {
  @Identifier({ label: '单位代码', example: '331102' })
  unit: string;
}

class UnitMomentQuery extends MomentQuery {
  @Identifier({ label: '单位代码', example: '331102' })
  unit: string;
}

class FormQuery extends UnitMomentQuery {
  @PeriodText({ label: '期间', example: '2022' })
  period: string;
}

class WorkbookQuery extends UnitQuery {
  @PeriodText({ label: '期间', example: '2022' })
  period: string;
}

const fileSchema = {
  type: 'object' as const,
  required: ['name', 'base64'],
  additionalProperties: false,
  description: '工作簿（.xlsx）或表格文本（.csv，UTF-8、UTF-16 或 GB18030），至多 10 MB',
  properties: { name: { type: 'string' as const }, base64: { type: 'string' as const, format: 'byte' } },
};

/** What units owe, and how they report it. */
@ApiTags('reporting')
@Controller('plans/:plan')
export class ReportingController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(UNIT_REPORTS) private readonly reports: UnitReports,
    @Inject(WITHDRAWALS) private readonly withdrawals: Withdrawals,
    @Inject(PUBLICATIONS) private readonly publications: Publications,
  ) {}

  @Needs('plans.read')
  @Get('due-days')
  @ApiOperation({ summary: '报送期限推算出的各期截止日', operationId: 'listDueDays' })
  @ApiAnswer('DueDay', { list: true })
  async dueDays(
    @Param('plan') plan: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<DueDay[]> {
    await this.reading.wait(position);
    return dueDaysOf(await readPlan(this.views, plan));
  }

  @Needs('plans.read')
  @Get('obligations')
  @ApiOperation({ summary: '报送任务：各单位某期间应报、已报、逾期', operationId: 'getObligations' })
  @ApiAnswer('Obligations')
  async obligations(
    @Param('plan') plan: string,
    @Query(CheckedQuery(ObligationsQuery)) { unit, period, ...moment }: ObligationsQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Obligations> {
    const asOf = await this.reading.momentOfPlan(plan, moment, position);
    const now = await this.clock.now();
    const sight = await obligationSight(this.views, { plan, period, asOf, now, ...(unit !== undefined && { unit }) });
    return obligationsOf(sight, unit);
  }

  @Needs('plans.read')
  @Get('obligations/periods')
  @ApiOperation({ summary: '一个单位有报送任务的各期间：应报、欠报、逾期各多少', operationId: 'getObligationPeriods' })
  @ApiAnswer('ObligationPeriods')
  async periods(
    @Param('plan') plan: string,
    @Query(CheckedQuery(UnitMomentQuery)) { unit, ...moment }: UnitMomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<ObligationPeriods> {
    const asOf = await this.reading.momentOfPlan(plan, moment, position);
    return obligationPeriods(this.views, { plan, unit, asOf, now: await this.clock.now() });
  }

  @Needs('plans.read')
  @Get('report-form')
  @ApiOperation({
    summary: '一个单位某期间的填报表：口径、上期值、目标、序时要求、现状',
    operationId: 'getReportForm',
  })
  @ApiAnswer('ReportForm')
  async form(
    @Param('plan') plan: string,
    @Query(CheckedQuery(FormQuery)) { unit, period, ...moment }: FormQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<ReportForm> {
    const asOf = await this.reading.momentOfPlan(plan, moment, position);
    const { views, publications } = this;
    return reportForm({ views, publications }, { plan, unit, period, asOf, now: await this.clock.now() });
  }

  @Needs('plans.read')
  @Get('obligations.ics')
  @ApiOperation({ summary: '一个单位的报送截止日，供日历订阅（iCalendar）', operationId: 'getObligationCalendar' })
  @ApiProduces('text/calendar')
  async calendar(
    @Param('plan') plan: string,
    @Query(CheckedQuery(UnitQuery)) { unit }: UnitQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    await this.reading.wait(position);
    const text = await obligationCalendar(this.views, plan, unit, await this.clock.now());
    response.type('text/calendar; charset=utf-8').send(text);
  }

  @Needs('figures.report')
  @Lane('heavy')
  @Get('workbook')
  @ApiOperation({ summary: '一个单位某期间的填报工作簿（XLSX）', operationId: 'getWorkbook' })
  @ApiProduces(workbookType)
  async workbook(
    @Param('plan') plan: string,
    @Query(CheckedQuery(WorkbookQuery)) { unit, period }: WorkbookQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    await this.reading.wait(position);
    if (!reachesUnit('figures.report', await readPlan(this.views, plan), unit)) throw outOfReach('figures.report');
    const now = await this.clock.now();
    const content = await workbookContent(this.views, this.log, { plan, unit, period, asOf: {}, now });
    const name = encodeURIComponent(`${content.unit.name} ${period} 报表.xlsx`);
    response
      .type(workbookType)
      .setHeader('Content-Disposition', `attachment; filename="${unit}-${period}.xlsx"; filename*=UTF-8''${name}`)
      .send(await madeWorkbook(content, now));
  }

  @Needs('figures.report')
  @Lane('heavy')
  @Post('reports')
  @HttpCode(200)
  @ApiOperation({
    summary: '报送各行（整体校验，全有或全无）',
    description: 'dryRun 为 true 时逐行答复将新增、更改、不变、被拒或与他人的更改冲突，不写入',
    operationId: 'report',
  })
  @ApiBody({
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        file: fileSchema,
        rows: { type: 'array', items: { type: 'object' }, description: '各行：键为列名，值为文本或数' },
        reason: { type: 'string', maxLength: 2000, description: '更正的事由，用于没有自己“说明”的各行' },
        acceptWarnings: {
          type: 'array',
          items: { type: 'string' },
          description: '接受的警告：编号（id）或代码（code）',
        },
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
    const actor = actorOf();
    const { dryRun, ...given } = await readReportBody(body);
    const report = { plan, actor, ...given };
    return dryRun ? this.reports.tryOut(report) : written(await this.reports.submit(report), this.log, response);
  }

  @Needs('figures.withdraw')
  @Lane('heavy')
  @Post('submissions/:id/withdrawal')
  @HttpCode(200)
  @ApiOperation({
    summary: '撤回一次报送：恰好收回它带来的，须写明事由',
    description: '其后他人另有登记的各行使整个撤回被拒；列入 leave 的行保留不动',
    operationId: 'withdrawSubmission',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['reason'],
      additionalProperties: false,
      properties: {
        reason: { type: 'string', maxLength: 2000, description: '事由' },
        leave: { type: 'array', items: { type: 'string' }, description: '保留不动的行的键，如 figure/02/331102/2022' },
      },
    },
  })
  @ApiAnswer('WithdrawalResult')
  async withdraw(
    @Param('plan') plan: string,
    @Param('id') submission: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WithdrawalResult> {
    const asked = { plan, submission, actor: actorOf(), ...readWithdrawalBody(body) };
    return written(await this.withdrawals.withdraw(asked), this.log, response);
  }
}
