import { findPeriod } from './period.js';

/** Codes that people take for the same: without blanks, leading zeros, case and the width of letters and digits. */
export const alike = (code: string): string =>
  code
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff]+/g, '')
    .toLowerCase()
    .replace(/(^|\D)0+(?=\d)/g, '$1');

/** The known code that somebody may have meant. */
export function codeMeant(code: string, known: Iterable<string>): string | undefined {
  const wanted = alike(code);
  for (const candidate of known) if (candidate !== code && alike(candidate) === wanted) return candidate;
  return undefined;
}

const asWritten = (text: string) => text.normalize('NFKC').replace(/[\s\u200b\ufeff]+/g, '');
/** How people write periods, and the part of the year that they mean; `M` is the mark of a month. */
const periods: readonly (readonly [RegExp, (part: string) => string])[] = [
  [/^(\d{4})(?:年度?)?$/, () => ''],
  [/^(\d{4})(?:年|年度)?([上下])半年$/, (half) => `-S${half === '上' ? 1 : 2}`],
  [/^(\d{4})[-/.]?[sh]([12])$/i, (half) => `-S${half}`],
  [/^(\d{4})(?:年|年度)?第?([一二三四1-4])季度?$/, (quarter) => `-Q${'一二三四'.indexOf(quarter) + 1 || quarter}`],
  [/^(\d{4})[-/.]?q([1-4])$/i, (quarter) => `-Q${quarter}`],
  [/^(\d{4})(?:[-/.年]|[-/.]?m)(\d{1,2})月?$/i, (month) => `-M${month.padStart(2, '0')}`],
];
/** How people mark a fiscal year. */
const fiscalMark = /^(?:fy|财年|财政年度)[-/.]?|财年|财政年度/i;

/** The period meant by `2022年`, `2022Q3`, `2022年上半年`, `2022/3`, `2022财年`, `fy2022M3`. */
export function periodMeant(text: string): string | undefined {
  const written = asWritten(text);
  const unmarked = written.replace(fiscalMark, '');
  for (const [form, suffix] of periods) {
    const match = form.exec(unmarked);
    if (!match) continue;
    const part = suffix(match[2] ?? '');
    const meant = unmarked === written ? match[1]! + part.replace('M', '') : `FY${match[1]}${part}`;
    return differing(text, findPeriod(meant)?.text);
  }
  return undefined;
}

/** The date meant by `2023/3/1`, `2023年3月1日`, `20230301`. */
export function dateMeant(text: string): string | undefined {
  const match = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(asWritten(text));
  if (!match) return undefined;
  const [, year, month = match[4], day = match[5]] = match;
  const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  const isReal = !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date);
  return differing(text, isReal ? date : undefined);
}

/** The number meant by `1,234.5`, `１２`, `+3`, `.5`. */
export function decimalMeant(text: string): string | undefined {
  const match = /^([+-]?)((?:\d{1,3}(?:,\d{3})+|\d*))(\.\d+)?$/.exec(asWritten(text));
  if (!match || (!match[2] && !match[3])) return undefined;
  const whole = match[2]!.replaceAll(',', '').replace(/^0+(?=\d)/, '') || '0';
  return differing(text, `${match[1] === '-' ? '-' : ''}${whole}${match[3] ?? ''}`);
}

const differing = (text: string, meant: string | undefined) => (meant === text ? undefined : meant);

/** For the end of a message. */
export const orMeant = (meant: string | undefined): string => (meant === undefined ? '' : `；您是否指 ${meant}？`);
