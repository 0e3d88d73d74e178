import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { startProgram, tongjian } from '../support/program.js';
import { lishui } from '../support/seeds.js';
import { until } from '../support/until.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { BusyClerks, exportedEvents } from './busy-clerks.js';
import { asOperator } from '../support/operator.js';

/** Timeout of a test, long enough for a busy machine. */
const timeoutMs = 300_000;
/** Upper bound of the server's memory in bytes, with the plan of Lishui loaded, during all tests here. */
const memoryBound = 2 ** 30;

const plan = `/api/plans/${lishui}`;
const overview = `${plan}/overview?period=2022`;

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

let folder: TemporaryFolder;
let data: string;
let server: Awaited<ReturnType<typeof startProgram>>;
let port: number;

async function start(): Promise<void> {
  server = await startProgram(data, '--no-demo');
  port = Number(new URL(server.url).port);
}

beforeAll(async () => {
  folder = await temporaryFolder();
  data = folder.path('data');
  await start();
}, timeoutMs);
afterAll(async () => {
  if (server.child.exitCode === null) {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  }
  await folder.remove();
});

/**
 * Sends one request, on a new connection or one of the agent. `cut`: the connection ended without a complete answer.
 */
function ask(
  path: string,
  { body, agent = false }: { body?: string | Buffer; agent?: Agent | false } = {},
): Promise<Answer | 'cut'> {
  return new Promise((resolve) => {
    const headers = {
      ...asOperator,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body ?? ''),
    };
    const method = body === undefined ? 'GET' : 'POST';
    const request = httpRequest({ port, host: '127.0.0.1', path, method, agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          retryAfter: response.headers['retry-after'],
          text: Buffer.concat(parts).toString(),
        }),
      );
      response.on('error', () => resolve('cut'));
    });
    request.on('error', () => resolve('cut'));
    request.end(body);
  });
}

/** A raw connection that sends `text`, and then neither sends nor reads. */
async function stalled(text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.pause();
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

/** A body of exactly `size` bytes. */
const padded = (size: number, body: (text: string) => string): string => body('x'.repeat(size - body('').length));

const many = <Result>(count: number, make: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** Expects each answer to have status `good`, or to be a 503 with Retry-After. Returns the number of good ones. */
function expectServedOrBusy(answers: readonly (Answer | 'cut')[], good: number): number {
  let served = 0;
  for (const answer of answers) {
    if (answer === 'cut') throw new Error('a connection ended without an answer');
    if (answer.status === good) served++;
    else {
      expect([answer.status, answer.retryAfter]).toEqual([503, expect.stringMatching(/^\d+$/)]);
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'server.busy' });
    }
  }
  return served;
}

/** Peak resident memory of the server in bytes, from Linux's /proc. */
const peakMemory = () =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))![1]) * 1024;

async function expectOthersServed(): Promise<void> {
  const clerks = new BusyClerks(lastYear--);
  const before = clerks.count;
  await clerks.write(server.url, () => clerks.count < before + 8);
  await clerks.expectKept(server.url);
  for (const path of [overview, '/api/health/ready']) expect(await ask(path)).toMatchObject({ status: 200 });
}
let lastYear = 2019;

