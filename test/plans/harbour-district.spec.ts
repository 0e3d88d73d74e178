import { join } from 'node:path';
import { make } from '../support/decider-spec.js';
import { memoryEngine, send, readerOf } from '../support/engine.js';
import { Trail } from '../../src/audit/trail.js';
import { searchTrail } from '../../src/audit/trail-search.js';
import type { Engine } from '../../src/engine.js';
import { OpenEvaluation, TakeSnapshot } from '../../src/evaluations/evaluation.commands.js';
import { evaluationProjection } from '../../src/evaluations/evaluation.projection.js';
import { readContent } from '../../src/evaluations/snapshot.js';
import { MeasureIndicator } from '../../src/figures/figure.commands.js';
import { RetireIndicator, SetIndicatorScope, SetTarget } from '../../src/indicators/indicator.commands.js';
import { parsePeriod } from '../../src/kernel/period.js';
import { parseKnownTime } from '../../src/kernel/time.js';
import { indicatorHistory } from '../../src/overview/indicator-history.js';
import { composeOverview, type Overview } from '../../src/overview/overview.js';
import { askedPeriod } from '../../src/overview/asked-period.js';
import { AmendPlan } from '../../src/plans/plan.commands.js';
import { EndUnit } from '../../src/plans/unit-change.commands.js';
import { readPlan } from '../../src/plans/read-plan.js';
import { PlanPolicy, PostponePolicy } from '../../src/policies/policy.commands.js';
import { RegisterProject, ReportInvestment, RescheduleProject } from '../../src/projects/project.commands.js';
import { RecordPromise } from '../../src/promises/promise.commands.js';
import { htmlReport } from '../../src/reports/html-report.js';
import { snapshotReport } from '../../src/reports/snapshot-report.js';
import type { Command } from '../../src/slice/command.js';
import type { FolderContent } from '../../src/submissions/folder-text.js';
import { readFolder } from '../../src/submissions/read-folder.js';
import { AssignTask } from '../../src/tasks/task.commands.js';
import { textOf } from '../support/bureau.js';
import { warningsIn } from '../support/plausible-folder.js';

/**
 * A plan of fiscal years, loaded from `test/plans/harbour-district`: FY2024 is October 2023 to September 2024. The
 * expected numbers were computed by hand with the default rules.
 */
const plan = 'harbour-district-2024-2026';
const [district, east] = ['990000', '990001'] as const;
const files = () => readFolder(join('test', 'plans', 'harbour-district'));
/** The folder with another text in `plan.yaml`. */
const changed = (from: string, to: string): FolderContent => {
  const plan = Buffer.from(files()['plan.yaml']!).toString('utf8').replace(from, to);
  return { ...files(), 'plan.yaml': plan };
};

let engine: Engine;
beforeAll(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(files());
  await engine.caughtUp();
});
afterAll(() => engine.close());

const knownOn = (day: string) => ({ knownAt: parseKnownTime(day, 'UTC') });
const overviewOf = (period: string, day: string): Promise<Overview> =>
  composeOverview(engine.views, plan, period, knownOn(day));
const row = ({ indicators }: Overview, code: string) => indicators.find((each) => each.code === code)!;
const whole = (overview: Overview, code: string) => row(overview, code).cells.find(({ unit }) => unit === district)!;

