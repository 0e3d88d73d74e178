import fc from 'fast-check';
import { Decimal } from '../kernel/decimal.js';
import { parsePeriod } from '../kernel/period.js';
import type { Definition } from '../indicators/indicator.events.js';
import { marksOf } from './marks.js';
import type { Numbers, QualityIndicator, QualityKnown } from './quality-context.js';
import type { QualityRule } from './quality-rules.js';

const counted: Definition = {
  ...{ text: '年末在册人数', unitOfMeasure: '人', valueType: 'decimal' },
  ...{ measurement: { type: 'direct' }, aggregation: 'sum' },
};
const shared: Definition = {
  ...{ text: '护理型床位占比', unitOfMeasure: '%', valueType: 'percentage' },
  measurement: {
    ...{ type: 'ratio', scale: '100' },
    numerator: { name: '护理型床位', unit: '张' },
    denominator: { name: '床位', unit: '张' },
  },
  aggregation: 'ratio-of-sums',
};
const indicator = (definition: Definition, more: Partial<QualityIndicator> = {}): QualityIndicator => ({
  ...{ code: 'A', name: '甲', kind: 'level', direction: 'higher', decimals: 1, definition, definitionVersion: 1 },
  ...more,
});
const surrounded = (definition: Definition = counted, more: Partial<QualityKnown> = {}): QualityKnown => ({
  ...{ code: 'A', unit: '331102', period: parsePeriod('2022'), day: '2023-02-01', calendar: {}, below: [] },
  ...{ since: parsePeriod('2020'), indicator: indicator(definition), others: new Map(), ranges: [] },
  ...more,
});
const before = (exact: string, definitionVersion = 1): Pick<QualityKnown, 'previous'> => ({
  previous: { period: parsePeriod('2021'), exact: new Decimal(exact), definitionVersion },
});
const value = (text: string): Numbers => ({ value: text });
const ratio = (numerator: string, denominator: string): Numbers => ({ numerator, denominator });

const rule = (kind: QualityRule['kind'], more: Partial<QualityRule> = {}): QualityRule => ({ id: 'r', kind, ...more });
const messages = (of: QualityRule, known: QualityKnown, reported: Numbers) =>
  marksOf([of], known, reported).map(({ message }) => message);

const running = surrounded(counted, {
  indicator: indicator(counted, { name: '累计服务人数' }),
  ...before('50'),
});
const parts = { below: ['1', '2'], parts: [value('20'), value('30')] };

it.each<[QualityRule, QualityKnown, Numbers, Numbers, RegExp]>([
  [rule('range', { minimum: '10' }), surrounded(), value('9'), value('10'), /9 低于下限 10/],
  [rule('range', { maximum: '10' }), surrounded(), value('11'), value('10'), /11 高于上限 10/],
  [rule('jump', { percent: '20' }), surrounded(counted, before('50')), value('61'), value('60'), /2021.*变动 22%/],
  [rule('jump', { percent: '20' }), surrounded(counted, before('50')), value('39'), value('40'), /变动 -22%/],
  [rule('jump', { points: '5' }), surrounded(counted, before('50')), value('56'), value('55'), /相差 6，超过 5/],
  [rule('jump', { points: '5', percent: '1' }), surrounded(counted, before('0')), value('6'), value('5'), /相差 6/],
  [rule('running-total-falls'), running, value('49'), value('50'), /49 小于上期（2021）的 50/],
  [
    rule('running-total-falls', { indicator: 'A' }),
    surrounded(counted, before('50')),
    ...([value('49'), value('50')] as const),
    /累计数 49/,
  ],
  [rule('numerator-over-denominator'), surrounded(shared), ratio('101', '100'), ratio('100', '100'), /分子 101/],
  [rule('whole-numbers'), surrounded(), value('1.5'), value('2.0'), /1.5 不是整数/],
  [rule('whole-numbers'), surrounded(shared), ratio('1', '2.5'), ratio('1', '2'), /床位 2.5 不是整数/],
  [rule('parts-sum'), surrounded(counted, parts), value('51'), value('50.0'), /51 与下级单位合计 50 不符，相差 1/],
  [
    rule('parts-sum'),
    surrounded(shared, { below: ['1', '2'], parts: [ratio('1', '3'), ratio('1', '4')] }),
    ...([ratio('3', '7'), ratio('2', '7')] as const),
    /42.857\d* 与下级单位合计 28.571/,
  ],
  [
    rule('formula', { formula: 'value("A")-value("B")', minimum: '0' }),
    surrounded(counted, { others: new Map([['B/false', new Decimal('7')]]) }),
    ...([value('6'), value('7')] as const),
    /得 -1，应不小于 0/,
  ],
  [
    rule('formula', { formula: 'value("A")/previous("A")', maximum: '2' }),
    surrounded(counted, { others: new Map([['A/true', new Decimal('3')]]) }),
    ...([value('7'), value('6')] as const),
    /应不大于 2/,
  ],
  [rule('definition-changed'), surrounded(counted, before('5', 2)), value('5'), value('5'), /第 2 版.*第 1 版/],
  [
    rule('just-past-threshold', { margin: '2' }),
    surrounded(counted, { ...before('99'), target: '100' }),
    ...([value('101'), value('103')] as const),
    /101 刚达到目标 100/,
  ],
  [
    rule('just-past-threshold', { margin: '2' }),
    surrounded(counted, { ...before('120'), ranges: [rule('range', { maximum: '100' })] }),
    ...([value('99'), value('90')] as const),
    /刚达到上限 100/,
  ],
])('%j marks what is odd', (of, known, odd, fine, message) => {
  expect(messages(of, known, odd)).toEqual([expect.stringMatching(message)]);
  if (of.kind !== 'definition-changed') expect(messages(of, known, fine)).toEqual([]);
});

