import type { EvaluationDocument } from '../../src/evaluations/evaluation.projection.js';
import { figureProjection } from '../../src/figures/figure.projection.js';
import type { CommandAnswer, ProblemDetails } from '../../src/http/api-models.js';
import { viewsAsOfHeader } from '../../src/http/views-age.js';
import type { SystemStatus } from '../../src/http/system.controller.js';
import { RedisVersionedStore } from '../../src/versioned-store/redis/redis-versioned-store.js';
import { startEventStore, type EventStore } from '../eventstoredb/server.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { lishui, seedFiles } from '../support/seeds.js';
import { serve, type Answer, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

describe('log and views on servers', () => {
  let folder: TemporaryFolder;
  let log: EventStore;
  let redis: TestRedis;
  let server: TestServer;
  let environment: { readonly TONGJIAN_EVENT_LOG: string; readonly TONGJIAN_VIEWS: string };
  let snapshot: EvaluationDocument['snapshots'][number];

  beforeAll(async () => {
    folder = await temporaryFolder();
    [log, redis] = await Promise.all([startEventStore(), startRedis({ appendonly: 'yes', appendfsync: 'always' })]);
    environment = { TONGJIAN_EVENT_LOG: log.url, TONGJIAN_VIEWS: redis.url };
    server = await serve(folder.path('data'), environment);
    for (const plan of [lishui, `${lishui}-demo`]) await server.engine.submissions.submit(seedFiles(plan));
    const evaluation = `${server.plan}/evaluations/midterm-2022`;
    await server.post(evaluation, { kind: 'midterm', period: '2022' });
    const taken = await server.post<CommandAnswer>(`${evaluation}/snapshots`, { asOf: '2023-06-30' });
    const wait = { 'Tongjian-Position': taken.body.position! };
    [snapshot] = (await server.get<EvaluationDocument>(evaluation, wait)).body.snapshots as [typeof snapshot];
  }, 180_000);
  afterAll(async () => {
    await server.close();
    await Promise.all([log.stop(), redis.remove()]);
    await folder.remove();
  });

  const overview = () => server.get(`${server.plan}/overview?period=2022`);
  const status = async () => (await server.get<SystemStatus>('/api/status')).body;
  const ready = async () => (await server.get('/api/health/ready')).status;
  const report = (figure: string) =>
    server.post<CommandAnswer>(
      `${server.plan}/figures/${figure}/measurement`,
      { value: '12480' },
      { 'Idempotency-Key': `report-${figure.replaceAll('/', '-')}` },
    );
  const storedEvents = ([code, unit, period]: string[]) =>
    log.ledger.stream(`figure-${lishui}.${code}.${unit}.${period}`).length;

  function expectUnavailable({ status, headers, body }: Answer<unknown>, code: string): void {
    expect(status).toBe(503);
    expect(body as ProblemDetails).toMatchObject({ status: 503, code });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }

  describe('while the log is unavailable', () => {
    const figure = '04/331102/2024';

    it('queries are answered with the time as of which the views are current', async () => {
      await until(async () => (await overview()).headers.get(viewsAsOfHeader) === null);
      await log.stop();
      await until(async () => (await overview()).headers.get(viewsAsOfHeader) !== null);
      const { status, headers } = await overview();
      expect(status).toBe(200);
      const age = Date.now() - Date.parse(headers.get(viewsAsOfHeader)!);
      expect(age).toBeGreaterThanOrEqual(0);
      expect(age).toBeLessThan(60_000);
    });

    it('evaluations are listed with the cut-offs of their snapshots', async () => {
      const { status, body } = await server.get<EvaluationDocument[]>(`${server.plan}/evaluations`);
      expect(status).toBe(200);
      expect(body.map(({ snapshots }) => snapshots)).toEqual([[snapshot]]);
      expect((await server.get(`${server.plan}/evaluations/midterm-2022/snapshots/1`)).status).toBe(200);
    });

    it('commands and the audit trail are refused, because they need the log', async () => {
      expectUnavailable(await report(figure), 'log.unavailable');
      expectUnavailable(await server.get(`${server.plan}/figures/02/331102/2022/trail`), 'log.unavailable');
    });

    it('a web instance started meanwhile answers queries, and reports the age of the views as unknown', async () => {
      const web = await serve(folder.path('web'), { ...environment, TONGJIAN_ROLE: 'web' });
      const { status, headers, body } = await web.get(`${web.plan}/overview?period=2022`);
      expect([status, headers.get(viewsAsOfHeader)]).toEqual([200, 'unknown']);
      expect(body).toEqual((await overview()).body);
      expectUnavailable(await web.post(`${web.plan}/figures/${figure}/measurement`, { value: '1' }), 'log.unavailable');
      await web.close();
    });

    it('the status reports it, and the instance stays ready', async () => {
      expect(await status()).toMatchObject({ refusing: { code: 'log.unavailable' }, ready: true });
      expect(await ready()).toBe(200);
    });

    it('the instance recovers when the log is back, and the refused command is executed once', async () => {
      await log.start();
      await until(async () => (await status()).refusing === undefined);
      const [one, other] = await Promise.all([report(figure), report(figure)]);
      expect([one.status, other.status]).toEqual([200, 200]);
      expect(one.body.position).toBe(other.body.position);
      expect(storedEvents(figure.split('/'))).toBe(1);
      const read = await server.get(`${server.plan}/figures/${figure}`, { 'Tongjian-Position': one.body.position! });
      expect(read.body).toMatchObject({ latest: { reported: { value: '12480' } } });
      await until(async () => (await overview()).headers.get(viewsAsOfHeader) === null);
    });
  });

  describe('while the views are unavailable', () => {
    const figure = '04/331121/2024';
    let position: string;

    it('queries are refused, and the instance is not ready', async () => {
      await redis.kill();
      expectUnavailable(await overview(), 'views.unavailable');
      await until(async () => (await ready()) === 503);
      expect(await status()).toMatchObject({ failure: expect.stringContaining('Redis'), ready: false });
      expect((await server.get('/api/health/live')).status).toBe(200);
    });

    it('commands are accepted', async () => {
      const answer = await report(figure);
      expect(answer.status).toBe(200);
      position = answer.body.position!;
      expect(storedEvents(figure.split('/'))).toBe(1);
    });

    it('the views show these commands when they are back', async () => {
      await redis.restart();
      await until(async () => (await ready()) === 200);
      const { status, body } = await server.get(`${server.plan}/figures/${figure}`, { 'Tongjian-Position': position });
      expect(status).toBe(200);
      expect(body).toMatchObject({ latest: { reported: { value: '12480' } } });
    });
  });

  describe('after another version of the program has taken over the views', () => {
    it('their documents are not read, and the instance is not ready', async () => {
      const { name, version } = figureProjection;
      const store = RedisVersionedStore.open(redis.url);
      await store.switchTo(await store.createView(name, version + 1));
      expectUnavailable(await server.get(`${server.plan}/figures`), 'views.other-version');
      expectUnavailable(await server.get(`${server.plan}/overview?period=2023&asOf=2024-03-01`), 'views.other-version');
      expect((await server.get(`${server.plan}/projects`)).status).toBe(200);
      await store.close();

      const web = await serve(folder.path('web'), { ...environment, TONGJIAN_ROLE: 'web' });
      expectUnavailable(await web.get(`${web.plan}/overview?period=2022`), 'views.other-version');
      expect((await web.get('/api/health/ready')).status).toBe(503);
      await web.close();
    });
  });
});
