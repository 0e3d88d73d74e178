import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { currentPrincipal, seesNames } from '../access/principal.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { NAMES, withNames, type Names } from '../http/names.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { tableWorkbook, workbookType } from '../http/table-workbook.js';
import { CATALOGUE, type Catalogue } from '../kernel/catalogue.js';
import { invalid, notFound } from '../kernel/errors.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { IDENTITY, type Identity } from '../people/identity.js';
import { periodOfPlan } from '../plans/lookup.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { askedOf, AuditFilters, AuditQuery, told } from './audit.query.js';
import { isCorrection } from './corrections.js';
import { nextPage } from './trail.controller.js';
import { sendCsv, trailColumns } from './trail-csv.js';
import type { PageOptions, TrailQuery } from './trail-search.js';
import { TRAIL, type EventRecord, type Trail, type TrailCount, type TrailPage } from './trail.js';
import type { TrailEntry } from './trail-entry.js';

/** What the search of the audit trail offers for choice. */
export interface AuditChoices {
  /** Who did something under the plan. Of who signs in, the name is the id: the boundary of HTTP puts the name in. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly actions: readonly { readonly type: string; readonly label: string; readonly isCorrection: boolean }[];
}

/** A file has at most so many entries. */
const exported = 10_000;

/** The search of the audit trail of a plan, and one of its events. */
@ApiTags('audit')
@Controller('plans/:plan/audit')
export class AuditController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(TRAIL) private readonly trail: Trail,
    @Inject(CATALOGUE) private readonly catalogue: Catalogue,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
    @Inject(NAMES) private readonly names: Names,
    @Inject(IDENTITY) private readonly identity: Identity | undefined,
  ) {}

  @Needs('audit.read')
  @Get()
  @ApiOperation({
    summary: '审计轨迹：按人、单位、指标、期间、动作、文字、两种时间的范围，可并用',
    description: '一页可能不满，甚至为空，而仍有下一页（next）：一次只查看索引的一段',
    operationId: 'getAudit',
  })
  @ApiProduces('application/json', 'text/csv', workbookType)
  @ApiAnswer('TrailPage')
  async page(
    @Param('plan') plan: string,
    @Query(CheckedQuery(AuditQuery)) query: AuditQuery,
    @Headers('tongjian-position') position: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrailPage | string | void> {
    const { cursor, limit, format } = query;
    const isFile = format === 'csv' || format === 'xlsx';
    const { document, asked, asOf } = await this.asked(plan, query, position);
    const options = { asOf, cursor, ...(limit !== undefined && { limit: Number(limit) }) };
    const page =
      isFile && limit === undefined
        ? await this.whole(plan, asked, options)
        : await this.trail.page(plan, asked, options);
    if (page.entries.length === 0) await this.assertKnown(document, query, page.next === undefined);
    if (page.next) response.setHeader('Link', nextPage(page.next));
    if (format === 'csv') return sendCsv(response, page.entries, document.timeZone);
    return format === 'xlsx' ? this.sendWorkbook(response, page.entries, document, query) : page;
  }

  @Needs('audit.read')
  @Get('total')
  @ApiOperation({
    summary: '审计轨迹：符合条件的有多少条',
    description: '一次只数索引的一段：答复中有 next 的，以其为 cursor 接着数',
    operationId: 'countAudit',
  })
  @ApiAnswer('TrailCount')
  async count(
    @Param('plan') plan: string,
    @Query(CheckedQuery(AuditFilters)) query: AuditFilters,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<TrailCount> {
    const { asked, asOf } = await this.asked(plan, query, position);
    return this.trail.count(plan, asked, { asOf, cursor: query.cursor });
  }

  @Needs('audit.read')
  @Get('choices')
  @ApiOperation({ summary: '审计轨迹：可选的经办人和动作', operationId: 'getAuditChoices' })
  @ApiAnswer('AuditChoices')
  async choices(
    @Param('plan') plan: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<AuditChoices> {
    await this.reading.wait(position);
    await readPlan(this.views, plan);
    return {
      people: await this.trail.actors(plan),
      actions: this.catalogue.types.map(({ name, label }) => ({
        ...{ type: name, label, isCorrection: isCorrection(name) },
      })),
    };
  }

  @Needs('audit.read')
  @Get('events/:position')
  @ApiOperation({
    summary: '一条系统记录：改动、经办人、依据、两种时间、在哈希链和流中的位置',
    operationId: 'getEvent',
  })
  @ApiAnswer('EventRecord')
  async event(
    @Param() { plan, position }: { plan: string; position: string },
    @Headers('tongjian-position') written: string | undefined,
  ): Promise<EventRecord> {
    if (!/^[1-9]\d{0,18}$/.test(position)) {
      throw invalid('position.malformed', `“${position.slice(0, 40)}”不是系统记录序号：序号是正整数`, 'position');
    }
    await this.reading.wait(written);
    await readPlan(this.views, plan);
    return this.trail.record(plan, position);
  }

  private async asked(plan: string, query: AuditFilters, position: string | undefined) {
    const { asOf: day, atPosition } = query;
    const asOf = await this.reading.moment(plan, { asOf: day, atPosition }, position);
    const document = await readPlan(this.views, plan);
    const asked = await askedOf(document, query, {
      ...{ reading: this.reading, views: this.views, trail: this.trail },
      actorsNamed: (text) => this.actorsNamed(plan, text),
    });
    return { document, asked, asOf };
  }

  /** Who did something under the plan and has this id, or a name with this text in it, where names are told. */
  private async actorsNamed(plan: string, text: string): Promise<string[]> {
    const principal = currentPrincipal();
    const isNamed = principal !== undefined && seesNames(principal);
    const ids = isNamed ? ((await this.identity?.credentials.directory.idsNamed(text)) ?? []) : [];
    const found = (await this.trail.actors(plan)).filter(
      ({ id, name }) => id === text || ids.includes(id) || (isNamed && id !== name && name.includes(text)),
    );
    if (found.length > 0) return found.map(({ id }) => id);
    const way = isNamed ? '请核对姓名或编号' : '请核对编号（令牌不能按姓名查）';
    throw notFound('audit.unknown-actor', `规划 ${plan} 的审计轨迹中没有经办人“${text}”：${way}`, 'person');
  }

  /** All that fit, for a file. @throws {DomainError} `audit.too-many` */
  private async whole(plan: string, asked: TrailQuery, options: PageOptions): Promise<TrailPage> {
    const page = await this.trail.page(plan, asked, { ...options, limit: exported, scan: Infinity });
    if (page.next === undefined) return page;
    throw invalid('audit.too-many', `符合条件的超过 ${exported} 条，一个文件装不下：请缩小时间范围，分次导出`);
  }

  private async sendWorkbook(
    response: Response,
    rows: readonly TrailEntry[],
    { title, timeZone }: PlanDocument,
    query: AuditQuery,
  ): Promise<void> {
    const principal = currentPrincipal();
    const named = (text: string) => (principal && seesNames(principal) ? withNames(text, this.names) : text);
    const now = await this.clock.now();
    const about = [['规划', title], ['条数', String(rows.length)], ...told(query, named)] as const;
    const workbook = await tableWorkbook(
      { ...{ title: '审计轨迹', columns: trailColumns, rows, zone: timeZone }, named, about },
      now,
    );
    response.type(workbookType);
    response.attachment('audit.xlsx');
    response.send(workbook);
  }

  /** Nothing was found: perhaps because there is no such person, or no such period. */
  private async assertKnown(plan: PlanDocument, { actor, period }: AuditQuery, isEnd: boolean): Promise<void> {
    if (actor !== undefined && !(await this.trail.knows(plan.plan, actor))) {
      const message = `规划 ${plan.plan} 的审计轨迹中没有经办人 ${actor}：请核对编号（不是姓名）`;
      throw notFound('audit.unknown-actor', message);
    }
    if (period !== undefined && isEnd) periodOfPlan(plan, period);
  }
}
