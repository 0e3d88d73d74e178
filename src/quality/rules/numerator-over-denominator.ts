import { Decimal } from '../../kernel/decimal.js';
import type { Look } from '../mark.js';

/** More are counted in the numerator than in the denominator, both in the same unit of measure. */
export const numeratorOverDenominator: Look = ({ reported, indicator: { definition } }) => {
  const { measurement } = definition;
  if ('value' in reported || measurement.type !== 'ratio') return undefined;
  const { numerator, denominator } = reported;
  const isOneUnit = measurement.numerator.unit === measurement.denominator.unit;
  if (!isOneUnit || new Decimal(numerator).lte(denominator)) return undefined;
  return {
    message: `分子 ${numerator}（${measurement.numerator.name}）大于分母 ${denominator}（${measurement.denominator.name}）`,
    numbers: { numerator, denominator },
  };
};
