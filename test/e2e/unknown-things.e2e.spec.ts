import type { TrailEntry } from '../../src/audit/trail-entry.js';
import type { Comparison } from '../../src/evaluations/comparison.js';
import { dayOf } from '../../src/kernel/time.js';
import { createInstallation, type Installation } from '../support/house.js';
import { tongjian, type Ended } from '../support/program.js';
import { lishui, seedFiles } from '../support/seeds.js';
import { serve, type TestServer } from '../support/server.js';

interface Problem {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
}

let installation: Installation;
let server: TestServer;
beforeAll(async () => {
  installation = await createInstallation();
  server = await serve(installation.data);
  for (const folder of [lishui, `${lishui}-demo`]) await server.engine.submissions.submit(seedFiles(folder));
  await server.engine.caughtUp();
  const opened = await server.post(`${server.plan}/evaluations/midterm-2022`, { kind: 'midterm', period: '2022' });
  expect(opened.status).toBe(200);
  const taken = await server.post(`${server.plan}/evaluations/midterm-2022/snapshots`, { asOf: '2023-06-30' });
  expect(taken.status).toBe(200);
  await server.get(`${server.plan}`, { 'Tongjian-Position': taken.headers.get('tongjian-position')! });
}, 120_000);
afterAll(async () => {
  await server.close();
  await installation.remove();
});

const beyond = '9000000000000000000';

