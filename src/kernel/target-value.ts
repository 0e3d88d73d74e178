import { Decimal } from './decimal.js';

/**
 * What a target asks for, as it is stored: a number to be reached or kept (`58`), one that has to be passed (`>7`,
 * `<5.5`), or a range (`5..6`, both ends included). A rule (`=1.3*value("04")`) is no target value, its result is one.
 */
export interface TargetValue {
  /** The number; of a range the lower end. */
  readonly value: Decimal;
  /** The upper end of a range. */
  readonly upper?: Decimal;
  /** Whether the value itself is not enough. */
  readonly strict?: true;
}

type Direction = 'higher' | 'lower';

/** The value of a stored target. */
export function targetValue(text: string): TargetValue {
  const [lower, upper] = text.split('..');
  if (upper !== undefined) return { value: new Decimal(lower!), upper: new Decimal(upper) };
  return /^[<>]/.test(text) ? { value: new Decimal(text.slice(1)), strict: true } : { value: new Decimal(text) };
}

/** The numbers of a stored target: one, or the two ends of a range. */
export function numbersOf(text: string): [Decimal, ...Decimal[]] {
  const { value, upper } = targetValue(text);
  return upper ? [value, upper] : [value];
}

export const isRange = (text: string): boolean => !text.startsWith('=') && text.includes('..');

export function sameValue(a: string, b: string): boolean {
  const [one, other] = [targetValue(a), targetValue(b)];
  const ends = one.upper && other.upper ? one.upper.equals(other.upper) : one.upper === other.upper;
  return one.value.equals(other.value) && ends && one.strict === other.strict;
}

/** Whether a number is what the target asks for. */
export function keeps(direction: Direction, number: Decimal, { value, upper, strict }: TargetValue): boolean {
  if (upper) return number.gte(value) && number.lte(upper);
  const side = direction === 'higher' ? number.cmp(value) : value.cmp(number);
  return strict ? side > 0 : side >= 0;
}

/** Whether a target admits numbers that another one did not admit. */
export function isEasier(direction: Direction, target: string, than: string): boolean {
  const [now, before] = [targetValue(target), targetValue(than)];
  if (now.upper) return !(keeps(direction, now.value, before) && keeps(direction, now.upper, before));
  if (before.upper) return true;
  const change = direction === 'higher' ? now.value.cmp(before.value) : before.value.cmp(now.value);
  return change < 0 || (change === 0 && before.strict === true && !now.strict);
}

/** A stored target for readers: `5–6`. */
export const shownTarget = (text: string): string => (text.startsWith('=') ? text : text.replace('..', '–'));

/** A target as a plan prints it: its numbers as they are written, and what is written around them. */
export interface PrintedTarget {
  readonly form: 'number' | 'range' | 'over' | 'at-least' | 'under' | 'at-most';
  readonly numbers: readonly [string, ...string[]];
  /** `[13.5]`, as plans mark a total of the years. */
  readonly bracketed: boolean;
  /** `%` in `5%-6%`; empty if there is none. */
  readonly unit: string;
}

const number = String.raw`(-?(?:0|[1-9]\d{0,14})(?:\.\d{1,20})?)`;
const unit = String.raw`([^\d\s.,+<>=~()\[\]-]{0,10})`;
const numberForm = new RegExp(`^${number}${unit}$`);
const rangeForm = new RegExp(`^${number}${unit}(?:\\.\\.|[-–—−~至到])${number}${unit}$`);
const before: readonly (readonly [RegExp, PrintedTarget['form']])[] = [
  [/^(?:>=|≥|≧|⩾|不低于|不少于|不小于|至少)/, 'at-least'],
  [/^(?:<=|≤|≦|⩽|不高于|不超过|不大于|不多于|至多)/, 'at-most'],
  [/^(?:>|高于|大于|超过)/, 'over'],
  [/^(?:<|低于|小于)/, 'under'],
];
const after: readonly (readonly [RegExp, PrintedTarget['form']])[] = [
  [/(?:及以上|以上)$/, 'at-least'],
  [/(?:及以下|以下|以内)$/, 'at-most'],
];

/** Why a printed target says less than can be judged: a range without its ends, or about a number. */
export type Vague = 'no-ends' | 'about';

/** Reads a target as plans print it; undefined if it is none. */
export function printedTarget(text: string): PrintedTarget | Vague | undefined {
  const written = text.normalize('NFKC').replace(/\s+/g, '');
  if (written === '') return undefined;
  const inner = /^[[〔【](.+)[\]〕】]$/.exec(written)?.[1];
  const bracketed = inner !== undefined;
  const bare = withoutRangeWord(inner ?? written);
  if (bare === '') return 'no-ends';
  const isRangeWord = bare !== (inner ?? written);
  if (/^(约|大约|≈|~)|左右$/.test(bare)) return 'about';
  const range = rangeForm.exec(bare);
  if (range) {
    const [, lower, firstUnit, upper, lastUnit] = range;
    if (firstUnit && lastUnit && firstUnit !== lastUnit) return undefined;
    if (isNegativeZero(lower!) || isNegativeZero(upper!)) return undefined;
    return { form: 'range', numbers: [lower!, upper!], bracketed, unit: lastUnit! || firstUnit! };
  }
  if (isRangeWord) return 'no-ends';
  const found =
    before.map(([mark, form]) => ({ mark, form })).find(({ mark }) => mark.test(bare)) ??
    after.map(([mark, form]) => ({ mark, form })).find(({ mark }) => mark.test(bare));
  const single = numberForm.exec(found ? bare.replace(found.mark, '') : bare);
  if (!single || isNegativeZero(single[1]!)) return undefined;
  return { form: found?.form ?? 'number', numbers: [single[1]!], bracketed, unit: single[2]! };
}

/** `5%-6%` for `合理区间（5%-6%）` and `保持在5%-6%的合理区间`; empty if nothing else is written. */
const withoutRangeWord = (text: string): string =>
  text.includes('合理区间')
    ? text
        .replace(/(?:保持|稳定|控制|处于|运行)?在?/, '')
        .replace(/的?合理区间(?:之?内)?/, '')
        .replace(/[():,]/g, '')
    : text;

const isNegativeZero = (text: string) => text.startsWith('-') && new Decimal(text).isZero();
