import { Decimal } from '../kernel/decimal.js';
import { invalid } from '../kernel/errors.js';
import { nonZeroPowers, readUnit, rounded, sameDimension, type Unit } from '../kernel/unit-of-measure.js';
import { partsOf, type Formula } from './formula.js';

/**
 * The powers and the possible sizes of a part of a formula. A constant may be a plain factor or a unit conversion (/12
 * from year to month), so the result of a formula may have several possible sizes. It fits if one of them is the size of
 * the indicator's own unit.
 */
interface Measure extends Pick<Unit, 'powers'> {
  readonly sizes: readonly Decimal[];
}

const one = new Decimal(1);
const maxSizes = 64;

function measureOf(unitOfMeasure: string): Measure {
  const { powers, size } = readUnit(unitOfMeasure);
  return { powers, sizes: [size] };
}

const distinct = (sizes: readonly Decimal[]): Decimal[] =>
  [...new Map(sizes.map((size) => [rounded(size).toString(), rounded(size)])).values()].slice(0, maxSizes);

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
        return measureOf(unitOf(part.code));
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

  const [result, own] = [measure(formula), measureOf(unitOfMeasure)];
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
