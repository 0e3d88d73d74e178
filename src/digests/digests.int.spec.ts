import type { OverviewNow } from '../overview/overview-later.js';
import type { ProjectNow } from '../overview/programme/projects.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { ListPage, ListedCheck } from './lists.js';
import type { OverviewMatrix } from './matrix.js';
import type { OverviewIndicator } from './overview-indicator.js';
import type { OverviewSummary } from './summary.js';
import type { Timeline } from './timeline.js';
import type { UnitOverview } from './unit-digest.js';

let server: TestServer;
beforeAll(async () => void (server = await startTestServer()), 60_000);
afterAll(() => server.close());

async function read<Body>(path: string, headers?: Record<string, string>): Promise<Body> {
  const { status, body, text } = await server.get<Body>(`${server.plan}/${path}`, headers);
  if (status !== 200) throw new Error(text);
  return body;
}
const problem = async (path: string): Promise<[number, string]> => {
  const { status, body } = await server.get<{ code: string }>(`${server.plan}/${path}`);
  return [status, body.code];
};

const moments = ['period=2022&asOf=2023-06-30', 'period=2023&atPosition=3000'];

describe.each(moments)('the parts of the overview with %s', (moment) => {
  let overview: OverviewNow;
  beforeAll(async () => void (overview = await read<OverviewNow>(`overview?${moment}`)));

  it.each(['331100', '331102'])('say of unit %s what the overview says', async (unit) => {
    const summary = await read<OverviewSummary>(`overview/summary?${moment}&unit=${unit}`);
    const { index } = overview.indexes.find((each) => each.unit === unit)!;
    expect(summary.index).toMatchObject({ value: index.value, coverage: index.coverage, vetoed: index.vetoed });
    expect([...summary.index.scored, ...summary.index.unscored].sort()).toEqual(
      overview.indicators
        .filter(({ cells }) => cells.some((cell) => cell.unit === unit && cell.assessment.status !== 'not-applicable'))
        .map(({ code }) => code),
    );
    for (const indicator of summary.indicators) {
      const row = overview.indicators.find(({ code }) => code === indicator.code)!;
      const cell = row.cells.find((each) => each.unit === unit)!;
      expect(indicator.assessment).toEqual(cell.assessment);
      expect(indicator.value.shown).toBe('shown' in cell.value ? cell.value.shown : undefined);
      expect(indicator.later).toEqual(cell.later);
      const now = indicator.path.find(({ period }) => period === overview.period);
      expect(now?.shown).toBe(indicator.value.shown);
    }
    const { total, green, yellow, red, grey } = summary.lights;
    expect([total, green + yellow + red + grey]).toEqual([summary.indicators.length, total]);
    const needed = summary.indicators.filter(
      ({ assessment: { light, status } }) => light !== 'green' && status !== 'not-applicable',
    );
    expect(summary.attention.map(({ code }) => code)).toEqual(expect.arrayContaining(needed.map(({ code }) => code)));
    expect(summary.programme).toMatchObject({
      promises: overview.programme.promises.counts,
      projects: { whole: overview.programme.projects.whole, byParts: overview.programme.projects.byParts },
      policies: overview.programme.policies.counts,
    });
    expect(JSON.stringify(summary).length).toBeLessThan(30_000);

    const one = await read<UnitOverview>(`overview/units/${unit}?${moment}`);
    expect([one.index, one.areas, one.indicators]).toEqual([summary.index, summary.areas, summary.indicators]);
    const own = overview.programme.projects.list.filter((project) => project.unit === unit);
    expect(one.projects.list.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
  });

  it('are the cells of the matrix, and the row of an indicator', async () => {
    const { rows, units } = await read<OverviewMatrix>(`overview/matrix?${moment}`);
    expect(units.map(({ code }) => code)).toEqual(overview.indexes.map(({ unit }) => unit));
    expect(rows.map(({ cells }) => cells.map(({ unit, light, score }) => [unit, light, score]))).toEqual(
      overview.indicators.map(({ cells }) =>
        cells.map(({ unit, assessment: { light, score } }) => [unit, light, score]),
      ),
    );
    const { row } = await read<OverviewIndicator>(`overview/indicators/02?${moment}`);
    expect(row).toEqual(overview.indicators.find(({ code }) => code === '02'));
  });

  it.each(['promises', 'projects', 'policies', 'tasks', 'findings', 'checks'] as const)(
    'list all %s in pages, in the order of the overview',
    async (resource) => {
      const { programme } = overview;
      const whole: readonly object[] =
        resource === 'findings' || resource === 'checks' ? programme[resource] : programme[resource].list;
      const items: { id: string }[] = [];
      let page: ListPage<{ id: string }>;
      let next: string | undefined;
      do {
        const cursor = next === undefined ? '' : `&cursor=${next}`;
        page = await read(`overview/${resource}?${moment}&limit=7${cursor}`);
        items.push(...page.items);
        ({ next } = page);
      } while (next !== undefined);
      const withoutIds = resource === 'checks' ? items.map(({ id: _, ...check }) => check) : items;
      expect(withoutIds).toEqual(whole);
      expect(new Set(items.map(({ id }) => id)).size).toBe(whole.length);
      expect(page.total).toBe(whole.length);
      expect(Object.values(page.states).reduce((sum, count) => sum + count, 0)).toBe(whole.length);
      const [first] = items;
      if (first) expect(await read(`overview/${resource}/${first.id}?${moment}`)).toEqual(first);
    },
  );
});

describe('a list', () => {
  const ids = async (query: string) =>
    (await read<ListPage<ProjectNow>>(`overview/projects?period=2023&limit=500&${query}`)).items;

  it('is filtered by unit with those below, state, light and words, and counts states before the state is asked', async () => {
    const all = await ids('');
    expect(await ids('unit=331100')).toEqual(all);
    expect(await ids('unit=331102')).toEqual(all.filter(({ unit }) => unit === '331102'));
    expect(await ids('state=completed')).toEqual(all.filter(({ standing }) => standing === 'completed'));
    expect(await ids('light=green')).toEqual(all.filter(({ light }) => light === 'green'));
    expect(await ids('q=%20公墓%20莲都区%20')).toEqual(
      all.filter(({ name }) => name.includes('公墓') && name.includes('莲都区')),
    );
    const { states, total } = await read<ListPage<ProjectNow>>('overview/projects?period=2023&state=completed');
    expect(states.completed).toBe(total);
    expect(states.started).toBeGreaterThan(0);
  });

  it('is sorted by numbers as numbers, with what has none last', async () => {
    for (const order of ['asc', 'desc']) {
      const sorted = await ids(`sort=percent&order=${order}`);
      const known = sorted.flatMap(({ percent }) => (percent === undefined ? [] : [Number(percent)]));
      expect(known).toEqual(known.toSorted((a, b) => (order === 'asc' ? a - b : b - a)));
      expect(sorted.slice(known.length).every(({ percent }) => percent === undefined)).toBe(true);
    }
  });

  it('of checks has severities as states', async () => {
    const { items } = await read<ListPage<ListedCheck>>('overview/checks?period=2023&state=high');
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(({ severity }) => severity === 'high')).toBe(true);
  });
});