describe('a query for something unknown is refused', () => {
  /** The path below the plan, the status and code, and the way out. */
  it.each<[string, number, string, string | RegExp]>([
    ['/overview?asOf=2999-01-01', 400, 'time.future', '今日或更早'],
    ['/overview?asOf=2999-01-01T00:00:00Z', 400, 'time.future', '今日或更早'],
    ['/overview?asOf=2023-02-30', 400, 'time.malformed', '2023-06-30'],
    [`/overview?atPosition=${beyond}`, 404, 'position.beyond-log', /末位是 \d+/],
    ['/overview?period=2031', 400, 'period.outside-plan', '2021–2025'],
    ['/overview?period=2019', 400, 'period.outside-plan', '基期 2020'],
    ['/overview?period=2022-Q3', 400, 'period.frequency', '年（2022）'],
    ['/index?period=2031', 400, 'period.outside-plan', '2021–2025'],
    ['/index?period=2022-07', 400, 'period.frequency', '年（2022）'],
    ['/index?asOf=2999-01-01', 400, 'time.future', '今日或更早'],
    ['/index/change?from=2024-01-01&to=2023-01-01', 400, 'index.order', '对调'],
    ['/index/change?fromPeriod=2023&period=2022', 400, 'index.order', '对调'],
    ['/index/change?fromPeriod=2031', 400, 'period.outside-plan', '2021–2025'],
    ['/index/change?from=2023-06-30&period=2022-Q1', 400, 'period.frequency', '年（2022）'],
    ['/index/change?from=2999-01-01', 400, 'time.future', '今日或更早'],
    ['/index/change?from=2023-06-30&unit=999999', 404, 'unit.unknown', '331100（丽水市）'],
    ['/index/change?from=2023-06-30&unit=青田', 404, 'unit.unknown', '您是否指 331121（青田县）？'],
    ['/index/change?from=2023-06-30&unit=330000', 400, 'unit.not-judged', '另选单位'],
    ['/index/change?from=2023-06-30&area=X9', 404, 'area.unknown', 'A1'],
    ['/indicators/99', 404, 'indicator.unknown', '01（每万老年人拥有执证养老护理员数）'],
    ['/indicators/99/history', 404, 'indicator.unknown', '请用代码'],
    ['/indicators/护理型床位/history', 404, 'indicator.unknown', '您是否指 02（护理型床位占养老机构床位比例）？'],
    ['/indicators/02/history?unit=青田', 404, 'unit.unknown', '您是否指 331121（青田县）？'],
    ['/indicators/02/history?unit=青田县', 404, 'unit.unknown', '您是否指 331121（青田县）？'],
    ['/indicators/02/history?unit=999999', 404, 'unit.unknown', '请用代码'],
    ['/indicators/02/history?asOf=2999-01-01', 400, 'time.future', '今日或更早'],
    ['/figures?code=99', 404, 'indicator.unknown', '请用代码'],
    ['/figures?code=02&period=2031', 400, 'period.outside-plan', '2021–2025'],
    ['/figures?code=02&period=2022-Q1', 400, 'period.frequency', '年（2022）'],
    ['/figures/99/331102/2022', 404, 'indicator.unknown', '请用代码'],
    ['/figures/02/999999/2022', 404, 'unit.unknown', '请用代码'],
    ['/figures/02/青田/2022', 404, 'unit.unknown', '您是否指 331121（青田县）？'],
    ['/figures/02/331102/2031', 400, 'period.outside-plan', '2021–2025'],
    ['/figures/02/331102/2022-Q1', 400, 'period.frequency', '年（2022）'],
    ['/figures/02/331102/nonsense', 400, 'period.malformed', '2022-Q3'],
    ['/figures/02/331100/2022', 404, 'figure.unknown', '汇总'],
    ['/figures/99/331102/2022/trail', 404, 'indicator.unknown', '请用代码'],
    ['/figures/02/999999/2022/trail', 404, 'unit.unknown', '请用代码'],
    ['/figures/02/331102/2031/trail', 400, 'period.outside-plan', '2021–2025'],
    ['/figures/02/331102/nonsense/trail', 400, 'period.malformed', '2022-Q3'],
    [`/figures/02/331102/2022/trail?atPosition=${beyond}`, 404, 'position.beyond-log', '末位'],
    ['/audit?actor=nobody', 404, 'audit.unknown-actor', '核对编号'],
    ['/audit?day=2023-02-30', 400, 'input.invalid', '日历上没有 2023-02-30 这一天'],
    ['/audit?day=2999-01-01', 400, 'time.future', '今日或更早'],
    ['/audit?from=2023-01-01&to=2999-01-01', 400, 'time.future', '今日或更早'],
    ['/audit?from=2999-01-01&clock=known', 400, 'time.future', '今日或更早'],
    ['/audit?from=2023-07-01&to=2023-06-30', 400, 'audit.order', '对调'],
    ['/audit?day=2023-07-01&to=2023-07-02', 400, 'audit.query', '只写其一'],
    ['/audit', 400, 'audit.query', 'indicator'],
    ['/audit?clock=known', 400, 'audit.query', '至少'],
    ['/audit?indicator=99', 404, 'indicator.unknown', '01（每万老年人拥有执证养老护理员数）'],
    ['/audit?indicator=护理型床位', 404, 'indicator.unknown', '您是否指 02（护理型床位占养老机构床位比例）？'],
    ['/audit?unit=青田', 404, 'unit.unknown', '您是否指 331121（青田县）？'],
    ['/audit?period=2031', 400, 'period.outside-plan', '2021–2025'],
    ['/audit?period=2022-13', 400, 'input.invalid', '2022-Q3'],
    ['/audit?action=measured', 404, 'audit.unknown-action', 'PlanDrafted（建立规划）'],
    ['/audit?action=缺报', 404, 'audit.unknown-action', '您是否指 MeasurementDeclaredMissing（登记缺报）？'],
    ['/audit?indicator=02&cursor=elsewhere', 400, 'audit.cursor', 'next'],
    ['/audit?actor=demo-reporter-331102&asOf=2999-01-01', 400, 'time.future', '今日或更早'],
    ['/projects/P999', 404, 'document.unknown', '核对编号'],
    ['/projects?asOf=2999-01-01', 400, 'time.future', '今日或更早'],
    ['/projects/P999/trail', 404, 'trail.unknown', '核对类别'],
    ['/nonsense/P01/trail', 404, 'trail.unknown', 'projects'],
    ['/evaluations/nonsense', 404, 'evaluation.unknown', '已有 midterm-2022'],
    ['/evaluations/midterm-2022/snapshots/9', 404, 'evaluation.unknown-snapshot', 'midterm-2022/1'],
    ['/evaluations/midterm-2022/snapshots/01', 404, 'evaluation.unknown-snapshot', 'midterm-2022/1'],
    ['/evaluations/midterm-2022/snapshots/9/report.html', 404, 'evaluation.unknown-snapshot', 'midterm-2022/1'],
    ['/comparison?left=midterm-2022/9&right=now', 404, 'evaluation.unknown-snapshot', 'midterm-2022/1'],
    ['/comparison?left=midterm-2022/1/9&right=now', 404, 'evaluation.unknown-snapshot', 'midterm-2022/1'],
    ['/comparison?left=nonsense/1&right=now', 404, 'evaluation.unknown', '已有 midterm-2022'],
    ['/comparison?left=now&right=2999-01-01', 400, 'time.future', '今日或更早'],
    ['/comparison?left=2023-02-30&right=now', 400, 'time.malformed', '2023-06-30'],
    [`/comparison?left=@${beyond}&right=now`, 404, 'position.beyond-log', /末位是 \d+/],
    ['/comparison?left=2023-06-30&right=now&period=2031', 400, 'period.outside-plan', '2021–2025'],
    ['/comparison?left=midterm-2022/1&right=now&period=2021', 400, 'comparison.period', '去掉期间'],
  ])('%s', async (path, status, code, wayOut) => {
    const { body } = await server.get<Problem>(encodeURI(`${server.plan}${path}`));
    expect(body).toMatchObject({ status, code });
    expect(body.detail).toMatch(wayOut);
  });

  it.each([
    ...['', '/overview', '/index', '/indicators', '/figures', '/figures/02/331102/2022', '/audit?day=2023-08-20'],
    ...['/figures/02/331102/2022/trail', '/projects', '/projects/P01/trail', '/evaluations', '/evaluations/x'],
    ...[
      '/evaluations/x/snapshots/1',
      '/submissions',
      '/index/change?from=2023-06-30',
      '/comparison?left=now&right=now',
    ],
  ])('/api/plans/nonsense%s', async (path) => {
    const { body } = await server.get<Problem>(`/api/plans/nonsense${path}`);
    expect(body).toMatchObject({ status: 404, code: 'plan.unknown' });
  });

  it('/api/events?plan=nonsense', async () => {
    const { body } = await server.get<Problem>('/api/events?plan=nonsense');
    expect(body).toMatchObject({ status: 404, code: 'plan.unknown' });
  });
});

