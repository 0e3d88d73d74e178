import { NestFactory } from '@nestjs/core';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json, raw, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import 'reflect-metadata';
import { withRequest } from './access/principal.js';
import { largestEvidence } from './evidence/evidence.commands.js';
import { largestWordFile } from './reports/letterhead.js';
import { SCANNER, scannerOf } from './evidence/scanner.js';
import { AppModule } from './http/app.module.js';
import type { OpenIdSettings, Role } from './config.js';
import type { Engine } from './engine.js';
import { invalid } from './kernel/errors.js';
import { repeatedKey } from './kernel/json.js';
import { openApiDocument } from './openapi/openapi.js';
import { CredentialKeeping } from './people/credential-keeping.js';
import { DEMONSTRATION, Demonstration } from './people/demonstration.js';
import { DirectoryNames } from './people/directory-names.js';
import { IDENTITY, type Identity } from './people/identity.js';
import type { Rights } from './people/rights.js';
import { SecretKey } from './credentials/secret-key.js';
import { OPENID, OpenId } from './sign-in/openid.js';
import { RequestPrincipals } from './people/request-principals.js';
import type { CommandCarrier } from './slice/command-gateway.js';
import { slices } from './slices.js';
import { Loading } from './operations/loading.js';
import { packageFile } from './operations/package-file.js';
import { Admission, admissionLimits } from './http/admission.js';
import { CLOSING, Connections } from './http/connections.js';
import { jsonBytes } from './http/json-bytes.js';
import { Metrics } from './http/metrics.js';
import { NAMES, putNames } from './http/names.js';
import { ownRequests } from './http/own-requests.js';
import { pageIn } from './http/page.js';
import { compressAnswers } from './http/compression.js';
import { ProblemFilter } from './http/problem.filter.js';
import { ViewsAge } from './http/views-age.js';
import { FEED_RUNNER, FeedRunner } from './feeds/feed-runner.js';
import { FeedFetching } from './feeds/fetch-source.js';
import { WEBHOOK_SENDER, WebhookSender } from './webhooks/webhook-sender.js';

const page = packageFile('web/dist');

export interface HttpServer {
  /** Carries commands out as the routes do: the credential store follows those about people. */
  readonly gateway: CommandCarrier;
  /** What it serves as `/api/openapi.json`; it need not listen for that. */
  document(): OpenAPIObject;
  /** Resolves with its address. Port 0 is any that is free. */
  listen(port: number, host: string): Promise<string>;
  /** Answers what was asked before it ends, and cuts off who is slower than eight seconds. */
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly role?: Role;
  readonly metrics?: Metrics;
  readonly loading?: Loading;
  /** Host names under which it answers, besides addresses and `localhost`. */
  readonly hostNames?: readonly string[];
  /** What the operator of this machine shows; nobody is let in as operator without it. */
  readonly operatorKey?: string;
  /** How people and programs are let in; nobody but the operator is without it. */
  readonly identity?: Identity<Rights>;
  /** The accounts that anybody at this machine enters with a click. */
  readonly demonstration?: Demonstration;
  /** The program that looks for viruses in evidence. */
  readonly scanProgram?: string;
  /** Signs and sends the messages of webhooks; by default with the key of `identity`, to public addresses only. */
  readonly webhookSender?: WebhookSender;
  /** Fetches feeds; by default from public addresses only. */
  readonly feedRunner?: FeedRunner;
  /** The OpenID provider by which people may sign in. */
  readonly openId?: OpenIdSettings;
}

/**
 * The HTTP server around an engine: the API under `/api`, its document at `/api/docs`, and the page; of a projector, its
 * health.
 */
