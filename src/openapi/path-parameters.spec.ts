import type { OpenAPIObject } from '@nestjs/swagger';
import { declarePathParameters } from './path-parameters.js';

it('declares what an address names, once, in each of its operations', () => {
  const path = (name: string) => ({ name, in: 'path' as const, required: true, schema: { type: 'string' } });
  const plan = { ...path('plan'), description: 'kept as it is' };
  const header = { name: 'id', in: 'header' as const };
  const document: OpenAPIObject = {
    openapi: '3.0.0',
    info: { title: '', version: '' },
    paths: {
      '/plans/{plan}/tasks/{id}': { get: { parameters: [header, plan], responses: {} }, put: { responses: {} } },
      '/plans': { get: { responses: {} } },
    },
  };
  declarePathParameters(document);
  const { '/plans/{plan}/tasks/{id}': task, '/plans': plans } = document.paths;
  expect(task!.get!.parameters).toEqual([header, plan, path('id')]);
  expect(task!.put!.parameters).toEqual([path('plan'), path('id')]);
  expect(plans!.get!.parameters).toEqual([]);
});