describe('what is known is answered', () => {
  const today = dayOf(new Date().toISOString(), 'Asia/Shanghai');

  it.each([
    ...[`/overview?asOf=${today}`, '/overview?atPosition=300', '/overview?period=2020', '/overview?period=2025'],
    ...['/indicators/02/history?unit=330000', '/figures?code=03&period=2020', `/audit?day=${today}`],
    // Nothing happened then, but the day is one.
    ...['/audit?day=2021-11-11', '/audit?actor=demo-reporter-331102&asOf=2021-12-31'],
    ...['/comparison?left=midterm-2022&right=now', `/index/change?from=2023-06-30&to=${today}`],
    ...['/index/change?from=2023-06-30&to=2023-06-30', '/index/change?fromPeriod=2020&period=2022'],
  ])('%s', async (path) => {
    expect(await server.get(`${server.plan}${path}`)).toMatchObject({ status: 200 });
  });
});

describe('a comparison', () => {
  const compared = async (query: string) => (await server.get<Comparison>(`${server.plan}/comparison?${query}`)).body;

  it('of a day tells what one of the snapshot of that day tells, in either direction', async () => {
    const stored = await compared('left=midterm-2022/1&right=now');
    const { left, right, differences } = await compared('left=2023-06-30&right=now&period=2022');
    expect([left, right]).toEqual([
      { label: '截至 2023-06-30', period: '2022' },
      { label: '今日', period: '2022' },
    ]);
    expect(differences.length).toBeGreaterThan(10);
    expect(differences).toEqual(stored.differences);
    const back = await compared('left=now&right=2023-06-30&period=2022');
    expect(back.differences.map(({ from, to }) => [to, from])).toEqual(differences.map(({ from, to }) => [from, to]));
  });

  it('without a period is of the latest one of its first side', async () => {
    expect((await compared('left=2023-06-30&right=now')).left.period).toBe('2022');
    expect((await compared('left=now&right=2023-06-30')).left.period).toBe('2025');
  });

  it('of two positions tells what was entered in between', async () => {
    const head = (await server.engine.log.head())!;
    expect((await compared(`left=@${head}&right=now&period=2022`)).differences).toEqual([]);
    expect((await compared('left=@800&right=@1200&period=2022')).differences.length).toBeGreaterThan(0);
  });
});

