import fc from 'fast-check';
import {
  invested,
  investmentCorrected,
  progressed,
  projectCancelled,
  projectCompleted,
  projectRegistered,
  projectResumed,
  projectStarted,
  projectSuspended,
  rescheduled,
} from '../../../test/support/examples/projects.js';
import { eventsOf, projectSteps } from '../../../test/support/random-projects.js';
import { saying, type Said } from '../../../test/support/recorded.js';
import { folded } from '../../../test/support/replay.js';
import { defaultEvaluationRules as rules } from '../../plans/evaluation-rules.js';
import type { Registered } from '../../projects/project.decider.js';
import { projectStream, type ProjectEvent } from '../../projects/project.events.js';
import { projectProjection } from '../../projects/project.projection.js';
import { Decimal } from '../../assessment/decimals.js';
import { methodNumbered } from '../../assessment/method.js';
import { projectAt, projectsNow, type ProjectNow, type ProjectSums } from './projects.js';

const endOf2022 = '2022-12-31';

/** A project planned for 2022–2023 with an investment of 10,000. At the end of 2022 half of its time has passed. */
const at = (until: string, ...events: readonly Said<ProjectEvent>[]) => of({}, until, ...events);
const of = (different: Partial<Registered>, until: string, ...events: readonly Said<ProjectEvent>[]): ProjectNow =>
  named('P01', different, until, ...events);
const named = (
  id: string,
  different: Partial<Registered>,
  until: string,
  ...events: readonly Said<ProjectEvent>[]
): ProjectNow => projectAt(registeredWith(different, id, ...events), until, { rules });
const registeredWith = (different: Partial<Registered>, id: string, ...events: readonly Said<ProjectEvent>[]) =>
  folded(projectProjection, projectStream('lishui', id), [projectRegistered(different), ...events]);

const started = projectStarted();

