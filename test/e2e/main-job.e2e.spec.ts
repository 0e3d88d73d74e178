import type { Comparison } from '../../src/evaluations/comparison.js';
import { isMeasured } from '../../src/assessment/measured.js';
import type { OverviewNow } from '../../src/overview/overview-later.js';
import type { TrailPage } from '../../src/audit/trail.js';
import type { TrailEntry } from '../../src/audit/trail-entry.js';
import type { Verification } from '../../src/evaluations/snapshot.js';
import type { CommandAnswer } from '../../src/http/api-models.js';
import { installationKinds } from '../support/house.js';
import { signUp } from '../support/people.js';
import { lishui } from '../support/seeds.js';
import { startTestServer, type TestServer } from '../support/server.js';

/** The main use case over HTTP, on the real plan with its demonstration data. */
describe.each(installationKinds)('the 2022 mid-term on %s', (kind) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ kind });
  });
  afterAll(() => server.close());

  const cityCell = (overview: OverviewNow, code: string) =>
    overview.indicators.find((row) => row.code === code)!.cells.find(({ unit }) => unit === '331100')!;
  const shown = (overview: OverviewNow, code: string) => {
    const { value } = cityCell(overview, code);
    return isMeasured(value) ? value.shown : value.absent;
  };

  it('differs as known on 2023-06-30 and as known today, and shows the later values', async () => {
    const then = await server.get<OverviewNow>(`${server.plan}/overview?period=2022&asOf=2023-06-30`);
    const today = await server.get<OverviewNow>(`${server.plan}/overview?period=2022`);

    expect(then.body.asOf).toBe('2023-06-30T15:59:59.999Z');
    expect(shown(then.body, '02')).toBe('55.2');
    expect(shown(today.body, '02')).toBe('54.9');
    expect(cityCell(then.body, '02').later).toEqual({ shown: '54.9' });
    expect(shown(then.body, '05')).toBe('incomplete');
    expect(cityCell(then.body, '05').value).toMatchObject({ lacking: ['331126'], partial: { shown: '42.7' } });
    expect(cityCell(today.body, '05').assessment.status).toBe('severely-behind');
    expect(then.body.demo).toBe(true);
  });

  it('shows the target of that day, although it was revised later', async () => {
    const then = await server.get<OverviewNow>(`${server.plan}/overview?period=2022&asOf=2023-06-30`);
    const today = await server.get<OverviewNow>(`${server.plan}/overview?period=2022`);
    expect(cityCell(then.body, '06').targets.map(({ value }) => value)).toEqual(['13', '16']);
    expect(cityCell(today.body, '06').targets.at(-1)).toMatchObject({ value: '15', original: '16', targetVersion: 2 });
  });

  it('shows a city total that differs from the sum of the counties', async () => {
    const { body } = await server.get<OverviewNow>(`${server.plan}/overview?period=2022`);
    expect(cityCell(body, '03').value).toMatchObject({
      shown: '41',
      disagreement: { reported: '43', computed: '41', difference: '2' },
    });
  });

  it('is not found before the plan was known', async () => {
    const { status, body } = await server.get(`${server.plan}/overview?period=2022&asOf=2020-01-01`);
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: 'plan.not-yet-known' });
  });

  it('can be frozen as a snapshot that is reproducible, has a report, and explains later changes', async () => {
    const evaluation = `${server.plan}/evaluations/midterm-2022`;
    await server.post(evaluation, { kind: 'midterm', period: '2022' });
    const taken = await server.post<CommandAnswer>(`${evaluation}/snapshots`, { asOf: '2023-06-30' });
    expect(taken.status).toBe(200);
    const wait = { 'Tongjian-Position': taken.body.position! };

    const verified = await server.post<Verification>(`${evaluation}/snapshots/1/verification`, {}, wait);
    expect(verified.body).toMatchObject({ stored: 'intact', reproduced: true });

    // Another is taken meanwhile; what is asked for again is still the first.
    const key = { 'Idempotency-Key': 'second-snapshot' };
    const other = await server.post<CommandAnswer>(`${evaluation}/snapshots`, { asOf: '2023-12-31' }, key);
    const first = { number: 1, period: '2022', asOf: '2023-06-30T15:59:59.999Z' };
    const again = await server.post<CommandAnswer>(`${evaluation}/snapshots`, { asOf: '2023-06-30' });
    expect(again.body).toMatchObject({ events: [], snapshot: { evaluation: 'midterm-2022', ...first } });
    expect(again.body.snapshot).toEqual(taken.body.snapshot);
    expect(again.body.snapshot!.contentHash).toBe(verified.body.contentHash);
    const repeated = await server.post<CommandAnswer>(`${evaluation}/snapshots`, { asOf: '2023-12-31' }, key);
    expect(repeated.body).toEqual({ ...other.body, repeated: true });
    expect(repeated.body.snapshot).toMatchObject({ number: 2, asOf: '2023-12-31T15:59:59.999Z' });

    const report = await server.get(`${evaluation}/snapshots/1/report.html`);
    expect(report.text).toContain('示例数据');
    expect(report.text).toContain(verified.body.contentHash);

    const { body } = await server.get<Comparison>(`${server.plan}/comparison?left=midterm-2022/1&right=now`, wait);
    const corrected = body.differences.find(
      ({ aspect, indicator, unit }) => aspect === 'value' && indicator === '02' && unit === '331102',
    );
    expect(corrected).toMatchObject({ from: '55.5', to: '54.2' });
    expect(corrected!.because.map(({ label, actor }) => [label, actor.name])).toEqual([
      ['更正', '示例·莲都填报员'],
      ['审核通过', '示例·市局审核员甲'],
    ]);
    expect(corrected!.because[0]!.reason).toMatch(/护理型床位/);
    expect(body.differences.filter(({ because }) => because.length === 0)).toEqual([]);
  });

  it('(likewise annual monitoring and the final evaluation) can be frozen and reported', async () => {
    for (const [id, kind, period] of [
      ['annual-2023', 'annual', '2023'],
      ['final-2025', 'final', '2025'],
    ] as const) {
      const evaluation = `${server.plan}/evaluations/${id}`;
      await server.post(evaluation, { kind, period });
      const taken = await server.post<CommandAnswer>(`${evaluation}/snapshots`, {});
      const wait = { 'Tongjian-Position': taken.body.position! };
      const content = await server.get<{ kind: string }>(`${evaluation}/snapshots/1`, wait);
      expect(content.body.kind).toBe(kind);
      expect((await server.get(`${evaluation}/snapshots/1/report.html`)).status).toBe(200);
    }
  });

  it('has an audit trail of every version of a figure', async () => {
    const { body } = await server.get<TrailEntry[]>(`${server.plan}/figures/02/331102/2022/trail`);
    expect(body.map(({ label, from, to }) => [label, from, to])).toEqual([
      ['上报', undefined, '55.5（2161 ÷ 3891） · 待审核'],
      ['审核通过', '55.5（2161 ÷ 3891） · 待审核', '55.5（2161 ÷ 3891） · 已审核'],
      ['更正', '55.5（2161 ÷ 3891） · 已审核', '54.2（2107 ÷ 3891） · 待审核'],
      ['审核通过', '54.2（2107 ÷ 3891） · 待审核', '54.2（2107 ÷ 3891） · 已审核'],
    ]);
    expect(body.every(({ backfilled, demo, eventId }) => backfilled && demo && eventId.length === 36)).toBe(true);
  });

  it('has an audit trail by actor and by day, in pages and as CSV', async () => {
    const byDay = await server.get<TrailPage>(`${server.plan}/audit?day=2023-08-20&clock=known`);
    expect(byDay.body.entries.map(({ label }) => label)).toEqual(['更正']);

    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await server.get<TrailPage>(`${server.plan}/audit?actor=demo-reporter-331102&limit=7${cursor}`);
      seen.push(...page.body.entries.map(({ position }) => position));
      cursor = page.body.next ? `&cursor=${encodeURIComponent(page.body.next)}` : '';
    } while (cursor);
    const whole = await server.get<TrailPage>(`${server.plan}/audit?actor=demo-reporter-331102&limit=1000`);
    expect(seen).toEqual(whole.body.entries.map(({ position }) => position));
    expect(seen.length).toBeGreaterThan(40);

    const csv = await server.get(`${server.plan}/figures/02/331102/2022/trail?format=csv`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.text.split('\n')).toHaveLength(6);
  });

  it('has an audit trail by indicator, unit, period, action and range of days, which can be combined', async () => {
    const audit = async (query: string) => {
      const { status, body } = await server.get<TrailPage>(`${server.plan}/audit?limit=1000&${query}`);
      expect([status, body.next]).toEqual([200, undefined]);
      return body.entries;
    };
    const positions = (entries: readonly TrailEntry[]) => entries.map(({ position }) => position);
    const figure = await server.get<TrailEntry[]>(`${server.plan}/figures/02/331102/2022/trail`);
    expect(positions(await audit('indicator=02&unit=331102&period=2022'))).toEqual(positions(figure.body));

    const target = await audit('indicator=02&action=TargetSet');
    expect(target.map(({ subject, to }) => [subject.unit, subject.period, to])).toEqual([
      ['331100', '2022', expect.any(String)],
      ['331100', '2025', '58'],
    ]);
    const corrected = await audit('action=更正&from=2023-08-01&to=2023-08-31&clock=known');
    expect(corrected.map(({ label, subject }) => [label, subject.code, subject.unit])).toEqual([
      ['更正', 'T61', '331122'],
      ['更正', '02', '331102'],
    ]);
    expect(await audit('action=更正&from=2023-08-01&to=2023-08-31&clock=recorded')).toEqual([]);

    const ofUnit = await audit('unit=331102');
    const kinds = new Set(ofUnit.map(({ category }) => category));
    expect([...kinds].sort()).toEqual(['figure', 'indicator', 'plan', 'project']);
    const before = ofUnit.filter(({ knownAt }) => knownAt < '2023-06-30T16:00:00.000Z');
    expect(positions(await audit('unit=331102&asOf=2023-06-30'))).toEqual(positions(before));
    expect(before.length).toBeLessThan(ofUnit.length);
  });

  it('accepts a report and, from another person, its approval; clients read their own writes', async () => {
    const figure = `${server.plan}/figures/04/331102/2024`;
    const reported = await server.post<CommandAnswer>(
      `${figure}/measurement`,
      { value: '12480' },
      { 'Idempotency-Key': 'a-1' },
    );
    expect(reported.headers.get('etag')).toBe('"0"');
    const repeated = await server.post<CommandAnswer>(
      `${figure}/measurement`,
      { value: '12480' },
      { 'Idempotency-Key': 'a-1' },
    );
    expect(repeated.body).toEqual({ ...reported.body, repeated: true });

    const stale = await server.post(`${figure}/corrections`, { value: '12500', reason: '核对' }, { 'If-Match': '"4"' });
    expect(stale.status).toBe(412);
    const own = await server.post(`${figure}/approval`, {});
    expect(own.body).toMatchObject({ code: 'figure.own-approval' });
    const { headers: reviewer } = await signUp(server, '李四', [{ role: 'reviewer', plan: lishui }]);
    const approved = await server.post<CommandAnswer>(`${figure}/approval`, {}, { ...reviewer, 'If-Match': '"0"' });
    expect(approved.status).toBe(200);

    const read = await server.get(figure, { 'Tongjian-Position': approved.body.position! });
    expect(read.body).toMatchObject({ standing: 'approved', latest: { reported: { value: '12480' } } });
    expect(read.headers.get('etag')).toBe('"1"');
  });

  it('has no values if the demonstration data are not loaded', async () => {
    const bare = await startTestServer({ demo: false });
    try {
      const { body } = await bare.get<OverviewNow>(`${bare.plan}/overview?period=2022`);
      expect(body.demo).toBe(false);
      expect(body.indicators.every(({ cells }) => cells.every(({ value }) => !isMeasured(value)))).toBe(true);
      const base = await bare.get<OverviewNow>(`${bare.plan}/overview?period=2020`);
      expect(cityCell(base.body, '04').value).toMatchObject({ shown: '10200', source: 'reported', demo: false });
    } finally {
      await bare.close();
    }
  });

  it('appends nothing when the same folder is loaded again', async () => {
    const { seedFiles } = await import('../support/seeds.js');
    const before = await server.get<{ head: string }>('/api/status');
    const again = await server.post<{ events: number }>('/api/submissions', { files: seedFiles(lishui) });
    expect(again.body.events).toBe(0);
    expect((await server.get<{ head: string }>('/api/status')).body.head).toBe(before.body.head);
  });
});
