import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import type { ChildProcess } from 'node:child_process';
import type { CommandAnswer, ProblemDetails } from '../../src/http/api-models.js';
import type { SystemStatus } from '../../src/http/system.controller.js';
import { startProgramIn, tongjian, tongjianIn } from '../support/program.js';
import { lishui } from '../support/seeds.js';
import { until } from '../support/until.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { FailingDisk, type Failure } from './failing-disk.js';
import { Chance } from '../support/chance.js';
import { fetchAsOperator } from '../support/operator.js';

/** Timeout of a test with several starts of the whole program, long enough for a busy machine. */
const timeoutMs = 240_000;

const seed = Number(process.env.SEED ?? 20261125);
const rounds = Number(process.env.ROUNDS ?? 1);
const plan = `/api/plans/${lishui}`;

interface Command {
  readonly key: string;
  readonly path: string;
  readonly value: string;
}
interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: CommandAnswer & ProblemDetails;
}

/** The program on a simulated failing disk. */
class Server {
  child!: ChildProcess;
  url = '';

  constructor(
    readonly data: string,
    readonly disk: FailingDisk,
  ) {}

  async start(): Promise<void> {
    Object.assign(this, await startProgramIn(this.disk.env, this.data, '--no-demo'));
    this.child.stderr!.resume();
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await once(this.child, 'exit');
  }

