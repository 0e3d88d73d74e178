import { Controller, Get, Module, Post, Body, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json, type Response as ExpressResponse } from 'express';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { until } from '../../test/support/until.js';
import { Admission, Lane } from './admission.js';
import { ProblemFilter } from './problem.filter.js';
import { writeTo } from './stream.js';

const MB = 2 ** 20;
const stall = 200;

/** What the requests under way wait for. */
const gates: (() => void)[] = [];
let started = 0;
let cutOff = 0;

@Controller()
class Desk {
  @Get('ordinary')
  async ordinary() {
    await new Promise<void>((resolve) => gates.push(resolve));
    return { done: true };
  }

  @Lane('heavy')
  @Get('heavy')
  async heavy() {
    started++;
    await new Promise<void>((resolve) => gates.push(resolve));
    return { done: true };
  }

  @Lane('free')
  @Get('free')
  free() {
    return { done: true };
  }

  @Get('large')
  large() {
    return { text: 'x'.repeat(16 * MB) };
  }

  @Get('endless')
  async endless(@Res() response: ExpressResponse) {
    while (await writeTo(response, 'x'.repeat(MB), stall));
    cutOff++;
  }

  @Post('body')
  body(@Body() { text }: { text: string }) {
    return { length: text.length };
  }
}

@Module({ controllers: [Desk] })
class DeskModule {}

let app: NestExpressApplication;
let admission: Admission;
const refusals: string[] = [];
let url: string;

beforeAll(async () => {
  const limits = {
    ordinary: { atOnce: 2, waiting: 1 },
    heavy: { atOnce: 1, waiting: 1 },
    bodies: 3 * MB,
    unread: MB,
    stall,
  };
  admission = new Admission(limits, (by) => refusals.push(by));
  app = await NestFactory.create<NestExpressApplication>(DeskModule, { bodyParser: false, logger: false });
  app.use(admission.watchReader, admission.countBody, json({ limit: '2mb' }));
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalInterceptors(admission);
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
});
afterAll(() => app.close());

const get = (path: string, init: RequestInit = {}) => fetch(`${url}/${path}`, init);
const post = (text: string) =>
  get('body', { method: 'POST', body: JSON.stringify({ text }), headers: { 'content-type': 'application/json' } });
const open = () => gates.splice(0).forEach((gate) => gate());

async function expectBusy(response: Response): Promise<void> {
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await response.json()).toMatchObject({ code: 'server.busy' });
}

/** A client that asks and then takes nothing; and its connection as the server has it. */
async function neverReading(path: string): Promise<[client: Socket, connection: Socket]> {
  const asked = once(app.getHttpServer(), 'request') as Promise<[IncomingMessage]>;
  const client = connect(Number(new URL(url).port), '127.0.0.1');
  client.pause();
  client.write(`GET /${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  return [client, (await asked)[0].socket];
}

it('works on so many at once, lets so many wait, and refuses the rest', async () => {
  const working = [get('ordinary'), get('ordinary')];
  await until(() => gates.length === 2);
  const refused: Response[] = [];
  const answered: Response[] = [];
  const rest = Array.from({ length: 5 }, async () => {
    const response = await get('ordinary');
    (response.status === 503 ? refused : answered).push(response);
  });
  await until(() => refused.length === 4);
  for (const response of refused) await expectBusy(response);
  // The heavy have places of their own, and who watches the server needs none.
  const heavy = get('heavy');
  await until(() => gates.length === 3);
  expect((await get('free')).status).toBe(200);
  expect(answered).toEqual([]);
  expect(admission.standing()).toEqual({
    ordinary: { working: 2, waiting: 1 },
    heavy: { working: 1, waiting: 0 },
  });
  expect(refusals.splice(0)).toEqual(Array.from({ length: 4 }, () => 'ordinary'));

  open();
  for (const response of await Promise.all([...working, heavy])) expect(response.status).toBe(200);
  await until(() => gates.length === 1);
  open();
  await Promise.all(rest);
  expect(answered.map(({ status }) => status)).toEqual([200]);
});

it('does not work for one who left while waiting', async () => {
  const first = get('heavy');
  await until(() => gates.length === 1);
  const [leaver, connection] = await neverReading('heavy');
  // By the next answer, it waits.
  await get('free');
  leaver.destroy();
  await once(connection, 'close');
  open();
  expect((await first).status).toBe(200);
  started = 0;
  const next = get('heavy');
  await until(() => gates.length === 1);
  open();
  expect((await next).status).toBe(200);
  expect(started).toBe(1);
});

it('holds so many bytes of bodies, and takes more when they are done with', async () => {
  const text = 'x'.repeat(1.5 * MB);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      post(text).then(
        ({ status }) => status,
        () => 'cut',
      ),
    ),
  );
  expect(answers.filter((status) => status === 201).length).toBeGreaterThan(0);
  expect(answers.filter((status) => ![201, 503, 'cut'].includes(status))).toEqual([]);
  await until(async () => (await post(text)).status === 201);
  // Of a length that alone is too much, nothing is read.
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(`POST /body HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${4 * MB}\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 503 .*Retry-After: 2/s);
  socket.destroy();
});

it('refuses while readers are too far behind, and cuts off those that take nothing', async () => {
  const [lazy, connection] = await neverReading('large');
  const cut = once(connection, 'close');
  refusals.length = 0;
  await until(async () => (await post('')).status === 503);
  expect(refusals).toContain('memory');
  await cut;
  expect((await post('')).status).toBe(201);
  lazy.destroy();
});

it('ends a stream whose reader takes nothing', async () => {
  const [lazy] = await neverReading('endless');
  await until(() => cutOff === 1);
  lazy.destroy();
});