describe('the overview of FY2024 as known on 2024-10-31', () => {
  let year: Overview;
  beforeAll(async () => void (year = await overviewOf('FY2024', '2024-10-31')));

  it('uses for each indicator the period that ends with the fiscal year', () => {
    expect(year.indicators.map(({ code, period }) => `${code} ${period}`)).toEqual(['H1 FY2024', 'H2 FY2024-Q4']);
    expect(year.plan).toMatchObject({ fiscalYear: { firstMonth: 10, namedAfter: 'end' }, baseline: 'FY2023' });
  });

  it('H1: 40 in FY2023 → 80 in FY2026, 33 + 22 after one of three years', () => {
    // P = (55 − 40) / (80 − 40) = 37.5 %; S = 1/3; X* = 40 + 40/3.
    const { base, value, assessment } = whole(year, 'H1');
    expect([base, value]).toMatchObject([{ shown: '40' }, { shown: '55' }]);
    expect(assessment).toMatchObject({ progress: '37.5', scheduled: '33.333333333333333333' });
    expect(assessment.status).toBe('as-expected');
  });

  it('H2: the four quarters of the fiscal year are 420 of 1,200', () => {
    const { cumulativeSum, assessment } = whole(year, 'H2');
    expect(cumulativeSum).toBe('420');
    expect(assessment).toMatchObject({ progress: '35', scheduled: '33.333333333333333333' });
  });

  it('has an index of all indicators', () => {
    const { index } = year.indexes.find(({ unit }) => unit === district)!;
    // Both are ahead of their time: each scores 60 + 40 · P / S, at most 100.
    expect(index).toMatchObject({ value: '100', coverage: '100' });
  });

  it('counts facts up to the last day of the fiscal year, and compares schedules of either form by their days', () => {
    const { until, projects, policies, tasks } = year.programme;
    expect(until).toBe('2024-09-30');
    // B01 ends with the calendar year 2024: 366 of 458 days. B02 ends on 2025-03-31: 366 of 548 days.
    expect(projects.list.map(({ id, scheduled }) => [id, Math.round(Number(scheduled) * 100)])).toEqual([
      ['B01', Math.round((366 / 458) * 10_000)],
      ['B02', Math.round((366 / 548) * 10_000)],
    ]);
    expect(policies.list.map(({ timeliness }) => timeliness)).toEqual(['overdue']);
    expect(tasks.list.map(({ overdue }) => overdue)).toEqual([true]);
  });

  it('judges a promise of a fiscal year by its target', () => {
    expect(year.programme.promises.list).toMatchObject([{ id: 'C01', target: '80', judgedPeriod: 'FY2024' }]);
  });
});

it('nothing is overdue the day before the fiscal year ends', async () => {
  const { programme } = await overviewOf('FY2024', '2024-09-29');
  expect(programme.policies.list.map(({ timeliness }) => timeliness)).toEqual(['pending']);
  expect(programme.tasks.list.map(({ overdue }) => overdue)).toEqual([false]);
});

it('a quarter of the fiscal year is a period of the plan', async () => {
  const quarter = await overviewOf('FY2024-Q2', '2024-04-30');
  expect(quarter.indicators.map(({ code, period }) => `${code} ${period}`)).toEqual(['H2 FY2024-Q2']);
  expect(whole(quarter, 'H2').cumulativeSum).toBe('200');
});

it('the period that nobody names is the latest fiscal year with values', async () => {
  const document = await readPlan(engine.views, plan);
  const latest = async (day: string) =>
    (await askedPeriod(readerOf(engine), document, undefined, { asOf: knownOn(day), now: knownOn(day).knownAt })).text;
  expect(await latest('2024-10-31')).toBe('FY2024');
  // FY2024 has begun, and has no value of a whole year yet: its first quarter is the latest with a value.
  expect(await latest('2024-01-31')).toBe('FY2024-Q1');
  expect(await latest('2023-10-01')).toBe('FY2024');
});

it('the history of an indicator has fiscal years in the order of their ends', async () => {
  const { points } = await indicatorHistory(engine.views, plan, 'H1', east);
  expect(points.map(({ period }) => period)).toEqual(['FY2023', 'FY2024', 'FY2025', 'FY2026']);
});

it('the audit trail of a fiscal year has its shorter periods', async () => {
  const { pointers } = await searchTrail(engine.views, plan, { period: parsePeriod('FY2024') }, {});
  expect(pointers).toHaveLength(6);
  expect((await searchTrail(engine.views, plan, { period: parsePeriod('FY2024-Q1') }, {})).pointers).toHaveLength(1);
});

