import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { UNIT_SIGHT, type UnitSight } from '../http/unit-sight.js';
import { notFound } from '../kernel/errors.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { judgedUnits } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { sheetsFile } from './stored-sheets.js';
import { sheetsNamed, verifySheets, type KnownSheets, type SheetsVerification } from './verify-sheets.js';

/** The 考核 sheets of all units as they were put forth or published, by their hash, for those who see all of them. */
@ApiTags('appraisal')
@Controller('plans/:plan/appraisal-sheets/:hash')
export class StoredSheetsController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(UNIT_SIGHT) private readonly sight: UnitSight,
  ) {}

  @Needs('plans.read')
  @Get()
  @ApiOperation({
    summary: '公示或定稿的考核表原文（规范 JSON），其字节的 SHA-256 即地址中的哈希',
    operationId: 'getStoredAppraisal',
  })
  @ApiProduces('application/octet-stream')
  async content(
    @Param('plan') plan: string,
    @Param('hash') hash: string,
    @Headers('tongjian-position') position: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    await this.reading.wait(position);
    const { period } = await this.seen(plan, hash);
    const file = await sheetsFile(this.files, hash);
    // No text, so that no name is put in for an id: these are the bytes that have the hash.
    response
      .type('application/octet-stream')
      .setHeader('Content-Disposition', `attachment; filename="appraisal-${period}-${hash.slice(0, 12)}.json"`)
      .send(file);
  }

  @Lane('heavy')
  @Needs('plans.read')
  @Post('verification')
  @HttpCode(200)
  @ApiOperation({ summary: '核验公示或定稿的考核表：重算并核对哈希', operationId: 'verifyStoredAppraisal' })
  @ApiAnswer('SheetsVerification')
  async verification(
    @Param('plan') plan: string,
    @Param('hash') hash: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<SheetsVerification> {
    await this.reading.wait(position);
    return verifySheets({ views: this.views, files: this.files }, plan, await this.seen(plan, hash));
  }

  /** The sheets of this hash, for who sees all units: what others see of the plan is less, and has another hash. */
  private async seen(plan: string, hash: string): Promise<KnownSheets> {
    for (const { code } of judgedUnits(await readPlan(this.views, plan))) {
      if (await this.sight.seesUnit(plan, code)) continue;
      throw notFound(
        'appraisal.unknown',
        `没有可由您查看的 ${code} 的考核表：全部单位的考核表由能看全部单位的人取得和核验`,
        'hash',
      );
    }
    return sheetsNamed(this.views, plan, hash);
  }
}
