import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { packageFile } from '../operations/package-file.js';
import { declarePathParameters } from './path-parameters.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** The OpenAPI document: commands from their classes, answers from their TypeScript types. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('通鉴 Tongjian')
      .setDescription('规划监测评估引擎：事件溯源，可按任一日掌握的数据回放')
      .setVersion('1')
      .build(),
  );
  declarePathParameters(document);
  const answers = JSON.parse(readFileSync(packageFile('generated/answers.schema.json'), 'utf8')) as Schemas;
  document.components = { ...document.components, schemas: { ...answers, ...document.components?.schemas } };
  return document;
}
