import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOkResponse } from '@nestjs/swagger';
import type { WrittenJson } from '../kernel/json.js';
import { ApiProblems } from './api-models.js';

/** An answer whose lists of documents are passed on as they are kept. */
export type Passing<Answer> = Answer extends readonly (infer Item)[]
  ? readonly WrittenJson<Item>[]
  : { readonly [Key in keyof Answer]: Answer[Key] extends readonly unknown[] ? Passing<Answer[Key]> : Answer[Key] };

/** A stream of server-sent events whose `data` is JSON of the exported type of that name. */
export const ApiEventStream = (name: string): MethodDecorator =>
  applyDecorators(
    ApiOkResponse({
      description: '事件流（server-sent events），每个事件的 data 为一个 JSON',
      content: { 'text/event-stream': { schema: { $ref: `#/components/schemas/${name}` } } },
    }),
    ApiProblems(),
  );

/**
 * The answer of a query in the OpenAPI document. The build makes its schema from the exported TypeScript type of that
 * name (`scripts/answers-schema.mjs`), so that code and document agree.
 */
export function ApiAnswer(name: string, { list = false }: { list?: boolean } = {}): MethodDecorator {
  const reference = { $ref: `#/components/schemas/${name}` };
  return applyDecorators(
    ApiOkResponse({ schema: list ? { type: 'array', items: reference } : reference }),
    ApiHeader({ name: 'Tongjian-Position', description: '等到视图跟上该系统记录序号再答（读到自己的写入）' }),
    ApiProblems(),
  );
}