describe('the status of a project', () => {
  it.each([
    ['55', 'ahead', 'green'],
    ['54.9', 'as-expected', 'green'],
    ['48', 'as-expected', 'green'],
    ['47.9', 'roughly', 'yellow'],
    ['40', 'roughly', 'yellow'],
    ['39.9', 'behind', 'red'],
    ['25', 'behind', 'red'],
    ['24.9', 'severely-behind', 'red'],
  ])('at half of its time and %s%% physical progress is %s', (percent, status, light) => {
    const lead = new Decimal(percent).minus(50).toString();
    expect(at(endOf2022, started, progressed(endOf2022, percent))).toMatchObject({
      ...{ scheduled: '50', percent, lead, status, light },
    });
  });

  it('uses the share of days passed between start and end, both included', () => {
    const scheduled = (plannedStart: string, plannedEnd: string, until: string) =>
      of({ plannedStart, plannedEnd }, until).scheduled;
    expect(scheduled('2022-04', '2022-04', '2022-04-01')).toBe(
      new Decimal(100).div(30).toSignificantDigits(20).toFixed(),
    );
    expect(scheduled('2022-04', '2022-04', '2022-04-30')).toBe('100');
    expect(scheduled('2022-04', '2022-04', '2022-03-31')).toBe('0');
    expect(scheduled('2022', '2022', '2024-06-30')).toBe('100');
  });

  it.each([
    ['the start', [started]],
    ['the start and its investment', [started, invested(endOf2022, '9000')]],
    ['a suspension', [started, projectSuspended()]],
    ['nothing', []],
    ['only its investment', [invested(endOf2022, '9000')]],
  ])('is unknown if its progress was not reported, but %s', (_, events) => {
    for (const until of [endOf2022, '2024-12-31']) {
      const project = at(until, ...events);
      expect(project).toMatchObject({ status: 'no-data', light: 'grey' });
      expect(project).not.toHaveProperty('percent');
      expect(project).not.toHaveProperty('lead');
    }
  });

  it('is judged by a progress of 0 % that was reported', () => {
    expect(at(endOf2022, started, progressed(endOf2022, '0'))).toMatchObject({
      ...{ percent: '0', lead: '-50', status: 'severely-behind' },
    });
  });

  it('is not-applicable before the planned start', () => {
    expect(at('2021-12-31')).toMatchObject({ standing: 'registered', scheduled: '0', status: 'not-applicable' });
    expect(at('2022-01-10', projectStarted('2022-01-05'), progressed('2022-01-10', '0')).status).toBe('as-expected');
  });

  it('of method 1 took what nobody reported for 0', () => {
    const one = (until: string, ...events: readonly Said<ProjectEvent>[]) =>
      projectAt(registeredWith({}, 'P01', ...events), until, { rules }, methodNumbered(1));
    expect(one(endOf2022, started)).toMatchObject({ percent: '0', lead: '-50', status: 'severely-behind' });
    const late = one('2022-06-30');
    expect(late).toMatchObject({ status: 'behind', light: 'red' });
    expect(late).not.toHaveProperty('lead');
    expect(late).not.toHaveProperty('percent');
    expect(one('2022-06-30', invested('2022-06-30', '2000')).flags).toEqual(['money-ahead']);
    expect(projectsNow([late], methodNumbered(1)).whole).toEqual({
      ...{ count: 1, investment: '10000', invested: '0', started: 0, completed: 0, suspended: 0, cancelled: 0 },
      ...{ judged: 1, onSchedule: 0 },
    });
  });

  it.each([
    ['2022-12-31', 'completed-early'],
    ['2023-01-01', 'completed'],
    ['2024-03-01', 'completed'],
  ])('after completion on %s is %s', (on, status) => {
    const project = at('2024-12-31', started, progressed('2022-06-30', '40'), projectCompleted(on));
    expect(project).toMatchObject({ standing: 'completed', status, percent: '100', completedOn: on, flags: [] });
  });

  it('is at least behind after the planned end', () => {
    const nearly = [started, progressed('2023-10-31', '99.9')];
    expect(at('2023-12-30', ...nearly)).toMatchObject({ status: 'as-expected', flags: [] });
    expect(at('2023-12-31', ...nearly)).toMatchObject({ status: 'behind', flags: ['overdue'] });
  });

  it('of a prospective project (谋划类) is not-applicable before the actual start', () => {
    const prospective = { class: 'prospective', category: undefined } as const;
    expect(of(prospective, '2024-06-30')).toMatchObject({ status: 'not-applicable', light: 'grey', flags: [] });
    expect(of(prospective, endOf2022, started, progressed(endOf2022, '30')).status).toBe('behind');
    expect(of(prospective, '2024-06-30', started, progressed(endOf2022, '30')).flags).toEqual(['overdue']);
  });

  it('after cancellation is not-applicable, with the reason', () => {
    const project = at('2023-06-30', started, saying({ reason: '选址不可行' }, projectCancelled()));
    expect(project).toMatchObject({ status: 'not-applicable', because: '选址不可行', flags: [] });
    expect(project).not.toHaveProperty('lead');
  });
});

describe('flags of a project', () => {
  it('start-overdue: not started at the end of the planned start period', () => {
    expect(at('2022-12-30').flags).toEqual([]);
    expect(at(endOf2022).flags).toEqual(['start-overdue']);
    expect(at(endOf2022, started).flags).toEqual([]);
    expect(of({ plannedStart: '2022-03' }, '2022-03-31').flags).toEqual(['start-overdue']);
  });

  it('overdue: replaces start-overdue when the completion is due', () => {
    expect(at('2023-12-31').flags).toEqual(['overdue']);
  });

  it('suspended: with the reason, until the resumption', () => {
    const stopped = [started, saying({ reason: '征地' }, projectSuspended())];
    expect(at(endOf2022, ...stopped)).toMatchObject({ standing: 'suspended', because: '征地', flags: ['suspended'] });
    const again = at(endOf2022, ...stopped, projectResumed());
    expect(again).toMatchObject({ standing: 'started', startedOn: '2022-03-01', flags: [] });
    expect(again).not.toHaveProperty('because');
  });

  it.each([
    ['6000', '60', ['money-ahead']],
    ['5999.99', '59.9999', []],
  ])('money-ahead: %s of 10,000 invested at 40%% progress', (amount, investmentRate, flags) => {
    const project = at(endOf2022, started, progressed(endOf2022, '40'), invested(endOf2022, amount));
    expect(project).toMatchObject({ invested: amount, investmentRate, flags });
  });

  it('money-ahead: uses the plan’s threshold, and needs a report of both', () => {
    const flagsBy = (moneyAhead: string, ...events: readonly Said<ProjectEvent>[]) =>
      projectAt(registeredWith({}, 'P01', ...events), '2022-06-30', { rules: { ...rules, projects: { moneyAhead } } })
        .flags;
    const money = invested('2022-06-30', '1500');
    expect(flagsBy('20', started, progressed('2022-06-30', '0'), money)).toEqual([]);
    expect(flagsBy('15', started, progressed('2022-06-30', '0'), money)).toEqual(['money-ahead']);
    expect(flagsBy('15', started, money)).toEqual([]);
    expect(flagsBy('15', money)).toEqual([]);
  });

  it('over-budget: more than the total investment, also after completion', () => {
    const spent = (amount: string) =>
      at('2024-06-30', started, projectCompleted(), invested('2024-01-31', amount)).flags;
    expect(spent('10000.01')).toEqual(['over-budget']);
    expect(spent('10000')).toEqual([]);
  });

  it('disappear with completion and cancellation', () => {
    expect(at('2024-06-30', started, invested('2022-12-31', '9000'), projectCompleted()).flags).toEqual([]);
    expect(at('2024-06-30', invested('2022-12-31', '9000'), projectCancelled()).flags).toEqual([]);
  });
});

