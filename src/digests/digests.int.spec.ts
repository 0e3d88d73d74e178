import type { OverviewNow } from '../overview/overview-later.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { CheckPage, FindingPage, PolicyPage, ProjectPage, PromisePage, TaskPage } from './list-kinds.js';
import type { ListPage } from './lists.js';
import type { OverviewMatrix } from './matrix.js';
import type { OverviewNotes } from './notes.js';
import type { OverviewIndicator } from './overview-indicator.js';
import type { OverviewSummary } from './summary.js';
import type { OverviewThing, OverviewProject, OverviewTask } from './things.js';
import type { Timeline } from './timeline.js';
import type { UnitOverview } from './unit-digest.js';
import type { UnitIndicators } from './unit-indicators.js';

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

interface Listed {
  readonly id: string;
  readonly subjectName?: string;
}

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
    for (const [at, { cells }] of rows.entries()) {
      for (const [column, { shown, absent, because }] of cells.entries()) {
        const { value } = overview.indicators[at]!.cells[column]!;
        expect([shown, absent, because]).toEqual(
          'shown' in value ? [value.shown, undefined, undefined] : [undefined, value.absent, value.because],
        );
      }
    }
    for (const { code, index, lights } of units) {
      expect(index.value).toBe(overview.indexes.find(({ unit }) => unit === code)!.index.value);
      const cells = overview.indicators.flatMap((row) => row.cells.filter(({ unit }) => unit === code));
      expect(lights.red).toBe(cells.filter(({ assessment }) => assessment.light === 'red').length);
    }
    const { row } = await read<OverviewIndicator>(`overview/indicators/02?${moment}`);
    expect(row).toEqual(overview.indicators.find(({ code }) => code === '02'));
  });

  it.each(['331100', '331102'])('are the whole cells of unit %s, and the rules by which it is judged', async (unit) => {
    const found = await read<UnitIndicators>(`overview/indicators?${moment}&unit=${unit}`);
    expect(found.indicators.map(({ code, cell }) => [code, cell])).toEqual(
      overview.indicators.flatMap(({ code, cells }) =>
        cells.filter((cell) => cell.unit === unit).map((cell) => [code, cell]),
      ),
    );
    expect(found).toMatchObject({
      baseline: overview.plan.baseline,
      changedSinceApproval: overview.changedSinceApproval.total,
    });
    const asked = new Set(found.indicators.flatMap(({ cell }) => cell.targets.map(({ period }) => period)));
    expect(found.targetPeriods).toEqual(expect.arrayContaining([...asked]));
    const { byArea, index } = overview.indexes.find((each) => each.unit === unit)!;
    expect(found.areas.map(({ area, value }) => [area, value])).toEqual(
      byArea.map(({ area, index: { value } }) => [area, value]),
    );
    const notes = await read<OverviewNotes>(`overview/notes?${moment}&unit=${unit}`);
    expect([notes.rules, notes.context, notes.index.value]).toEqual([overview.rules, overview.context, index.value]);
    expect(notes.index.contributions.map(({ name: _, ...rest }) => rest)).toEqual(index.contributions);
  });

  it.each(['promises', 'projects', 'policies', 'tasks', 'findings', 'checks'] as const)(
    'list all %s in pages, in the order of the overview',
    async (resource) => {
      const { programme } = overview;
      const whole: readonly object[] =
        resource === 'findings' || resource === 'checks' ? programme[resource] : programme[resource].list;
      const items: Listed[] = [];
      let page: ListPage<Listed>;
      let next: string | undefined;
      do {
        const cursor = next === undefined ? '' : `&cursor=${next}`;
        page = await read(`overview/${resource}?${moment}&limit=7${cursor}`);
        items.push(...page.items);
        ({ next } = page);
      } while (next !== undefined);
      const plain = items.map(({ id, subjectName: _, ...item }) => (resource === 'checks' ? item : { id, ...item }));
      expect(plain).toEqual(whole);
      expect(new Set(items.map(({ id }) => id)).size).toBe(whole.length);
      expect([page.total, page.all]).toEqual([whole.length, whole.length]);
      expect(Object.values(page.counts.state!).reduce((sum, count) => sum + count, 0)).toBe(whole.length);
      const [first] = items;
      if (!first) return;
      const one = await read<OverviewThing<object>>(`overview/${resource}/${first.id}?${moment}`);
      expect([one.item, one.until]).toEqual([first, programme.until]);
    },
  );
});

