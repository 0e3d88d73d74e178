import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { WholeText } from '../http/whole-text.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { latestChanges, type LatestChanges } from './latest-changes.js';

class LatestQuery {
  @WholeText(1, 100, '条数，不填即 20')
  limit?: string;
}

@ApiTags('overview')
@Controller('plans/:plan')
export class LatestChangesController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  @Needs('plans.read')
  @Get('latest-changes')
  @ApiOperation({ summary: '近来新掌握的：数据、项目、政策、任务、问题，新者在前', operationId: 'getLatestChanges' })
  @ApiAnswer('LatestChanges')
  async latest(
    @Param('plan') plan: string,
    @Query(CheckedQuery(LatestQuery)) { limit = '20' }: LatestQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<LatestChanges> {
    await this.reading.wait(position);
    return latestChanges(this.views, plan, Number(limit));
  }
}