it('the report speaks of fiscal years, and states their months', async () => {
  await send(engine, make(OpenEvaluation, { plan, id: 'annual', kind: 'annual', period: 'FY2024' }));
  await send(engine, make(TakeSnapshot, { plan, id: 'annual', asOf: '2024-10-31' }));
  await engine.caughtUp();
  const { body } = (await engine.views.get(evaluationProjection, `${plan}/annual`))!;
  const [entry] = body.snapshots;
  const page = textOf(htmlReport(snapshotReport(await readContent(engine.files, entry!.contentHash), body, entry!)));
  expect(page).toContain('2024 财年监测分析');
  expect(page).toContain('规划期 2024—2026 财年，基期 2023 财年');
  expect(page).toContain('财政年度 自每年 10 月起，以结束年为名：2024 财年即 2023年10月至 2024年9月');
});

describe('a figure of FY2024', () => {
  const quarter = (period: string) => make(MeasureIndicator, { plan, code: 'H2', unit: east, period, value: '9' });
  const decided = async (period: string, day: string) => {
    const before = memoryEngine({ clock: { now: () => `${day}T12:00:00.000Z` } });
    await before.start();
    const { 'history.csv': _, 'actors.csv': __, ...described } = changed("'2023-10-01'", "'2023-09-01'");
    await before.submissions.submit(described);
    const refusal = await send(before, quarter(period)).then(
      () => undefined,
      ({ code }: { code: string }) => code,
    );
    await before.close();
    return refusal;
  };

  it('is reported from the day on which the fiscal year begins', async () => {
    expect(await decided('FY2024-Q1', '2023-09-30')).toBe('figure.future');
    expect(await decided('FY2024-Q1', '2023-10-01')).toBeUndefined();
    expect(await decided('FY2024-Q2', '2023-12-31')).toBe('figure.future');
  });
});

describe('a reporting period of calendar years is refused', () => {
  const project = { name: '泊位', class: 'implementing' as const, category: 'new' as const, investment: '10' };
  it.each<[string, Command]>([
    ['figure', make(MeasureIndicator, { plan, code: 'H1', unit: east, period: '2024', value: '1' })],
    ['target', make(SetTarget, { plan, code: 'H1', unit: east, period: '2024', value: '1' })],
    ['scope', make(SetIndicatorScope, { plan, code: 'H1', unit: east, applies: false, fromPeriod: '2024' })],
    ['retirement', make(RetireIndicator, { plan, code: 'H1', fromPeriod: '2024' })],
    [
      'promise',
      make(RecordPromise, {
        ...{ plan, id: 'C09', statement: '泊位', section: '一', indicator: 'H1', period: '2024', comparator: '=' },
        ...{ value: '60', unitOfMeasure: '个', commitment: 'firm' },
      }),
    ],
    ['evaluation', make(OpenEvaluation, { plan, id: 'e', kind: 'annual', period: '2024' })],
  ])('in a %s', async (_, command) => {
    await expect(send(engine, command)).rejects.toMatchObject({
      code: 'period.calendar',
      message: '本规划按财政年度（10 月起）计期：请写 FY2024',
    });
  });

  it('in a query', async () => {
    const document = await readPlan(engine.views, plan);
    const now = knownOn('2024-10-31').knownAt;
    await expect(askedPeriod(readerOf(engine), document, '2024', { asOf: {}, now })).rejects.toMatchObject({
      code: 'period.calendar',
    });
  });

  it('in the plan itself, with its field', async () => {
    const folder = changed('midterm: FY2025', "midterm: '2025'");
    await expect(memoryEngine().submissions.submit(folder)).rejects.toMatchObject({
      problems: [{ code: 'period.calendar', field: 'midterm' }],
    });
  });

  it('but not as a time for which something is planned', async () => {
    const dated = { plannedStart: '2024-02', plannedEnd: 'FY2025' };
    const registered = make(RegisterProject, { plan, id: 'B09', unit: east, ...project, ...dated });
    expect((await send(engine, registered)).events).toHaveLength(1);
    // FY2024 ends on 2024-09-30, before October 2024.
    const backward = { plannedStart: '2024-10', plannedEnd: 'FY2024' };
    await expect(
      send(engine, make(RegisterProject, { plan, id: 'B10', unit: east, ...project, ...backward })),
    ).rejects.toMatchObject({ code: 'project.years' });
  });
});

