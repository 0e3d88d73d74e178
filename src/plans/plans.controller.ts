import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { currentPrincipal, knowsPlan } from '../access/principal.js';
import { ApiAnswer } from '../http/api-answer.js';
import { MomentInLanguageQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { CheckedQuery } from '../http/checked-query.js';
import { Needs, SignedIn } from '../http/rights.js';
import type { FiscalYear } from '../kernel/period.js';
import { VIEWS, type Views } from '../kernel/views.js';
import type { PlanDocument } from './plan.projection.js';
import { planIn } from './plan-in-language.js';
import { planProjection } from './plan.projection.js';
import { readPlan } from './read-plan.js';

export interface PlanSummary {
  readonly plan: string;
  readonly title: string;
  readonly territory: string;
  readonly startYear: number;
  readonly endYear: number;
  /** Absent in a plan of calendar years. */
  readonly fiscalYear?: FiscalYear;
  readonly baseline: string;
  readonly midterm?: string;
  readonly timeZone: string;
  readonly demo: boolean;
}

@ApiTags('plans')
@Controller('plans')
export class PlansController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  @SignedIn()
  @Get()
  @ApiOperation({ summary: '所有规划', operationId: 'listPlans' })
  @ApiAnswer('PlanSummary', { list: true })
  async list(@Headers('tongjian-position') position: string | undefined): Promise<PlanSummary[]> {
    await this.reading.wait(position);
    const plans = await this.views.list(planProjection, '');
    const known = plans.filter(({ body: { plan } }) => knowsPlan(currentPrincipal()!, plan));
    return known.map(({ body }) => {
      const { plan, title, territory, startYear, endYear, fiscalYear, baseline, midterm, timeZone, demo } = body;
      const years = { startYear, endYear, ...(fiscalYear && { fiscalYear }), baseline, ...(midterm && { midterm }) };
      return { plan, title, territory, ...years, timeZone, demo };
    });
  }

  @Needs('plans.read')
  @Get(':plan')
  @ApiOperation({ summary: '规划及其标杆区、单位、规则、名词解释', operationId: 'getPlan' })
  @ApiAnswer('PlanDocument')
  async get(
    @Param('plan') plan: string,
    @Query(CheckedQuery(MomentInLanguageQuery)) { language, ...moment }: MomentInLanguageQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<PlanDocument> {
    return planIn(await readPlan(this.views, plan, await this.reading.moment(plan, moment, position)), language);
  }
}
