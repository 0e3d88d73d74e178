import fc from 'fast-check';
import { Decimal } from '../kernel/decimal.js';
import { parsePeriod } from '../kernel/period.js';
import type { Numbers } from '../quality/quality-context.js';
import { jumps, outOfLine } from './changes.js';
import { digitTest, lastDigits } from './digits.js';
import { changesOf, stretchesOf, type Observed, type Watched } from './observed.js';
import { copied, tooSmooth } from './repetition.js';
import { chiSquareTail, held, modifiedZ } from './statistics.js';
import { justAcross } from './threshold.js';

const watched: Watched = {
  ...{ code: 'A', kind: 'level', decimals: 1, unitOfMeasure: '%', addsUp: false },
  comparable: () => true,
};
const numbers = (...values: (string | number)[]) => values.map((value) => new Decimal(value));
const observed = (period: string, reported: Numbers, more: Partial<Observed> = {}): Observed => ({
  ...{ unit: '331102', period: parsePeriod(period), reported, definitionVersion: 1 },
  exact:
    'value' in reported
      ? new Decimal(reported.value)
      : new Decimal(reported.numerator).times(100).div(reported.denominator),
  ...more,
});
/** Values of the years from 2020 on. */
const yearly = (...values: (string | number)[]) =>
  values.map((value, at) => observed(String(2020 + at), { value: String(value) }));
const changes = (...values: (string | number)[]) => changesOf([yearly(...values)], watched);

describe('the modified z', () => {
  it('is that of a worked example: the median 3, the median absolute deviation 1', () => {
    const shown = modifiedZ(numbers(1, 2, 3, 4, 10)).map((z) => z.toFixed(4));
    expect(shown).toEqual(['-1.3490', '-0.6745', '0.0000', '0.6745', '4.7215']);
  });

  it('takes the mean absolute deviation where half of the numbers are the median', () => {
    // The mean deviation of 0, 0, 0, 0, 1 from 0 is 0.2: 1 / (0.2 × 1.2533).
    expect(modifiedZ(numbers(0, 0, 0, 0, 1)).map((z) => z.toFixed(4))).toEqual([
      '0.0000',
      '0.0000',
      '0.0000',
      '0.0000',
      '3.9895',
    ]);
    expect(modifiedZ(numbers(7, 7, 7)).every((z) => z.isZero())).toBe(true);
  });

  const some = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 12 });
  it('does not depend on where numbers start or on their unit, and turns with their sign', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 50 }), (all, shift, scale) => {
        const shown = (of: readonly number[]) => modifiedZ(numbers(...of)).map((z) => z.toFixed(15));
        expect(shown(all.map((each) => each * scale + shift))).toEqual(shown(all));
        const turned = modifiedZ(numbers(...all.map((each) => -each))).map((z) => z.neg().plus(0).toFixed(15));
        expect(turned.map((each) => each.replace(/^-(0\.0*)$/, '$1'))).toEqual(
          shown(all).map((each) => each.replace(/^-(0\.0*)$/, '$1')),
        );
      }),
    );
  });
});

describe('a jump', () => {
  it('is out of proportion to the unit’s own changes, of which there are five', () => {
    // Changes 1, 1.2, 0.9, 1.1, 6: the median is 1.1, the median deviation 0.1.
    const [mark, ...others] = jumps(changes(50, 51, '52.2', '53.1', '54.2', '60.2'), watched);
    expect(others).toEqual([]);
    expect(mark).toMatchObject({
      message:
        '2025 由上期（2024）的 54.2 变为 60.2，变动 +6 个百分点；本单位 5 次逐期变动的中位数为 +1.1 个百分点，修正 z 值 33.1，超出 ±3.5',
      numbers: { change: '6', median: '1.1', z: '33.1', count: '5' },
    });
    expect(jumps(changes(50, 51, '52.2', '53.1', '60.2'), watched)).toEqual([]);
  });

  it('is measured in percent where values add up, and only from values above 0', () => {
    const adding = { ...watched, addsUp: true, unitOfMeasure: '人' };
    const all = changesOf([yearly(0, 100, 110, 121)], adding);
    expect(all.map(({ by }) => by.toFixed())).toEqual(['10', '10']);
  });

  it('is not one across a gap, or between definitions that cannot be compared', () => {
    const gap = yearly(50, 51, 52).filter(({ period }) => period.text !== '2021');
    expect(changesOf(stretchesOf(gap, watched), watched)).toEqual([]);
    const redefined = { ...watched, comparable: (a: number, b: number) => a === b };
    const values = yearly(50, 51, 52).map((value, at) => ({ ...value, definitionVersion: at > 1 ? 2 : 1 }));
    expect(stretchesOf(values.toReversed(), redefined).map((stretch) => stretch.length)).toEqual([2, 1]);
  });
});

