import { strictJson } from '../kernel/json.js';
import { defaultEvaluationRules as rules } from '../plans/evaluation-rules.js';
import { assess, assessOrFault, type AssessmentInput } from './assessment.js';
import { lightWords, outlookWords, statusWords, verdictWords } from './words.js';

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

describe('worked examples', () => {
  it('B 95, T 98, X 95.5: the completion rate is 97.4 %, but progress is 16.7 %', () => {
    const result = judge({ base: at('2020', '95'), targets: [at('2025', '98')], value: '95.5' });
    near(result.completionRate, 97.4, 1);
    near(result.progress, 16.7, 1);
    expect(result).toMatchObject({ scheduled: '40', gapToTarget: '2.5', requiredNow: '96.2', status: 'behind' });
  });

  it('20 → 100, 45 in 2022: behind a linear trajectory, ahead of a geometric one', () => {
    const given = { base: at('2020', '20'), value: '45' };
    expect(judge(given)).toMatchObject({ progress: '31.25', scheduled: '40', lead: '-8.75', status: 'roughly' });
    const even = judge({ ...given, trajectory: 'geometric' });
    expect(even).toMatchObject({ progress: '31.25', status: 'ahead', outlook: 'reachable' });
    near(even.scheduled, 22.59);
    near(even.pace?.needed, 30.5, 1); // (100 / 45)^(1/3) − 1
    expect(even.pace).toMatchObject({ observed: '50', per: 'percent-per-year' }); // (45 / 20)^(1/2) − 1
  });

  it.each([
    ['执证养老护理员', '12', '20', '25', 61.54],
    ['护理型床位占比', '54.9', '55', '58', 3.23],
    ['康养联合体', '0', '40', '100', 40],
    ['低保标准', '10200', '11000', '13000', 28.57],
    ['救助联办率', '0', '70', '100', 70],
    ['登记社会组织', '12.7', '13', '16', 9.09],
    ['持证社工', '9', '18', '20', 81.82],
    ['节地生态安葬率', '58', '60', '70', 16.67],
    ['4A 婚姻登记机关', '0', '20', '40', 50],
  ])('Lishui 2022, value exactly at the interim target: %s', (_, base, interim, target, scheduled) => {
    const targets = [at('2022', interim), at('2025', target)];
    const result = judge({ trajectory: 'milestones', base: at('2020', base), targets, value: interim });
    near(result.scheduled, scheduled);
    expect(result).toMatchObject({
      lead: '0',
      status: 'as-expected',
      light: 'green',
      score: '100',
      requiredNow: interim,
      interim: { period: '2022', target: interim, met: true, completionRate: '100' },
    });
    expect(result.progress).toBe(result.scheduled);
  });
});

describe('status', () => {
  it.each([
    ['150', 'completed-early', 'green'],
    ['100', 'completed-early', 'green'],
    ['99.999', 'ahead', 'green'],
    ['45', 'ahead', 'green'],
    ['44.999', 'as-expected', 'green'],
    ['38', 'as-expected', 'green'],
    ['37.999', 'roughly', 'yellow'],
    ['30', 'roughly', 'yellow'],
    ['29.999', 'behind', 'red'],
    ['15', 'behind', 'red'],
    ['14.999', 'severely-behind', 'red'],
    ['-0.001', 'severely-behind', 'red'],
  ])('with a lead of %s − 40 percentage points is %s', (value, status, light) => {
    expect(judge({ value })).toMatchObject({ status, light });
  });

  it('at a threshold is not affected by rounding of thirds', () => {
    // P = 31.33…, S = 33.33…: Δ is −2, but differs from −2 in the last of 40 digits.
    const given = { targets: [at('2023', '300')], period: '2021', value: '94' };
    expect(judge(given)).toMatchObject({ lead: '-2', status: 'as-expected' });
  });

  it('is severely-behind if the value is worse than the base', () => {
    const given = {
      base: at('2020', '54.9'),
      targets: [at('2022', '55'), at('2025', '58')],
      trajectory: 'milestones',
    } as const;
    expect(judge({ ...given, value: '54.9' }).status).toBe('roughly'); // Δ −3.2
    expect(judge({ ...given, value: '54.89' }).status).toBe('severely-behind');
  });

  it('is not severely-behind below the base if the plan’s own milestones lie below the base', () => {
    const dip = {
      base: at('2020', '50'),
      targets: [at('2022', '45'), at('2025', '60')],
      trajectory: 'milestones',
    } as const;
    expect(judge({ ...dip, value: '45' })).toMatchObject({
      progress: '-50',
      scheduled: '-50',
      status: 'as-expected',
      score: '100',
    });
    expect(judge({ ...dip, value: '44' })).toMatchObject({ lead: '-10', status: 'roughly', score: '56' });
  });

  it('takes parts of a year into account', () => {
    expect(judge({ period: '2022-S1', value: '30' })).toMatchObject({ scheduled: '30', lead: '0' });
    near(judge({ period: '2022-01', value: '30' }).scheduled, 21.67);
  });

  it('expects no progress in the base year', () => {
    expect(judge({ period: '2020', value: '0' })).toMatchObject({
      scheduled: '0',
      progress: '0',
      status: 'as-expected',
      score: '100',
    });
    expect(judge({ period: '2020', value: '0' }).pace).toBeUndefined();
    expect(judge({ period: '2020', value: '-10' })).toMatchObject({ status: 'severely-behind', score: '56' });
  });
});