describe('a period of fiscal years in a plan of calendar years is refused', () => {
  const calendar = 'river-province-2021-2025';
  const project = { name: '闸', class: 'implementing' as const, category: 'new' as const, investment: '10' };
  const on = { plan: calendar, unit: '990101' };
  let river: Engine;
  beforeAll(async () => {
    river = memoryEngine();
    await river.start();
    await river.submissions.submit(readFolder(join('test', 'plans', 'river-province')));
    const dated = { plannedStart: '2022', plannedEnd: '2023' };
    await send(river, make(RegisterProject, { ...on, id: 'P1', ...project, ...dated }));
    await send(river, make(PlanPolicy, { plan: calendar, id: 'R1', name: '办法', intent: 'new', to: '2023' }));
  });
  afterAll(() => river.close());

  it.each<[string, Command]>([
    ['figure', make(MeasureIndicator, { ...on, code: 'E3', period: 'FY2024', value: '1' })],
    ['project', make(RegisterProject, { ...on, id: 'P2', ...project, plannedStart: '2022', plannedEnd: 'FY2024' })],
    ['new planned end', make(RescheduleProject, { plan: calendar, id: 'P1', plannedEnd: 'FY2024' })],
    ['policy', make(PlanPolicy, { plan: calendar, id: 'R2', name: '办法', intent: 'new', from: 'FY2024' })],
    ['postponed policy', make(PostponePolicy, { plan: calendar, id: 'R1', to: 'FY2024' })],
    ['task', make(AssignTask, { plan: calendar, id: 'D1', title: '清单', kind: 'list', due: 'FY2024' })],
  ])('in a %s', async (_, command) => {
    const carried = send(river, Object.assign(command, { reason: '示例' }));
    await expect(carried).rejects.toMatchObject({
      code: 'period.calendar',
      message: '本规划按日历年计期：请写 2024',
    });
  });
});

describe('units in fiscal years', () => {
  it('a unit that ended before the end of the fiscal year is none of its units', async () => {
    await send(engine, make(EndUnit, { plan, code: '990002', on: '2025-09-30' }));
    await engine.caughtUp();
    const unitsOf = async (period: string) =>
      (await composeOverview(engine.views, plan, period)).units.map(({ code }) => code);
    expect(await unitsOf('FY2024')).toContain('990002');
    // FY2025 ends on 2025-09-30, the first day on which the unit is no more.
    expect(await unitsOf('FY2025')).not.toContain('990002');
  });
});

describe('the warnings of a folder use the days of fiscal years', () => {
  const warnedOf = async (folder: FolderContent) => (await warningsIn(folder)).map(({ id }) => id);

  it('a figure is known early before the last day of its fiscal year, and not on it', async () => {
    const history = Buffer.from(files()['history.csv']!).toString('utf8');
    const knownOnDay = (day: string) => ({
      ...files(),
      'history.csv': history.replace('2024-10-20,clerk,上报,H1,990001', `${day},clerk,上报,H1,990001`),
    });
    expect(await warnedOf(knownOnDay('2024-09-29'))).toEqual(['figure.known-early:H1/990001/FY2024']);
    expect(await warnedOf(knownOnDay('2024-09-30'))).toEqual([]);
  });

  it.each([
    ['harbour-district-2024-2026', []],
    // The calendar years of the first and the last day.
    ['harbour-district-2023-2026', []],
    ['harbour-district-2023-2025', ['plan.code-years:harbour-district-2023-2025']],
  ])('the code %s warns of %j', async (code, warned) => {
    expect(await warnedOf(changed(plan, code))).toEqual(warned);
  });
});

