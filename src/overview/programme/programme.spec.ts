import { memoryEngine, send } from '../../../test/support/engine.js';
import { make } from '../../../test/support/decider-spec.js';
import { programmeFolder, programmeWarnings } from '../../../test/support/programme-folder.js';
import type { Engine } from '../../engine.js';
import { RetireIndicator } from '../../indicators/indicator.commands.js';
import { parseKnownTime } from '../../kernel/time.js';
import { ReportInvestment } from '../../projects/project.commands.js';
import { composeOverview } from '../overview.js';
import type { Programme } from './programme.js';

let engine: Engine;
beforeAll(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(programmeFolder(), undefined, programmeWarnings);
  await engine.caughtUp();
});
afterAll(() => engine.close());

const of = async (period: string, day?: string): Promise<Programme> => {
  const asOf = day === undefined ? undefined : { knownAt: parseKnownTime(day, 'Asia/Shanghai') };
  return (await composeOverview(engine.views, 'small', period, asOf)).programme;
};
const promise = async (id: string, period: string) => (await of(period)).promises.list.find((each) => each.id === id)!;

describe('a promise tracked by an indicator', () => {
  it.each([
    ['2022', 'on-track', 'green', '2022', '60'],
    ['2023', 'kept', 'green', '2023', '100'],
    ['2025', 'no-data', 'grey', '2025', undefined],
  ])('with a period is in %s %s', async (period, state, light, judgedPeriod, shown) => {
    const found = await promise('T01', period);
    expect(found).toMatchObject({ state, light, judgedPeriod, target: '100', statement: '床位100张', line: 175 });
    expect(found.shown).toBe(shown);
  });

  it('without a period is compared with the final target', async () => {
    expect(await promise('T02', '2022')).toMatchObject({ state: 'on-track', target: '100' });
    expect(await promise('T02', '2023')).toMatchObject({ state: 'kept' });
  });

  it.each([
    ['2021', 'ahead', '20'],
    ['2022', 'ahead', '45'],
    ['2023', 'completed-early', '55'],
    ['2024', 'completed-early', '54'],
  ])('of a cumulative indicator is compared with the sum so far: %s', async (period, status, shown) => {
    const state = status === 'ahead' ? 'on-track' : 'kept';
    expect(await promise('T03', period)).toMatchObject({ state, status, shown, exact: shown, target: '50' });
  });

  it('of a growth indicator is compared with its rate', async () => {
    expect(await promise('T04', '2022')).toMatchObject({ state: 'kept', shown: '10.0', target: '8' });
    expect(await promise('T04', '2025')).toMatchObject({ state: 'not-kept', light: 'red', shown: '5.4' });
  });

  it('of a floor must be kept every year, also before its period', async () => {
    expect(await promise('T05', '2022')).toMatchObject({ state: 'not-kept', light: 'red', shown: '99', target: '100' });
    expect(await promise('T05', '2023')).toMatchObject({ state: 'kept', light: 'green' });
  });

  it('of a rule is compared with the rule’s value and includes the rule', async () => {
    const rule = { target: '14300', rule: '=1.3*value("B1")' };
    expect(await promise('T06', '2022')).toMatchObject({ state: 'kept', shown: '14300', ...rule });
  });

  it('whose period has passed is judged by that period', async () => {
    expect(await promise('T06', '2023')).toMatchObject({ state: 'kept', judgedPeriod: '2022', shown: '14300' });
  });

  it('of a retired indicator has no data', async () => {
    const other = memoryEngine();
    await other.start();
    await other.submissions.submit(programmeFolder(), undefined, programmeWarnings);
    await send(other, make(RetireIndicator, { plan: 'small', code: 'L1', fromPeriod: '2023', reason: '停用' }));
    await other.caughtUp();
    const { programme } = await composeOverview(other.views, 'small', '2023');
    expect(programme.promises.list.find(({ id }) => id === 'T01')).toMatchObject({ state: 'no-data', light: 'grey' });
    await other.close();
  });
});