it('a change is out of line with those of at least five other units', () => {
  const of = (by: number, at: number) => {
    const [change] = changes(50, 50 + by);
    return { ...change!, now: { ...change!.now, unit: String(at) } };
  };
  const six = [1, 2, 1.5, 1, 1.5, -8].map(of);
  expect(outOfLine(six, watched)).toMatchObject([{ change: { now: { unit: '5' } }, numbers: { median: '1.25' } }]);
  expect(outOfLine(six.slice(1), watched)).toEqual([]);
});

describe('a repeated value', () => {
  const ratio = (numerator: string, denominator: string): Numbers => ({ numerator, denominator });
  const pair = (a: Numbers, b: Numbers) => [observed('2021', a), observed('2022', b)];
  const messages = (stretch: Observed[], of: Partial<Watched> = {}) =>
    copied(stretch, { ...watched, ...of }).map(({ message }) => message);

  it('has the same numerator and denominator, or the same value, of three digits or more', () => {
    expect(messages(pair(ratio('453', '800'), ratio('453', '800')))).toEqual([
      '2022 的分子 453、分母 800与上期（2021）完全相同',
    ]);
    expect(messages(pair({ value: '54.2' }, { value: '54.20' }))).toEqual(['2022 的数值 54.20与上期（2021）完全相同']);
  });

  it('is not marked where the numbers differ, have few digits or are to be kept', () => {
    expect(messages(pair(ratio('453', '800'), ratio('454', '800')))).toEqual([]);
    expect(messages(pair(ratio('12', '20'), ratio('12', '20')))).toEqual([]);
    expect(messages(pair({ value: '1200' }, { value: '1200' }))).toEqual([]);
    expect(messages(pair({ value: '54.2' }, { value: '54.2' }), { kind: 'hold' })).toEqual([]);
  });
});

describe('a line', () => {
  const lines = (...values: (string | number)[]) =>
    tooSmooth(yearly(...values), watched).map(({ value, numbers: { count } }) => [value.period.text, count]);

  it('has four values or more on it to the last decimal, and changes', () => {
    expect(lines(50, '50.3', '50.7', 51)).toEqual([['2023', '4']]);
    expect(lines(50, '50.3', '50.8', 51)).toEqual([]);
    expect(lines(50, 51, 52)).toEqual([]);
    expect(lines(50, 50, 50, 50)).toEqual([]);
    expect(lines('1.1', '1.2', '1.3', '1.4')).toEqual([]);
  });

  it('is the longest one of a stretch', () => {
    expect(lines(40, 50, 51, 52, 53, 54, 60)).toEqual([['2025', '5']]);
  });

  it('is found wherever values are made on one, whatever its slope', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 4, max: 9 }),
        fc.boolean(),
        (tenths, count, up) => {
          const step = new Decimal(up ? tenths : -tenths).div(10);
          const values = Array.from({ length: count }, (_, at) => step.times(at).plus(500).toFixed());
          expect(lines(...values)).toEqual([[String(2019 + count), String(count)]]);
        },
      ),
    );
  });
});

