import { defaultEvaluationRules as rules, defaultRulesWithoutMargin } from '../plans/evaluation-rules.js';
import { assess, type AssessmentInput } from './assessment.js';

const at = (period: string, value: string) => ({ period, value });

/** Linear from 0 in 2020 to 100 in 2025: progress equals the value, and S is 40 in 2022. */
const plain: AssessmentInput = {
  kind: 'level',
  direction: 'higher',
  attribute: 'expected',
  trajectory: 'linear',
  base: at('2020', '0'),
  targets: [at('2025', '100')],
  period: '2022',
};
const judge = (change: Partial<AssessmentInput>) => assess({ ...plain, ...change }, rules);
const near = (number: string | undefined, expected: number, digits = 2) =>
  expect(Number(number)).toBeCloseTo(expected, digits);

describe('an indicator where lower is better', () => {
  it('is judged like higher is better with inverted direction', () => {
    const falling = { direction: 'lower', base: at('2020', '50'), targets: [at('2025', '40')] } as const;
    expect(judge({ ...falling, value: '46' })).toMatchObject({
      progress: '40',
      lead: '0',
      requiredNow: '46',
      gapToTarget: '-6',
      status: 'as-expected',
      outlook: 'reachable',
      pace: { needed: '-2', observed: '-2' },
    });
    near(judge({ ...falling, value: '46' }).completionRate, 86.96);
    expect(judge({ ...falling, value: '40' }).status).toBe('completed-early');
    expect(judge({ ...falling, value: '40.001', period: '2025' }).verdict).toBe('basically-completed');
    expect(judge({ ...falling, value: '51' }).status).toBe('severely-behind');
  });

  it('has no completion rate T / X if the value is 0', () => {
    const toZero = { direction: 'lower', base: at('2020', '50'), targets: [at('2025', '0')] } as const;
    expect(judge({ ...toZero, value: '30' })).toMatchObject({ completionRate: '0', progress: '40' });
    expect(judge({ ...toZero, value: '0' })).toMatchObject({ status: 'completed-early', progress: '100' });
    expect(judge({ ...toZero, value: '0' }).completionRate).toBeUndefined();
  });
});

describe('a cumulative indicator', () => {
  const total = { kind: 'cumulative', base: at('2020', '7'), targets: [at('2025', '60')] } as const;

  it('compares the sum with n/N of the total', () => {
    expect(judge({ ...total, value: '9', cumulativeSum: '18' })).toMatchObject({
      treatedAs: 'cumulative',
      completionRate: '30',
      progress: '30',
      scheduled: '40',
      requiredNow: '24',
      gapToTarget: '42',
      status: 'roughly',
      pace: { needed: '14', observed: '9' },
      outlook: 'hardly-reachable',
    });
    expect(judge({ ...total, cumulativeSum: '60' }).status).toBe('completed-early');
  });

  it('has no data if the sum is missing, even if the year’s value is known', () => {
    expect(judge({ ...total, value: '9' })).toMatchObject({ status: 'no-data', missing: 'value' });
  });

  it('is treated as a hold if the total must not be exceeded', () => {
    const budget = { ...total, direction: 'lower' } as const;
    expect(judge({ ...budget, cumulativeSum: '24' })).toMatchObject({
      treatedAs: 'hold',
      requiredNow: '24',
      status: 'as-expected',
    });
    expect(judge({ ...budget, cumulativeSum: '25' })).toMatchObject({ status: 'roughly', score: '96' });
    expect(judge({ ...budget, cumulativeSum: '26' })).toMatchObject({ status: 'behind' });
    expect(judge({ ...budget, cumulativeSum: '60', period: '2025' })).toMatchObject({ verdict: 'completed' });
  });
});

