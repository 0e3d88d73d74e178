import { readConfig } from '../../src/config.js';
import { run, type Running } from '../../src/start.js';
import { asOperator, operatorKey } from './operator.js';
import { createInstallation, type InstallationKind } from './house.js';
import { lishui, seedFiles } from './seeds.js';

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly text: string;
}

export interface TestServer extends Running {
  readonly plan: string;
  /** Sends a request without a body. */
  ask<Body>(method: string, path: string, headers?: Record<string, string>): Promise<Answer<Body>>;
  get<Body>(path: string, headers?: Record<string, string>): Promise<Answer<Body>>;
  post<Body>(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer<Body>>;
  close(): Promise<void>;
}

/**
 * Starts the program's HTTP server in a new installation, with the plan of Lishui and (`demo`) its demonstration data.
 */
export async function startTestServer({
  demo = true,
  kind,
  environment = {},
}: { demo?: boolean; kind?: InstallationKind; environment?: NodeJS.ProcessEnv } = {}): Promise<TestServer> {
  const installation = await createInstallation(kind);
  const server = await serve(installation.data, { ...installation.environment, ...environment });
  await server.engine.submissions.submit(seedFiles(lishui));
  if (demo) await server.engine.submissions.submit(seedFiles(`${lishui}-demo`));
  await server.engine.caughtUp();
  return {
    ...server,
    async close() {
      await server.close();
      await installation.remove();
    },
  };
}

/** Starts the program's HTTP server on an existing data folder or servers, which `close` does not remove. */
export async function serve(data: string, environment: NodeJS.ProcessEnv = {}, port = 0): Promise<TestServer> {
  const running = await run(
    readConfig({ TONGJIAN_OPERATOR_KEY: operatorKey, ...environment }, { port, data, demo: false }),
  );
  const request = async <Body>(path: string, init: RequestInit): Promise<Answer<Body>> => {
    const response = await fetch(`${running.url}${path}`, init);
    const text = await response.text();
    const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '');
    const body = (isJson ? JSON.parse(text) : {}) as Body;
    return { status: response.status, headers: response.headers, body, text };
  };
  return {
    ...running,
    plan: `/api/plans/${lishui}`,
    ask: (method, path, headers = {}) => request(path, { method, headers: { ...asOperator, ...headers } }),
    get: (path, headers = {}) => request(path, { headers: { ...asOperator, ...headers } }),
    post: (path, body, headers = {}) =>
      request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...asOperator, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    close: () => running.stop(),
  };
}
