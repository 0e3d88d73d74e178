import { Decimal } from '../kernel/decimal.js';
import { invalid } from '../kernel/errors.js';
import { partsOf, type Formula } from './formula.js';

/**
 * A unit of measure: the powers of its base units, and its size in base units. 万元/年 is 元¹ · 月⁻¹ with size 10000/12. A
 * plain number has no base units and size 1.
 *
 * A constant in a formula may be a plain factor or a unit conversion (/12 from year to month). So the result of a
 * formula may have several possible sizes, and it fits if one of them is the size of the indicator's own unit.
 */
interface Measure {
  readonly powers: ReadonlyMap<string, number>;
  readonly sizes: readonly Decimal[];
}

const one = new Decimal(1);
const maxSizes = 64;
/** Unit names that have no dimension. */
const dimensionless = new Set(['', '1', '%', '％', '‰', '倍', '百分点', '个百分点']);
const multiples = { 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 } as const;
/** Length of each time unit in months, the base unit of time. */
const times: Readonly<Record<string, number>> = { 月: 1, 季: 3, 季度: 3, 半年: 6, 年: 12 };

/**
 * Parses a unit such as `元/年`, `张/千人` or `万元`. The first part is the numerator, every part after a `/` a denominator.
 */
export function readUnit(text: string): Measure {
  const powers = new Map<string, number>();
  let size = one;
  const add = (written: string, power: 1 | -1) => {
    const [name, multiple] = parsedName(written);
    size = power === 1 ? size.times(multiple) : size.div(multiple);
    if (!dimensionless.has(name)) powers.set(name, (powers.get(name) ?? 0) + power);
  };
  text
    .replace(/[\s（）()每]/g, '')
    .split(/[/／]/)
    .forEach((part, place) => part.split(/[·*×]/).forEach((name) => add(name, place === 0 ? 1 : -1)));
  return { powers: nonZeroPowers(powers), sizes: [rounded(size)] };
}

/** Splits a unit name into base unit and size: 万元 → 元, 10000; 年 → 月, 12. */
function parsedName(written: string): [name: string, multiple: Decimal] {
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

const nonZeroPowers = (powers: ReadonlyMap<string, number>) =>
  new Map([...powers].filter(([, power]) => power !== 0).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Rounds to 30 digits, so that sizes computed in a different order (1/12 · 12 and 12/12) compare equal. */
const rounded = (size: Decimal) => size.toSignificantDigits(30);

const distinct = (sizes: readonly Decimal[]): Decimal[] =>
  [...new Map(sizes.map((size) => [rounded(size).toString(), rounded(size)])).values()].slice(0, maxSizes);

const sameDimension = (a: Measure, b: Measure) =>
  a.powers.size === b.powers.size && [...a.powers].every(([name, power]) => b.powers.get(name) === power);

const withCommonSizes = (a: Measure, b: Measure): Measure => ({
  powers: a.powers,
  sizes: a.sizes.filter((size) => b.sizes.some((other) => other.equals(size))),
});

interface Subject {
  readonly code: string;
  readonly unitOfMeasure: string;
  /** Unit of measure of the referenced indicator. */
  readonly unitOf: (code: string) => string;
  readonly field?: string;
}

/**
 * Checks that the result of the formula has the unit of its indicator. A constant in a sum or in min/max takes the unit
 * of the other operands.
 * @throws {DomainError} `formula.units`, naming all units involved
 */
export function assertUnitsFit(formula: Formula, { code, unitOfMeasure, unitOf, field }: Subject): void {
  const unitsInFormula = [...codesOf(formula)].map((other) => `${other}：${unitOf(other)}`).join('，');
  const fail = (message: string) =>
    invalid(
      'formula.units',
      `指标 ${code} 的公式单位不合：${message}（${unitsInFormula}；${code}：${unitOfMeasure}）`,
      field,
    );

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
          const both = withCommonSizes(sum, other);
          if (sameDimension(sum, other) && both.sizes.length > 0) return both;
          throw fail(`单位不同的数不能相加减或比较大小，请先换算，如 ×10000、÷12`);
        }, first);
      }
    }
  };

  const [result, own] = [measure(formula), readUnit(unitOfMeasure)];
  if (!sameDimension(result, own)) throw fail('结果不是该指标的计量单位');
  if (withCommonSizes(result, own).sizes.length === 0)
    throw fail('结果与计量单位相差倍数，请在公式中换算，如 ×10000、÷12');
}

const isConstant = (formula: Formula): boolean =>
  formula.type === 'number' || (formula.type !== 'figure' && partsOf(formula).every(isConstant));

function multiplied(left: Measure, right: Measure, sign: 1 | -1): Measure {
  const powers = new Map(left.powers);
  for (const [name, power] of right.powers) powers.set(name, (powers.get(name) ?? 0) + sign * power);
  const sizes = left.sizes.flatMap((size) =>
    right.sizes.map((other) => (sign === 1 ? size.times(other) : size.div(other))),
  );
  return { powers: nonZeroPowers(powers), sizes: distinct(sizes) };
}

function codesOf(formula: Formula, codes = new Set<string>()): Set<string> {
  if (formula.type === 'figure') codes.add(formula.code);
  for (const part of partsOf(formula)) codesOf(part, codes);
  return codes;
}
