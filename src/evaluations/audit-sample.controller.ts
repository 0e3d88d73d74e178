import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { WholeText } from '../http/whole-text.js';
import { LOG_PRESENCE, type LogPresence } from '../kernel/log-presence.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { defaultSizes } from './audit-sample.js';
import { readSnapshot } from './read-snapshot.js';
import { shownCutOff } from './snapshot.js';
import { snapshotSample, type AuditSample } from './snapshot-sample.js';

class SampleQuery {
  @WholeText(0, 1000, '每个单位从有数据质量标记的数据中最多抽取，不填即 10')
  marked?: string;

  @WholeText(0, 1000, '每个单位从有过更正的数据中最多抽取，不填即 5')
  corrected?: string;

  @WholeText(0, 1000, '每个单位从其余数据中最多抽取，不填即 3')
  other?: string;
}

/** 抽查样本: figures of a snapshot that are to be checked against their sources, drawn so that nobody can steer it. */
@ApiTags('evaluations')
@Controller('plans/:plan/evaluations')
export class AuditSampleController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(LOG_PRESENCE) private readonly presence: LogPresence,
  ) {}

  @Needs('plans.read')
  @Get(':id/snapshots/:number/audit-sample')
  @ApiOperation({ summary: '抽查样本：以快照哈希为种子、分单位分层，任何人可以重抽', operationId: 'getAuditSample' })
  @ApiAnswer('AuditSample')
  async sample(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Query(CheckedQuery(SampleQuery)) sizes: SampleQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<AuditSample> {
    await this.reading.wait(position);
    const { evaluation, entry } = await readSnapshot(this.views, plan, id, number);
    const asOf = { knownAt: entry.asOf, position: await shownCutOff(this.presence, entry) };
    const { marked, corrected, other } = defaultSizes;
    const checks = evaluation.checks.filter(({ snapshot }) => snapshot === entry.number);
    const isOpen = evaluation.published === undefined && evaluation.supersededBy === undefined;
    return snapshotSample(
      this.views,
      { plan, evaluation: id, snapshot: entry, asOf, checks, isOpen },
      {
        marked: Number(sizes.marked ?? marked),
        corrected: Number(sizes.corrected ?? corrected),
        other: Number(sizes.other ?? other),
      },
    );
  }
}
