import fc from 'fast-check';
import { lishuiEngine } from '../../test/support/engine.js';
import { lishui } from '../../test/support/seeds.js';
import type { Engine } from '../engine.js';
import { parsePeriod } from '../kernel/period.js';
import { parseKnownTime } from '../kernel/time.js';
import { defaultEvaluationRules, type EvaluationRules } from '../plans/evaluation-rules.js';
import { assessOrFault } from '../assessment/assessment.js';
import { assessmentInput, type Cell } from '../assessment/cell.js';
import { Decimal, text } from '../assessment/decimals.js';
import { indexChange, joined, type IndexChange } from './index-change.js';
import type { Finding } from '../assessment/measured.js';
import { composeIndexed, indexOf, type IndexedPlan } from '../overview/overview.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import { PlanReader } from '../overview/plan-reader.js';
import type { CellTarget } from '../assessment/rule-targets.js';

const unit = '990100';

/** The fields of an indicator that a test sets. The defaults are a level, linear from 0 in 2020 to 100 in 2025. */
interface Given {
  readonly code?: string;
  readonly area?: string;
  readonly weight?: string;
  readonly kind?: IndicatorRow['kind'];
  readonly direction?: IndicatorRow['direction'];
  readonly base?: string;
  readonly value?: string;
  readonly comparable?: boolean;
  readonly target?: string;
  readonly rule?: string;
  readonly sum?: string;
}

const found = (exact: string | undefined, comparable = true): Finding =>
  exact === undefined
    ? { absent: 'not-reported', demo: false }
    : { shown: exact, exact, source: 'reported', approved: true, corrections: 0, comparable, demo: false };

/** A plan in one period with these indicators, in the form that `composeIndexed` returns. */
function planWith(
  given: readonly Given[],
  rules: EvaluationRules = defaultEvaluationRules,
  period = '2022',
): IndexedPlan {
  const plan = { plan: 'p', title: 'p', territory: 'p', timeZone: 'Asia/Shanghai', startYear: 2021, endYear: 2025 };
  const indicators = given.map((one, at): IndicatorRow => {
    const { code = `I${at}`, area = 'A1', weight = '1', kind = 'level', direction = 'higher', base, sum } = one;
    const target: CellTarget = {
      ...{ unit, period: '2025', value: one.rule === undefined ? (one.target ?? '100') : '=value("X")' },
      ...{ targetVersion: 1, eventId: 'e', knownAt: 'k', demo: false },
      ...(one.rule !== undefined && { rule: { value: one.rule, inputs: [], comparable: true, demo: false } }),
    };
    const row: Omit<IndicatorRow, 'cells'> = {
      ...{ code, name: code, area, kind, direction, weight, decimals: 1, assumptions: [], demo: false },
      ...({ role: 'main', attribute: 'expected', frequency: 'A', targetScope: 'all', trajectory: 'linear' } as const),
      definitionVersion: 1,
      definition: {} as IndicatorRow['definition'],
      period,
    };
    const cell = {
      ...{ unit, base: found(base ?? '0'), value: found(one.value, one.comparable) },
      ...(sum !== undefined && { cumulativeSum: sum }),
      targets: [target],
    };
    const assessment = assessOrFault(assessmentInput(row, cell, '2020'), rules);
    return { ...row, cells: [{ ...cell, assessment } satisfies Cell] };
  });
  const areas = [{ code: 'A1', name: 'A1' }];
  return {
    ...{ plan: { ...plan, baseline: '2020' }, period, rules: { version: 1, rules }, areas, indicators, demo: false },
    units: [{ code: unit, name: '市', level: 'city' }],
    indexes: [indexOf(unit, { areas, rules }, indicators)],
  };
}

const change = (from: IndexedPlan, to: IndexedPlan, area?: string) =>
  indexChange(from, to, { unit, ...(area !== undefined && { area }) });
const valueOf = (plan: IndexedPlan) => plan.indexes.find((each) => each.unit === unit)!.index.value;
const sum = (changes: readonly { readonly change: string }[]) =>
  text(changes.reduce((all, { change: one }) => all.plus(one), new Decimal(0)));