describe('the trail of a computed figure', () => {
  it('of the city is that of what its counties reported, each entry with the figure it is about', async () => {
    const { body } = await server.get<TrailEntry[]>(`${server.plan}/figures/02/331100/2022/trail`);
    expect(body).toHaveLength(20);
    const units = new Set(body.map(({ subject }) => subject.unit));
    expect(units.size).toBe(9);
    expect(units).not.toContain('331100');
    expect(new Set(body.map(({ subject: { code, period } }) => `${code} ${period}`))).toEqual(new Set(['02 2022']));
    const positions = body.map(({ position }) => Number(position));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  });

  it('comes in pages, and as known on a day', async () => {
    const path = `${server.plan}/figures/02/331100/2022/trail`;
    const { body: all } = await server.get<TrailEntry[]>(path);
    const paged: TrailEntry[] = [];
    for (let query = '?limit=7'; ;) {
      const page = await server.get<TrailEntry[]>(`${path}${query}`);
      paged.push(...page.body);
      const next = /<\?(cursor=\d+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
      if (!next) break;
      query = `?limit=7&${next}`;
    }
    expect(paged).toEqual(all);
    const { body: then } = await server.get<TrailEntry[]>(`${path}?asOf=2023-06-30`);
    expect(then).toEqual(all.filter(({ knownAt }) => knownAt <= '2023-06-30T15:59:59.999Z'));
    expect(then.length).toBeLessThan(all.length);
  });
});

describe('the command line refuses it, too', () => {
  const run = (...words: string[]): Promise<Ended> => tongjian(installation.data, ...words);

  it.each<[string[], number, string]>([
    [['show', '--unit', '青田'], 1, '您是否指 331121（青田县）？'],
    [['show', '--json', '--unit', '999999'], 1, 'unit.unknown'],
    [['show', '--unit', '330000'], 1, 'unit.not-judged'],
    [['show', '--as-of', '2999-01-01'], 1, 'time.future'],
    [['show', '--at-position', beyond], 1, 'position.beyond-log'],
    [['show', '--period', '2031'], 1, 'period.outside-plan'],
    [['show', '--plan', 'nonsense'], 1, 'plan.unknown'],
    [['history', '99'], 1, 'indicator.unknown'],
    [['history', '02', '--unit', '青田'], 1, '您是否指 331121（青田县）？'],
    [['index', '--unit', '青田'], 1, '您是否指 331121（青田县）？'],
    [['index', '--area', 'X9'], 1, 'area.unknown'],
    [['index', '--from', '2024-01-01', '--as-of', '2023-01-01'], 1, 'index.order'],
    [['list', 'projects', '--unit', '青田'], 1, '您是否指 331121（青田县）？'],
    [['list', 'tasks', '--unit', '331121'], 2, 'list projects'],
    [['list', 'projects', '--period', '2022-Q3'], 1, 'period.frequency'],
    [['audit', '--day', '2023-02-30'], 1, '日历上没有 2023-02-30 这一天'],
    [['audit', '--by', 'nobody'], 1, 'audit.unknown-actor'],
    [['audit', '--of', 'projects/P999'], 1, 'trail.unknown'],
    [['audit', '--of', 'projects'], 2, '类别/编号'],
    [['audit', '--figure', '02'], 2, '指标/单位/期间'],
    [['audit', '--figure', '02/331102/2022/1'], 2, '指标/单位/期间'],
    [['audit', '--figure', '02/999999'], 1, 'unit.unknown'],
    [['verify', 'midterm-2022'], 2, 'midterm-2022/1'],
    [['verify', 'midterm-2022/9'], 1, 'evaluation.unknown-snapshot'],
    [['compare', 'nonsense/1'], 1, 'evaluation.unknown'],
    [['export', '--plan', 'nonsense'], 1, 'plan.unknown'],
  ])('%j', async (words, code, message) => {
    const ended = await run(...words);
    expect(ended.out).toBe('');
    expect(ended.err).toContain(message);
    expect(ended.code).toBe(code);
  });

  it('gives the trail of a computed figure, and of all periods of one', async () => {
    const city = await run('audit', '--figure', '02/331100/2022', '--json');
    expect((JSON.parse(city.out) as TrailEntry[]).length).toBe(20);
    const ended = await run('audit', '--figure', '02/331102', '--json');
    const entries = JSON.parse(ended.out) as TrailEntry[];
    expect(new Set(entries.map(({ subject }) => subject.unit))).toEqual(new Set(['331102']));
    expect(new Set(entries.map(({ subject }) => subject.period))).toEqual(
      new Set(['2020', '2021', '2022', '2023', '2024', '2025']),
    );
  });
});

it('who acted is known to the audit', async () => {
  const path = `${server.plan}/audit?actor=operator`;
  const taken = await server.get<{ entries: TrailEntry[] }>(path);
  expect(taken.body.entries.map(({ type }) => type)).toEqual(['EvaluationOpened', 'SnapshotTaken']);
});