export async function createServer(engine: Engine, options: ServerOptions = {}): Promise<HttpServer> {
  const {
    role = 'all',
    metrics = new Metrics(),
    loading = new Loading(),
    hostNames = [],
    operatorKey,
    identity,
    openId,
    scanProgram,
    webhookSender = new WebhookSender(identity?.key ?? SecretKey.passing(), engine.clock),
    feedRunner = new FeedRunner(engine, new FeedFetching({ hosts: [] }), scannerOf(scanProgram)),
    demonstration = new Demonstration(),
  } = options;
  const principals = new RequestPrincipals(operatorKey, identity);
  const names = new DirectoryNames(identity?.credentials.directory);
  const gateway = new CredentialKeeping(engine.gateway, identity, names);
  const closing = new AbortController();
  const ports = [
    ...engine.ports(),
    { provide: CLOSING, useValue: closing.signal },
    { provide: IDENTITY, useValue: identity },
    { provide: DEMONSTRATION, useValue: demonstration },
    { provide: NAMES, useValue: names },
    { provide: SCANNER, useValue: scannerOf(scanProgram) },
    { provide: WEBHOOK_SENDER, useValue: webhookSender },
    { provide: FEED_RUNNER, useValue: feedRunner },
    { provide: OPENID, useValue: identity && new OpenId(openId, identity.key, identity.clock) },
  ];
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.of({ slices, ports, gateway, metrics, loading, role, principals }),
    {
      bodyParser: false,
      logger: ['error', 'warn'],
    },
  );
  const server = app.getHttpServer();
  // A request, from its first byte to its last; 32 MB over loopback take a second.
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 10_000;
  server.maxConnections = 4_096;
  const connections = new Connections(server);
  const admission = new Admission(admissionLimits, metrics.countRefusal);
  metrics.watchLanes(() => admission.standing());
  app.disable('x-powered-by');
  // The proxy that ends TLS says who asks.
  if (identity?.cookie.isBound) app.set('trust proxy', 1);
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
  // Each of those who look after a request waits for its end: more than the ten that are usually a leak.
  app.use((_: Request, response: Response, next: NextFunction) => {
    response.setMaxListeners(20);
    next();
  });
  app.use((_: Request, __: Response, next: NextFunction) => withRequest(next));
  app.use(ownRequests(hostNames));
  app.use('/api', keptNowhere);
  // Before all that writes answers: those write into it.
  app.use('/api', compressAnswers);
  // Before `sendBytes`, which passes on to it what it has written.
  app.use('/api', putNames(names));
  app.use(sendBytes);
  app.use(metrics.watchRequest, connections.refuseWhenClosing, admission.watchReader, admission.countBody);
  app.use('/api/submissions', json({ limit: '32mb', strict: false, verify: refuseRepeatedKeys }));
  app.use(/^\/api\/plans\/[^/]+\/reports$/, json({ limit: '16mb', strict: false, verify: refuseRepeatedKeys }));
  app.use(/^\/api\/plans\/[^/]+\/evidence$/, raw({ type: '*/*', limit: largestEvidence }));
  app.use(/^\/api\/plans\/[^/]+\/(reports\/reconcile|.*\/report\.docx)$/, raw({ type: '*/*', limit: largestWordFile }));
  app.use(json({ limit: '1mb', strict: false, verify: refuseRepeatedKeys }));
  app.use('/api', requireJson);
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalInterceptors(admission, new ViewsAge(engine.freshness));
  app.setGlobalPrefix('api');
  const document = () => openApiDocument(app);
  SwaggerModule.setup('api/docs', app, document, { jsonDocumentUrl: 'api/openapi.json' });
  if (role !== 'projector' && existsSync(join(page, 'index.html'))) app.use(pageIn(page));
  return {
    gateway,
    document,
    async listen(port, host) {
      await app.listen(port, host);
      return `http://${reachable(host)}:${(server.address() as AddressInfo).port}`;
    },
    async close() {
      closing.abort();
      await connections.close(8_000);
      await app.close();
    },
  };
}

/** Who listens everywhere is reached on loopback. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * What one person may see is kept nowhere for the next, not even in their browser: another person may sit there next. The
 * page holds answers in its memory, and asks by their ETag whether they have changed; it is a hash of what is answered to
 * this person, so that nobody is told anything of an answer that is not theirs.
 */
function keptNowhere({ headers }: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  // Browsers add it to what a page asks by an ETag. It asks caches to ask here, and makes Express answer in full.
  delete headers['cache-control'];
  next();
}

/** Answers go out as the bytes that they are written to, see `jsonBytes`. */
function sendBytes(_: Request, response: Response, next: NextFunction): void {
  const json = response.json.bind(response);
  response.json = (answer: unknown) => {
    if (typeof answer !== 'object' || answer === null) return json(answer);
    const type = response.get('content-type') ?? 'application/json';
    // As Express says of a text.
    if (!type.includes('charset=')) response.setHeader('Content-Type', `${type}; charset=utf-8`);
    return response.send(jsonBytes(answer));
  };
  next();
}

/** What a key says twice differently is not for the parser to choose. */
function refuseRepeatedKeys(_: IncomingMessage, __: ServerResponse, body: Buffer, encoding: string): void {
  const key = repeatedKey(new TextDecoder(encoding).decode(body));
  if (key === undefined) return;
  const shown = key.slice(0, 80);
  throw invalid('request.repeated-key', `请求内容中同一处有两个“${shown}”：请只留一个`, shown);
}

/** A body that is not JSON is refused, not passed by unread. */
function requireJson(request: Request, _: Response, next: NextFunction): void {
  const hasBody =
    Number(request.headers['content-length'] ?? 0) > 0 || request.headers['transfer-encoding'] !== undefined;
  if (hasBody && !Buffer.isBuffer(request.body) && !request.is('application/json')) {
    next(Object.assign(new Error('unsupported media type'), { status: 415 }));
    return;
  }
  next();
}