describe('an interim target in its own year', () => {
  it('is judged separately from the final target', () => {
    const targets = [at('2022', '50'), at('2025', '100')];
    expect(judge({ targets, value: '45' })).toMatchObject({
      completionRate: '45',
      status: 'ahead', // ahead of the linear trajectory, which ignores the interim target
      interim: { period: '2022', target: '50', met: false, completionRate: '90' },
    });
    expect(judge({ targets, value: '45', period: '2021' }).interim).toBeUndefined();
    expect(judge({ targets, value: '45', period: '2025' }).interim).toBeUndefined();
  });

  it('is returned with the required value even if there is no value yet', () => {
    const targets = [at('2022', '50'), at('2025', '100')];
    const silent = judge({ targets, trajectory: 'milestones' });
    expect(silent).toMatchObject({ status: 'no-data', missing: 'value', scheduled: '50', requiredNow: '50' });
    expect(silent.interim).toEqual({ period: '2022', target: '50' });
  });
});

describe('outlook', () => {
  it.each([
    ['40', '20', '20', 'reachable'],
    ['39.9', '20.033333333333333333', '19.95', 'needs-effort'],
    ['30.769230769230769231', '23.076923076923076923', '15.384615384615384616', 'needs-effort'], // ratio just below 1.5
    ['30.769230769230769230', '23.076923076923076923', '15.384615384615384615', 'hardly-reachable'], // ratio just above 1.5
    ['0', '33.333333333333333333', '0', 'hardly-reachable'],
    ['-3', '34.333333333333333333', '-1.5', 'hardly-reachable'],
    ['101', '-0.33333333333333333333', '50.5', 'reachable'],
  ])('at %s in 2022: needed pace %s, observed pace %s, %s', (value, needed, observed, outlook) => {
    expect(judge({ value })).toMatchObject({ outlook, pace: { needed, observed, per: 'unit-per-year' } });
  });

  it('is undefined when the target is due', () => {
    expect(judge({ period: '2025', value: '60' })).toMatchObject({ verdict: 'not-completed' });
    expect(judge({ period: '2025', value: '60' }).outlook).toBeUndefined();
  });

  it('is hardly-reachable from 0 along a geometric trajectory', () => {
    const given = judge({ base: at('2020', '20'), trajectory: 'geometric', value: '0' });
    expect(given).toMatchObject({ outlook: 'hardly-reachable', pace: { observed: '-100' } });
    expect(given.pace?.needed).toBeUndefined();
  });
});

describe('the final period', () => {
  it.each([
    ['2025', '100', 'completed', 'completed', '100'],
    ['2026', '103', 'completed', 'completed', '100'],
    ['2025', '99', 'basically-completed', 'as-expected', '99.6'],
    ['2025', '95', 'basically-completed', 'roughly', '98'],
    ['2026', '95', 'basically-completed', 'roughly', '98'],
    ['2025', '94.999', 'not-completed', 'roughly', '97.9996'],
    ['2025', '74.999', 'not-completed', 'severely-behind', '89.9996'],
  ])('%s, value %s: %s', (period, value, verdict, status, score) => {
    expect(judge({ period, value })).toMatchObject({ verdict, status, score, scheduled: '100', requiredNow: '100' });
  });

  it('is required for a verdict', () => {
    expect(judge({ period: '2024', value: '100' }).verdict).toBeUndefined();
  });
});

describe('an indicator that cannot be judged', () => {
  it.each(['no-data', 'incomparable', 'not-applicable'] as const)('has the gap as its status: %s', (gap) => {
    const result = judge({ gap, value: '50' });
    expect(result).toMatchObject({ status: gap, light: 'grey', requiredNow: '40' });
    expect([result.score, result.progress, result.outlook, result.completionRate]).toEqual(Array(4).fill(undefined));
  });

  it('is not applicable without a target or before the base period', () => {
    expect(judge({ targets: [], value: '1' })).toMatchObject({ status: 'not-applicable', missing: 'target' });
    expect(judge({ period: '2019', value: '1' })).toMatchObject({ status: 'not-applicable' });
    expect(judge({ period: '2019', value: '1' }).missing).toBeUndefined();
  });

  it('has a completion rate but no status without a base, unless the target is met or due', () => {
    const blind = { base: undefined, value: '60' };
    expect(judge(blind)).toMatchObject({ status: 'no-data', missing: 'base', completionRate: '60', gapToTarget: '40' });
    expect(judge(blind).score).toBeUndefined();
    expect(judge({ ...blind, value: '100' })).toMatchObject({
      status: 'completed-early',
      score: '100',
      outlook: 'reachable',
    });
    expect(judge({ ...blind, period: '2025' })).toMatchObject({
      status: 'severely-behind',
      verdict: 'not-completed',
      score: '60',
      requiredNow: '100',
    });
    expect(judge({ ...blind, kind: 'growth' })).toMatchObject({ status: 'no-data', missing: 'base' });
  });

  it('throws for a malformed number or an impossible trajectory', () => {
    expect(() => judge({ value: '约50' })).toThrow(expect.objectContaining({ code: 'number.malformed' }));
    expect(() => judge({ trajectory: 'geometric', value: '5' })).toThrow(
      expect.objectContaining({ code: 'trajectory.geometric-zero' }),
    );
  });
});