describe('the amounts of its projects', () => {
  it('are in the unit of money that the plan names, in report, checks and trail', async () => {
    const on = { plan, id: 'B02' };
    const reported = (amount: string, day: string) => send(engine, make(ReportInvestment, { ...on, on: day, amount }));
    await reported('210', '2024-09-01');
    await expect(reported('205', '2024-09-02')).rejects.toThrow('累计投资不能由 210 降至 205 百万美元');
    await send(engine, make(OpenEvaluation, { plan, id: 'money', kind: 'annual', period: 'FY2024' }));
    await send(engine, make(TakeSnapshot, { plan, id: 'money' }));
    await engine.caughtUp();
    const { body } = (await engine.views.get(evaluationProjection, `${plan}/money`))!;
    const [entry] = body.snapshots;
    const content = await readContent(engine.files, entry!.contentHash);
    expect(content.overview.plan).toMatchObject({ money: { unit: '百万美元' } });
    expect(content.overview.programme.checks.map(({ text }) => text)).toContain(
      '西港航道疏浚：累计投资 210 百万美元，超过总投资 200 百万美元',
    );
    const page = textOf(htmlReport(snapshotReport(content, body, entry!)));
    expect(page).toMatch(/总投资 2\d\d 百万美元/);
    expect(page).toContain('总投资（百万美元）');
    expect(page).not.toMatch(/[万亿]元/);
    const trail = new Trail(engine.log, engine.views, engine.catalogue);
    const { entries } = await trail.page(plan, { types: new Set(['InvestmentReported']) });
    expect(entries).toMatchObject([
      { to: '210 百万美元 （2024-09-01）', numbers: { to: '210', unitOfMeasure: '百万美元' } },
    ]);
  });

  it('printed in hundred millions are read in that unit', async () => {
    const projects = Buffer.from(files()['projects.csv']!).toString('utf8');
    const folder = { ...files(), 'projects.csv': projects.replace('2亿美元', '3亿美元') };
    expect((await warningsIn(folder)).map(({ id }) => id)).toEqual(['project.unlike-printed:B02/investment']);
  });

  it('are doubted beyond a thousand 亿元 in CNY only', async () => {
    const projects = Buffer.from(files()['projects.csv']!).toString('utf8').replace('2024,50,', '2024,200000,');
    const warned = async (unit: string) =>
      (await warningsIn({ ...changed('百万美元', unit), 'projects.csv': projects.replace('2亿美元', '') })).map(
        ({ id }) => id,
      );
    expect(await warned('百万元')).toEqual(['project.investment-magnitude:B01']);
    expect(await warned('百万日元')).toEqual([]);
  });

  it.each(['万吨', '元/年', '百万'])('are not in %s', async (unit) => {
    await expect(memoryEngine().submissions.submit(changed('百万美元', unit))).rejects.toMatchObject({
      problems: [{ code: 'plan.money', field: 'money.unit' }],
    });
  });
});

it.each([
  ['fiscal year', { fiscalYear: { firstMonth: 4 } }, 'plan.years-fixed'],
  ['unit of money', { money: { unit: '万元' } }, 'plan.money-fixed'],
])('an amendment of the plan does not change its %s', async (_, different, code) => {
  const {
    assumptions: _1,
    actionPlans: _2,
    previousResults: _3,
    glossary: _4,
    ...standing
  } = await readPlan(engine.views, plan);
  const amendment = make(AmendPlan, { ...standing, ...different, plan, reason: '示例' });
  await expect(send(engine, amendment)).rejects.toMatchObject({ code });
});
