import type { Decimal } from '../kernel/decimal.js';
import type { QualityContext } from './quality-context.js';
import type { QualityKind, QualityRule } from './quality-rules.js';

/** What a rule finds odd: in Chinese, with the numbers that it compared. */
export interface Oddity {
  readonly message: string;
  readonly numbers: Readonly<Record<string, string>>;
}

/** Looks at one figure by one rule; undefined where nothing is odd, or the rule cannot apply. */
export type Look = (context: QualityContext, rule: QualityRule) => Oddity | undefined;

/** What one rule says of a figure. */
export interface QualityMark extends Oddity {
  readonly rule: string;
  readonly kind: QualityKind;
  /** It has to be explained. */
  readonly required?: 'explanation';
  /** How the reporter explained it. */
  readonly explanation?: string;
}

/** A number for a message: at most ten digits. */
export const numberText = (number: Decimal): string => number.toSignificantDigits(10).toFixed();
