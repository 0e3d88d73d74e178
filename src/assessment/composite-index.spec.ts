import fc from 'fast-check';
import { defaultEvaluationRules as rules } from '../plans/evaluation-rules.js';
import { compositeIndex, type IndexEntry } from './composite-index.js';
import { Decimal, text } from './decimals.js';
import type { Status } from './judgement.js';

const entry = (indicator: string, weight: string, score?: string, change: Partial<IndexEntry> = {}): IndexEntry => ({
  indicator,
  weight,
  score,
  status: score === undefined ? 'no-data' : 'as-expected',
  attribute: 'expected',
  ...change,
});

const sum = (numbers: string[]) => text(numbers.reduce((total, number) => total.plus(number), new Decimal(0)));

describe('composite index', () => {
  it('is the weighted mean of the indicators with a score, with its coverage', () => {
    expect(compositeIndex([entry('02', '1', '60'), entry('01', '3', '100'), entry('03', '4')], rules)).toEqual({
      value: '90',
      coverage: '50',
      weightTotal: '8',
      weightAvailable: '4',
      vetoed: [],
      contributions: [
        { indicator: '01', weight: '3', score: '100', points: '75' },
        { indicator: '02', weight: '1', score: '60', points: '15' },
      ],
    });
  });

  it('has no value and coverage 0 if no weighted indicator has a score', () => {
    const nothing = { value: undefined, coverage: '0', weightAvailable: '0', vetoed: [], contributions: [] };
    expect(compositeIndex([], rules)).toEqual({ ...nothing, weightTotal: '0' });
    expect(compositeIndex([entry('01', '1'), entry('02', '1')], rules)).toEqual({ ...nothing, weightTotal: '2' });
    expect(compositeIndex([entry('01', '0', '80')], rules)).toEqual({ ...nothing, weightTotal: '0' });
  });

  it('excludes only not-applicable indicators from its coverage', () => {
    const index = (status: Status) => compositeIndex([entry('01', '1', '80'), { ...entry('02', '1'), status }], rules);
    expect(index('not-applicable').coverage).toBe('100');
    expect(index('no-data').coverage).toBe('50');
    expect(index('incomparable').coverage).toBe('50');
  });

  it('lists red binding indicators as vetoed, unless the rules disable the veto', () => {
    const entries = [
      entry('04', '1', '20', { status: 'severely-behind', attribute: 'binding' }),
      entry('03', '1', '50', { status: 'behind', attribute: 'binding' }),
      entry('02', '1', '80', { status: 'roughly', attribute: 'binding' }),
      entry('01', '1', '50', { status: 'behind' }),
    ];
    expect(compositeIndex(entries, rules)).toMatchObject({ value: '50', vetoed: ['03', '04'] });
    const without = { ...rules, index: { ...rules.index, bindingVeto: false } };
    expect(compositeIndex(entries, without)).toMatchObject({ value: '50', vetoed: [] });
  });

  it('refuses a negative weight', () => {
    expect(() => compositeIndex([entry('01', '-1', '80')], rules)).toThrow(
      expect.objectContaining({ code: 'index.weight-negative' }),
    );
  });

  it.each<[IndexEntry, string]>([
    [entry('01', '约1', '80'), 'weight'],
    [entry('01', '-1', '80'), 'weight'],
    [entry('01', '1', '约80'), 'score'],
  ])('names the wrong input of %j', (given, field) => {
    const problems = [expect.objectContaining({ field })];
    expect(() => compositeIndex([given], rules)).toThrow(expect.objectContaining({ problems }));
  });

  const tenths = (max: number) =>
    fc.integer({ min: 0, max: max * 10 }).map((tenth) => text(new Decimal(tenth).div(10)));
  const quotient = fc
    .tuple(fc.nat(1000), fc.integer({ min: 1, max: 999 }))
    .map(([part, whole]) => text(Decimal.min(100, new Decimal(part).div(whole))));
  const entriesOf = (weight: fc.Arbitrary<string>) =>
    fc
      .array(fc.tuple(weight, fc.option(quotient, { nil: undefined })), { maxLength: 12 })
      .map((rows) => rows.map(([share, score], at) => entry(`I${at}`, share, score)));
  const entries = entriesOf(tenths(50));

  it('property: contributions sum exactly to the value', () => {
    fc.assert(
      fc.property(entries, (given) => {
        const { value, contributions } = compositeIndex(given, rules);
        if (value !== undefined) expect(sum(contributions.map(({ points }) => points))).toBe(value);
        else expect(contributions).toEqual([]);
      }),
    );
  });

  it('property: multiplying all weights by a factor changes nothing', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 1_000_000 }), (given, factor) => {
        const scaled = given.map((one) => ({ ...one, weight: text(new Decimal(one.weight).times(factor).div(1000)) }));
        const [before, after] = [compositeIndex(given, rules), compositeIndex(scaled, rules)];
        expect(after.value).toBe(before.value);
        expect(after.coverage).toBe(before.coverage);
        expect(after.contributions.map(({ points }) => points)).toEqual(
          before.contributions.map(({ points }) => points),
        );
      }),
    );
  });

  it('property: order does not matter', () => {
    const shuffled = entries.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(shuffled, ([given, other]) => {
        expect(compositeIndex(other, rules)).toEqual(compositeIndex(given, rules));
      }),
    );
  });

  it('property: an indicator without score does not change the value, only the coverage', () => {
    fc.assert(
      fc.property(entriesOf(tenths(50).map((weight) => sum([weight, '0.1']))), fc.nat(), (given, at) => {
        fc.pre(given.length > 0);
        const silenced = given.map((one, place) => (place === at % given.length ? { ...one, score: undefined } : one));
        const without = given.filter((_, place) => place !== at % given.length);
        expect(compositeIndex(silenced, rules).value).toBe(compositeIndex(without, rules).value);
        expect(Number(compositeIndex(silenced, rules).coverage)).toBeLessThan(100);
      }),
    );
  });
});
