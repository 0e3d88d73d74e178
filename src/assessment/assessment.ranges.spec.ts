import { defaultEvaluationRules as rules, defaultRulesWithoutMargin } from '../plans/evaluation-rules.js';
import { assess, type AssessmentInput } from './assessment.js';

const at = (period: string, value: string) => ({ period, value });
const plain: AssessmentInput = {
  ...{ kind: 'hold', direction: 'higher', attribute: 'expected', trajectory: 'milestones' },
  ...{ targets: [at('2025', '5..6')], period: '2022', value: '5.5' },
};
const judge = (change: Partial<AssessmentInput>, by = rules) => assess({ ...plain, ...change }, by);

describe('a range as a target', () => {
  // Missed by less than 5 % of the end that is passed is nearly met; below 5 it is 1 − X/5, above 6 it is 1 − 6/X.
  it.each([
    ['5', 'as-expected', '0', '0', 'reachable', '100'],
    ['6', 'as-expected', '0', '0', 'reachable', '100'],
    ['5.5', 'as-expected', '0', '0', 'reachable', '100'],
    ['4.75', 'roughly', '-0.25', '0.25', 'needs-effort', '95'],
    ['4.74', 'behind', '-0.26', '0.26', 'needs-effort', '94.8'],
    ['3.75', 'behind', '-1.25', '1.25', 'needs-effort', '75'],
    ['3.74', 'severely-behind', '-1.26', '1.26', 'hardly-reachable', '74.8'],
    ['6.25', 'roughly', '0.25', '-0.25', 'needs-effort', '96'],
    ['6.4', 'behind', '0.4', '-0.4', 'needs-effort', '93.75'],
    ['8', 'behind', '2', '-2', 'needs-effort', '75'],
    ['8.1', 'severely-behind', '2.1', '-2.1', 'hardly-reachable', '74.074074074074074074'],
  ])('with the value %s is %s', (value, status, outside, gapToTarget, outlook, score) => {
    const result = judge({ value });
    expect(result).toMatchObject({
      ...{ treatedAs: 'hold', status, outlook, score, gapToTarget },
      range: { lower: '5', upper: '6', outside },
    });
    for (const undefinedFor of ['completionRate', 'progress', 'scheduled', 'lead', 'requiredNow', 'pace'] as const) {
      expect(result[undefinedFor]).toBeUndefined();
    }
  });

  it('is judged the same whichever direction the indicator has', () => {
    for (const value of ['3', '4.9', '5', '6', '6.1', '9']) {
      expect(judge({ value, direction: 'lower' })).toEqual(judge({ value, direction: 'higher' }));
    }
  });

  it.each([
    ['5.2', 'completed', 'completed'],
    ['6.25', 'roughly', 'basically-completed'],
    ['7', 'behind', 'not-completed'],
  ])('in its year with %s is %s: %s', (value, status, verdict) => {
    expect(judge({ value, period: '2025' })).toMatchObject({ status, verdict });
  });

  it('has nothing between in and out by rules without margins', () => {
    expect(judge({ value: '4.99' }, defaultRulesWithoutMargin)).toMatchObject({ status: 'behind' });
    expect(judge({ value: '5' }, defaultRulesWithoutMargin)).toMatchObject({ status: 'as-expected' });
  });

  it('is the next one due, and its year says whether it was kept', () => {
    const targets = [at('2022', '4..5'), at('2025', '5..6')];
    expect(judge({ targets, value: '4.5' })).toMatchObject({
      ...{ status: 'as-expected', gapToTarget: '0.5' },
      range: { lower: '4', upper: '5', outside: '0' },
      interim: { period: '2022', target: '4..5', met: true },
    });
    expect(judge({ targets, value: '5.5' })).toMatchObject({ interim: { met: false }, range: { outside: '0.5' } });
    expect(judge({ targets, value: '5.5', period: '2023' })).toMatchObject({ range: { lower: '5', outside: '0' } });
  });

  it('may follow a number, and a number may follow it', () => {
    const [number, range] = [at('2022', '5'), at('2025', '5..6')];
    expect(judge({ targets: [number, range], value: '9' })).toMatchObject({ requiredNow: '5', status: 'as-expected' });
    const later = judge({ targets: [{ ...range, period: '2022' }, at('2025', '8')], value: '7' });
    expect(later).toMatchObject({ range: { outside: '1' }, completionRate: '87.5', gapToTarget: '1' });
  });

  it('states the required range also without a value', () => {
    expect(judge({ value: undefined })).toMatchObject({
      ...{ status: 'no-data', missing: 'value' },
      range: { lower: '5', upper: '6' },
    });
    expect(judge({ value: undefined }).range).not.toHaveProperty('outside');
  });

  it('without a percentage of the end that is passed is severely missed', () => {
    const aroundZero = { targets: [at('2025', '-1..1')] };
    expect(judge({ ...aroundZero, value: '0' })).toMatchObject({ status: 'as-expected', score: '100' });
    expect(judge({ ...aroundZero, value: '-1.01' })).toMatchObject({ status: 'severely-behind', score: '0' });
    expect(judge({ ...aroundZero, value: '1.01' })).toMatchObject({ status: 'roughly' });
  });
});

