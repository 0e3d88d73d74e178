import type { CommandAnswer, ProblemDetails } from '../../src/http/api-models.js';
import type { SystemStatus } from '../../src/http/system.controller.js';
import { viewsAsOfHeader } from '../../src/http/views-age.js';
import { startEventStoreProcess, type EventStoreProcess } from '../eventstoredb/process.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { lishui, seedFiles } from '../support/seeds.js';
import { serve, type Answer, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

/** Milliseconds: the connection to the log waits for ten seconds, a query for one; busy machines take theirs. */
const atOnce = 5_000;

describe.each(['sqlite', 'redis'])('a log that hangs, with views in %s', (views) => {
  let folder: TemporaryFolder;
  let log: EventStoreProcess;
  let redis: TestRedis | undefined;
  let server: TestServer;

  beforeAll(async () => {
    folder = await temporaryFolder();
    log = await startEventStoreProcess(folder.path('code'), { file: folder.path('log') });
    if (views === 'redis') redis = await startRedis();
    server = await serve(folder.path('data'), {
      TONGJIAN_EVENT_LOG: log.url,
      ...(redis && { TONGJIAN_VIEWS: redis.url }),
    });
    await server.engine.submissions.submit(seedFiles(lishui));
    const evaluation = `${server.plan}/evaluations/midterm-2022`;
    await server.post(evaluation, { kind: 'midterm', period: '2022' });
    await server.post<CommandAnswer>(`${evaluation}/snapshots`, { asOf: '2023-06-30' });
    await server.engine.caughtUp();
  }, 180_000);
  afterAll(async () => {
    log.resume();
    await server.close();
    await log.kill();
    await redis?.remove();
    await folder.remove();
  });

  async function timed(path: string): Promise<Answer & { readonly took: number }> {
    const begun = performance.now();
    return { ...(await server.get(path)), took: performance.now() - begun };
  }
  const isCurrent = async () => (await server.get('/api/status')).headers.get(viewsAsOfHeader) === null;
  const figure = '04/331102/2024';
  const report = () =>
    server.post<CommandAnswer>(
      `${server.plan}/figures/${figure}/measurement`,
      { value: '12480' },
      { 'Idempotency-Key': 'report-1' },
    );

  it.each([
    '/overview?period=2022',
    '/overview?period=2022&asOf=2023-06-30',
    '/indicators',
    '/figures',
    '/projects',
    '/evaluations',
    '/evaluations/midterm-2022',
    '/evaluations/midterm-2022/snapshots/1',
    '/evaluations/midterm-2022/snapshots/1/report.html',
  ])('%s is answered at once, with the age of the views, from the first request on', async (path) => {
    await until(isCurrent);
    log.pause();
    try {
      // That they are current is known for a second.
      await until(async () => {
        const { status, headers, took } = await timed(`${server.plan}${path}`);
        expect(status).toBe(200);
        expect(took).toBeLessThan(atOnce);
        const viewsAsOf = headers.get(viewsAsOfHeader);
        if (viewsAsOf === null) return false;
        expect(Date.parse(viewsAsOf)).toBeLessThanOrEqual(Date.now());
        return true;
      });
    } finally {
      log.resume();
    }
  });

  it('health, status and metrics say so at once', async () => {
    await until(isCurrent);
    log.pause();
    try {
      for (const path of ['/api/health/ready', '/api/status']) {
        const { status, body, took } = await timed(path);
        expect(status).toBe(200);
        expect(body).toMatchObject({ ready: true, refusing: { code: 'log.unavailable' } });
        expect(took).toBeLessThan(atOnce);
      }
      const { viewsAsOf } = (await server.get<SystemStatus>('/api/status')).body;
      expect(Date.parse(viewsAsOf!)).toBeLessThanOrEqual(Date.now());
      const metrics = await timed('/api/metrics');
      expect(metrics.text).toMatch(/^tongjian_log_up 0$/m);
      expect(metrics.took).toBeLessThan(atOnce);
    } finally {
      log.resume();
    }
  });

  it('what needs the log itself is refused soon, and a command after its deadline', async () => {
    await until(isCurrent);
    log.pause();
    try {
      for (const path of ['/indicators/04/trail', '/projects/P01/trail']) {
        const { status, body, took } = await timed(`${server.plan}${path}`);
        expect([path, status, body.code]).toEqual([path, 503, 'log.unavailable']);
        expect(took).toBeLessThan(atOnce);
      }
      const { status, body } = await server.get<ProblemDetails>(`${server.plan}/figures`, {
        'Tongjian-Position': '9'.repeat(15),
      });
      expect([status, body.code]).toEqual([503, 'log.unavailable']);
      expect(await report()).toMatchObject({ status: 503, body: { code: 'log.unavailable' } });
    } finally {
      log.resume();
    }
  });

  it('everything is current again once the log goes on, and the command is carried out once', async () => {
    await until(isCurrent);
    const { body } = await report();
    const read = await server.get(`${server.plan}/figures/${figure}`, { 'Tongjian-Position': body.position! });
    expect(read.body).toMatchObject({ latest: { reported: { value: '12480' } }, revision: 0 });
    expect((await server.get<SystemStatus>('/api/health/ready')).body).not.toHaveProperty('refusing');
    expect((await server.get('/api/metrics')).text).toMatch(/^tongjian_log_up 1$/m);
  });
});
