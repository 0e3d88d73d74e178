import { Controller, Get, Headers, Inject, Param, Query, type Type } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Engine } from '../engine.js';
import { ApiAnswer, type Passing } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery, awaitPosition, momentOf } from '../http/moment.js';
import { notFound } from '../kernel/errors.js';
import type { Projection } from '../kernel/projection.js';
import { readPlan } from '../plans/read-plan.js';
import { ENGINE } from '../tokens.js';

interface Documents<Document> {
  /** The resource under a plan, `projects`. */
  readonly resource: string;
  /** What one of them is called, `项目`. */
  readonly label: string;
  readonly projection: Projection<Document>;
  /** The document's type, as `openapi/answers.ts` exports it. */
  readonly answer: string;
}

/** The documents that a slice keeps one a thing, under `plan/id`: the list of them and each, as of any moment. */
export function documentController<Document>({ resource, label, projection, answer }: Documents<Document>): Type {
  @ApiTags(resource)
  @Controller(`plans/:plan/${resource}`)
  class DocumentsController {
    constructor(@Inject(ENGINE) private readonly engine: Engine) {}

    @Get()
    @ApiOperation({ summary: `规划的${label}`, operationId: `list${answer}s` })
    @ApiAnswer(answer, { list: true })
    async list(
      @Param('plan') plan: string,
      @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
      @Headers('tongjian-position') position: string | undefined,
    ): Promise<Passing<Document[]>> {
      await awaitPosition(this.engine, position);
      const asOf = await momentOf(this.engine, plan, query);
      await readPlan(this.engine.views, plan, asOf);
      return (await this.engine.views.listWritten(projection, `${plan}/`, { asOf })).map(({ body }) => body);
    }

    @Get(':id')
    @ApiOperation({ summary: `一项${label}`, operationId: `get${answer}` })
    @ApiParam({ name: 'id', type: String, description: '编号' })
    @ApiAnswer(answer)
    async get(
      @Param('plan') plan: string,
      @Param('id') id: string,
      @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
      @Headers('tongjian-position') position: string | undefined,
    ): Promise<Document> {
      await awaitPosition(this.engine, position);
      const asOf = await momentOf(this.engine, plan, query);
      await readPlan(this.engine.views, plan, asOf);
      const found = await this.engine.views.get(projection, `${plan}/${id}`, asOf);
      if (!found) throw notFound('document.unknown', `规划 ${plan} 没有${label} ${id}：请核对编号`);
      return found.body;
    }
  }
  Object.defineProperty(DocumentsController, 'name', { value: `${answer}sController` });
  return DocumentsController;
}
