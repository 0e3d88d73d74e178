import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { watchedLog } from '../event-log/watched-log.js';
import { EventLogUnavailable, WrongExpectedRevision } from '../kernel/event-log.js';
import { StoreUnavailable } from '../kernel/versioned-store.js';
import { createServer, type HttpServer } from '../server.js';
import type { Engine } from '../engine.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';
import { memoryEngine } from '../../test/support/engine.js';
import { until } from '../../test/support/until.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { smallPlan, smallPlanEvents } from '../../test/support/small-plan.js';
import type { ViewsFollower } from '../kernel/projector.js';
import { Freshness } from '../kernel/freshness.js';
import { Metrics } from './metrics.js';
import { asOperator, operatorKey } from '../../test/support/operator.js';

/** What the log and the store do instead of their work. */
let append: (() => void) | undefined;
let head: (() => Promise<never>) | undefined;
let views: (() => Promise<never>) | undefined;

let engine: Engine;
let server: HttpServer;
let url: string;

beforeAll(async () => {
  const clock = new MovingClock();
  const metrics = new Metrics();
  const log = new MemoryEventLog({ clock });
  const working = { append: log.append.bind(log), head: log.head.bind(log) };
  log.append = async (...given) => {
    const instead = append;
    append = undefined;
    instead?.();
    return working.append(...given);
  };
  log.head = () => head?.() ?? working.head();
  const store = new MemoryVersionedStore();
  const standing = store.views.bind(store);
  store.views = () => views?.() ?? standing();
  engine = memoryEngine({ clock, log: watchedLog(log, metrics.observeAppend), store });
  await engine.start();
  await engine.submissions.submit(smallPlan());
  await engine.caughtUp();
  server = await createServer(engine, { metrics, operatorKey });
  url = await server.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await server.close();
  await engine.close();
});

/** The samples of a scrape by their names, labels within. */
async function scrape(from = url): Promise<(name: string) => number | undefined> {
  const response = await fetch(`${from}/api/metrics`, { headers: asOperator });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const samples = new Map<string, number>();
  for (const line of (await response.text()).split('\n')) {
    const [, name, value] = /^([a-z]\S*(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
    if (name !== undefined) samples.set(name, Number(value));
  }
  return (name) => samples.get(name);
}

/** How much each sample has grown in what was done. */
async function grown(work: () => Promise<unknown>): Promise<(name: string) => number> {
  const before = await scrape();
  await work();
  const after = await scrape();
  return (name) => (after(name) ?? 0) - (before(name) ?? 0);
}

const report = (period: string, key: string, body: object = { value: '12' }) =>
  fetch(`${url}/api/plans/small/figures/03/331102/${period}/measurement`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...asOperator, 'idempotency-key': key },
    body: JSON.stringify(body),
  });
const commands = (outcome: string) =>
  `tongjian_command_duration_seconds_count{command="MeasureIndicator",outcome="${outcome}"}`;
const appends = (outcome: string) => `tongjian_append_duration_seconds_count{outcome="${outcome}"}`;

it('counts commands by what became of them', async () => {
  const by = await grown(async () => {
    expect((await report('2023', 'a')).status).toBe(200);
    expect((await report('2023', 'a')).status).toBe(200);
    expect((await report('2023', 'b', { value: '13' })).status).toBe(422);
  });
  expect([by(commands('appended')), by(commands('repeated')), by(commands('refused'))]).toEqual([1, 1, 1]);
  expect([by(appends('appended')), by('tongjian_events_appended_total')]).toEqual([1, 1]);
});

it('counts what the log refuses, and the command that was decided again after a conflict', async () => {
  const conflict = await grown(async () => {
    append = () => {
      throw new WrongExpectedRevision('any', 'none', 0);
    };
    expect((await report('2024', 'c')).status).toBe(200);
  });
  expect([conflict(appends('conflict')), conflict(appends('appended')), conflict(commands('appended'))]).toEqual([
    1, 1, 1,
  ]);
  const away = await grown(async () => {
    append = () => {
      throw new EventLogUnavailable('away');
    };
    expect((await report('2025', 'd')).status).toBe(503);
  });
  expect([away(appends('unavailable')), away(commands('unavailable'))]).toEqual([1, 1]);
  expect(away('tongjian_events_appended_total')).toBe(0);
});

