import { Controller, Get, Headers, Inject, Param, Query, type Type } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Light } from '../assessment/judgement.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { Needs } from '../http/rights.js';
import { WholeText } from '../http/whole-text.js';
import { overviewIn } from '../overview/overview-in-language.js';
import { OVERVIEWS, type Overviews } from '../overview/overviews.js';
import { assertUnitThen, unitOf } from '../plans/lookup.js';
import { parsePeriod } from '../kernel/period.js';
import { OneOf, Text } from '../slice/field.js';
import { DigestQuery } from './digests.controller.js';
import { listedThing, listPage, type ListKind, type ListPage } from './lists.js';

/** The list of things of one kind as they are judged as of a moment, and each of them. */
export function listController(own: ListKind): Type {
  class ListQuery extends DigestQuery {
    @Text({ label: '查找', description: '各词都须出现', max: 100, optional: true, example: '养老' })
    q?: string;

    @OneOf(own.states, { label: '状态', optional: true })
    state?: string;

    @OneOf(Object.keys(own.sorts), { label: '排序', description: '不填即原有次序', optional: true })
    sort?: string;

    @OneOf(['asc', 'desc'], { label: '次序', description: '不填即 asc', optional: true })
    order?: 'asc' | 'desc';

    @Text({ label: '游标', description: '上一页答复中的 next', max: 100, optional: true })
    cursor?: string;

    @WholeText(1, 500, '条数，不填即 50')
    limit?: string;

    light?: Light;
    unit?: string;
  }
  if (own.light)
    OneOf(['green', 'yellow', 'red', 'grey'], { label: '亮灯', optional: true })(ListQuery.prototype, 'light');
  if (own.unit) {
    const options = { label: '单位代码', description: '含其下各单位', max: 60, optional: true, example: '331102' };
    Text(options)(ListQuery.prototype, 'unit');
  }

  @ApiTags('overview')
  @Controller(`plans/:plan/overview/${own.resource}`)
  class ListController {
    constructor(@Inject(OVERVIEWS) private readonly overviews: Overviews) {}

    @Needs('plans.read')
    @Get()
    @ApiOperation({ summary: `${own.label}的清单：届时的状态，可筛选、排序、查找`, operationId: `list${own.answer}` })
    @ApiAnswer(own.answer)
    async list(
      @Param('plan') plan: string,
      @Query(CheckedQuery(ListQuery)) query: ListQuery,
      @Headers('tongjian-position') position: string | undefined,
    ): Promise<ListPage<object>> {
      const { period, language, asOf, atPosition, limit = '50', ...question } = query;
      const moment = { asOf, atPosition };
      const found = await this.overviews.find({ plan, period, moment, position });
      if (question.unit !== undefined) {
        unitOf(found.plan, question.unit);
        assertUnitThen(found.plan, question.unit, parsePeriod(found.overview.period));
      }
      return listPage(overviewIn(found.overview, language), own, { ...question, limit: Number(limit) });
    }

    @Needs('plans.read')
    @Get(':id')
    @ApiOperation({ summary: `一项${own.label}届时的状态`, operationId: `getOverview${own.item}` })
    @ApiParam({ name: 'id', type: String, description: '编号' })
    @ApiAnswer(own.item)
    async get(
      @Param('plan') plan: string,
      @Param('id') id: string,
      @Query(CheckedQuery(DigestQuery)) { period, language: _, ...moment }: DigestQuery,
      @Headers('tongjian-position') position: string | undefined,
    ): Promise<object> {
      const { overview } = await this.overviews.find({ plan, period, moment, position });
      return listedThing(overview, own, id);
    }
  }
  Object.defineProperty(ListQuery, 'name', { value: `${own.answer}Query` });
  Object.defineProperty(ListController, 'name', { value: `${own.answer}Controller` });
  return ListController;
}