describe('under load', () => {
  afterEach(() => expect(peakMemory()).toBeLessThan(memoryBound));

  it(
    'with 2,000 concurrent connections, each request is answered',
    async () => {
      const idle = await many(2_000, () => stalled(''));
      await expectOthersServed();
      for (const socket of idle) socket.destroy();

      const agent = new Agent({ keepAlive: true, maxSockets: 2_000 });
      const answers = await many(2_000, () => ask(plan, { agent }));
      agent.destroy();
      expect(expectServedOrBusy(answers, 200)).toBeGreaterThan(1_000);
      await expectOthersServed();
    },
    timeoutMs,
  );

  it(
    'with clients that send slowly or do not read, other clients are served',
    async () => {
      const head = `Host: localhost\r\nContent-Type: application/json\r\nAuthorization: ${asOperator.authorization}\r\n`;
      const post = `POST ${plan}/figures/04/331102/2024/measurement HTTP/1.1\r\n${head}Content-Length: 900000\r\n\r\n`;
      const slow = [
        ...(await many(300, () => stalled(`${post}{"value":"`))),
        ...(await many(100, () => stalled(`GET ${overview} HTTP/1.1\r\n`))),
        ...(await many(100, () => stalled(`GET ${overview} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(20)))),
        ...(await many(100, () => stalled('GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n'))),
      ];
      await expectOthersServed();
      for (const socket of slow) socket.destroy();
    },
    timeoutMs,
  );

  it(
    'with request bodies at and beyond the size limit, memory is bounded',
    async () => {
      const MB = 2 ** 20;
      const submission = (size: number) => padded(size, (text) => `{"files":{"a.txt":"${text}"}}`);
      const [whole, beyond] = [submission(32 * MB), submission(32 * MB + 1)];
      expect(await ask('/api/submissions', { body: whole })).toMatchObject({ status: 400 });
      expect(await ask('/api/submissions', { body: beyond })).toMatchObject({ status: 413 });
      const large = await many(8, () => ask('/api/submissions', { body: whole }));
      // A refused client may see its connection closed while it still sends the body.
      expectServedOrBusy(
        large.filter((answer) => answer !== 'cut'),
        400,
      );

      const path = `${plan}/figures/04/331102/2024/measurement`;
      const value = (size: number) => padded(size, (text) => `{"value":"${text}"}`);
      expect(await ask(path, { body: value(MB) })).toMatchObject({ status: 400 });
      expect(await ask(path, { body: value(MB + 1) })).toMatchObject({ status: 413 });
      const body = value(MB);
      const small = await many(100, () => ask(path, { body }));
      expectServedOrBusy(
        small.filter((answer) => answer !== 'cut'),
        400,
      );
      await expectOthersServed();
    },
    timeoutMs,
  );

  it(
    'with concurrent exports, each is complete or refused with Retry-After',
    async () => {
      const all = (await exportedEvents(server.url)).length;
      const answers = await many(200, () => ask('/api/events'));
      expect(expectServedOrBusy(answers, 200)).toBeGreaterThan(0);
      for (const answer of answers) {
        if (answer !== 'cut' && answer.status === 200) expect(answer.text.trim().split('\n')).toHaveLength(all);
      }
      await expectOthersServed();
    },
    timeoutMs,
  );
});

describe('on SIGTERM', () => {
  /** Sends a command except its last byte. */
  async function half(year: number): Promise<{ socket: Socket; rest: string; answer: Promise<string> }> {
    const body = JSON.stringify({ value: '12345', exception: '停机前开始报送' });
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(
      `POST ${plan}/figures/04/331102/${year}/measurement HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
        `Authorization: ${asOperator.authorization}\r\nExpect: 100-continue\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`,
    );
    // The interim response shows that the server has begun to process the request.
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 100 /);
    socket.write(body.slice(0, -1));
    let text = '';
    socket.on('data', (part: Buffer) => (text += part.toString()));
    return {
      socket,
      rest: body.slice(-1),
      answer: new Promise((resolve) => socket.once('close', () => resolve(text))),
    };
  }

  it(
    'the server completes requests in flight, refuses new ones, and ends even if clients do not',
    async () => {
      const late = await half(1990);
      const kept = connect(port, '127.0.0.1');
      let answers = '';
      kept.on('data', (part: Buffer) => (answers += part.toString()));
      kept.write(`GET ${plan} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${asOperator.authorization}\r\n\r\n`);
      await until(() => answers.startsWith('HTTP/1.1 200'));
      const never = await stalled(
        `POST /api/submissions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
      );
      const clerks = new BusyClerks(1980);
      const writing = clerks.write(server.url, () => true);
      await until(() => clerks.count > 50);

      const ended = once(server.child, 'exit');
      server.child.kill('SIGTERM');
      await until(async () => (await ask('/api/health/live')) === 'cut');
      answers = '';
      kept.write(`GET ${plan} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await once(kept, 'close');
      expect(answers).toMatch(/^HTTP\/1\.1 503 .*"code":"server\.stopping"/s);
      expect(answers).toMatch(/Connection: close/i);

      late.socket.write(late.rest);
      expect(await late.answer).toMatch(/^HTTP\/1\.1 200 .*IndicatorMeasured/s);
      // The incomplete request of another client delays the end only up to the server's timeout.
      expect(await ended).toEqual([0, null]);
      await writing;
      never.destroy();

      await start();
      await clerks.expectKept(server.url);
      const trail = await ask(`${plan}/figures/04/331102/1990/trail`);
      expect(JSON.parse((trail as Answer).text)).toHaveLength(1);
    },
    timeoutMs,
  );

  it(
    'sent twice, the server ends at once, and keeps all acknowledged commands',
    async () => {
      const clerks = new BusyClerks(1970);
      const writing = clerks.write(server.url, () => true);
      await until(() => clerks.count > 50);
      const never = await half(1960);
      let out = '';
      server.child.stdout!.on('data', (part: Buffer) => (out += part.toString()));
      const ended = once(server.child, 'exit');
      server.child.kill('SIGTERM');
      await until(() => out.includes('正在停止'));
      server.child.kill('SIGTERM');
      expect(await ended).toEqual([143, null]);
      await writing;
      never.socket.destroy();
      await start();
      await clerks.expectKept(server.url);
    },
    timeoutMs,
  );

  it(
    'during the import of a folder, the import is complete after the next start',
    async () => {
      const loading = tongjian(data, 'load', `seeds/${lishui}-demo`);
      const eventCount = async () => (await exportedEvents(server.url)).length;
      const before = await eventCount();
      await until(async () => (await eventCount()) > before, timeoutMs);
      const ended = once(server.child, 'exit');
      server.child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      await loading;
      await start();
      const submissions = await ask(`${plan}/submissions`);
      expect(
        (JSON.parse((submissions as Answer).text) as { standing: string }[]).map(({ standing }) => standing),
      ).toEqual(['applied', 'applied']);
      expect((await tongjian(data, 'load', `seeds/${lishui}-demo`)).out).toContain('没有新增');
    },
    timeoutMs,
  );
});