describe('a list', () => {
  const list = <Page>(resource: string, query = '') =>
    read<Page>(`overview/${resource}?period=2023&limit=500&${query}`);
  const projects = async (query: string) => (await list<ProjectPage>('projects', query)).items;

  it('is filtered by unit with those below, by values and words, and counts all things of the unit', async () => {
    const all = await projects('');
    expect(await projects('unit=331100')).toEqual(all);
    expect(await projects('unit=331102')).toEqual(all.filter(({ unit }) => unit === '331102'));
    expect(await projects('state=completed')).toEqual(all.filter(({ standing }) => standing === 'completed'));
    expect(await projects('light=green')).toEqual(all.filter(({ light }) => light === 'green'));
    expect(await projects('flag=overdue')).toEqual(all.filter(({ flags }) => flags.includes('overdue')));
    expect(await projects('category=implementing/new&light=red')).toEqual(
      all.filter((each) => each.class === 'implementing' && each.category === 'new' && each.light === 'red'),
    );
    expect(await projects('q=%20公墓%20莲都区%20')).toEqual(
      all.filter(({ name }) => name.includes('公墓') && name.includes('莲都区')),
    );
    const page = await list<ProjectPage>('projects', 'state=completed&q=公墓&unit=331102');
    const own = all.filter(({ unit }) => unit === '331102');
    expect(page.all).toBe(own.length);
    expect(page.total).toBe(page.items.length);
    expect(page.counts.state!.started).toBe(own.filter(({ standing }) => standing === 'started').length);
    expect(page.counts.flag!.overdue ?? 0).toBe(own.filter(({ flags }) => flags.includes('overdue')).length);
  });

  it('says on its first page what it sums up', async () => {
    const overview = await read<OverviewNow>('overview?period=2023');
    const { promises, projects: sums, policies, tasks, findings } = overview.programme;
    const { list: _, ...whole } = sums;
    expect((await list<ProjectPage>('projects')).summary).toMatchObject(whole);
    const ofUnit = await list<ProjectPage>('projects', 'unit=331102');
    expect(ofUnit.summary?.whole).toMatchObject(
      (({ key: __, ...rest }) => rest)(sums.byUnit.find(({ key }) => key === '331102')!),
    );
    expect((await list<PolicyPage>('policies')).summary).toEqual({ counts: policies.counts, cited: policies.cited });
    expect((await list<TaskPage>('tasks')).summary).toEqual({ byActionPlan: tasks.byActionPlan });
    const repeated = promises.list.filter(({ state, repeats }) => state !== 'withdrawn' && repeats);
    expect((await list<PromisePage>('promises')).summary).toEqual({ repeated: repeated.length });
    const high = findings.filter(({ standing, severity }) => standing !== 'withdrawn' && severity === 'high');
    expect((await list<FindingPage>('findings')).summary?.severities.high ?? 0).toBe(high.length);
    const page = await read<ProjectPage>('overview/projects?period=2023&limit=2');
    const second = await read<ProjectPage>(`overview/projects?period=2023&limit=2&cursor=${page.next}`);
    expect([page.summary === undefined, second.summary]).toEqual([false, undefined]);
  });

  it('is sorted by numbers as numbers, with what has none last', async () => {
    for (const order of ['asc', 'desc']) {
      const sorted = await projects(`sort=percent&order=${order}`);
      const known = sorted.flatMap(({ percent }) => (percent === undefined ? [] : [Number(percent)]));
      expect(known).toEqual(known.toSorted((a, b) => (order === 'asc' ? a - b : b - a)));
      expect(sorted.slice(known.length).every(({ percent }) => percent === undefined)).toBe(true);
    }
  });

  it('begins with what concerns most, where that is asked for', async () => {
    const weights = { red: 0, yellow: 1, green: 2, grey: 3 };
    const found = (await projects('sort=concern')).map(({ id, light, status, flags }) => ({
      id: Number(/\d+/.exec(id)![0]),
      weight: status === 'severely-behind' ? -1 : status === 'no-data' && flags.length > 0 ? 0 : weights[light],
    }));
    expect(found).toEqual(found.toSorted((a, b) => a.weight - b.weight || a.id - b.id));
    const { items } = await list<CheckPage>('checks', 'sort=concern');
    expect(items.map(({ severity }) => severity)).toEqual(
      ['high', 'medium', 'low'].flatMap((each) => items.filter(({ severity }) => severity === each).map(() => each)),
    );
    expect((await list<TaskPage>('tasks', 'sort=concern&order=desc')).items).toEqual(
      (await list<TaskPage>('tasks', 'sort=concern')).items.toReversed(),
    );
  });

  it('of checks has severities as states, and what each is about; that of findings is of a unit by its projects', async () => {
    const { items } = await list<CheckPage>('checks', 'state=high&check=promise-broken');
    expect(items.length).toBeGreaterThan(0);
    for (const { severity, check, subject, subjectName } of items) {
      expect([severity, check]).toEqual(['high', 'promise-broken']);
      const { item } = await read<OverviewThing<{ statement: string }>>(`overview/promises/${subject}?period=2023`);
      expect(subjectName).toBe(item.statement);
    }
    const all = await list<FindingPage>('findings');
    const own = await list<FindingPage>('findings', 'unit=331102');
    const ids = new Set((await projects('unit=331102')).map(({ id }) => id));
    expect(own.items).toEqual(
      all.items.filter(({ subjectType, subject = '' }) => subjectType === 'project' && ids.has(subject)),
    );
  });

  it('of tasks is filtered by the action plans of the plan', async () => {
    const { counts } = await list<TaskPage>('tasks');
    for (const [actionPlan, count] of Object.entries(counts.actionPlan!)) {
      const { total, items } = await list<TaskPage>('tasks', `actionPlan=${actionPlan}`);
      expect([total, items.length]).toEqual([count, count]);
    }
  });
});