describe('last digits', () => {
  it('are those at the last decimal of values, and of whole counts of three digits, each counted anew', () => {
    expect(lastDigits([yearly('54.2', '54.2', '60', '9.5')], watched)).toEqual([2, 0]);
    const ratio = observed('2022', { numerator: '457', denominator: '99' });
    expect(lastDigits([[ratio]], watched)).toEqual([7]);
    expect(lastDigits([[observed('2022', { numerator: '457.5', denominator: '1003' })]], watched)).toEqual([3]);
  });

  it('are tested against equal shares by χ², from fifty on', () => {
    const even = Array.from({ length: 50 }, (_, at) => at % 10);
    expect(digitTest(even)).toMatchObject({ significant: false, numbers: { chiSquare: '0' } });
    expect(digitTest(even.slice(1))).toBeUndefined();
    // 14 zeros and 4 of each other digit: (9² + 9 × 1²) / 5 = 18, with a probability of 3.5 %.
    const fourteen = digitTest([...Array<number>(14).fill(0), ...even.filter((digit) => digit > 0).slice(0, 36)]);
    expect(fourteen).toMatchObject({ significant: false, numbers: { chiSquare: '18', digit0: '14' } });
    expect(fourteen!.p.toNumber()).toBeCloseTo(0.0352, 4);
    expect(digitTest(even.map(() => 5))).toMatchObject({ significant: true, numbers: { chiSquare: '450' } });
  });

  it('have the tail of χ² with 9 degrees of freedom that tables give', () => {
    // Abramowitz & Stegun (1964), table 26.8: 14.6837 leaves 10 %, 21.6660 1 %, 27.8772 0.1 %, 33.7199 0.01 %.
    for (const [x, tail] of [
      ['14.6837', 0.1],
      ['21.6660', 0.01],
      ['27.8772', 0.001],
      ['33.7199', 0.0001],
    ] as const) {
      expect(chiSquareTail(new Decimal(x)).toNumber() / tail).toBeCloseTo(1, 3);
    }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1600 }), (tenths) => {
        const at = (value: number) => chiSquareTail(new Decimal(value).div(10));
        expect(at(tenths).gte(at(tenths + 1))).toBe(true);
        expect(at(tenths).gte(0) && at(tenths).lte(1)).toBe(true);
      }),
    );
  });
});

describe('the false discovery rate', () => {
  it('is that of the worked example of Benjamini & Hochberg (1995), section 3.2', () => {
    const values = '.0001 .0004 .0019 .0095 .0201 .0278 .0298 .0344 .0459 .3240 .4262 .5719 .6528 .7590 1.000';
    const all = values.split(' ').map((p) => new Decimal(p));
    // At 5 % the first four are significant; Bonferroni’s method finds three.
    expect(held(all, new Decimal('0.05'))).toEqual(all.map((_, at) => at < 4));
  });

  it('holds what is held at a lower rate, and does not depend on the order', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 20 });
    fc.assert(
      fc.property(values, (thousandths) => {
        const all = thousandths.map((each) => new Decimal(each).div(1000));
        const [strict, loose] = [held(all, new Decimal('0.05')), held(all)];
        expect(strict.every((each, at) => !each || loose[at])).toBe(true);
        expect(held(all.toReversed())).toEqual(loose.toReversed());
      }),
    );
  });
});

describe('a value just across a threshold', () => {
  const question = { at: new Decimal('58.1'), decimals: 1, direction: 'higher' } as const;
  const status = (exact: Decimal) => (exact.gte('58') ? 'completed' : 'behind');

  it('moved the status, and two steps of its last decimal would move it back', () => {
    expect(justAcross({ ...question, status })).toEqual({ status: 'completed', otherwise: 'behind', steps: 2 });
    expect(justAcross({ ...question, at: new Decimal('58'), earlier: new Decimal('55'), status })).toEqual({
      ...{ status: 'completed', otherwise: 'behind', steps: 1, earlier: 'behind' },
    });
  });

  it('is not one that was across before, lies further, or is on the worse side', () => {
    expect(justAcross({ ...question, earlier: new Decimal('59'), status })).toBeUndefined();
    expect(justAcross({ ...question, at: new Decimal('58.2'), status })).toBeUndefined();
    expect(justAcross({ ...question, at: new Decimal('57.9'), status })).toBeUndefined();
  });

  it('looks downwards where less is better', () => {
    const lower = (exact: Decimal) => (exact.lte('58') ? 'completed' : 'behind');
    const on = (at: string) => justAcross({ ...question, at: new Decimal(at), direction: 'lower', status: lower });
    expect([on('57.9')?.steps, on('58.1')?.steps]).toEqual([2, undefined]);
  });
});