/** In 2022 S is 40, so a value v scores 60 + v up to 100. Two indicators with values 20 and 30 have an index of 85. */
describe('the change of an index by cause', () => {
  const before = planWith([{ value: '20' }, { value: '30' }]);
  const stricter = {
    ...defaultEvaluationRules,
    index: { ...defaultEvaluationRules.index, baseScore: '50', slope: '40' },
  };

  it.each<[string, IndexedPlan, string, [string, string, string][]]>([
    // (60+30 + 60+30)/2 = 90
    ['a value that was corrected', planWith([{ value: '30' }, { value: '30' }]), '5', [['I0', 'corrected', '5']]],
    // (60 + 60+30)/2 = 75: I0 is corrected from 20 to 0
    [
      'a value that was corrected to the base',
      planWith([{ value: '0' }, { value: '30' }]),
      '-10',
      [['I0', 'corrected', '-10']],
    ],
    // The index is that of I1 alone, 90.
    ['a value that was withdrawn', planWith([{}, { value: '30' }]), '5', [['I0', 'reported', '5']]],
    // (80 + 90 + 60)/3 = 76.66…
    [
      'an indicator that was reported late',
      planWith([{ value: '20' }, { value: '30' }, { value: '0' }]),
      '-8.3333333333333333',
      [['I2', 'reported', '-8.3333333333333333']],
    ],
    // With a target of 50, P = 40 is on schedule and scores 100; (100 + 90)/2 = 95.
    [
      'a target that was revised',
      planWith([{ value: '20', target: '50' }, { value: '30' }]),
      '10',
      [['I0', 'target', '10']],
    ],
    // (70 + 80)/2 = 75
    [
      'rules that were replaced',
      planWith([{ value: '20' }, { value: '30' }], stricter),
      '-10',
      [
        ['I0', 'rules', '-5'],
        ['I1', 'rules', '-5'],
      ],
    ],
    // (80·3 + 90)/4 = 82.5
    ['a weight', planWith([{ value: '20', weight: '3' }, { value: '30' }]), '-2.5', [['I0', 'definition', '-2.5']]],
    // I0 is not comparable any more; the index is that of I1 alone, 90.
    ['a definition', planWith([{ value: '20', comparable: false }, { value: '30' }]), '5', [['I0', 'definition', '5']]],
    // 2023: S = 60; 30/60 and 50/60 of 40 above 60 are 80 and 93.33…
    [
      'a later period',
      planWith([{ value: '30' }, { value: '50' }], defaultEvaluationRules, '2023'),
      '1.6666666666666667',
      [['I1', 'period', '1.6666666666666667']],
    ],
    // The base is 10 instead of 0: P = (20 − 10)/90 = 11.1 %, S = 40 %; 60 + 40·P/S = 71.11…
    [
      'a base that was corrected',
      planWith([{ value: '20', base: '10' }, { value: '30' }]),
      '-4.4444444444444444',
      [['I0', 'corrected', '-4.4444444444444444']],
    ],
  ])('%s', (_, after, whole, expected) => {
    const result = change(before, after);
    expect(result.change).toBe(whole);
    const parts = result.parts.flatMap(({ indicator, causes: own }) =>
      own.map((one) => [indicator, one.cause, one.change]),
    );
    expect(parts).toEqual(expected);
    expect(result.from.value).toBe('85');
    expect(result.to.value).toBe(valueOf(after));
  });

  it('a changed value of the same rule is a correction; a rule that replaces a number is a changed target', () => {
    const held = (rule?: string, target = '80') =>
      planWith([{ kind: 'hold', value: '60', ...(rule === undefined ? { target } : { rule }) }]);
    expect(change(held('60'), held('80')).causes).toEqual([{ cause: 'corrected', change: '-25' }]);
    expect(change(held(undefined, '60'), held('80')).causes).toEqual([{ cause: 'target', change: '-25' }]);
  });

  it('a changed cumulative sum is a correction; a sum that becomes available is a report', () => {
    const total = (value: string | undefined, whole?: string) =>
      planWith([{ kind: 'cumulative', value, ...(whole !== undefined && { sum: whole }) }, { value: '40' }]);
    // A sum of 20, where 40 is due, scores 80; a sum of 30 scores 90.
    expect(change(total('9', '20'), total('9', '30')).causes).toEqual([{ cause: 'corrected', change: '5' }]);
    expect(change(total('9'), total('9', '20')).causes).toEqual([{ cause: 'reported', change: '-10' }]);
  });

  it('several simultaneous causes have separate parts', () => {
    const after = planWith([{ value: '30', target: '150' }, {}, { value: '10' }], stricter);
    const result = change(before, after);
    expect(result.causes.map(({ cause }) => cause)).toEqual(['rules', 'target', 'corrected', 'reported']);
    expect(sum(result.parts)).toBe(result.change);
    expect(sum(result.causes)).toBe(result.change);
  });
});

describe('a change of an index', () => {
  it('includes coverage and veto of both sides, and indicators whose status changed', () => {
    const result = change(planWith([{ value: '40' }, {}]), planWith([{ value: '40' }, { value: '40' }]));
    expect(result).toMatchObject({
      ...{ change: '0', causes: [] },
      from: { period: '2022', value: '100', coverage: '50', vetoed: [] },
      to: { value: '100', coverage: '100' },
      parts: [
        { indicator: 'I1', change: '0', causes: [], from: { status: 'no-data' }, to: { score: '100', shown: '40' } },
      ],
    });
  });

  it('is empty if nothing changed', () => {
    const plan = planWith([{ value: '20' }, {}]);
    expect(change(plan, plan)).toMatchObject({ change: '0', causes: [], parts: [] });
  });

  it('is undefined if one side has no index', () => {
    const result = change(planWith([{}]), planWith([{ value: '20' }]));
    expect(result.change).toBeUndefined();
    expect(result.causes).toEqual([]);
    expect(result.parts).toMatchObject([{ indicator: 'I0', change: '0', to: { score: '80' } }]);
  });

  it('can be limited to an area', () => {
    const both = (value: string) => planWith([{ value }, { value: '0', area: 'A2' }]);
    expect(change(both('20'), both('30')).change).toBe('5');
    expect(change(both('20'), both('30'), 'A1')).toMatchObject({ area: 'A1', change: '10' });
    expect(change(both('20'), both('30'), 'A2')).toMatchObject({ change: '0', parts: [] });
  });
});

