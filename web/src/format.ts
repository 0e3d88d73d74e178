import { t } from './shared/i18n';

/**
 * Rounds a decimal text half up without converting it to a binary number, which would round 7.05 to 7.0. Computed from a
 * quotient that is written with 20 digits, 93.75 may be 93.74999999999999999: it is rounded to 15 places first.
 */
export const rounded = (text: string, places: number): string =>
  places < 15 ? roundedOnce(roundedOnce(text, 15).replace('−', '-'), places) : roundedOnce(text, places);

function roundedOnce(text: string, places: number): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '0', fraction = ''] = match;
  const padded = fraction.padEnd(places + 1, '0');
  const scaled = BigInt(whole + padded.slice(0, places)) + (Number(padded[places]) >= 5 ? 1n : 0n);
  const digits = String(scaled).padStart(places + 1, '0');
  const cut = digits.length - places;
  const number = places === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return (scaled === 0n ? '' : sign.replace('-', '−')) + number;
}

/** A computed number with at most two decimal places: `12.5`. */
export const tidy = (text: string): string =>
  figure(
    rounded(text, 2)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, ''),
  );

interface Range {
  readonly lower: string;
  readonly upper: string;
  readonly outside?: string;
}

/** `5–6` */
export const rangeText = ({ lower, upper }: Range): string => figure(`${lower}..${upper}`);

/** On which side of its range a value lies, and how far: `高于上限 0.2`; undefined within. */
export function offRange({ outside }: Range): string | undefined {
  if (outside === undefined || outside === '0') return undefined;
  return outside.startsWith('-')
    ? t('低于下限 {{outside}}', { outside: figure(outside.slice(1)) })
    : t('高于上限 {{outside}}', { outside: figure(outside) });
}

/** Percentage with one decimal place by default: `61.5%`. */
export const percent = (text: string, places = 1): string => `${rounded(text, places)}%`;

/** Number with sign: `+6.2`, `−12.7`, `0.0`. */
export function signed(text: string, places = 1): string {
  const number = rounded(text, places);
  return number.startsWith('−') || /^0(\.0+)?$/.test(number) ? number : `+${number}`;
}

/**
 * A value with its reported digits and a typographic minus sign; long whole numbers are grouped by thousands. A target
 * may be a range: `5..6` is shown as `5–6`.
 */
export function figure(text: string): string {
  const ends = text.split('..');
  if (ends.length > 1) return ends.map(figure).join('–');
  const [whole = '', fraction] = text.replace('-', '−').split('.');
  const grouped = whole.length > 5 ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

const parts = (instant: string, timeZone: string) =>
  Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(new Date(instant))
      .map(({ type, value }) => [type, value]),
  );

/** The calendar day of an instant in the plan's time zone: `2023-06-30`. */
export function day(instant: string, timeZone: string): string {
  const { year, month, day: date } = parts(instant, timeZone);
  return `${year}-${month}-${date}`;
}

/**
 * Date and time of an instant. The last second of a day is shown as the date only, because it stands for a bare date.
 */
export function moment(instant: string, timeZone: string): string {
  const { hour, minute, second } = parts(instant, timeZone);
  const date = day(instant, timeZone);
  return hour === '23' && minute === '59' && second === '59' ? date : `${date} ${hour}:${minute}`;
}

export const today = (timeZone: string): string => day(new Date().toISOString(), timeZone);
