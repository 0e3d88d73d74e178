import { Decimal } from '../kernel/decimal.js';
import { parsePeriod, periodBefore, type Period } from '../kernel/period.js';
import { jumps, outOfLine } from './changes.js';
import { digitTest, lastDigits } from './digits.js';
import { changesOf, type Observed, type Watched } from './observed.js';
import { copied, tooSmooth } from './repetition.js';
import { held } from './statistics.js';
import { justAcross } from './threshold.js';

/**
 * What the checks find on made data: the share of planted faults, and the share of clean figures (of digits: of units) that
 * they mark. docs/evaluation.md states these numbers.
 */

const watched: Watched = {
  ...{ code: 'A', kind: 'level', decimals: 1, unitOfMeasure: '%', addsUp: false },
  comparable: () => true,
};
const indicators = 50;
const units = 10;

/** Normal pseudo-random numbers (Box–Muller over a linear congruential generator), the same in every run. */
function made(seed: number) {
  let state = seed;
  const uniform = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state + 0.5) / 2_147_483_648;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** The last `count` periods up to one. */
function periodsTo(text: string, count: number): Period[] {
  const periods = [parsePeriod(text)];
  while (periods.length < count) periods.unshift(periodBefore(periods[0]!));
  return periods;
}

/** Numerators out of 2000 to 9000: a share that rises by 1.5 points a period, with a deviation of 0.7. */
function indicatorOf({ uniform, normal }: ReturnType<typeof made>, periods: readonly Period[]): Observed[][] {
  return Array.from({ length: units }, (_, unit) => {
    const size = 2000 + Math.floor(7000 * uniform());
    const level = 30 + 10 * uniform();
    return periods.map((period, at) => {
      const denominator = Math.round(size * (1 + 0.01 * at + 0.003 * normal()));
      const numerator = Math.round((denominator * (level + 1.5 * at + 0.7 * normal())) / 100);
      return observedOf(String(unit), period, numerator, denominator);
    });
  });
}

const observedOf = (unit: string, period: Period, numerator: number, denominator: number): Observed => ({
  ...{ unit, period, definitionVersion: 1 },
  reported: { numerator: String(numerator), denominator: String(denominator) },
  exact: new Decimal(numerator).times(100).div(denominator),
});

/** The value with as many points more. */
const shifted = ({ unit, period, reported }: Observed, points: number): Observed => {
  const [numerator, denominator] =
    'value' in reported ? [0, 1] : [Number(reported.numerator), Number(reported.denominator)];
  return observedOf(unit, period, numerator + Math.round((denominator * points) / 100), denominator);
};

type Marks = ReadonlySet<string>;
const marksOf: Readonly<Record<string, (values: readonly (readonly Observed[])[]) => Observed[]>> = {
  jump: (values) => values.flatMap((own) => jumps(changesOf([own], watched), watched).map(({ change }) => change.now)),
  'out-of-line': (values) =>
    values[0]!.flatMap((_, at) =>
      at === 0
        ? []
        : outOfLine(
            changesOf(
              values.map((own) => own.slice(at - 1, at + 1)),
              watched,
            ),
            watched,
          ).map(({ change }) => change.now),
    ),
  copied: (values) => values.flatMap((own) => copied(own, watched).map(({ value }) => value)),
  'too-smooth': (values) => values.flatMap((own) => tooSmooth(own, watched).map(({ value }) => value)),
};
const marked = (kind: string, values: readonly (readonly Observed[])[]): Marks =>
  new Set(marksOf[kind]!(values).map(({ unit, period }) => `${unit}/${period.text}`));

