import { NestFactory } from '@nestjs/core';
import { SwaggerModule } from '@nestjs/swagger';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import 'reflect-metadata';
import { AppModule } from './app.module.js';
import type { Engine } from './engine.js';
import { openApiDocument } from './openapi/openapi.js';
import { ProblemFilter } from './http/problem.filter.js';

const page = fileURLToPath(new URL('../web/dist', import.meta.url));

/** The HTTP server around an engine: the API under `/api`, its document at `/api/docs`, and the page. */
export async function createServer(engine: Engine): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.around(engine), {
    bodyParser: false,
    logger: ['error', 'warn'],
  });
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  // Styles are inline because the page's component library and the reports write them so.
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: { 'style-src': ["'self'", "'unsafe-inline'"], 'upgrade-insecure-requests': null },
      },
      strictTransportSecurity: false,
    }),
  );
  app.use('/api/submissions', json({ limit: '64mb', strict: false }));
  app.use(json({ limit: '1mb', strict: false }));
  app.use('/api', requireJson);
  app.useGlobalFilters(new ProblemFilter());
  app.setGlobalPrefix('api');
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'api/openapi.json' });
  if (existsSync(page)) app.useStaticAssets(page, { index: 'index.html' });
  return app;
}

/** A body that is not JSON is refused, not passed by unread. */
function requireJson(request: Request, _: Response, next: NextFunction): void {
  const hasBody =
    Number(request.headers['content-length'] ?? 0) > 0 || request.headers['transfer-encoding'] !== undefined;
  if (hasBody && !request.is('application/json')) {
    next(Object.assign(new Error('unsupported media type'), { status: 415 }));
    return;
  }
  next();
}
