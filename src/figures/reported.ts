import { Decimal } from '../kernel/decimal.js';
import { grouped } from '../kernel/grouped.js';
import type { Breakdown } from '../indicators/indicator.events.js';
import type { Part, Reported } from './figure.events.js';

/** The exact value: as reported, or for a ratio numerator × scale ÷ denominator. */
export const exactOf = (reported: Reported | Part, scale: string): Decimal =>
  'value' in reported
    ? new Decimal(reported.value)
    : new Decimal(reported.numerator).times(scale).div(reported.denominator);

/** The value for display: as reported, or for a ratio rounded half up to `decimals` places. */
export const shownOf = (reported: Reported | Part, scale: string, decimals: number): string =>
  'value' in reported
    ? reported.value
    : exactOf(reported, scale).toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP).toFixed(decimals);

/** The parts in words, `性别：女 48、男 52`, with their codes where the definition does not have them any more. */
export function partsText({ parts = [] }: Reported, breakdowns: readonly Breakdown[] = []): string | undefined {
  if (parts.length === 0) return undefined;
  const texts = [...grouped(parts, ({ breakdown }) => breakdown)].map(([code, own]) => {
    const known = breakdowns.find((breakdown) => breakdown.code === code);
    const nameOf = ({ part }: Part) => known?.parts.find((each) => each.code === part)?.name ?? part;
    return `${known?.name ?? code}：${own.map((part) => `${nameOf(part)} ${enteredText(part)}`).join('、')}`;
  });
  return texts.join('；');
}

/** What was entered, as it was: `48`, or `48 ÷ 100`. */
export const enteredText = (reported: Reported | Part): string =>
  'value' in reported ? reported.value : `${reported.numerator} ÷ ${reported.denominator}`;