describe('what keeps an indicator from being judged', () => {
  it('is a target without number: no data, unless the indicator does not apply', () => {
    const lacking = { targetLacking: true, value: '38' };
    expect(judge(lacking)).toEqual({
      ...{ period: '2022', attribute: 'expected', treatedAs: 'level' },
      ...{ status: 'no-data', light: 'grey', missing: 'target' },
    });
    expect(judge({ ...lacking, gap: 'incomparable' }).status).toBe('no-data');
    expect(judge({ ...lacking, gap: 'not-applicable' })).toMatchObject({ status: 'not-applicable', missing: 'target' });
  });

  it('is a target of another definition: incomparable, unless there is a reason in the value', () => {
    const stale = { notRestated: 'target', targets: [], value: '38' } as const;
    expect(judge(stale)).toEqual({
      ...{ period: '2022', attribute: 'expected', treatedAs: 'level' },
      ...{ status: 'incomparable', light: 'grey', missing: 'target' },
    });
    expect(judge({ ...stale, gap: 'no-data' })).toMatchObject({ status: 'no-data', missing: 'target' });
  });

  it('is a base of another definition, if there is a value', () => {
    const stale = { notRestated: 'base', base: undefined } as const;
    expect(judge({ ...stale, value: '38' })).toMatchObject({ status: 'incomparable', light: 'grey', missing: 'base' });
    expect(judge({ ...stale, value: '38' }).score).toBeUndefined();
    expect(judge(stale)).toMatchObject({ status: 'no-data', missing: 'value' });
    expect(judge({ ...stale, gap: 'no-data' })).toMatchObject({ status: 'no-data' });
  });

  it('is a missing start of a total', () => {
    for (const period of ['2022', '2025']) {
      const total = judge({ kind: 'cumulative', base: undefined, cumulativeSum: '38', period });
      expect(total).toMatchObject({ status: 'no-data', missing: 'base' });
    }
  });

  it('is an impossible trajectory, which is said instead of failing; a malformed number fails', () => {
    const impossible = { ...plain, trajectory: 'geometric', value: '38' } as const;
    expect(assessOrFault(impossible, rules)).toEqual({
      ...{ period: '2022', attribute: 'expected', treatedAs: 'level' },
      ...{ status: 'no-data', light: 'grey', fault: 'trajectory.geometric-zero' },
    });
    expect(assessOrFault({ ...plain, value: '38' }, rules)).toEqual(judge({ value: '38' }));
    expect(() => assessOrFault({ ...plain, value: '约50' }, rules)).toThrow(
      expect.objectContaining({ code: 'number.malformed' }),
    );
    expect(() => assessOrFault({ ...plain, targets: undefined! }, rules)).toThrow(TypeError);
  });

  it.each<[Partial<AssessmentInput>, string]>([
    [{ value: '约50' }, 'value'],
    [{ period: '2022年', value: '38' }, 'period'],
    [{ base: at('2020', '约50') }, 'base'],
    [{ targets: [at('2025', '约50')] }, 'targets'],
    [{ base: at('2020年', '50') }, 'base'],
    [{ targets: [at('2025年', '50')] }, 'targets'],
  ])('is a malformed input %j, which is named', (change, field) => {
    const problems = [expect.objectContaining({ field })];
    expect(() => judge(change)).toThrow(expect.objectContaining({ problems }));
  });
});

describe('an assessment', () => {
  it('is strict JSON and depends on the thresholds of the rules', () => {
    const result = judge({ value: '33.3333333333333333333333333333333333333333' });
    expect(JSON.parse(strictJson(result))).toEqual(result);
    const strict = { ...rules, status: { ...rules.status, asExpected: '-1' } };
    expect([judge({ value: '38.5' }).status, assess({ ...plain, value: '38.5' }, strict).status]).toEqual([
      'as-expected',
      'roughly',
    ]);
  });

  it('has Chinese words for status, light, outlook and verdict', () => {
    const { status, light, outlook } = judge({ value: '38' });
    expect([statusWords[status].zh, lightWords[light].zh, outlookWords[outlook!].zh]).toEqual([
      '符合预期',
      '绿灯',
      '需努力',
    ]);
    expect(verdictWords[judge({ value: '95', period: '2025' }).verdict!].zh).toBe('基本完成');
  });
});
