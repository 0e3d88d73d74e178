import type { OpenAPIObject } from '@nestjs/swagger';

/** A schema of the OpenAPI document with references resolved. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body?: Schema;
}

/** All operations of the OpenAPI document. @throws if it contains a reference to a schema that does not exist */
export function operationsOf(document: OpenAPIObject): Operation[] {
  const resolved = (schema: unknown): Schema => {
    const { $ref, allOf, items, properties, ...rest } = schema as Schema & { $ref?: string; allOf?: unknown[] };
    if ($ref !== undefined) {
      const named = document.components?.schemas?.[$ref.replace('#/components/schemas/', '')];
      if (!named) throw new Error(`the schema ${$ref} does not exist`);
      return resolved(named);
    }
    return {
      ...(allOf && Object.assign({}, ...allOf.map(resolved))),
      ...rest,
      ...(items && { items: resolved(items) }),
      ...(properties && {
        properties: Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, resolved(of)])),
      }),
    } as Schema;
  };

  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { parameters?: Parameter[]; requestBody?: unknown }>).map(
      ([method, { parameters = [], requestBody }]): Operation => {
        const sent = requestBody as { content?: Record<string, { schema: unknown }> } | undefined;
        const json = sent?.content?.['application/json'];
        return {
          method: method.toUpperCase(),
          path,
          parameters: parameters.map((parameter) => ({ ...parameter, schema: resolved(parameter.schema) })),
          ...(json && { body: resolved(json.schema) }),
        };
      },
    ),
  );
}