describe('the days of a plan', () => {
  it('begin when it can be read, end today, and count what became known', async () => {
    const timeline = await read<Timeline>('timeline');
    expect(timeline).toMatchObject({ timeZone: 'Asia/Shanghai', firstDay: '2021-12-31', period: '2025' });
    expect(timeline.days[0]!.day).toBe(timeline.firstDay);
    expect(timeline.days.map(({ day }) => day)).toEqual(timeline.days.map(({ day }) => day).toSorted());
    const { status } = await server.get(`${server.plan}/overview/summary?asOf=${timeline.firstDay}`);
    expect(status).toBe(200);
    const earlier = await read<Timeline>('timeline?asOf=2023-06-30');
    expect([earlier.period, earlier.days]).toEqual(['2022', timeline.days]);
    const before = await read<Timeline>('timeline?atPosition=1000');
    const sum = ({ days }: Timeline) => days.reduce((total, { count }) => total + count, 0);
    expect(sum(before)).toBeLessThan(sum(timeline));
    expect(sum(await read<Timeline>(`timeline?atPosition=${timeline.position}`))).toBe(sum(timeline));
  });
});

it('what the plan does not have is refused, as the overview refuses it', async () => {
  expect(await problem('overview/summary?unit=999')).toEqual([404, 'unit.unknown']);
  expect(await problem('overview/units/999')).toEqual([404, 'unit.unknown']);
  expect(await problem('overview/units/330000')).toEqual([400, 'unit.not-judged']);
  expect(await problem('overview/indicators/99')).toEqual([404, 'indicator.unknown']);
  expect(await problem('overview/matrix?period=2019')).toEqual([400, 'period.outside-plan']);
  expect(await problem('overview/matrix?period=2022-M13')).toEqual([400, 'input.invalid']);
  expect(await problem('overview/projects/P999')).toEqual([404, 'document.unknown']);
  expect(await problem('overview/projects?unit=999')).toEqual([404, 'unit.unknown']);
  expect(await problem('overview/projects?cursor=P999')).toEqual([400, 'list.cursor']);
  expect(await problem('overview/promises?unit=331102')).toEqual([400, 'input.invalid']);
  expect(await problem('overview/nothing')).toEqual([404, 'route.unknown']);
  for (const path of ['timeline', 'overview/summary', 'overview/tasks']) {
    expect(await problem(`${path}?asOf=2100-01-01`)).toEqual([400, 'time.future']);
    expect(await problem(`${path}?asOf=2015-01-01`)).toEqual([404, 'plan.not-yet-known']);
    expect(await problem(`${path}?atPosition=999999999`)).toEqual([404, 'position.beyond-log']);
  }
  expect((await server.get<{ code: string }>('/api/plans/nothing/timeline')).body.code).toBe('plan.unknown');
});