describe('a promise tracked by a task', () => {
  it.each([
    ['2021', 'open', 'grey'],
    ['2022', 'kept', 'green'],
    ['2023', 'not-kept', 'red'],
  ])('is in %s %s', async (period, state, light) => {
    expect(await promise('T07', period)).toMatchObject({ state, light, task: 'D01' });
  });

  it('without a due period stays open', async () => {
    expect(await promise('T08', '2025')).toMatchObject({ state: 'open', light: 'grey' });
  });
});

it('promises are counted by state', async () => {
  const { list, counts } = (await of('2022')).promises;
  expect(counts).toEqual({
    ...{ kept: 3, 'not-kept': 1, 'on-track': 3, roughly: 0, behind: 0, 'no-data': 1, open: 1 },
  });
  expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(list.length);
});

describe('the programme as of a known time', () => {
  it('counts facts up to the end of the period or the known day, whichever is earlier', async () => {
    expect((await of('2022')).until).toBe('2022-12-31');
    expect((await of('2022', '2023-06-30')).until).toBe('2022-12-31');
    expect((await of('2022', '2022-08-15')).until).toBe('2022-08-15');
    expect((await of('2022-S1', '2022-08-15')).until).toBe('2022-06-30');
  });

  it('includes later knowledge about earlier days, but no later facts', async () => {
    const project = async (day: string) => (await of('2022', day)).projects.list.find(({ id }) => id === 'P01')!;
    expect(await project('2022-03-31')).toMatchObject({ standing: 'registered' });
    expect(await project('2022-08-15')).toMatchObject({ standing: 'started', percent: '20', invested: '5000' });
    expect(await project('2022-12-31')).toMatchObject({ standing: 'suspended', because: '征地', invested: '4800' });
    expect(await project('2023-01-31')).toMatchObject({ standing: 'started', plannedEnd: '2023' });
    expect(await project('2023-06-30')).toMatchObject({ plannedEnd: '2024-06', firstPlannedEnd: '2023' });
    const policy = async (day: string) => (await of('2022', day)).policies.list.find(({ id }) => id === 'R01')!;
    expect(await policy('2024-12-31')).toMatchObject({ documentNumber: '示例〔2022〕18号', timeliness: 'on-time' });
  });
});

describe('findings', () => {
  it('are ordered by severity and have their answers and closing', async () => {
    const findings = (await of('2022', '2022-12-31')).findings;
    expect(findings.map(({ id, standing }) => [id, standing])).toEqual([
      ['I02', 'answered'],
      ['I03', 'open'],
      ['I01', 'open'],
    ]);
    expect(findings[0]).toMatchObject({
      ...{ severity: 'high', subjectType: 'promise', subject: 'T01', lines: [48, 200], raisedBy: '装载员' },
      answers: [{ on: '2022-03-15', text: '两处口径不同', by: '莲都填报员' }],
    });
    expect(findings[2]).not.toHaveProperty('subject');
    const later = (await of('2022')).findings[0];
    expect(later).toMatchObject({ standing: 'closed', closed: { on: '2023-07-20', text: '已重述' } });
  });
});