it('counts the events of a folder, too', async () => {
  expect((await scrape())('tongjian_events_appended_total')).toBeGreaterThan(smallPlanEvents);
});

it('times requests by the route that was declared, and says nothing of whom or what they are about', async () => {
  const request = (route: string, status: number) =>
    `tongjian_http_request_duration_seconds_count{method="GET",route="${route}",status="${status}"}`;
  const by = await grown(async () => {
    for (const path of ['plans/small', 'plans/other', 'no/such/address?token=wang-wu'])
      await fetch(`${url}/api/${path}`, { headers: asOperator });
  });
  expect([by(request('/api/plans/:plan', 200)), by(request('/api/plans/:plan', 404))]).toEqual([1, 1]);
  expect(by(request('none', 404))).toBe(1);
  const text = await (await fetch(`${url}/api/metrics`, { headers: asOperator })).text();
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).not.toMatch(/wang|small|331102|figure-/);
});

it('says how far the views are, and one that is built beside', async () => {
  expect((await report('2025', 'd')).status).toBe(200);
  await engine.caughtUp();
  const beside = await engine.store.createView('plans', 99);
  try {
    const now = await scrape();
    expect([now('tongjian_view_caught_up{view="plans"}'), now('tongjian_view_stopped{view="plans"}')]).toEqual([1, 0]);
    expect(now('tongjian_view_build_ratio{view="plans"}')).toBe(0);
    expect(now('tongjian_views_behind_seconds')).toBe(0);
  } finally {
    await engine.store.dropView(beside);
  }
  expect((await scrape())('tongjian_view_build_ratio{view="plans"}')).toBeUndefined();
});

it('gives views that were never seen complete no more than the age of the process', async () => {
  const { presence, store, clock } = engine;
  const follower = Object.create(engine.projector) as ViewsFollower;
  follower.status = () => Promise.resolve([{ name: 'plans', version: 1, checkpoint: undefined }]);
  const freshness = new Freshness(presence, follower, clock);
  const text = await new Metrics().text({ presence, store, follower, freshness, clock });
  const behind = Number(/^tongjian_views_behind_seconds (\S+)$/m.exec(text)?.[1]);
  expect(behind).toBeGreaterThan(0);
  expect(behind).toBeLessThanOrEqual(process.uptime());
  expect(text).not.toMatch(/^\S+ [+-]?(inf|nan)$/im);
});

it('answers also while log and store do not, and says so', async () => {
  const up = async () => {
    const now = await scrape();
    return [now('tongjian_log_up'), now('tongjian_store_up')];
  };
  expect(await up()).toEqual([1, 1]);
  head = () => Promise.reject(new EventLogUnavailable('away'));
  expect(await up()).toEqual([0, 1]);
  head = undefined;
  // The log is asked again in the background.
  await until(async () => (await up())[0] === 1);
  views = () => Promise.reject(new StoreUnavailable('away'));
  expect(await up()).toEqual([1, 0]);
  // Nor is it kept waiting by one that says nothing.
  views = () => new Promise(() => undefined);
  expect(await up()).toEqual([1, 0]);
  views = undefined;
  expect(await up()).toEqual([1, 1]);
});

it('has no part in the numbers of another server, and says the version', async () => {
  const other = await createServer(engine, { role: 'projector', operatorKey });
  try {
    const there = await scrape(await other.listen(0, '127.0.0.1'));
    expect(there('tongjian_events_appended_total')).toBe(0);
    expect(there('tongjian_info{version="0.1.0"}')).toBe(1);
    expect(there('tongjian_admission_working{lane="heavy"}')).toBe(0);
  } finally {
    await other.close();
  }
});
