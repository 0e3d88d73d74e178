import { DomainError } from '../kernel/errors.js';
import { text } from './decimals.js';
import { checkTrajectory, type Course, endInMonths, parseCourse, requiredAt } from './trajectory.js';

const course = (change: Partial<Course> = {}): Course => ({
  kind: 'level',
  direction: 'higher',
  trajectory: 'milestones',
  base: { period: '2020', value: '20' },
  targets: [
    { period: '2022', value: '40' },
    { period: '2025', value: '100' },
  ],
  ...change,
});

const required = (given: Course, period: string) => {
  const value = requiredAt(parseCourse(given)!, endInMonths(period));
  return value && text(value);
};

const refusal = (given: Course) => {
  try {
    checkTrajectory(given);
    return undefined;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.code;
  }
};

const at = (period: string, value: string) => ({ period, value });

describe('the value required by a period', () => {
  it.each([
    ['2019', undefined],
    ['2020', '20'],
    ['2021', '30'],
    ['2021-S1', '25'],
    ['2022', '40'],
    ['2022-Q4', '40'],
    ['2023', '60'],
    ['2023-01', '41.666666666666666667'],
    ['2025', '100'],
    ['2026', '100'],
  ])('milestones: interpolates linearly between the plan’s targets, %s', (period, value) => {
    expect(required(course(), period)).toBe(value);
  });

  it('milestones may be given in any order', () => {
    expect(required(course({ targets: [...course().targets].reverse() }), '2023')).toBe('60');
  });

  it('linear and geometric: ignore interim targets', () => {
    expect(required(course({ trajectory: 'linear' }), '2022')).toBe('52');
    expect(required(course({ trajectory: 'geometric' }), '2022')).toMatch(/^38\.073078/); // 20 · 5^(2/5)
    expect(required(course({ trajectory: 'geometric' }), '2020')).toBe('20');
    expect(required(course({ trajectory: 'geometric' }), '2025')).toBe('100');
  });

  it('cumulative: starts from 0, independent of the base value', () => {
    const total = course({ kind: 'cumulative', trajectory: 'linear', targets: [at('2025', '60')] });
    expect(required(total, '2022')).toBe('24');
    expect(required(total, '2022-S1')).toBe('18');
  });

  it('growth: B (1 + g)^n, also after the final year', () => {
    const growth = course({ kind: 'growth', base: at('2020', '100'), targets: [at('2025', '8')] });
    expect(required(growth, '2022')).toBe('116.64');
    expect(required(growth, '2025')).toBe('146.93280768');
    expect(required(growth, '2026')).toBe('158.6874322944');
    expect(required({ ...growth, targets: [at('2025', '8.16')] }, '2021-S1')).toBe('104');
  });

  it('hold: the next target due, in every year', () => {
    const hold = course({ kind: 'hold', targets: [at('2025', '100')] });
    expect(['2020', '2021', '2024-Q1', '2025', '2027'].map((period) => required(hold, period))).toEqual(
      Array(5).fill('100'),
    );
    const floor = course({ base: at('2020', '120'), targets: [at('2022', '118'), at('2025', '115')] });
    expect(['2021', '2022', '2023', '2025', '2026'].map((period) => required(floor, period))).toEqual([
      '118',
      '118',
      '115',
      '115',
      '115',
    ]);
  });

  it('is undefined for a level without a base', () => {
    expect(required(course({ base: undefined }), '2022')).toBeUndefined();
  });
});

describe('the kind that a course is treated as', () => {
  it.each<[string, Partial<Course>, string]>([
    ['a target better than the base', {}, 'level'],
    ['a target equal to the base', { targets: [at('2025', '20')] }, 'hold'],
    ['a floor below the base', { targets: [at('2025', '15')] }, 'hold'],
    ['lower is better', { direction: 'lower', targets: [at('2025', '15')] }, 'level'],
    ['a ceiling above the base', { direction: 'lower' }, 'hold'],
    ['a growth to be reached', { kind: 'growth', targets: [at('2025', '8')] }, 'growth'],
    ['a yearly fall to be reached', { kind: 'growth', direction: 'lower', targets: [at('2025', '-3')] }, 'growth'],
    ['no growth at all', { kind: 'growth', targets: [at('2025', '0')] }, 'hold'],
    ['a growth to stay below', { kind: 'growth', direction: 'lower', targets: [at('2025', '3')] }, 'hold'],
    ['a five-year total to reach', { kind: 'cumulative', targets: [at('2025', '3')] }, 'cumulative'],
    ['a five-year total to stay below', { kind: 'cumulative', direction: 'lower' }, 'hold'],
  ])('%s', (_, change, expected) => {
    expect(parseCourse(course(change))!.treatedAs).toBe(expected);
  });
});

