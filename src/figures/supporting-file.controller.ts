import { Controller, Get, Headers, Inject, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { evidenceKey, evidenceProjection, type EvidenceDocument } from '../evidence/evidence.projection.js';
import { evidenceTypes } from '../evidence/file-type.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { UNIT_SIGHT, type UnitSight } from '../http/unit-sight.js';
import { notFound } from '../kernel/errors.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { planProjection } from '../plans/plan.projection.js';
import { above } from '../plans/units-in-time.js';
import { figureKey, figureProjection } from './figure.projection.js';
import { supportProjection } from './support.projection.js';

/** Files that support values. It stands with the figures, because who sees a value may see the file that it names. */
@ApiTags('evidence')
@Controller('plans/:plan/evidence')
export class SupportingFileController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(UNIT_SIGHT) private readonly sight: UnitSight,
    @Inject(FILE_STORE) private readonly files: FileStore,
  ) {}

  @Needs('plans.read')
  @Get(':sha256')
  @ApiOperation({ summary: '下载一份依据文件', operationId: 'getEvidence' })
  @ApiProduces(...Object.values(evidenceTypes))
  async get(
    @Param('plan') plan: string,
    @Param('sha256') hash: string,
    @Headers('tongjian-position') position: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    await this.reading.wait(position);
    const found = await this.views.get(evidenceProjection, evidenceKey(plan, hash));
    const bytes = found && (await this.mayBeSeen(plan, found.body)) && (await this.files.get(hash));
    if (!bytes) throw notFound('evidence.unknown', '没有这份依据文件：请核对 SHA-256', 'sha256');
    const { title, type } = found.body;
    response
      .type(evidenceTypes[type])
      .setHeader('X-Content-Type-Options', 'nosniff')
      .setHeader(
        'Content-Disposition',
        `attachment; filename="${hash.slice(0, 12)}.${type}"; filename*=UTF-8''${encodeURIComponent(`${title}.${type}`)}`,
      )
      .send(bytes);
  }

  /**
   * By whoever sees the values of a unit for which it is kept before they are approved, and by whoever sees a value that
   * names it. A value of a unit for which it is not kept names it in vain: else a hash would be enough to get a file.
   */
  private async mayBeSeen(plan: string, { sha256, units }: EvidenceDocument): Promise<boolean> {
    for (const unit of units) if (await this.sight.seesUnit(plan, unit)) return true;
    const supported = await this.views.list(supportProjection, `${plan}/${sha256}/`);
    if (supported.length === 0) return false;
    const enrolled = (await this.views.get(planProjection, plan))?.body.units ?? [];
    for (const { body: id } of supported) {
      if (![id.unit, ...above(enrolled, id.unit)].some((each) => units.includes(each))) continue;
      const figure = (await this.views.get(figureProjection, figureKey(id)))?.body;
      const values = [figure?.approved, figure?.latest];
      if (values.some((value) => value?.evidence?.some((named) => named.sha256 === sha256))) return true;
    }
    return false;
  }
}