it('a value is overdue after so many days', () => {
  const on = (day: string) => marksOf([rule('overdue', { days: '31' })], surrounded(counted, { day }), value('1'));
  expect(on('2023-01-31')).toEqual([]);
  expect(on('2023-02-02')).toMatchObject([{ numbers: { due: '2023-01-31', late: '2' } }]);
});

it.each<[string, QualityRule, QualityKnown, Numbers]>([
  ['without a value before', rule('jump', { points: '1' }), surrounded(), value('9')],
  ['of percent of nothing', rule('jump', { percent: '1' }), surrounded(counted, before('0')), value('9')],
  ['of a total that does not run', rule('running-total-falls'), surrounded(counted, before('9')), value('1')],
  [
    'of periods reported one by one',
    rule('running-total-falls'),
    surrounded(counted, { ...before('9'), indicator: indicator(counted, { name: '累计', kind: 'cumulative' }) }),
    value('1'),
  ],
  [
    'of a ratio of different units',
    rule('numerator-over-denominator'),
    surrounded({
      ...shared,
      measurement: {
        type: 'ratio',
        scale: '1',
        numerator: { name: '床位', unit: '张' },
        denominator: { name: '老人', unit: '人' },
      },
    }),
    ratio('2', '1'),
  ],
  ['without all parts', rule('parts-sum'), surrounded(counted, { below: ['1'] }), value('1')],
  [
    'of parts that do not add up',
    rule('parts-sum'),
    surrounded({ ...counted, aggregation: 'none' }, parts),
    value('1'),
  ],
  [
    'without a figure of the formula',
    rule('formula', { formula: 'value("A")-value("B")', minimum: '0' }),
    surrounded(),
    value('1'),
  ],
  [
    'of a value that was there before',
    rule('just-past-threshold', { margin: '2' }),
    surrounded(counted, { ...before('100'), target: '100' }),
    value('101'),
  ],
  ['of another indicator', rule('range', { indicator: 'B', minimum: '10' }), surrounded(), value('1')],
])('a rule says nothing %s', (_, of, known, reported) => {
  expect(messages(of, known, reported)).toEqual([]);
});

it('a mark names its rule, what it is for, and how it was explained', () => {
  const of = rule('range', { minimum: '10', note: '参照省标准', required: 'explanation' });
  expect(marksOf([of], surrounded(), value('9'), [{ rule: 'r', text: '新设机构' }])).toEqual([
    {
      ...{ rule: 'r', kind: 'range', message: '数值 9 低于下限 10（参照省标准）' },
      ...{ numbers: { value: '9', minimum: '10' }, required: 'explanation', explanation: '新设机构' },
    },
  ]);
});

const number = fc.integer({ min: -100_000, max: 100_000 }).map((each) => new Decimal(each).div(100).toFixed());

describe('laws', () => {
  it('a jump is one whichever of the two values came first, in points', () => {
    fc.assert(
      fc.property(number, number, fc.integer({ min: 0, max: 500 }), (a, b, points) => {
        const of = rule('jump', { points: String(points) });
        const marks = (from: string, to: string) => messages(of, surrounded(counted, before(from)), value(to)).length;
        expect(marks(a, b)).toBe(marks(b, a));
      }),
    );
  });

  it('a range rule marks exactly what lies outside of it', () => {
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        const [minimum, maximum] = new Decimal(a).lte(b) ? [a, b] : [b, a];
        const isInside = new Decimal(c).gte(minimum) && new Decimal(c).lte(maximum);
        expect(messages(rule('range', { minimum, maximum }), surrounded(), value(c))).toHaveLength(isInside ? 0 : 1);
      }),
    );
  });

  it('the sum of the parts is never marked, however they are ordered', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 8 }), (numbers) => {
        const sum = numbers.reduce((at, each) => at.plus(each), new Decimal(0)).toFixed();
        const known = surrounded(counted, { parts: numbers.toReversed().map(value) });
        expect(messages(rule('parts-sum'), known, value(sum))).toEqual([]);
      }),
    );
  });

  it('a wider margin marks all that a narrower one does', () => {
    fc.assert(
      fc.property(number, number, number, fc.nat(50), fc.nat(50), (target, last, now, margin, more) => {
        const known = surrounded(counted, { ...before(last), target });
        const marks = (of: number) =>
          messages(rule('just-past-threshold', { margin: String(of) }), known, value(now)).length;
        expect(marks(margin + more)).toBeGreaterThanOrEqual(marks(margin));
      }),
    );
  });
});
