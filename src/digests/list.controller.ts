import { Controller, Get, Headers, Inject, Param, Query, type Type } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { Needs } from '../http/rights.js';
import { WholeText } from '../http/whole-text.js';
import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import { invalid } from '../kernel/errors.js';
import { parsePeriod } from '../kernel/period.js';
import { overviewIn } from '../overview/overview-in-language.js';
import { OVERVIEWS, type Overviews } from '../overview/overviews.js';
import { assertUnitThen, unitOf } from '../plans/lookup.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { OneOf, Text } from '../slice/field.js';
import { SeenQuery } from '../overview/seen-query.js';
import { concern, listPage, type ListKind, type ListPage } from './lists.js';
import { overviewThing, type OverviewThing } from './things.js';

/** The list of things of one kind as they are judged as of a moment, and each of them. */
export function listController(own: ListKind): Type {
  class ListQuery extends SeenQuery {
    @Text({ label: '查找', description: '各词都须出现', max: 100, optional: true, example: '养老' })
    q?: string;

    @OneOf([concern, ...Object.keys(own.sorts)], {
      label: '排序',
      description: '不填即原有次序；concern：最须关注的在前',
      optional: true,
    })
    sort?: string;

    @OneOf(['asc', 'desc'], { label: '次序', description: '不填即 asc', optional: true })
    order?: 'asc' | 'desc';

    @Text({ label: '游标', description: '上一页答复中的 next', max: 100, optional: true })
    cursor?: string;

    @WholeText(1, 500, '条数，不填即 50')
    limit?: string;

    unit?: string;
    readonly [filter: string]: string | undefined;
  }
  for (const [name, { label, description, values }] of Object.entries(own.filters)) {
    const options = { label, description, optional: true };
    const isOneOf = typeof values === 'function' ? Text({ ...options, max: 60 }) : OneOf(values, options);
    isOneOf(ListQuery.prototype, name);
  }
  if (own.unitIn) {
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
    ): Promise<ListPage<object, object>> {
      const { period, language, asOf, atPosition, q, sort, order, cursor, limit = '50', unit, ...filters } = query;
      const found = await this.overviews.find({ plan, period, moment: { asOf, atPosition }, position });
      if (unit !== undefined) {
        unitOf(found.plan, unit);
        assertUnitThen(found.plan, unit, parsePeriod(found.overview.period));
      }
      assertKnown(own, filters, found.plan);
      const question = { unit, filters, q, sort, order, cursor, limit: Number(limit) };
      return listPage(overviewIn(found.overview, language), own, question);
    }

    @Needs('plans.read')
    @Get(':id')
    @ApiOperation({ summary: `一项${own.label}届时的状态，与有关的问题、核查`, operationId: `get${own.item}` })
    @ApiParam({ name: 'id', type: String, description: '编号' })
    @ApiAnswer(own.item)
    async get(
      @Param('plan') plan: string,
      @Param('id') id: string,
      @Query(CheckedQuery(SeenQuery)) { period, language, ...moment }: SeenQuery,
      @Headers('tongjian-position') position: string | undefined,
    ): Promise<OverviewThing<object>> {
      const { overview } = await this.overviews.find({ plan, period, moment, position });
      return overviewThing(overviewIn(overview, language), own, id);
    }
  }
  Object.defineProperty(ListQuery, 'name', { value: `${own.answer}Query` });
  Object.defineProperty(ListController, 'name', { value: `${own.answer}Controller` });
  return ListController;
}

/** Checks the filters whose values the plan says. @throws {DomainError} `input.invalid` */
function assertKnown(own: ListKind, filters: Readonly<Record<string, string | undefined>>, plan: PlanDocument): void {
  for (const [name, { label, values }] of Object.entries(own.filters)) {
    const value = filters[name];
    if (value === undefined || typeof values !== 'function') continue;
    const known = values(plan);
    if (known.includes(value)) continue;
    throw invalid('input.invalid', `${label}须为 ${known.join('、')} 之一${orMeant(codeMeant(value, known))}`, name);
  }
}
