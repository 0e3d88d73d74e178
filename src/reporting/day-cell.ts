import { isCalendarDay } from '../kernel/time.js';
import type { Flaw, GivenCell } from './given-row.js';

const forms: readonly RegExp[] = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日$/,
];

/**
 * The day that a cell says, `2022-06-30`, or what is wrong with it. A date cell, and text with the year first in four
 * digits, are read; `1/2/2022` and `22-6-30` can mean several days and are refused.
 */
export function dayIn({ form, text, flaw }: GivenCell): string | Flaw {
  if (flaw) return flaw;
  if (form === 'number') return wrong('是数，不是日期：请写作 2022-06-30');
  const said = text.normalize('NFKC').replaceAll(/\s/g, '');
  for (const dated of forms) {
    const match = dated.exec(said);
    if (!match) continue;
    const [year, month, day] = match.slice(1) as [string, string, string];
    const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isCalendarDay(found) ? found : wrong('日历上没有这一天');
  }
  return wrong('日期须写作年-月-日，年份四位，如 2022-06-30');
}

const wrong = (message: string): Flaw => ({ code: 'report.day', message });