describe('a number to be passed', () => {
  const over = { targets: [at('2025', '>7')] };

  it('is not kept by the number itself, which nearly keeps it', () => {
    expect(judge({ ...over, value: '7.001' })).toMatchObject({ status: 'as-expected', requiredNow: '7' });
    expect(judge({ ...over, value: '7' })).toMatchObject({ status: 'roughly', completionRate: '100', score: '100' });
    expect(judge({ ...over, value: '7' }, defaultRulesWithoutMargin)).toMatchObject({ status: 'behind' });
    expect(judge({ ...over, value: '7', period: '2025' })).toMatchObject({ verdict: 'basically-completed' });
    expect(judge({ targets: [at('2025', '7')], value: '7' })).toMatchObject({ status: 'as-expected' });
  });

  it('may be a ceiling', () => {
    const under = { direction: 'lower', targets: [at('2025', '<5.5')] } as const;
    expect(judge({ ...under, value: '5.49' })).toMatchObject({ status: 'as-expected' });
    expect(judge({ ...under, value: '5.5' })).toMatchObject({ status: 'roughly' });
  });

  it('at the end of a way is completed by more only', () => {
    const way = { kind: 'level', base: at('2020', '2'), targets: [at('2025', '>7')] } as const;
    expect(judge({ ...way, value: '4' })).toMatchObject({ progress: '40', scheduled: '40', status: 'as-expected' });
    expect(judge({ ...way, value: '7', period: '2025' })).toMatchObject({
      ...{ progress: '100', status: 'as-expected', verdict: 'basically-completed' },
    });
    expect(judge({ ...way, value: '7.1', period: '2025' })).toMatchObject({ verdict: 'completed' });
    const interim = { ...way, targets: [at('2022', '>4'), at('2025', '>7')] };
    expect(judge({ ...interim, value: '4' }).interim).toMatchObject({ target: '>4', met: false });
    expect(judge({ ...interim, value: '4.1' }).interim).toMatchObject({ met: true });
  });

  it('may be a rate of growth or a total', () => {
    const growth = { kind: 'growth', base: at('2020', '100'), targets: [at('2022', '>10')], value: '121' } as const;
    expect(judge(growth)).toMatchObject({ progress: '100', status: 'as-expected', verdict: 'basically-completed' });
    expect(judge({ ...growth, value: '121.1' })).toMatchObject({ status: 'completed', verdict: 'completed' });
    const total = {
      kind: 'cumulative',
      base: at('2020', '0'),
      targets: [at('2025', '>13.5')],
      period: '2025',
    } as const;
    expect(judge({ ...total, cumulativeSum: '13.5' })).toMatchObject({ verdict: 'basically-completed' });
    expect(judge({ ...total, cumulativeSum: '13.6' })).toMatchObject({ verdict: 'completed' });
  });
});
