import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** OpenAPI wants each parameter of an address declared; Nest declares those that a handler takes one by one. */
export function declarePathParameters({ paths }: OpenAPIObject): void {
  for (const [path, item] of Object.entries(paths)) {
    for (const method of methods) if (item[method]) declare(path, item[method]);
  }
}

function declare(path: string, operation: Operation): void {
  const parameters = (operation.parameters ??= []);
  for (const [, name] of path.matchAll(/\{(\w+)\}/g)) {
    if (parameters.some((parameter) => 'in' in parameter && parameter.in === 'path' && parameter.name === name))
      continue;
    parameters.push({ name: name!, in: 'path', required: true, schema: { type: 'string' } });
  }
}
