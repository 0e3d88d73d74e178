import { Controller, Get, Headers, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../http/api-answer.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { notFound } from '../kernel/errors.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { dayOf } from '../kernel/time.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { proposalOf, thingsOf, type AssignmentProposal } from './assignment-proposal.js';
import { findingProjection } from './finding.projection.js';

@ApiTags('findings')
@Controller('plans/:plan/findings/:id/assignment')
export class AssignmentProposalController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
  ) {}

  @Needs('rectification.assign')
  @Get()
  @ApiOperation({ summary: '交办整改的建议：由问题的对象和所据推出的整改单位和期限', operationId: 'proposeAssignment' })
  @ApiAnswer('AssignmentProposal')
  async propose(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<AssignmentProposal> {
    await this.reading.wait(position);
    const document = await readPlan(this.views, plan);
    const finding = (await this.views.get(findingProjection, `${plan}/${id}`))?.body;
    if (!finding) throw notFound('finding.unknown', `规划 ${plan} 没有问题 ${id}：请核对问题编号`, 'id');
    const today = dayOf(await this.clock.now(), document.timeZone);
    return proposalOf(await thingsOf(this.views, document, finding), today, document);
  }
}
