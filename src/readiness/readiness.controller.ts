import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { currentPrincipal, seesNames } from '../access/principal.js';
import type { EvaluationDocument } from '../evaluations/evaluation.projection.js';
import { readEvaluation } from '../evaluations/read-snapshot.js';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery } from '../http/moment.js';
import { NAMES, withNames, type Names } from '../http/names.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { workbookType } from '../http/table-workbook.js';
import { WholeText } from '../http/whole-text.js';
import { invalid } from '../kernel/errors.js';
import { parseKnownTime } from '../kernel/time.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { OVERVIEWS, type Overviews } from '../overview/overviews.js';
import { OneOf, Text } from '../slice/field.js';
import { readReadiness } from './read-readiness.js';
import { readinessWorkbook } from './readiness-workbook.js';
import { readinessLines, type EvaluationReadiness, type ReadinessEntry, type ReadinessLine } from './readiness.js';

/** A list of what a line counts. */
export interface ReadinessPage {
  readonly total: number;
  readonly entries: readonly ReadinessEntry[];
  /** The cursor of the next page, if there is one. */
  readonly next?: string;
}

class EntriesQuery extends MomentQuery {
  @OneOf(readinessLines, { label: '类别' })
  line: ReadinessLine;

  @Text({ label: '单位代码', max: 60, optional: true, example: '331102' })
  unit?: string;

  @Text({ label: '游标', description: '上一页答复中的 next', max: 400, optional: true })
  cursor?: string;

  @WholeText(1, 500, '条数，不填即 50')
  limit?: string;
}

/** What is missing, unapproved, contradictory or incomparable before the snapshot of an evaluation. */
@ApiTags('evaluations')
@Controller('plans/:plan/evaluations/:id/readiness')
export class ReadinessController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(OVERVIEWS) private readonly overviews: Overviews,
    @Inject(NAMES) private readonly names: Names,
  ) {}

  @Lane('heavy')
  @Needs('evaluations.snapshot')
  @Get()
  @ApiOperation({
    summary: '评估准备：各单位应报、未报、待审核、退回、缺报、逾期、矛盾、不可比、数据提示',
    description: '不写截至的，按评估方案的数据截止日期；没有写明或尚未到的，按今日',
    operationId: 'getReadiness',
  })
  @ApiAnswer('EvaluationReadiness')
  async get(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<EvaluationReadiness> {
    return (await this.read(plan, id, query, position)).readiness;
  }

  @Lane('heavy')
  @Needs('evaluations.snapshot')
  @Get('entries')
  @ApiOperation({ summary: '评估准备某一类的清单', operationId: 'listReadiness' })
  @ApiAnswer('ReadinessPage')
  async entries(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Query(CheckedQuery(EntriesQuery)) { line, unit, cursor, limit = '50', ...query }: EntriesQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<ReadinessPage> {
    const { entries } = await this.read(plan, id, query, position);
    const found = entries.filter((entry) => entry.line === line && (unit === undefined || entry.unit === unit));
    const from = cursor === undefined ? 0 : found.findIndex((entry) => entry.id === cursor) + 1;
    if (cursor !== undefined && from === 0) {
      throw invalid('list.cursor', '游标不属于这一查询：请用上一页答复中的 next，其余参数不变', 'cursor');
    }
    const page = found.slice(from, from + Number(limit));
    const hasMore = from + page.length < found.length;
    return { total: found.length, entries: page, ...(hasMore && { next: page.at(-1)!.id }) };
  }

  @Lane('heavy')
  @Needs('evaluations.snapshot')
  @Get('workbook')
  @ApiOperation({ summary: '评估准备的工作簿（XLSX）', operationId: 'getReadinessWorkbook' })
  @ApiProduces(workbookType)
  async workbook(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const { evaluation, zone, now, ...found } = await this.read(plan, id, query, position);
    const principal = currentPrincipal();
    const named = (text: string) => (principal && seesNames(principal) ? withNames(text, this.names) : text);
    const name = encodeURIComponent(`${evaluation.title} 评估准备.xlsx`);
    response
      .type(workbookType)
      .setHeader('Content-Disposition', `attachment; filename="${id}-readiness.xlsx"; filename*=UTF-8''${name}`)
      .send(await readinessWorkbook({ title: evaluation.title, zone, ...found, named }, now));
  }

  private async read(plan: string, id: string, query: MomentQuery, position: string | undefined) {
    await this.reading.wait(position);
    const evaluation = await readEvaluation(this.views, plan, id);
    const { period } = evaluation;
    const today = await this.overviews.find({ plan, period, moment: {}, position });
    const moment = meantBy(query, evaluation, { now: today.now, zone: today.plan.timeZone });
    const { overview, asOf, now } = await this.overviews.find({ plan, period, moment, position });
    const found = await readReadiness(this.views, { plan, period, asOf, now, overview });
    return { evaluation, now, zone: today.plan.timeZone, ...found };
  }
}

/** The moment that is asked; else that of the scheme where it has come; else now. */
function meantBy(
  { asOf, atPosition }: MomentQuery,
  { asOf: meant }: EvaluationDocument,
  { now, zone }: { readonly now: string; readonly zone: string },
): MomentQuery {
  if (asOf !== undefined || atPosition !== undefined || meant === undefined) return { asOf, atPosition };
  return parseKnownTime(meant, zone) <= now ? { asOf: meant } : {};
}
