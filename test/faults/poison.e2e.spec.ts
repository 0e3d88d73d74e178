import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import type { ProblemDetails } from '../../src/http/api-models.js';
import type { SystemStatus } from '../../src/http/system.controller.js';
import { systemClock } from '../../src/kernel/time.js';
import { metadata } from '../contract/event-log/samples.js';
import { keepFile, pdfOf } from '../support/evidence.js';
import { startProgram } from '../support/program.js';
import { lishui, seedFiles } from '../support/seeds.js';
import { serve, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';
import { asOperator } from '../support/operator.js';

describe('a log with an event of a newer program version', () => {
  const data = mkdtempSync(join(tmpdir(), 'tongjian-poison-'));
  const figure = 'figures/02/331102/2024';
  let position: string;
  let server: TestServer;

  beforeAll(async () => {
    server = await serve(data);
    for (const folder of [lishui, `${lishui}-demo`]) await server.engine.submissions.submit(seedFiles(folder));
    await server.close();

    const log = SqliteEventLog.open(join(data, 'log.sqlite'), { clock: systemClock });
    const stream = `figure-${lishui}.02.331102.2024`;
    const { revision } = (await log.readStream(stream)).at(-1)!;
    const event = { id: randomUUID(), type: 'MeasurementPraised', data: {}, metadata };
    ({ position } = await log.append(stream, revision, [event]));
    await log.close();
    expect(Number(position)).toBeGreaterThan(1_000);
    server = await serve(data);
  });
  afterAll(async () => {
    await server.close();
    rmSync(data, { recursive: true });
  });

  /** The views that read the stream. */
  const concerned = ['figures', 'supports', 'audit'];
  const change = { numerator: '1', denominator: '2', reason: '核对' };
  const unreadable = { status: 500, code: 'event.unreadable' };
  const head = async () => (await server.get<SystemStatus>('/api/status')).body.head;

  it('is served, and status and health report which views stopped, where and why', async () => {
    const { status, body } = await server.get<SystemStatus>('/api/health/ready');
    expect(status).toBe(503);
    expect(body.ready).toBe(false);
    expect(body).not.toHaveProperty('failure');
    const stopped = {
      position,
      error: expect.stringContaining(`position ${position}: unknown type MeasurementPraised`),
    };
    for (const view of body.views) {
      if (concerned.includes(view.name)) expect(view).toMatchObject({ caughtUp: false, stopped });
      else expect(view).toMatchObject({ caughtUp: true, checkpoint: position });
      if (!concerned.includes(view.name)) expect(view).not.toHaveProperty('stopped');
    }
    expect((await server.get('/api/health/live')).status).toBe(200);
  });

  it('refuses commands on that stream, naming the position, and accepts commands on others', async () => {
    const { body } = await keepFile(server, pdfOf(), '331100', asOperator);
    const correction = { ...change, evidence: [{ title: '核查记录', sha256: body.sha256 }] };
    const before = await head();
    const refused = await server.post<ProblemDetails>(`${server.plan}/${figure}/corrections`, correction);
    expect(refused.body).toMatchObject(unreadable);
    expect(refused.body.detail).toContain(`第 ${position} 位`);
    expect(refused.text).not.toMatch(/\bat .*\.(js|ts):\d+/);
    expect(await head()).toBe(before);
    const accepted = await server.post(`${server.plan}/figures/02/331121/2024/corrections`, correction);
    expect(accepted.status).toBe(200);
    expect(BigInt((await head())!)).toBe(BigInt(before!) + 1n);
  });

  it('answers queries that do not need the event, and reports the others as unreadable', async () => {
    expect((await server.get(server.plan)).status).toBe(200);
    expect((await server.get(`${server.plan}/overview`)).status).toBe(200);
    expect((await server.get(`${server.plan}/${figure}`)).status).toBe(200);
    expect((await server.get(`${server.plan}/${figure}/trail`)).body).toMatchObject(unreadable);
    expect((await server.get(`${server.plan}/figures/02/331121/2024/trail`)).status).toBe(200);
  });

  it('aborts an export, so that a partial one does not look complete', async () => {
    await expect(server.get('/api/events')).rejects.toThrow();
  });

  it('rebuilds the views that it can, and reports a problem for each of the others', async () => {
    const lines = (await server.post('/api/views/rebuild', {})).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { projection?: string; rebuilt?: true; problem?: ProblemDetails });
    const rebuilt = lines.filter((line) => line.rebuilt).map(({ projection }) => projection);
    const { views } = (await server.get<SystemStatus>('/api/status')).body;
    expect(rebuilt).toEqual(views.map(({ name }) => name).filter((name) => !concerned.includes(name)));
    const problems = lines.flatMap(({ problem }) => problem ?? []);
    expect(problems.map(({ code }) => code)).toEqual(concerned.map(() => 'projection.stopped'));
    expect(problems[0]!.detail).toContain(`视图 figures 停在日志第 ${position} 位`);
    expect(problems[2]!.detail).toContain('视图 audit 停在');
  });

  it('ends a rebuild when the client disconnects, and leaves the views unchanged', async () => {
    const { views: before } = (await server.get<SystemStatus>('/api/status')).body;
    const disconnecting = new AbortController();
    const response = await fetch(`${server.url}/api/views/rebuild`, {
      method: 'POST',
      headers: asOperator,
      signal: disconnecting.signal,
    });
    await response.body!.getReader().read();
    disconnecting.abort();
    await until(async () => (await server.engine.store.views()).every(({ live }) => live));
    const { views: after } = (await server.get<SystemStatus>('/api/status')).body;
    expect(after).toEqual(before);
    expect((await server.get(`${server.plan}/overview`)).status).toBe(200);
  });

  it('does not prevent the start, although the folders loaded at start write to that stream', async () => {
    await server.close();
    const { child, url } = await startProgram(data);
    try {
      const status = (await (await fetch(`${url}/api/status`)).json()) as SystemStatus;
      expect(status.views.find(({ name }) => name === 'figures')).toMatchObject({ stopped: { position } });
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    expect(child.exitCode).toBe(0);
    server = await serve(data);
  });
});
