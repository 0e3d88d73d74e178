import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Engine } from '../engine.js';
import { ApiAnswer } from '../http/api-answer.js';
import { MomentQuery, awaitPosition, momentOf } from '../http/moment.js';
import { CheckedQuery } from '../http/checked-query.js';
import type { PlanDocument } from './plan.projection.js';
import { planProjection } from './plan.projection.js';
import { readPlan } from './read-plan.js';
import { ENGINE } from '../tokens.js';

export interface PlanSummary {
  readonly plan: string;
  readonly title: string;
  readonly territory: string;
  readonly startYear: number;
  readonly endYear: number;
  readonly baseline: string;
  readonly midterm?: string;
  readonly timeZone: string;
  readonly demo: boolean;
}

@ApiTags('plans')
@Controller('plans')
export class PlansController {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Get()
  @ApiOperation({ summary: '所有规划', operationId: 'listPlans' })
  @ApiAnswer('PlanSummary', { list: true })
  async list(@Headers('tongjian-position') position: string | undefined): Promise<PlanSummary[]> {
    await awaitPosition(this.engine, position);
    const plans = await this.engine.views.list(planProjection, '');
    return plans.map(({ body }) => {
      const { plan, title, territory, startYear, endYear, baseline, midterm, timeZone, demo } = body;
      return { plan, title, territory, startYear, endYear, baseline, ...(midterm && { midterm }), timeZone, demo };
    });
  }

  @Get(':plan')
  @ApiOperation({ summary: '规划及其标杆区、单位、规则、名词解释', operationId: 'getPlan' })
  @ApiAnswer('PlanDocument')
  async get(
    @Param('plan') plan: string,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<PlanDocument> {
    await awaitPosition(this.engine, position);
    return readPlan(this.engine.views, plan, await momentOf(this.engine, plan, query));
  }
}
