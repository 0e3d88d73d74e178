import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { readSnapshot } from '../evaluations/read-snapshot.js';
import { readContent, shownCutOff } from '../evaluations/snapshot.js';
import { CheckedQuery } from '../http/checked-query.js';
import { languageField } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import { LOG_PRESENCE, type LogPresence } from '../kernel/log-presence.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { htmlReport } from './html-report.js';
import { snapshotReport } from './snapshot-report.js';

class LanguageQuery {
  @languageField()
  language?: string;
}

@ApiTags('reports')
@Controller('plans/:plan/evaluations/:id/snapshots/:number')
export class ReportsController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(LOG_PRESENCE) private readonly presence: LogPresence,
    @Inject(FILE_STORE) private readonly files: FileStore,
  ) {}

  @Needs('plans.read')
  @Get('report.html')
  @ApiOperation({ summary: '快照报告（可打印的网页）', operationId: 'getSnapshotReport' })
  @ApiProduces('text/html')
  async report(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Query(CheckedQuery(LanguageQuery)) { language }: LanguageQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    await this.reading.wait(position);
    const { evaluation, entry } = await readSnapshot(this.views, plan, id, number);
    const content = await readContent(this.files, entry.contentHash);
    const placed = { ...entry, position: await shownCutOff(this.presence, entry) };
    response.type('text/html; charset=utf-8').send(htmlReport(snapshotReport(content, evaluation, placed, language)));
  }
}