describe('a growth indicator', () => {
  const growth = { kind: 'growth', base: at('2020', '100'), targets: [at('2025', '8')] } as const;

  it.each([
    ['2022', '116.64', '8', '100', 'as-expected', undefined],
    ['2022', '110.25', '5', '62.5', 'severely-behind', undefined],
    ['2022', '112.36', '6', '75', 'behind', undefined],
    ['2022', '114.49', '7', '87.5', 'behind', undefined],
    ['2022', '118.81', '9', '112.5', 'ahead', undefined],
    ['2022', '98.01', '-1', '-12.5', 'severely-behind', undefined],
    ['2025', '146.93280768', '8', '100', 'completed', 'completed'],
    ['2025', '161.051', '10', '125', 'completed', 'completed'],
    ['2021-S1', '101.98039027185569660', '4', '50', 'severely-behind', undefined], // √1.04
  ])('%s at value %s: observed rate %s % per year', (period, value, observedRate, progress, status, verdict) => {
    const result = judge({ ...growth, period, value });
    expect(result).toMatchObject({ scheduled: '100', status });
    near(result.observedRate, Number(observedRate), 12);
    near(result.progress, Number(progress), 12);
    expect(result.completionRate).toBe(result.progress);
    expect(result.verdict).toBe(verdict);
  });

  it('needs the pace that leads to B (1 + g)^N', () => {
    const slow = judge({ ...growth, value: '112.36' });
    expect(slow).toMatchObject({
      observedRate: '6',
      gapToTarget: '2',
      requiredNow: '116.64',
      outlook: 'hardly-reachable',
    });
    near(slow.pace?.needed, 9.354, 3);
    expect(judge({ ...growth, value: '114.49' }).outlook).toBe('needs-effort');
    expect(judge({ ...growth, value: '116.64' }).outlook).toBe('reachable');
  });

  it('is compared with an interim rate in the year of that rate', () => {
    const targets = [at('2022', '6'), at('2025', '8')];
    expect(judge({ ...growth, targets, value: '112.36' }).interim).toMatchObject({ met: true, completionRate: '100' });
    expect(judge({ ...growth, targets, value: '112.35' }).interim?.met).toBe(false);
    const flatFirst = [at('2022', '0'), at('2025', '8')];
    expect(judge({ ...growth, targets: flatFirst, value: '99' }).interim).toMatchObject({
      met: false,
      completionRate: '99',
    });
    const dip = { ...growth, targets: [at('2022', '-5'), at('2025', '8')] };
    expect(judge({ ...dip, value: '90.25' }).interim).toMatchObject({ met: true, completionRate: '100' });
  });

  it('supports a decrease as target; a maximum growth rate is treated as a hold', () => {
    const fall = judge({ ...growth, direction: 'lower', targets: [at('2025', '-10')], value: '90.25' });
    expect(fall).toMatchObject({ treatedAs: 'growth', observedRate: '-5', progress: '50' });
    const ceiling = { ...growth, direction: 'lower', targets: [at('2025', '3')] } as const;
    expect(judge({ ...ceiling, value: '104.04' })).toMatchObject({
      treatedAs: 'hold',
      status: 'as-expected',
      gapToTarget: '1',
    });
    expect(judge({ ...ceiling, value: '108.16' })).toMatchObject({ status: 'behind', outlook: 'needs-effort' });
  });

  it('is not applicable in the base year, where no rate exists', () => {
    expect(judge({ ...growth, period: '2020', value: '100' })).toMatchObject({
      status: 'not-applicable',
      light: 'grey',
    });
  });
});