describe('checks', () => {
  const texts = async (period: string, day?: string) =>
    (await of(period, day)).checks.map(({ check, severity, subject, text }) => [check, severity, subject, text]);

  it('of 2022 as known at the end of 2022', async () => {
    expect(await texts('2022', '2022-12-31')).toEqual([
      ['project-suspended', 'medium', 'P01', '康养中心：停工：征地'],
      [...['project-money-ahead', 'high', 'P01'], '康养中心：资金超前于形象进度：投资完成率 48%，形象进度 20%'],
      ['project-start-overdue', 'medium', 'P01-1', '一期：计划2022年开工，没有报告开工'],
      ['project-start-overdue', 'medium', 'P01-2', '二期：计划2022年开工，没有报告开工'],
      ['package-sum', 'low', 'P01', '康养中心：总投资 10000 万元，2 个子项合计 9000 万元'],
      ['task-overdue', 'medium', 'D01', '编制服务清单：期限 2022 已过，尚未完成'],
    ]);
  });

  it('include a broken promise once its figure is known', async () => {
    const broken = ['promise-broken', 'high', 'T05', '覆盖率保持100%：2022 为 99，未达到 100'];
    expect(await texts('2022')).toContainEqual(broken);
  });

  it('disappear when their causes are resolved', async () => {
    expect((await texts('2022')).map(([check, , subject]) => `${check} ${subject}`)).toEqual([
      ...['promise-broken T05', 'project-money-ahead P01', 'project-start-overdue P01-1'],
      ...['project-start-overdue P01-2', 'package-sum P01'],
    ]);
  });

  it('of 2024', async () => {
    const found = await texts('2024');
    expect(found).toContainEqual(['total-falls', 'high', 'C1', '五年新增：本期为 -1，累计数下降']);
    expect(found).toContainEqual([
      'project-overdue',
      'high',
      'P01',
      '康养中心：应于 2024-06 竣工，没有报告竣工（形象进度 20%）',
    ]);
    expect(found).toContainEqual(['policy-overdue', 'medium', 'R02', '《慈善办法》应于2024年底前出台，尚未印发']);
    expect(found).toContainEqual(['task-overdue', 'medium', 'D02', '建立数据平台：期限 2023-S1 已过，尚未完成']);
  });

  it('include a percentage above 100 without a higher maximum, and a violated rule', async () => {
    const found = await texts('2023');
    expect(found).toContainEqual(['over-hundred', 'medium', 'H1', '覆盖率：101% 超过 100%，分子大于分母']);
    const broken = memoryEngine();
    await broken.start();
    const files = programmeFolder(['promises.csv', 'R1,,2022', 'R1,,2025']);
    await broken.submissions.submit(files, undefined, programmeWarnings);
    await broken.caughtUp();
    const { programme } = await composeOverview(broken.views, 'small', '2023');
    expect(programme.checks.find(({ check }) => check === 'rule-broken')).toMatchObject({
      ...{ severity: 'high', subjectType: 'promise', subject: 'T06' },
      text: '特困不低于低保1.3倍：2023 为 15000，按规则应为 15600',
    });
    await broken.close();
  });

  it('do not include a promise that repeats a main indicator', async () => {
    const { promises, checks } = await of('2025');
    expect(promises.list.find(({ id }) => id === 'T09')).toMatchObject({ repeats: true });
    expect(checks.map(({ subject }) => subject)).not.toContain('T09');
  });
});

it('demonstration data (示例数据) marks the programme, the item and its checks', async () => {
  const other = memoryEngine();
  await other.start();
  await other.submissions.submit(programmeFolder(), undefined, programmeWarnings);
  await other.caughtUp();
  const now = async () => (await composeOverview(other.views, 'small', '2023')).programme;
  expect((await now()).demo).toBe(false);
  await send(
    other,
    make(ReportInvestment, { plan: 'small', id: 'P01', on: '2023-06-30', amount: '11000', reason: '示例', demo: true }),
  );
  await other.caughtUp();
  const { demo, projects, checks } = await now();
  expect(demo).toBe(true);
  expect(projects.list.map((project) => [project.id, project.demo])).toEqual([
    ...[
      ['P01', true],
      ['P01-1', false],
      ['P01-2', false],
      ['P02', false],
    ],
  ]);
  expect(checks.filter((check) => check.subject === 'P01').map((check) => [check.check, check.demo])).toEqual([
    ...[
      ['project-money-ahead', true],
      ['project-over-budget', true],
      ['package-sum', true],
    ],
  ]);
  expect(checks.find(({ check }) => check === 'project-over-budget')!.text).toBe(
    '康养中心：累计投资 11000 万元，超过总投资 10000 万元',
  );
  await other.close();
});
