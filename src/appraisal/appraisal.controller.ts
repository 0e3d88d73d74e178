import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { Needs } from '../http/rights.js';
import { UNIT_SIGHT, type UnitSight } from '../http/unit-sight.js';
import { notFound } from '../kernel/errors.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { askedUnit } from '../overview/asked-row.js';
import { OVERVIEWS, type Overviews } from '../overview/overviews.js';
import { PeriodQuery } from '../overview/seen-query.js';
import { judgedUnits } from '../plans/plan.projection.js';
import { appraisal, appraisalSheet, type Appraisal, type AppraisalSheet } from './plan-appraisal.js';

/** The 考核 sheets of the units for a year, for those who see all figures of the unit. It writes nothing. */
@ApiTags('appraisal')
@Controller('plans/:plan/appraisal')
export class AppraisalController {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(OVERVIEWS) private readonly overviews: Overviews,
    @Inject(UNIT_SIGHT) private readonly sight: UnitSight,
  ) {}

  @Lane('heavy')
  @Needs('plans.read')
  @Get()
  @ApiOperation({ summary: '考核：各单位一年的得分，分项', operationId: 'getAppraisal' })
  @ApiAnswer('Appraisal')
  async all(
    @Param('plan') plan: string,
    @Query(CheckedQuery(PeriodQuery)) { period, ...moment }: PeriodQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Appraisal> {
    const found = await this.overviews.find({ plan, period, moment, position });
    const judged = judgedUnits({ units: found.overview.units });
    const seen = await Promise.all(judged.map(({ code }) => this.sight.seesUnit(plan, code)));
    const units = judged.filter((_, at) => seen[at]);
    const stores = { views: this.views, files: this.files };
    return appraisal(stores, found, { units, isWhole: units.length === judged.length });
  }

  @Lane('heavy')
  @Needs('plans.read')
  @Get(':unit')
  @ApiOperation({ summary: '一个单位的考核表：各项得分，逐条扣分及所据的事件', operationId: 'getAppraisalSheet' })
  @ApiAnswer('AppraisalSheet')
  async one(
    @Param('plan') plan: string,
    @Param('unit') unit: string,
    @Query(CheckedQuery(PeriodQuery)) { period, ...moment }: PeriodQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<AppraisalSheet> {
    const found = await this.overviews.find({ plan, period, moment, position });
    const code = askedUnit(found.plan, found.overview, unit);
    if (!(await this.sight.seesUnit(plan, code))) {
      throw notFound(
        'appraisal.unknown',
        `没有可由您查看的 ${code} 的考核表：请核对单位，或由该单位或其上级的人查看`,
        'unit',
      );
    }
    return appraisalSheet(
      { views: this.views, files: this.files },
      found,
      found.overview.units.find((each) => each.code === code)!,
    );
  }
}