describe('a project as of a day', () => {
  const life = [
    started,
    progressed('2022-06-30', '20', '基础完工'),
    invested('2022-06-30', '1000'),
    progressed('2022-12-31', '45', '主体封顶'),
    invested('2022-12-31', '3000'),
    investmentCorrected('2022-06-30', '1000', '900'),
    projectCompleted('2023-11-20'),
  ];

  it.each([
    ['2022-02-28', { standing: 'registered' }, ['percent', 'invested', 'startedOn', 'completedOn']],
    ['2022-03-01', { standing: 'started', startedOn: '2022-03-01' }, ['percent', 'invested', 'progressText']],
    ['2022-07-01', { percent: '20', progressText: '基础完工', invested: '900' }, ['completedOn']],
    ['2022-12-31', { percent: '45', progressText: '主体封顶', invested: '3000' }, ['completedOn']],
    ['2023-11-20', { standing: 'completed', percent: '100', completedOn: '2023-11-20', invested: '3000' }, []],
  ])('includes reports up to %s', (until, expected, lacking) => {
    const project = at(until, ...life);
    expect(project).toMatchObject(expected);
    for (const field of lacking) expect(project).not.toHaveProperty(field);
  });

  it('uses the last of several reports of one day', () => {
    const twice = [progressed('2022-06-30', '20'), saying({ reason: '误报' }, progressed('2022-06-30', '15'))];
    expect(at('2022-06-30', started, ...twice).percent).toBe('15');
  });

  it('uses the rescheduled end, and keeps the original end and the last reason', () => {
    const project = at(
      endOf2022,
      started,
      progressed(endOf2022, '25'),
      saying({ reason: '汛期' }, rescheduled('2023', '2024')),
      saying({ reason: '设计变更' }, rescheduled('2024', '2025')),
    );
    expect(project).toMatchObject({
      ...{ plannedEnd: '2025', firstPlannedEnd: '2023', rescheduledBecause: '设计变更', status: 'as-expected' },
      scheduled: new Decimal(365).div(1461).times(100).toSignificantDigits(20).toFixed(),
    });
    expect(at('2023-12-31', started, rescheduled('2023', '2024')).flags).toEqual([]);
    expect(at('2024-12-31', started, rescheduled('2023', '2024')).flags).toEqual(['overdue']);
    expect(at(endOf2022)).not.toHaveProperty('firstPlannedEnd');
  });

  it('keeps the printed text, reading and anomalies', () => {
    const printed = { printed: { investment: '9279（一期投资约3930）' }, reading: '按总投资', anomalies: ['两个数'] };
    expect(of({ ...printed, line: 372, sector: '养老', builderPending: true }, endOf2022)).toMatchObject({
      ...{ ...printed, line: 372, sector: '养老', builderPending: true },
    });
  });
});