/** Puts a fault into the figures of the unit 4 before the last period, and says on which figure it is to be found. */
const faults: Readonly<Record<string, (values: Observed[][]) => string>> = {
  jump: (values) => plant(values, (own) => own.with(-2, shifted(own.at(-2)!, 12))),
  'out-of-line': (values) => plant(values, (own) => own.with(-2, shifted(own.at(-2)!, 12))),
  copied: (values) => plant(values, (own) => own.with(-2, { ...own.at(-3)!, period: own.at(-2)!.period })),
  'too-smooth': (values) =>
    plant(
      values,
      (own) =>
        own
          .map((value, at) => (at < own.length - 5 ? value : shifted(own.at(-5)!, 1.3 * (at - own.length + 5))))
          .map((value, at) => ({ ...value, period: own[at]!.period })),
      -1,
    ),
};
function plant(values: Observed[][], change: (own: Observed[]) => Observed[], at = -2): string {
  values[4] = change(values[4]!);
  return `4/${values[4].at(at)!.period.text}`;
}

const percent = (part: number, whole: number) => ((100 * part) / whole).toFixed(1);

function measured(kind: string, periods: readonly Period[]) {
  let [clean, found] = [0, 0];
  const source = made(20_260_101);
  for (let indicator = 0; indicator < indicators; indicator += 1) {
    const values = indicatorOf(source, periods);
    clean += marked(kind, values).size;
    const fault = faulty(kind, values);
    if (marked(kind, fault.values).has(fault.at)) found += 1;
  }
  return { found: percent(found, indicators), false: percent(clean, indicators * units * periods.length) };
}

function faulty(kind: string, values: readonly Observed[][]) {
  const copy = values.map((own) => [...own]);
  const at = faults[kind]!(copy);
  return { values: copy, at };
}

it.each([
  { kind: 'jump', years: { found: '78.0', false: '3.9' }, quarters: { found: '100.0', false: '0.4' } },
  { kind: 'out-of-line', years: { found: '100.0', false: '0.9' }, quarters: { found: '100.0', false: '1.8' } },
  { kind: 'copied', years: { found: '100.0', false: '0.0' }, quarters: { found: '100.0', false: '0.0' } },
  { kind: 'too-smooth', years: { found: '88.0', false: '0.1' }, quarters: { found: '88.0', false: '0.1' } },
])('$kind: faults that are found and clean figures that are marked, of 6 years and of 20 quarters', (expected) => {
  const { kind } = expected;
  expect({
    ...{ kind, years: measured(kind, periodsTo('2025', 6)), quarters: measured(kind, periodsTo('2025-Q4', 20)) },
  }).toEqual(expected);
});

it('digit-preference: of 200 clean units, and of 200 whose numbers end with 0 or 5 once in three times', () => {
  const { uniform } = made(7);
  const periods = periodsTo('2025', 6);
  const unitOf = (rounds: number) =>
    Array.from({ length: 10 }, () =>
      periods.map((period) => {
        const number = (from: number, to: number) => {
          const counted = from + Math.floor((to - from) * uniform());
          return uniform() < rounds ? Math.round(counted / 5) * 5 : counted;
        };
        return observedOf('1', period, number(1000, 3000), number(4000, 9000));
      }),
    ).flatMap((own) => lastDigits([own], watched));
  const share = (rounds: number) => {
    const tests = Array.from({ length: 200 }, () => digitTest(unitOf(rounds))!);
    const isHeld = held(tests.map(({ p }) => p));
    return percent(tests.filter(({ significant }, at) => significant && isHeld[at]).length, tests.length);
  };
  expect({ found: share(1 / 3), false: share(0) }).toEqual({ found: '96.5', false: '0.0' });
});

it('threshold: of values within some points of the target, entered right before the evaluation', () => {
  const { normal } = made(11);
  const target = new Decimal(58);
  const near = (value: number) =>
    justAcross({
      ...{ at: new Decimal(value.toFixed(1)), decimals: 1, direction: 'higher' },
      status: (exact) => (exact.gte(target) ? 'completed' : 'behind'),
    }) !== undefined;
  const values = Array.from({ length: 2000 }, () => 58 + 2 * normal());
  // Planted: what misses the target by less than a point is entered as the target, or a tenth more.
  const moved = values.filter((value) => value < 57.95 && value > 57).map((_, at) => (at % 2 === 0 ? 58 : 58.1));
  expect({
    found: percent(moved.filter(near).length, moved.length),
    false: percent(values.filter(near).length, values.length),
  }).toEqual({ found: '100.0', false: '3.8' });
});