const tenth = (max: number) => fc.integer({ min: 0, max: max * 10 }).map((number) => text(new Decimal(number).div(10)));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const anyGiven: fc.Arbitrary<Given> = fc.record({
  kind: fc.constantFrom('level', 'hold', 'cumulative', 'growth'),
  direction: fc.constantFrom('higher', 'lower'),
  weight: tenth(5),
  base: tenth(100),
  value: maybe(tenth(150)),
  sum: maybe(tenth(150)),
  target: tenth(120),
  rule: maybe(tenth(120)),
  comparable: fc.boolean(),
  area: fc.constantFrom('A1', 'A2'),
});
const rulesAny = fc.record({ baseScore: tenth(60), slope: fc.constantFrom('10', '40', '55.5') }).map((index) => ({
  ...defaultEvaluationRules,
  index: { ...defaultEvaluationRules.index, ...index },
}));
const planAny = fc
  .tuple(fc.array(anyGiven, { maxLength: 8 }), rulesAny, fc.constantFrom('2022', '2023'))
  .map(([given, rules, period]) =>
    planWith(
      given.map(({ rule, ...one }) => (one.kind === 'hold' && rule !== undefined ? { ...one, rule } : one)),
      rules,
      period,
    ),
  );

describe('property', () => {
  const expectExactSums = (result: IndexChange, from: IndexedPlan, to: IndexedPlan) => {
    if (result.change === undefined) return;
    expect(result.change).toBe(text(new Decimal(valueOf(to)!).minus(valueOf(from)!)));
    expect(sum(result.parts)).toBe(result.change);
    expect(sum(result.causes)).toBe(result.change);
    for (const part of result.parts) expect(sum(part.causes)).toBe(part.change);
  };

  it('the parts sum exactly to the change', () => {
    fc.assert(
      fc.property(planAny, planAny, (from, to) => expectExactSums(change(from, to), from, to)),
      { numRuns: 200 },
    );
  });

  it('the parts of two joined changes sum exactly to the whole change', () => {
    fc.assert(
      fc.property(planAny, planAny, planAny, (from, between, to) => {
        const whole = joined(change(from, between), change(between, to));
        expectExactSums(whole, from, to);
        expect(whole.from.value).toBe(valueOf(from));
        expect(whole.to.value).toBe(valueOf(to));
      }),
    );
  });

  it('the order of the indicators does not matter', () => {
    fc.assert(
      fc.property(planAny, planAny, (from, to) => {
        const reversed = (plan: IndexedPlan) => ({ ...plan, indicators: [...plan.indicators].reverse() });
        expect(change(reversed(from), reversed(to))).toEqual(change(from, to));
      }),
    );
  });

  it('a state compared with itself has no change', () => {
    fc.assert(
      fc.property(planAny, (plan) => {
        expect(change(plan, plan)).toMatchObject({ causes: [], parts: [] });
      }),
    );
  });
});

describe('the change of 丽水’s 2022 index from 2023-06-30 to today', () => {
  let engine: Engine;
  beforeAll(async () => void (engine = await lishuiEngine()));
  afterAll(() => engine.close());

  const indexed = async (period: string, day?: string) => {
    const asOf = day === undefined ? {} : { knownAt: parseKnownTime(day, 'Asia/Shanghai') };
    return composeIndexed(await PlanReader.open(engine.views, lishui, asOf), parsePeriod(period));
  };

  it('has parts for the correction and the late report', async () => {
    const [then, today] = await Promise.all([indexed('2022', '2023-06-30'), indexed('2022')]);
    const result = indexChange(then, today, { unit: '331100' });
    expect(sum(result.parts)).toBe(result.change);
    const parts = result.parts.flatMap(({ indicator, causes: own }) => own.map(({ cause }) => `${indicator} ${cause}`));
    // 莲都 corrected its beds by −54, 庆元 reported late. The revised 2025 target of 06 does not affect 2022.
    expect(parts).toEqual(expect.arrayContaining(['02 corrected', '05 reported']));
    expect(result.to.coverage).toBe('100');
  });

  it('is the exact sum of its parts for every unit and area, between any two states', async () => {
    const states = await Promise.all([
      ...[indexed('2022', '2023-02-20'), indexed('2022', '2023-09-30'), indexed('2023')],
    ]);
    for (const from of states) {
      for (const to of states) {
        for (const { unit: of } of to.indexes) {
          const result = indexChange(from, to, { unit: of });
          if (result.change !== undefined) expect(sum(result.parts)).toBe(result.change);
        }
        for (const { code } of to.areas) {
          const result = indexChange(from, to, { unit: '331100', area: code });
          if (result.change !== undefined) expect(sum(result.parts)).toBe(result.change);
        }
      }
    }
  });
});
