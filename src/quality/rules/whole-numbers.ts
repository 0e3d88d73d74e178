import { Decimal } from '../../kernel/decimal.js';
import { isCounted } from '../../indicators/whole-components.js';
import type { Look } from '../mark.js';

/** Persons or pieces that are not whole. */
export const wholeNumbers: Look = ({ reported, indicator: { definition } }) => {
  const { measurement, unitOfMeasure } = definition;
  const counts: { field: string; name: string; unit: string; number: string }[] = [];
  if ('value' in reported) {
    counts.push({ field: 'value', name: '数值', unit: unitOfMeasure, number: reported.value });
  } else if (measurement.type === 'ratio') {
    for (const field of ['numerator', 'denominator'] as const) {
      counts.push({ field, ...measurement[field], number: reported[field] });
    }
  }
  const odd = counts.find(({ unit, number }) => isCounted(unit) && !new Decimal(number).isInteger());
  if (!odd) return undefined;
  const { field, name, unit, number } = odd;
  return { message: `${name} ${number} 不是整数：按${unit}计数的应为整数`, numbers: { [field]: number } };
};
