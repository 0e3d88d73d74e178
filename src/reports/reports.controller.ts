import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { currentPrincipal, seesNames } from '../access/principal.js';
import { readSnapshot } from '../evaluations/read-snapshot.js';
import { readContent, shownCutOff } from '../evaluations/snapshot.js';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { languageField } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { NAMES, withNames, type Names } from '../http/names.js';
import { Needs } from '../http/rights.js';
import { invalid } from '../kernel/errors.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import { LOG_PRESENCE, type LogPresence } from '../kernel/log-presence.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { htmlReport } from './html-report.js';
import { LetterheadQuery } from './letterhead.js';
import type { Report } from './model.js';
import { snapshotReport } from './snapshot-report.js';
import { originOf } from './word/origin.js';
import { NoWordFile, paragraphsOf, type FoundParagraph } from './word/read-docx.js';
import { reconcile, type Reconciliation } from './word/reconcile.js';
import { defaultTemplate } from './word/template.js';
import { wordReport } from './word/word-report.js';

class LanguageQuery {
  @languageField()
  language?: string;
}

/** A Word file compared with the snapshot that it was written from. */
export interface ReconciledReport extends Reconciliation {
  readonly evaluation: string;
  readonly snapshot: number;
  readonly contentHash: string;
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The snapshots of evaluations as documents. */
@ApiTags('reports')
@Controller('plans/:plan')
export class ReportsController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(LOG_PRESENCE) private readonly presence: LogPresence,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(NAMES) private readonly names: Names,
  ) {}

  @Needs('plans.read')
  @Get('evaluations/:id/snapshots/:number/report.html')
  @ApiOperation({ summary: '快照报告（可打印的网页）', operationId: 'getSnapshotReport' })
  @ApiProduces('text/html')
  async html(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Query(CheckedQuery(LanguageQuery)) { language }: LanguageQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    await this.reading.wait(position);
    response.type('text/html; charset=utf-8').send(htmlReport(await this.#report(plan, id, number, language)));
  }

  @Lane('heavy')
  @Needs('plans.read')
  @Get('evaluations/:id/snapshots/:number/report.docx')
  @ApiOperation({ summary: '快照报告（Word，公文格式）', operationId: 'getWordReport' })
  @ApiProduces(wordType)
  async word(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Query(CheckedQuery(LetterheadQuery)) { language, ...letterhead }: LetterheadQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    await this.reading.wait(position);
    const report = await this.#report(plan, id, number, language);
    send(response, `${report.title.page}.docx`, await wordReport(this.#named(report), letterhead));
  }

  @Lane('heavy')
  @Needs('plans.read')
  @Post('evaluations/:id/snapshots/:number/report.docx')
  @HttpCode(200)
  @ApiOperation({
    summary: '快照报告（Word），按本单位的模板',
    description: '请求内容是模板（.docx）的原样字节；模板有误的，指明所在的段落',
    operationId: 'writeWordReport',
  })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiProduces(wordType)
  async wordByTemplate(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Query(CheckedQuery(LetterheadQuery)) { language, ...letterhead }: LetterheadQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Req() { body }: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.reading.wait(position);
    const report = await this.#report(plan, id, number, language);
    if (!isFile(body)) throw invalid('report-template.empty', noFile);
    send(response, `${report.title.page}.docx`, await wordReport(this.#named(report), letterhead, body));
  }

  @Needs('plans.read')
  @Get('report-template.docx')
  @ApiOperation({ summary: 'Word 报告的默认模板，可改后另用', operationId: 'getReportTemplate' })
  @ApiProduces(wordType)
  async template(@Param('plan') plan: string, @Res() response: Response): Promise<void> {
    await this.reading.moment(plan, {});
    send(response, '评估报告模板.docx', await defaultTemplate());
  }

  @Lane('heavy')
  @Needs('plans.read')
  @Post('reports/reconcile')
  @HttpCode(200)
  @ApiOperation({
    summary: '核对一份 Word 报告：列出写成之后被改、被删、被移、被添的数',
    description: '请求内容是 Word 文件（.docx）的原样字节；不留存',
    operationId: 'reconcileReport',
  })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiAnswer('ReconciledReport')
  async reconcile(@Param('plan') plan: string, @Req() { body }: Request): Promise<ReconciledReport> {
    if (!isFile(body)) throw invalid('report-file.empty', noFile);
    const file = body;
    const paragraphs = paragraphsIn(file);
    const origin = originOf(file);
    if (origin === undefined) {
      const message = '文件没有注明由哪份快照写成（文件属性的“关键词”）：它不是本系统写的 Word 报告，或属性已被删去';
      throw invalid('report-file.no-origin', message);
    }
    if (origin.plan !== plan) {
      throw invalid('report-file.other-plan', `文件是规划 ${origin.plan} 的报告，不是 ${plan} 的：请在该规划下核对`);
    }
    const { evaluation, snapshot, contentHash } = origin;
    const report = await this.#report(plan, evaluation, String(snapshot));
    if (report.source.contentHash !== contentHash) {
      const message = `文件注明的快照哈希 ${contentHash} 与 ${evaluation}/${snapshot} 的 ${report.source.contentHash} 不同：不是由这份快照写成`;
      throw invalid('report-file.other-content', message);
    }
    return { evaluation, snapshot, contentHash, ...reconcile(this.#named(report), origin, paragraphs) };
  }

  /** With the names of persons, for whom may see them: a Word file is no text, in which they are put in at the end. */
  #named(report: Report): Report {
    const principal = currentPrincipal();
    if (!principal || !seesNames(principal)) return report;
    return JSON.parse(withNames(JSON.stringify(report), this.names)) as Report;
  }

  async #report(plan: string, id: string, number: string, language?: string): Promise<Report> {
    const { evaluation, entry } = await readSnapshot(this.views, plan, id, number);
    const content = await readContent(this.files, entry.contentHash);
    const placed = { ...entry, position: await shownCutOff(this.presence, entry) };
    return snapshotReport(content, evaluation, placed, language);
  }
}

const isFile = (body: unknown): body is Buffer => Buffer.isBuffer(body) && body.length > 0;
const noFile = '请求内容须为 Word 文件的字节（Content-Type: application/octet-stream）';

function paragraphsIn(file: Buffer): FoundParagraph[] {
  try {
    return paragraphsOf(file);
  } catch (error) {
    if (error instanceof NoWordFile) throw invalid('report-file.not-word', `文件${error.message}`);
    throw error;
  }
}

function send(response: Response, name: string, bytes: Buffer): void {
  response
    .type(wordType)
    .setHeader(
      'Content-Disposition',
      `attachment; filename="report.docx"; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    .send(bytes);
}
