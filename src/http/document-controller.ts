import { Controller, Get, Headers, Inject, Param, Query, type Type } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { notFound } from '../kernel/errors.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { codesOf, orCodeMeant } from '../slice/known-codes.js';
import type { DocumentRoute } from '../slice/slice.js';
import { ApiAnswer, type Passing } from './api-answer.js';
import { CheckedQuery } from './checked-query.js';
import { MomentQuery } from './moment.js';
import { READING, type Reading } from './reading.js';
import { Needs } from './rights.js';

/** The HTTP resource of a slice's documents, kept under `plan/id`: the list of them and each one, as of any moment. */
export function documentController({ resource, label, projection, answer }: DocumentRoute): Type {
  @ApiTags(resource)
  @Controller(`plans/:plan/${resource}`)
  class DocumentsController {
    constructor(
      @Inject(READING) private readonly reading: Reading,
      @Inject(VIEWS) private readonly views: Views,
    ) {}

    @Needs('plans.read')
    @Get()
    @ApiOperation({ summary: `规划的${label}`, operationId: `list${answer}s` })
    @ApiAnswer(answer, { list: true })
    async list(
      @Param('plan') plan: string,
      @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
      @Headers('tongjian-position') position: string | undefined,
    ): Promise<Passing<unknown[]>> {
      const asOf = await this.reading.momentOfPlan(plan, query, position);
      return (await this.views.listWritten(projection, `${plan}/`, { asOf })).map(({ body }) => body);
    }

    @Needs('plans.read')
    @Get(':id')
    @ApiOperation({ summary: `一项${label}`, operationId: `get${answer}` })
    @ApiParam({ name: 'id', type: String, description: '编号' })
    @ApiAnswer(answer)
    async get(
      @Param('plan') plan: string,
      @Param('id') id: string,
      @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
      @Headers('tongjian-position') position: string | undefined,
    ): Promise<unknown> {
      const asOf = await this.reading.momentOfPlan(plan, query, position);
      const found = await this.views.get(projection, `${plan}/${id}`, asOf);
      if (!found) {
        const meant = await orCodeMeant(id, codesOf(this.views, projection, plan, asOf));
        throw notFound('document.unknown', `规划 ${plan} 没有${label} ${id}：请核对编号${meant}`);
      }
      return found.body;
    }
  }
  Object.defineProperty(DocumentsController, 'name', { value: `${answer}sController` });
  return DocumentsController;
}
