import { Decimal } from '../kernel/decimal.js';
import { invalid } from '../kernel/errors.js';
import type { Component, Definition } from '../indicators/indicator.events.js';
import { isWhole } from '../indicators/whole-components.js';

/** What numbers an indicator admits. */
export interface Admitted {
  readonly definition: Definition;
  /** Decimal places that a reported value may have. */
  readonly decimals: number;
}

/** The two components of a ratio, as entered. */
export interface Components {
  readonly numerator: string;
  readonly denominator: string;
}

/**
 * A value fits the definition. `at` precedes the names of fields in refusals.
 * @throws {DomainError} `figure.not-whole`, `figure.out-of-range`, `figure.decimals`
 */
export function assertValue(value: string, { definition, decimals }: Admitted, at = ''): void {
  assertFits(value, definition, at);
  if (new Decimal(value).decimalPlaces() <= decimals) return;
  const most = decimals === 0 ? '整数' : `至多 ${decimals} 位小数`;
  throw invalid('figure.decimals', `按指标定义，数值须为${most}，收到 ${value}：请按定义的小数位填报`, `${at}value`);
}

/**
 * Components fit the definition of a ratio, and so does the ratio. Those of a part may both be 0: nobody belongs to it.
 * @throws {DomainError} `figure.value-needed`, `figure.denominator`, `figure.numerator`, `figure.not-whole`,
 * `figure.out-of-range`
 */
export function assertComponents({ numerator, denominator }: Components, { definition }: Admitted, at = ''): void {
  const { measurement } = definition;
  if (measurement.type !== 'ratio') throw invalid('figure.value-needed', '请填数值（该指标直接填报）', `${at}value`);
  const [above, below] = [new Decimal(numerator), new Decimal(denominator)];
  if (at !== '' && above.isZero() && below.isZero()) return;
  if (!below.greaterThan(0)) throw invalid('figure.denominator', '分母须大于 0', `${at}denominator`);
  if (above.isNegative()) throw invalid('figure.numerator', '分子不能为负', `${at}numerator`);
  assertWhole(numerator, measurement.numerator, `${at}numerator`);
  assertWhole(denominator, measurement.denominator, `${at}denominator`);
  assertFits(above.times(measurement.scale).div(below).toFixed(), definition, at);
}

function assertWhole(text: string, component: Component, field: string): void {
  if (!isWhole(component) || new Decimal(text).isInteger()) return;
  throw invalid('figure.not-whole', `${component.name}（${component.unit}）须为整数，收到 ${text}`, field);
}

function assertFits(text: string, { valueType, minimum, maximum, unitOfMeasure }: Definition, at: string): void {
  const value = new Decimal(text);
  const lowest = minimum ?? '0';
  const highest = maximum ?? (valueType === 'percentage' ? '100' : undefined);
  if (valueType === 'count' && !value.isInteger()) {
    throw invalid('figure.not-whole', `计数须为整数，收到 ${text}`, `${at}value`);
  }
  if (value.lessThan(lowest) || (highest !== undefined && value.greaterThan(highest))) {
    const range = highest === undefined ? `不小于 ${lowest}` : `在 ${lowest} 到 ${highest} 之间`;
    throw invalid(
      'figure.out-of-range',
      `数值 ${value.toSignificantDigits(10).toString()}（${unitOfMeasure}）须${range}`,
      `${at}value`,
    );
  }
}