describe('checkTrajectory', () => {
  it.each<[string, Partial<Course>, string | undefined]>([
    ['a course with base and targets', {}, undefined],
    ['no target yet', { targets: [] }, undefined],
    ['geometric between numbers of one sign', { trajectory: 'geometric' }, undefined],
    ['geometric below 0', { trajectory: 'geometric', base: at('2020', '-9'), targets: [at('2025', '-1')] }, undefined],
    ['geometric from 0', { trajectory: 'geometric', base: at('2020', '0') }, 'trajectory.geometric-zero'],
    ['geometric to 0', { trajectory: 'geometric', targets: [at('2025', '0')] }, 'trajectory.geometric-zero'],
    [
      'geometric to 0, base unknown',
      { trajectory: 'geometric', base: undefined, targets: [at('2025', '0')] },
      'trajectory.geometric-zero',
    ],
    ['geometric, base unknown', { trajectory: 'geometric', base: undefined }, undefined],
    ['geometric through 0', { trajectory: 'geometric', base: at('2020', '-1') }, 'trajectory.geometric-zero'],
    ['a geometric total', { trajectory: 'geometric', kind: 'cumulative' }, 'trajectory.geometric-zero'],
    [
      'a geometric hold of 0, which needs no trajectory',
      { trajectory: 'geometric', kind: 'hold', targets: [at('2025', '0')] },
      undefined,
    ],
    ['growth from 0', { kind: 'growth', base: at('2020', '0') }, 'trajectory.geometric-zero'],
    [
      'growth by −100 %',
      { kind: 'growth', direction: 'lower', targets: [at('2025', '-100')] },
      'trajectory.geometric-zero',
    ],
    [
      'growth by −100 % in one of its target years only',
      { kind: 'growth', targets: [at('2022', '-100'), at('2025', '8')] },
      'trajectory.geometric-zero',
    ],
    ['two targets with the same end', { targets: [at('2025', '1'), at('2025-Q4', '2')] }, 'trajectory.target-repeated'],
    ['a target in the base year', { targets: [at('2020', '30')] }, 'trajectory.target-before-base'],
    ['a malformed period', { targets: [at('2025年', '30')] }, 'period.malformed'],
    ['a malformed number', { targets: [at('2025', '30%')] }, 'number.malformed'],
  ])('%s', (_, change, code) => {
    expect(refusal(course(change))).toBe(code);
  });

  it.each<[Partial<Course>, string]>([
    [{ targets: [at('2025', '1'), at('2025-Q4', '2')] }, 'targets'],
    [{ targets: [at('2020', '30')] }, 'targets'],
    [{ trajectory: 'geometric', base: at('2020', '0') }, 'trajectory'],
  ])('names what to change in %j', (change, field) => {
    const refused = { kind: 'invalid', problems: [expect.objectContaining({ field })] };
    expect(() => checkTrajectory(course(change))).toThrow(expect.objectContaining(refused));
  });

  it('names all that is wrong at once', () => {
    const wrong = course({ trajectory: 'geometric', targets: [at('2020', '0'), at('2020-Q4', '0')] });
    const codes = ['target-before-base', 'target-repeated', 'target-before-base', 'geometric-zero'];
    const refused = {
      message: expect.stringMatching(
        /^目标期 2020 不晚于.*；2020-Q4 有两个目标值.*；目标期 2020-Q4 不晚于.*；按几何级数/,
      ),
      problems: codes.map((code): unknown => expect.objectContaining({ code: `trajectory.${code}` })),
    };
    expect(() => checkTrajectory(wrong)).toThrow(expect.objectContaining(refused));
  });
});
