/** Rounds a decimal text half up, exactly: binary fractions would show 7.05 as 7.0. */
export function rounded(text: string, places: number): string {
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

/** Percent to one place: `61.5%`. */
export const percent = (text: string, places = 1): string => `${rounded(text, places)}%`;

/** With its sign: `+6.2`, `−12.7`, `0.0`. */
export function signed(text: string, places = 1): string {
  const number = rounded(text, places);
  return number.startsWith('−') || /^0(\.0+)?$/.test(number) ? number : `+${number}`;
}

/** A value as reported: to the digit; only the minus is set as print sets it, and long whole numbers are grouped. */
export function figure(text: string): string {
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

/** The calendar day of a moment where the plan is at home: `2023-06-30`. */
export function day(instant: string, timeZone: string): string {
  const { year, month, day: date } = parts(instant, timeZone);
  return `${year}-${month}-${date}`;
}

/** A moment; the end of a day is written as the day alone, for a date is all that was said. */
export function moment(instant: string, timeZone: string): string {
  const { hour, minute, second } = parts(instant, timeZone);
  const date = day(instant, timeZone);
  return hour === '23' && minute === '59' && second === '59' ? date : `${date} ${hour}:${minute}`;
}

export const today = (timeZone: string): string => day(new Date().toISOString(), timeZone);
