import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Lane } from '../http/admission.js';
import { CheckedQuery } from '../http/checked-query.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { zipped } from '../interchange/zip.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import { LOG_PRESENCE, type LogPresence } from '../kernel/log-presence.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { pattern } from '../slice/field.js';
import { LicenseId } from '../interchange/license.js';
import { publicSite } from './public-site.js';
import { readSite } from './read-site.js';
import { siteFiles } from './site-files.js';

const BaseUrl = pattern(/^https?:\/\/[^\s?#"'<>]{1,300}$/, '须为完整网址，如 https://example.gov.cn/plan/');

class SiteQuery {
  @BaseUrl({
    label: '网址',
    description: '网站将放在哪个网址下；填了才有 sitemap.xml',
    optional: true,
    example: 'https://example.gov.cn/plan/',
  })
  baseUrl?: string;

  @LicenseId({ label: '许可', description: '数据的许可代码', optional: true, example: 'CC-BY-4.0' })
  license?: string;
}

/** Published evaluations as sites for everybody. */
@ApiTags('site')
@Controller('plans/:plan/evaluations/:id/snapshots/:number')
export class SiteController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(LOG_PRESENCE) private readonly presence: LogPresence,
  ) {}

  @Lane('heavy')
  @Needs('evaluations.publish')
  @Get('site.zip')
  @ApiOperation({
    summary: '已发布的评估写成公开网站（ZIP）：静态网页、公开的数据表、核验办法；只含规划标为公开的部分',
    operationId: 'getPublicSite',
  })
  @ApiProduces('application/zip')
  async site(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Query(CheckedQuery(SiteQuery)) options: SiteQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    await this.reading.wait(position);
    const { views, files, presence } = this;
    const source = await readSite({ views, files, presence }, plan, id, number);
    response
      .type('application/zip')
      .setHeader('Content-Disposition', `attachment; filename="${id}-${number}-site.zip"`)
      .send(zipped(siteFiles(publicSite(source, options))));
  }
}