describe('an indicator treated as a hold', () => {
  const hold = { kind: 'hold', base: undefined, targets: [at('2025', '80')] } as const;

  it.each([
    ['2022', '80', 'as-expected', 'reachable', undefined, '100'],
    ['2022', '79.999', 'roughly', 'needs-effort', undefined, '99.99875'],
    ['2022', '76', 'roughly', 'needs-effort', undefined, '95'],
    ['2022', '75.999', 'behind', 'needs-effort', undefined, '94.99875'],
    ['2022', '60', 'behind', 'needs-effort', undefined, '75'],
    ['2022', '59.999', 'severely-behind', 'hardly-reachable', undefined, '74.99875'],
    ['2025', '81', 'completed', undefined, 'completed', '100'],
    ['2025', '76', 'roughly', undefined, 'basically-completed', '95'],
    ['2025', '75.999', 'behind', undefined, 'not-completed', '94.99875'],
  ])('%s at value %s', (period, value, status, outlook, verdict, score) => {
    const result = judge({ ...hold, period, value });
    expect(result).toMatchObject({ treatedAs: 'hold', requiredNow: '80', status, score });
    expect([result.outlook, result.verdict]).toEqual([outlook, verdict]);
    expect([result.progress, result.scheduled, result.lead, result.pace]).toEqual(Array(4).fill(undefined));
  });

  it('nearly met is judged by the margins of the rules: 2.9 against 3.0, 5.6 against 5.5', () => {
    const floor = { ...hold, targets: [at('2025', '3.0')], value: '2.9' };
    const ceiling = { ...hold, direction: 'lower', targets: [at('2025', '5.5')], value: '5.6' } as const;
    const by = (roughly: string, basicallyCompleted: string) => ({ ...rules, limit: { roughly, basicallyCompleted } });
    // 2.9 is 3.33 % below 3.0; 5.5 is 1.79 % below 5.6.
    for (const [input, below, above] of [
      [floor, '3.33', '3.34'],
      [ceiling, '1.78', '1.79'],
    ] as const) {
      const judged = (period: string, margins: ReturnType<typeof by>) =>
        assess({ ...plain, ...input, period }, margins);
      expect(judged('2022', by(above, '0'))).toMatchObject({
        status: 'roughly',
        light: 'yellow',
        outlook: 'needs-effort',
      });
      expect(judged('2022', by(below, '9'))).toMatchObject({ status: 'behind', light: 'red', outlook: 'needs-effort' });
      expect(judged('2025', by(above, below))).toMatchObject({ status: 'roughly', verdict: 'not-completed' });
      expect(judged('2025', by(below, above))).toMatchObject({ status: 'behind', verdict: 'basically-completed' });
    }
  });

  it('has nothing between met and missed by rules without margins', () => {
    const judged = (period: string, value: string) =>
      assess({ ...plain, ...hold, period, value }, defaultRulesWithoutMargin);
    expect(judged('2022', '79.999')).toMatchObject({ status: 'behind', outlook: 'needs-effort', score: '99.99875' });
    expect(judged('2025', '79.999')).toMatchObject({ status: 'behind', verdict: 'not-completed' });
    expect(judged('2025', '80')).toMatchObject({ status: 'completed', verdict: 'completed' });
  });

  it('has no margin if it is a growth rate, or its limit is 0', () => {
    const growth = { kind: 'growth', direction: 'lower', base: at('2020', '100'), targets: [at('2025', '3')] } as const;
    // 3.2 % a year is near to 3 % as a level, not as a rate.
    expect(judge({ ...growth, value: '106.5' })).toMatchObject({ treatedAs: 'hold', status: 'behind' });
    const none = { ...hold, direction: 'lower', targets: [at('2025', '0')], value: '0.001' } as const;
    expect(judge(none)).toMatchObject({ status: 'severely-behind' });
  });

  it('includes a level whose target equals its base', () => {
    const same = { base: at('2020', '100'), value: '99' };
    expect(judge(same)).toMatchObject({ treatedAs: 'hold', gapToTarget: '1', completionRate: '99', status: 'roughly' });
    expect(judge({ ...same, value: '100' })).toMatchObject({ status: 'as-expected', score: '100' });
  });

  it('includes a level whose target (a floor) is below its base', () => {
    const floor = { base: at('2020', '120'), targets: [at('2025', '115')] };
    expect(judge({ ...floor, value: '116' })).toMatchObject({ treatedAs: 'hold', status: 'as-expected' });
    expect(judge({ ...floor, value: '114' })).toMatchObject({ status: 'roughly', light: 'yellow' });
    expect(judge({ ...floor, value: '109' })).toMatchObject({ status: 'behind', light: 'red' });
    expect(judge({ ...floor, value: '114' }).pace).toBeUndefined();
  });

  it('with a ceiling of 0 is either met or severely behind', () => {
    const none = { kind: 'hold', direction: 'lower', targets: [at('2025', '0')] } as const;
    expect(judge({ ...none, value: '0' })).toMatchObject({ status: 'as-expected', score: '100' });
    expect(judge({ ...none, value: '1' })).toMatchObject({ status: 'severely-behind', score: '0' });
  });
});