  async send({ key, path, value }: Command): Promise<Answer> {
    const response = await fetchAsOperator(`${this.url}${plan}/figures/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify(path.endsWith('measurement') ? { value } : { value, reason: `改为 ${value}` }),
    });
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: (await response.json()) as Answer['body'],
    };
  }

  async get<Body>(path: string): Promise<{ status: number; body: Body }> {
    const response = await fetchAsOperator(`${this.url}${path}`);
    return { status: response.status, body: (await response.json()) as Body };
  }

  ready = () => this.get<SystemStatus>('/api/health/ready');

  /** Command ids of all events, in order. */
  async commandIds(): Promise<string[]> {
    const text = await (await fetchAsOperator(`${this.url}/api/events`)).text();
    const events = text.trim().split('\n');
    return events.map((line) => {
      const { metadata } = JSON.parse(line) as { metadata: string };
      return (JSON.parse(metadata) as { commandId: string }).commandId;
    });
  }
}

const units = ['331102', '331121', '331122', '331123'];
/** The first report of a figure, then corrections of it. Each depends on the previous one. */
const command = (writer: number, step: number, round = 0): Command => ({
  key: `k-${round}-${writer}-${step}`,
  path: `04/${units[writer]!}/${2021 + round}/${step === 0 ? 'measurement' : 'corrections'}`,
  value: String(10_000 + step),
});

describe(`a disk that fails (SEED=${seed}, ROUNDS=${rounds})`, () => {
  let folder: TemporaryFolder;
  let disk: FailingDisk;
  let server: Server;

  beforeAll(async () => {
    folder = await temporaryFolder();
    disk = new FailingDisk(folder.path());
    await started('sound');
    await server.end('SIGTERM');
  }, timeoutMs);
  afterAll(async () => {
    disk.close();
    await folder.remove();
  }, timeoutMs);
  afterEach(async () => {
    disk.heal();
    await server.end('SIGKILL');
  }, timeoutMs);

  async function started(name: string): Promise<void> {
    if (existsSync(folder.path('sound'))) await cp(folder.path('sound'), folder.path(name), { recursive: true });
    server = new Server(folder.path(name), disk);
    await server.start();
  }

  it(
    'without space for the log: commands are refused, queries are answered, and the server recovers automatically',
    async () => {
      await started('full-log');
      expect((await server.send(command(0, 0))).status).toBe(200);
      const before = await server.commandIds();

      disk.fail({ call: 'write', path: 'log.sqlite', error: 'ENOSPC' });
      for (let time = 0; time < 2; time++) {
        const refused = await server.send(command(0, 1));
        expect(refused).toMatchObject({ status: 503, retryAfter: '30', body: { code: 'log.disk-full' } });
      }
      expect(disk.count.failed).toBeGreaterThan(0);
      expect(await server.ready()).toMatchObject({ status: 503, body: { refusing: { code: 'log.disk-full' } } });
      expect(await server.commandIds()).toEqual(before);
      expect((await server.get(`${plan}/overview?period=2021`)).status).toBe(200);
      expect((await tongjian(server.data, 'status')).out).toContain('日志不接受写入（log.disk-full）');

      disk.heal();
      expect(await server.ready()).toMatchObject({ status: 200, body: { ready: true } });
      expect(await server.send(command(0, 1))).toMatchObject({ status: 200, body: { repeated: false } });
      expect(await server.commandIds()).toEqual([...before, command(0, 1).key]);
    },
    timeoutMs,
  );

  it(
    'that is full for one write: a command is stored completely or not at all, and succeeds when repeated',
    async () => {
      await started('full-once');
      const before = await server.commandIds();
      const steps = 5 + rounds;
      for (let step = 0; step < steps; step++) {
        disk.fail({ call: 'write', path: 'log.sqlite', error: 'ENOSPC', at: 1 + step, times: 1 });
        const first = await server.send(command(1, step));
        disk.heal();
        if (first.status !== 200) expect(first.body.code).toBe('log.disk-full');
        const again = await server.send(command(1, step));
        expect(again).toMatchObject({ status: 200, body: { repeated: first.status === 200 } });
      }
      expect(await server.commandIds()).toEqual([
        ...before,
        ...Array.from({ length: steps }, (_, step) => command(1, step).key),
      ]);
      expect((await tongjian(server.data, 'verify-log')).code).toBe(0);
    },
    timeoutMs,
  );

  it.each<[string, Omit<Failure, 'path'>]>([
    ['no space', { call: 'write', error: 'ENOSPC' }],
    ['input/output errors', { call: 'write', error: 'EIO' }],
  ])(
    'that has %s for the views: the views lag and then catch up automatically',
    async (_, failure) => {
      await started(`views-${failure.error}`);
      expect((await server.send(command(0, 0))).status).toBe(200);
      const read = async () =>
        (await server.get<{ measured?: { value?: string } }>(`${plan}/figures/04/331102/2021`)).body;
      await until(async () => (await server.ready()).body.views.every(({ caughtUp }) => caughtUp));
      const before = await read();

      disk.fail({ ...failure, path: 'views.sqlite' });
      const sent = await server.send(command(0, 1));
      expect(sent).toMatchObject({ status: 200 });
      await until(async () => (await server.ready()).body.failure !== undefined);
      const { status, body } = await server.ready();
      expect(status).toBe(503);
      expect(body.failure).toMatch(/disk/);
      expect(body).not.toHaveProperty('refusing');
      expect(body.views.find(({ name }) => name === 'figures')).toMatchObject({ caughtUp: false });
      expect(await read()).toEqual(before);

      disk.heal();
      await until(async () => (await server.ready()).status === 200);
      expect(JSON.stringify(await read())).toContain('10001');
      expect((await server.ready()).body.views.every(({ caughtUp }) => caughtUp)).toBe(true);
      const healed = await read();
      expect((await tongjian(server.data, 'rebuild')).code).toBe(0);
      expect(await read()).toEqual(healed);
    },
    timeoutMs,
  );

  it.each<[string, Omit<Failure, 'path' | 'at'>]>([
    ['fails to sync the log', { call: 'sync', error: 'EIO', times: 1 }],
    ['fails to write the log', { call: 'write', error: 'EIO' }],
  ])(
    'that %s: no further append is tried; after a restart repeated commands succeed',
    async (name, failure) => {
      const chance = new Chance(seed + name.length);
      await started(`broken-${failure.call}`);
      const acknowledged = new Map<string, CommandAnswer>();
      const unanswered: Command[] = [];
      for (let round = 0; round < rounds; round++) {
        // Later rounds choose at random between one failure and permanent failure.
        const times = round === 0 ? failure.times : chance.oneIn(2) ? 1 : undefined;
        disk.fail({ ...failure, path: 'log.sqlite', at: 1 + chance.below(40), times });
        await Promise.all(
          units.map(async (_, writer) => {
            for (let step = 0; ; step++) {
              const next = command(writer, step, round);
              const answer = await server.send(next);
              if (answer.status === 200) acknowledged.set(next.key, answer.body);
              else {
                expect(answer).toMatchObject({ status: 503, retryAfter: null, body: { code: 'log.restart-needed' } });
                unanswered.push(next);
                return;
              }
            }
          }),
        );
        const { failed, seen } = disk.count;
        expect(failed).toBeGreaterThan(0);
        expect(await server.send({ ...command(0, 9_999, round) })).toMatchObject({
          status: 503,
          body: { code: 'log.restart-needed' },
        });
        // The refused command caused no further call on that file.
        expect(disk.count).toEqual({ failed, seen });
        expect(await server.ready()).toMatchObject({ status: 503, body: { refusing: { code: 'log.restart-needed' } } });
        expect(await server.commandIds()).toEqual(expect.arrayContaining([...acknowledged.keys()]));

        await server.end(chance.oneIn(2) ? 'SIGTERM' : 'SIGKILL');
        disk.heal();
        await server.start();
        expect(await server.ready()).toMatchObject({ status: 200, body: { ready: true } });
        const stored = new Set(await server.commandIds());
        for (const pending of unanswered.splice(0)) {
          const settled = await server.send(pending);
          expect(settled).toMatchObject({ status: 200, body: { repeated: stored.has(pending.key) } });
          acknowledged.set(pending.key, { ...settled.body, repeated: false });
        }
      }
      const ids = (await server.commandIds()).filter((id) => id.startsWith('k-'));
      expect([...ids].sort()).toEqual([...acknowledged.keys()].sort());
      expect((await tongjian(server.data, 'verify-log')).code).toBe(0);
      await until(async () => (await server.ready()).body.views.every(({ caughtUp }) => caughtUp));
    },
    timeoutMs,
  );

  it(
    'on which the data folder cannot be used: the start fails with a one-line message, and no event is lost',
    async () => {
      await started('unusable');
      await server.send(command(0, 0));
      const before = await server.commandIds();
      await server.end('SIGTERM');

      const failures: readonly Failure[] = [
        { call: 'open', path: '/unusable/', error: 'EROFS' },
        { call: 'open', path: 'log.sqlite', error: 'EROFS' },
        { call: 'open', path: 'views.sqlite', error: 'EMFILE' },
        { call: 'write', path: '/unusable/', error: 'ENOSPC' },
      ];
      for (const failure of failures) {
        disk.fail(failure);
        const refused = await tongjianIn(disk.env, server.data, 'start', '--port', '0', '--no-demo');
        expect({ failure, code: refused.code }).toEqual({ failure, code: 4 });
        expect(refused.err.trim().split('\n')).toEqual([expect.stringMatching(/^错误：数据文件不能读写.*unusable/)]);
      }

      disk.heal();
      await server.start();
      expect(await server.commandIds()).toEqual(before);
    },
    timeoutMs,
  );

  it(
    'without free file handles: a snapshot is refused, and succeeds once there are some',
    async () => {
      await started('no-handles');
      const post = async (path: string, body: object, key: string) => {
        const response = await fetchAsOperator(`${server.url}${plan}/evaluations/annual-2021${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'Idempotency-Key': key },
          body: JSON.stringify(body),
        });
        return { status: response.status, body: (await response.json()) as Answer['body'] };
      };
      expect(await post('', { kind: 'annual', period: '2021' }, 'k-open')).toMatchObject({ status: 200 });
      const before = await server.commandIds();
      disk.fail({ call: 'open', path: '/files/', error: 'EMFILE' });
      expect(await post('/snapshots', {}, 'k-snapshot')).toMatchObject({
        status: 503,
        body: { code: 'files.unavailable' },
      });
      expect(await server.commandIds()).toEqual(before);
      disk.heal();
      expect(await post('/snapshots', {}, 'k-snapshot')).toMatchObject({ status: 200, body: { repeated: false } });
    },
    timeoutMs,
  );
});
