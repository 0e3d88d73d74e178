import type { Engine } from '../engine.js';
import { ReturnMeasurement } from '../figures/figure.commands.js';
import { lastDayOf, parsePeriod } from '../kernel/period.js';
import { SetDeadlines } from '../plans/plan.commands.js';
import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { obligationCalendar } from './obligation-calendar.js';
import { obligationSight } from './obligation-reading.js';
import { dueDay, obligationsOf } from './obligations.js';

const units =
  "  - { code: '331121', name: 青田县, level: county, parent: '331100' }\n  - { code: '330100', name: 杭州市, level: reference }\n";
const projects = `id,unit,name,class,category,sector,plannedStart,plannedEnd,investment,builder,builderPending,package,printedPeriod,printedInvestment,reading,anomalies,line
P1,331102,养护院,implementing,new,,2021,2023,100,,,,,,,,
P2,331102,康养中心,implementing,new,,2024,2025,100,,,,,,,,
P3,331102,老年公寓,implementing,new,,2021,2022,100,,,,,,,,
`;
const policies = `id,name,policyType,intent,level,owner,from,to,number,printedDate,remark,role,note,line
R1,养老服务条例,,new,,331102,2021,2023,,,,,,
R2,已有政策,,cited,,,,,,,,,,
`;
const tasks = `id,title,actionPlan,kind,owner,due,section,note,line
D1,编制清单,,,331102,2023,,,
D2,建立台账,,,331121,,,,
`;
const progress = `知悉日期,经办人,动作,对象,日期,百分比,文字,金额,新期限,文号,原件,事由,依据,出处
2021-06-30,reporter-1,项目开工,P1,2021-06-01,,,,,,,,登记表,
2021-06-30,reporter-1,项目开工,P3,2021-06-01,,,,,,,,登记表,
2021-12-30,reporter-1,项目竣工,P3,2021-12-01,,,,,,,,登记表,
2022-07-30,reporter-1,项目进度,P1,2022-06-30,45,主体封顶,,,,,,登记表,
`;

let engine: Engine;
beforeAll(async () => {
  engine = memoryEngine();
  await engine.start();
  const files = smallPlan(
    ['plan.yaml', "parent: '331100' }\n", `parent: '331100' }\n${units}`],
    ['plan.yaml', "knownAt: '2021-12-31'", "knownAt: '2021-01-31'"],
  );
  const folder = {
    ...files,
    'projects.csv': projects,
    'policies.csv': policies,
    'tasks.csv': tasks,
    'progress.csv': progress,
  };
  await engine.submissions.submit(folder);
  await engine.caughtUp();
});
afterAll(() => engine.close());

async function owed(period: string, more: { unit?: string; knownAt?: string } = {}) {
  await engine.caughtUp();
  const { unit, knownAt } = more;
  const asOf = knownAt === undefined ? {} : { knownAt };
  const sight = await obligationSight(engine.views, {
    plan: 'small',
    period,
    asOf,
    now: '2023-03-10T00:00:00.000Z',
    ...(unit && { unit }),
  });
  return obligationsOf(sight, unit);
}

const states = (found: Awaited<ReturnType<typeof owed>>) =>
  Object.fromEntries(
    found.units.map(({ unit, obligations }) => [
      unit,
      Object.fromEntries(obligations.map(({ code, state }) => [code, state])),
    ]),
  );

it('units owe what they report themselves: neither sums, nor what is ended, nor what has not begun', async () => {
  expect(states(await owed('2022'))).toEqual({
    // What is added up from the counties the city does not report, and a reference unit owes nothing.
    331100: {},
    331102: { '03': 'reported', P1: 'reported', R1: 'owed', D1: 'owed' },
    331121: { '03': 'owed', D2: 'owed' },
  });
  expect(states(await owed('2021'))['331102']).toMatchObject({ '03': 'approved', P1: 'reported', P3: 'reported' });
  expect(states(await owed('2024'))['331102']).toMatchObject({ '03': 'owed', P1: 'owed', P2: 'owed' });
});

it('without deadlines nothing is due', async () => {
  const { overdue, units: found } = await owed('2022');
  expect(overdue).toBe(0);
  expect(found.some((unit) => 'due' in unit)).toBe(false);
});

it('a deadline makes what is owed or returned overdue on the day after', async () => {
  await send(engine, make(SetDeadlines, { plan: 'small', days: { A: 60 }, programme: 'S' }));
  expect(await owed('2022')).toMatchObject({ day: '2023-03-10', overdue: 1 });
  const unit = (await owed('2022', { unit: '331121' })).units[0]!;
  expect(unit).toMatchObject({ due: '2023-03-01', overdue: 1, totals: { owed: 1, reported: 0 } });
  // Projects, policies and tasks are reported by the half-year.
  expect(unit.obligations.map(({ kind }) => kind)).toEqual(['indicator']);
  expect(states(await owed('2022-S1'))['331102']).toEqual({ P1: 'reported', R1: 'owed', D1: 'owed' });
  await send(
    engine,
    make(ReturnMeasurement, { plan: 'small', code: '03', unit: '331102', period: '2022', reason: '核对' }),
  );
  expect(await owed('2022')).toMatchObject({ overdue: 2, totals: { owed: 1, returned: 1 } });
});

it('the due day is counted from the end of the period', () => {
  const deadlines = { days: { A: 45, M: 0 } };
  expect(dueDay({ deadlines }, parsePeriod('2022'))).toBe('2023-02-14');
  expect(dueDay({ deadlines }, parsePeriod('2022-02'))).toBe(lastDayOf(parsePeriod('2022-02'), {}));
  expect(dueDay({ deadlines }, parsePeriod('2022-Q1'))).toBeUndefined();
  const fiscalYear = { firstMonth: 4, namedAfter: 'start' } as const;
  expect(dueDay({ deadlines, fiscalYear }, parsePeriod('FY2022'))).toBe('2023-05-15');
});

it('the calendar of a unit has what is due about now', async () => {
  const text = await obligationCalendar(engine.views, 'small', '331121', '2023-03-10T00:00:00.000Z');
  expect(text.match(/DTSTART;VALUE=DATE:\d+/g)).toEqual([
    'DTSTART;VALUE=DATE:20220301',
    'DTSTART;VALUE=DATE:20230301',
    'DTSTART;VALUE=DATE:20240229',
  ]);
  expect(text.replaceAll('\r\n ', '')).toContain('SUMMARY:青田县 2022年报送截止：欠 1 项');
});