it('a thing has what was found about it, its parts, and what is judged by it', async () => {
  const { programme } = await read<OverviewNow>('overview?period=2023');
  const part = programme.projects.list.find((each) => each.package !== undefined)!;
  const whole = await read<OverviewProject>(`overview/projects/${part.package}?period=2023`);
  expect(whole.parts!.map(({ id }) => id)).toContain(part.id);
  expect((await read<OverviewProject>(`overview/projects/${part.id}?period=2023`)).package?.id).toBe(part.package);
  expect(whole.checks.map(({ text }) => text)).toEqual(
    programme.checks
      .filter(({ subject, subjectType }) => subjectType === 'project' && subject === part.package)
      .map(({ text }) => text),
  );
  const promise = programme.promises.list.find(({ task }) => task !== undefined)!;
  const task = await read<OverviewTask>(`overview/tasks/${promise.task}?period=2023`);
  expect(task.promises!.map(({ id }) => id)).toContain(promise.id);
  const about = programme.findings.find(({ subjectType }) => subjectType === 'promise')!;
  const { findings } = await read<OverviewThing<object>>(`overview/promises/${about.subject}?period=2023`);
  expect(findings.map(({ id }) => id)).toContain(about.id);
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
  expect(await problem('overview/projects?flag=late')).toEqual([400, 'input.invalid']);
  expect(await problem('overview/tasks?actionPlan=X9')).toEqual([400, 'input.invalid']);
  expect((await server.get(`${server.plan}/overview/tasks?actionPlan=X9`)).text).toContain('行动计划须为 none、');
  expect(await problem('overview/indicators?unit=999')).toEqual([404, 'unit.unknown']);
  expect(await problem('overview/notes?unit=330000')).toEqual([400, 'unit.not-judged']);
  expect(await problem('overview/nothing')).toEqual([404, 'route.unknown']);
  for (const path of ['timeline', 'overview/summary', 'overview/tasks']) {
    expect(await problem(`${path}?asOf=2100-01-01`)).toEqual([400, 'time.future']);
    expect(await problem(`${path}?asOf=2015-01-01`)).toEqual([404, 'plan.not-yet-known']);
    expect(await problem(`${path}?atPosition=999999999`)).toEqual([404, 'position.beyond-log']);
  }
  expect((await server.get<{ code: string }>('/api/plans/nothing/timeline')).body.code).toBe('plan.unknown');
});
