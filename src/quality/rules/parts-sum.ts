import { Decimal } from '../../kernel/decimal.js';
import { exactUnder, type Numbers } from '../quality-context.js';
import { numberText, type Look } from '../mark.js';

/** The value of a unit is not what the units below it add up to, where all of them have a value. */
export const partsSum: Look = ({ exact, parts, indicator: { definition, decimals } }) => {
  const sum = parts && sumOf(parts, definition);
  if (!sum) return undefined;
  // A quotient may have more digits than were reported.
  const isRatio = definition.aggregation === 'ratio-of-sums';
  const equal = isRatio ? exact.toDecimalPlaces(decimals).equals(sum.toDecimalPlaces(decimals)) : exact.equals(sum);
  if (equal) return undefined;
  const [value, total] = [numberText(exact), numberText(sum)];
  return {
    message: `数值 ${value} 与下级单位合计 ${total} 不符，相差 ${numberText(exact.minus(sum))}`,
    numbers: { value, parts: total },
  };
};

type Definition = Parameters<Look>[0]['indicator']['definition'];

/** What the parts add up to by the indicator's aggregation; undefined where they do not. */
function sumOf(parts: readonly Numbers[], definition: Definition): Decimal | undefined {
  if (definition.aggregation === 'sum') {
    return parts.reduce((sum, part) => sum.plus(exactUnder(definition, part)), new Decimal(0));
  }
  if (definition.aggregation !== 'ratio-of-sums') return undefined;
  const components = parts.flatMap((part) => ('value' in part ? [] : [part]));
  if (components.length < parts.length) return undefined;
  const total = (field: 'numerator' | 'denominator') =>
    components.reduce((sum, part) => sum.plus(part[field]), new Decimal(0));
  const denominator = total('denominator');
  if (denominator.isZero()) return undefined;
  const whole = { numerator: total('numerator').toFixed(), denominator: denominator.toFixed() };
  return exactUnder(definition, whole);
}
