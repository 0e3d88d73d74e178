import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { appraisalProjection, type Objection } from './appraisal.projection.js';
import { frozenYear } from './frozen-year.js';

/** An objection, and to the sheet of which year. */
export type ObjectionOfYear = Objection & {
  readonly period: string;
  readonly unitName: string;
  /** Whether the sheets of the year are frozen: then nothing is decided any more. */
  readonly isFrozen: boolean;
};

/** The objections to sheets of all years, of the units whose sheets the reader may see; the latest first. */
@ApiTags('appraisal')
@Controller('plans/:plan/appraisal-objections')
export class ObjectionsController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  @Needs('plans.read')
  @Get()
  @ApiOperation({ summary: '考核申诉：各年度、各单位的申诉及其裁定', operationId: 'listAppraisalObjections' })
  @ApiAnswer('ObjectionOfYear', { list: true })
  async list(
    @Param('plan') plan: string,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<ObjectionOfYear[]> {
    const asOf = await this.reading.momentOfPlan(plan, query, position);
    const { units } = await readPlan(this.views, plan, asOf);
    const names = new Map(units.map(({ code, name }) => [code, name]));
    const years = await this.views.list(appraisalProjection, `${plan}/`, { asOf });
    const found = years.map(async ({ body: { period, objections } }) => {
      const isFrozen = (await frozenYear(this.views, plan, period, asOf)) !== undefined;
      return objections.map((each) => ({ ...each, period, unitName: names.get(each.unit) ?? each.unit, isFrozen }));
    });
    return (await Promise.all(found)).flat().toSorted((a, b) => (a.knownAt < b.knownAt ? 1 : -1));
  }
}