describe('sums over projects', () => {
  const list = [
    named('K1', { investment: '10000' }, endOf2022, started, progressed(endOf2022, '55'), invested(endOf2022, '2000')),
    named('K1-1', { investment: '6000', package: 'K1' }, endOf2022, started, invested(endOf2022, '1500.5')),
    named('K1-2', { investment: '3000', package: 'K1', unit: '331121' }, endOf2022),
    named('P02', { category: 'continuing', unit: '331121' }, endOf2022, started, projectCancelled('2022-06-30')),
    named('P03', { class: 'prospective', category: undefined, unit: '331100' }, endOf2022),
  ];
  const now = projectsNow(list);

  it('count a package either as one project or by its parts', () => {
    expect(now.whole).toEqual({
      ...{ count: 3, investment: '30000', invested: '2000', started: 2, completed: 0, suspended: 0, cancelled: 1 },
      ...{ reporting: 1, judged: 1, onSchedule: 1 },
    });
    expect(now.byParts).toMatchObject({
      ...{ count: 4, investment: '29000', invested: '1500.5', started: 2, cancelled: 1, judged: 0, onSchedule: 0 },
    });
  });

  it('are grouped by unit and by class; a package counts as one project', () => {
    expect(now.byUnit.map(({ key, count }) => [key, count])).toEqual([
      ['331100', 1],
      ['331102', 1],
      ['331121', 1],
    ]);
    expect(now.byCategory.map(({ key, count, investment }) => [key, count, investment])).toEqual([
      ['implementing/continuing', 1, '10000'],
      ['implementing/new', 1, '10000'],
      ['prospective', 1, '10000'],
    ]);
  });

  it('of an empty list are 0', () => {
    expect(projectsNow([])).toMatchObject({ list: [], byUnit: [], byCategory: [] });
    expect(projectsNow([]).whole).toMatchObject({ count: 0, investment: '0', reporting: 0 });
  });

  it('have no investment so far if no project reported any, and 0 if one reported 0', () => {
    const of = (id: string, ...events: readonly Said<ProjectEvent>[]) => named(id, {}, endOf2022, started, ...events);
    expect(projectsNow([of('P01'), of('P02')]).whole).not.toHaveProperty('invested');
    const one = projectsNow([of('P01'), of('P02', invested(endOf2022, '0'))]);
    expect(one.whole).toMatchObject({ invested: '0', reporting: 1 });
    expect(one.byUnit).toEqual([expect.objectContaining({ invested: '0', reporting: 1 })]);
  });
});

const randomProject = fc
  .record({
    unit: fc.constantFrom('331100', '331102', '331121'),
    class: fc.constantFrom('implementing' as const, 'prospective' as const),
    investment: fc.constantFrom('100', '0.1', '33.33', '10000'),
    package: fc.constantFrom(undefined, undefined, 'P0', 'P1'),
    steps: projectSteps,
  })
  .map(({ steps, ...different }) => ({ different, events: eventsOf(steps).slice(1) }));
const randomProjects = fc.array(randomProject, { maxLength: 8 });
const nowOf = (projects: readonly { different: Partial<Registered>; events: readonly ProjectEvent[] }[]) =>
  projects.map(({ different, events }, number) => {
    // A package must not be part of another package.
    const asPart = number < 2 ? { ...different, package: undefined } : different;
    return named(`P${number}`, asPart, '2023-06-30', ...events);
  });

describe('property', () => {
  it('the groups by unit and by class add up to the whole', () => {
    fc.assert(
      fc.property(randomProjects, (projects) => {
        const { whole, byUnit, byCategory } = projectsNow(nowOf(projects));
        for (const groups of [byUnit, byCategory]) {
          for (const field of Object.keys(whole) as (keyof ProjectSums)[]) {
            const sum = groups.reduce((total, group) => total.plus(group[field] ?? 0), new Decimal(0));
            expect([field, sum.toFixed()]).toEqual([field, new Decimal(whole[field] ?? 0).toFixed()]);
          }
        }
      }),
    );
  });

  it('the sums do not depend on the order of the projects', () => {
    const shuffled = randomProjects.chain((projects) => {
      const list = nowOf(projects);
      return fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }));
    });
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const sums = ({ list: _, ...rest }: ReturnType<typeof projectsNow>) => rest;
        expect(sums(projectsNow(other))).toEqual(sums(projectsNow(one)));
      }),
    );
  });

  it('investment and share of time never decrease from day to day', () => {
    const days = ['2021-12-31', '2022-01-15', '2022-06-29', '2022-06-30', '2022-12-31', '2023-06-30', '2024-02-01'];
    fc.assert(
      fc.property(projectSteps, (steps) => {
        const along = days.map((until) => at(until, ...eventsOf(steps).slice(1)));
        for (const number of ['invested', 'scheduled'] as const) {
          const course = along.map((project) => new Decimal(project[number] ?? 0));
          expect(course.every((value, day) => value.gte(course[day - 1] ?? 0))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
