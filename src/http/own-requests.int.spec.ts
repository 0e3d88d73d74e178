import { request } from 'node:http';
import { memoryEngine } from '../../test/support/engine.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import { createServer, type HttpServer } from '../server.js';
import { asOperator, operatorKey } from '../../test/support/operator.js';

let engine: Engine;
let server: HttpServer;
let port: number;
beforeAll(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(smallPlan());
  await engine.caughtUp();
  server = await createServer(engine, { hostNames: ['tongjian.example'], operatorKey });
  port = Number(new URL(await server.listen(0, '127.0.0.1')).port);
});
afterAll(async () => {
  await server.close();
  await engine.close();
});

/** What a request with these headers is answered: its status, and the code of a problem. */
function answer(
  headers: Readonly<Record<string, string>>,
  { method = 'GET', path = '/api/plans' } = {},
): Promise<[status: number, code?: string]> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path, headers: { ...asOperator, ...headers } },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () => {
          const { code } = (body ? JSON.parse(body) : {}) as { code?: string };
          resolve(code === undefined ? [response.statusCode!] : [response.statusCode!, code]);
        });
      },
    );
    sent.on('error', reject).end();
  });
}

describe('the name under which the server is asked', () => {
  it.each([
    '127.0.0.1',
    '127.0.0.1:3000',
    '[::1]:3000',
    '10.0.0.7',
    'localhost:3000',
    'tongjian.example',
    'Tongjian.Example:8443',
  ])('may be %s', async (host) => {
    expect(await answer({ Host: host })).toEqual([200]);
  });

  it.each(['evil.example', 'tongjian.example.evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'a b'])(
    'is not %j, which another site may point here',
    async (host) => {
      expect(await answer({ Host: host })).toEqual([403, 'request.host']);
      expect(await answer({ Host: host }, { path: '/' })).toEqual([403, 'request.host']);
    },
  );
});

describe('a write', () => {
  const write = { method: 'POST', path: '/api/plans/small/closing' };
  const closed = async () => (await engine.log.readStream('plan-small')).some(({ type }) => type === 'PlanClosed');

  it.each<Record<string, string>>([
    { Origin: 'http://evil.example' },
    { Origin: 'null' },
    { Origin: 'http://127.0.0.1:1' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site', Origin: 'http://127.0.0.1:{port}' },
  ])('of the page of another site is refused: %j', async (headers) => {
    const sent = Object.entries(headers).map(([name, value]) => [name, value.replace('{port}', String(port))]);
    expect(await answer(Object.fromEntries(sent) as never, write)).toEqual([403, 'request.foreign-site']);
    expect(await closed()).toBe(false);
  });

  it.each<Record<string, string>>([
    {},
    { Origin: 'http://127.0.0.1:{port}', 'Sec-Fetch-Site': 'same-origin' },
    { Host: 'tongjian.example', Origin: 'https://tongjian.example', 'Sec-Fetch-Site': 'same-origin' },
  ])('of its own page, or of a program, is taken: %j', async (headers) => {
    const sent = Object.entries(headers).map(([name, value]) => [name, value.replace('{port}', String(port))]);
    const [status, code] = await answer(Object.fromEntries(sent) as never, write);
    expect([status, code]).not.toEqual([403, 'request.foreign-site']);
  });

  it('of another site may read nothing, but is not refused to ask: the answer stays out of its reach', async () => {
    expect(await answer({ Origin: 'http://evil.example' })).toEqual([200]);
  });
});
