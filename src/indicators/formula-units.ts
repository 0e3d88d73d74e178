import { Decimal } from '../kernel/decimal.js';
import { invalid } from '../kernel/errors.js';
import { partsOf, type Formula } from './formula.js';

/**
 * A unit of measure: powers of the names in it, and its size. 万元/年 is 元¹ · 月⁻¹ of size 10000/12. A plain number has no
 * names. A constant in a formula may be a number or a conversion (/12 from a year to a month), so what a formula gives
 * may have several sizes; it fits if one of them is the indicator's own.
 */
interface Measure {
  readonly powers: ReadonlyMap<string, number>;
  readonly sizes: readonly Decimal[];
}

const one = new Decimal(1);
const mostSizes = 64;
/** What only scales a number. */
const dimensionless = new Set(['', '1', '%', '％', '‰', '倍', '百分点', '个百分点']);
const multiples = { 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 } as const;
/** In months. */
const times: Readonly<Record<string, number>> = { 月: 1, 季: 3, 季度: 3, 半年: 6, 年: 12 };

export function readUnit(text: string): Measure {
  const powers = new Map<string, number>();
  let size = one;
  const add = (written: string, power: 1 | -1) => {
    const [name, multiple] = stripped(written);
    size = power === 1 ? size.times(multiple) : size.div(multiple);
    if (!dimensionless.has(name)) powers.set(name, (powers.get(name) ?? 0) + power);
  };
  text
    .replace(/[\s（）()每]/g, '')
    .split(/[/／]/)
    .forEach((part, place) => part.split(/[·*×]/).forEach((name) => add(name, place === 0 ? 1 : -1)));
  return { powers: cleared(powers), sizes: [settled(size)] };
}

/** 万元 → 元 and 10000; 年 → 月 and 12. */
function stripped(written: string): [name: string, multiple: Decimal] {
  if (dimensionless.has(written)) return ['', one];
  const time = Object.hasOwn(times, written) ? times[written] : undefined;
  if (time !== undefined) return ['月', new Decimal(time)];
  let name = written;
  let multiple = one;
  for (; Object.hasOwn(multiples, name[0] ?? ''); name = name.slice(1)) {
    multiple = multiple.times(multiples[name[0] as keyof typeof multiples]);
  }
  return [name, multiple];
}

const cleared = (powers: ReadonlyMap<string, number>) =>
  new Map([...powers].filter(([, power]) => power !== 0).sort(([a], [b]) => (a < b ? -1 : 1)));

/** A year has 12 months in whatever order it was divided by. */
const settled = (size: Decimal) => size.toSignificantDigits(30);

const distinct = (sizes: readonly Decimal[]): Decimal[] =>
  [...new Map(sizes.map((size) => [settled(size).toString(), settled(size)])).values()].slice(0, mostSizes);

const alike = (a: Measure, b: Measure) =>
  a.powers.size === b.powers.size && [...a.powers].every(([name, power]) => b.powers.get(name) === power);

const common = (a: Measure, b: Measure): Measure => ({
  powers: a.powers,
  sizes: a.sizes.filter((size) => b.sizes.some((other) => other.equals(size))),
});

interface Subject {
  readonly code: string;
  readonly unitOfMeasure: string;
  /** As the indicator that is referred to is measured. */
  readonly unitOf: (code: string) => string;
  readonly field?: string;
}

/**
 * That the formula gives what its indicator is measured in. A constant that is added takes the unit of what it is added to.
 * @throws {DomainError} `formula.units`
 */
export function assertUnitsFit(formula: Formula, { code, unitOfMeasure, unitOf, field }: Subject): void {
  const said = [...codesOf(formula)].map((other) => `${other}：${unitOf(other)}`).join('，');
  const fail = (message: string) =>
    invalid('formula.units', `指标 ${code} 的公式单位不合：${message}（${said}；${code}：${unitOfMeasure}）`, field);

  const measure = (part: Formula): Measure => {
    switch (part.type) {
      case 'number':
        return { powers: new Map(), sizes: distinct(part.value === '0' ? [one] : [one, one.div(part.value)]) };
      case 'figure':
        return readUnit(unitOf(part.code));
      case 'negative':
        return measure(part.of);
      case 'product':
      case 'quotient':
        return multiplied(measure(part.left), measure(part.right), part.type === 'product' ? 1 : -1);
      case 'sum':
      case 'difference':
      case 'least':
      case 'greatest': {
        const [first, ...others] = partsOf(part)
          .filter((each) => !isConstant(each))
          .map(measure);
        if (!first) return { powers: new Map(), sizes: [one] };
        return others.reduce((sum, other) => {
          const both = common(sum, other);
          if (alike(sum, other) && both.sizes.length > 0) return both;
          throw fail(`单位不同的数不能相加减或比较大小，请先换算，如 ×10000、÷12`);
        }, first);
      }
    }
  };

  const [result, own] = [measure(formula), readUnit(unitOfMeasure)];
  if (!alike(result, own)) throw fail('结果不是该指标的计量单位');
  if (common(result, own).sizes.length === 0) throw fail('结果与计量单位相差倍数，请在公式中换算，如 ×10000、÷12');
}

const isConstant = (formula: Formula): boolean =>
  formula.type === 'number' || (formula.type !== 'figure' && partsOf(formula).every(isConstant));

function multiplied(left: Measure, right: Measure, sign: 1 | -1): Measure {
  const powers = new Map(left.powers);
  for (const [name, power] of right.powers) powers.set(name, (powers.get(name) ?? 0) + sign * power);
  const sizes = left.sizes.flatMap((size) =>
    right.sizes.map((other) => (sign === 1 ? size.times(other) : size.div(other))),
  );
  return { powers: cleared(powers), sizes: distinct(sizes) };
}

function codesOf(formula: Formula, codes = new Set<string>()): Set<string> {
  if (formula.type === 'figure') codes.add(formula.code);
  for (const part of partsOf(formula)) codesOf(part, codes);
  return codes;
}
