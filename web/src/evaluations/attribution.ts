import type { ComparisonCauses, KnownSince, Unit } from '../api/types';
import { rounded } from '../format';
import { t } from '../shared/i18n';
import { unitLabel } from '../state/scope';
import { groupWords, numberWords, resourceWords, verdictKindWords, verdictText } from './attribution-words';

type Part = KnownSince['parts'][number];
type NumberMove = Part['numbers'][number];
type VerdictMove = Part['verdicts'][number];
type Move = NumberMove | VerdictMove;
export type Place = Pick<
  KnownSince['numbers'][number],
  'indicator' | 'unit' | 'area' | 'period' | 'group' | 'resource' | 'subject'
>;
export type NamedPlace = Place & Pick<KnownSince['numbers'][number], 'name'>;
export type Moves = readonly Move[];

export interface MovesOfGroup {
  readonly key: string;
  readonly word: string;
  readonly moves: Moves;
  readonly isOpen: boolean;
}

/** Numbers that are reported, set or counted; the others are computed from them and from the rules. */
const given: ReadonlySet<NumberMove['of']> = new Set([
  ...(['base', 'value', 'part', 'sum', 'target', 'promised', 'physical', 'investment', 'invested', 'count'] as const),
]);

const isNumber = (move: Move): move is NumberMove => move.of in numberWords;

/** What a cause moves, as 数值, 判断, 指数, and the numbers that lie between them. */
export function groupsOfMoves({ numbers, verdicts }: Pick<Part, 'numbers' | 'verdicts'>): MovesOfGroup[] {
  const indexes = numbers.filter(({ of }) => of === 'index' || of === 'coverage');
  const figures = numbers.filter(({ of }) => given.has(of));
  const computed = numbers.filter((move) => !indexes.includes(move) && !figures.includes(move));
  const groups = [
    { key: 'numbers', word: t('数值'), moves: figures, isOpen: figures.length <= 12 },
    { key: 'verdicts', word: t('判断'), moves: verdicts, isOpen: true },
    { key: 'index', word: t('指数'), moves: indexes, isOpen: indexes.length <= 12 },
    { key: 'computed', word: t('进度、得分等推算数'), moves: computed, isOpen: false },
  ];
  return groups.filter(({ moves }) => moves.length > 0);
}

type Grouped = Pick<ComparisonCauses['causes'][number], 'values' | 'verdicts' | 'indexes'>;

/** What a cause of a comparison moves. */
export function groupsOfCause({ values, verdicts, indexes }: Grouped): MovesOfGroup[] {
  const groups = [
    { key: 'values', word: t('数值'), moves: values, isOpen: values.length <= 6 },
    { key: 'verdicts', word: t('判断'), moves: verdicts, isOpen: verdicts.length <= 12 },
    { key: 'indexes', word: t('指数'), moves: indexes, isOpen: indexes.length <= 6 },
  ];
  return groups.filter(({ moves }) => moves.length > 0);
}

/** Whether a number is another one in the end, or became so on the way by several causes. */
export const differing = ({ from, to, by }: KnownSince['numbers'][number]): boolean => from !== to || by.length > 1;

/** The place of a number or a conclusion: `of` says what of it. */
export const placeKey = (of: string, { indicator, unit, area, period, group, resource, subject }: Place): string =>
  JSON.stringify([of, indicator, unit, area, period, group, resource, subject]);

/** Where a number or a conclusion stands, in names. */
export function placeText(
  { indicator, unit, area, period, group, resource, subject, name }: NamedPlace,
  units: readonly Unit[],
  named: (indicator: string) => string,
): string {
  const words = [
    indicator !== undefined && named(indicator),
    resource && resourceWords[resource],
    subject,
    name,
    unit !== undefined && unitLabel(units, unit),
    area !== undefined && t('标杆区 {{area}}', { area }),
    period,
    group !== undefined && (groupWords[group] ?? group),
  ];
  return words.filter(Boolean).join(' ');
}

/** `本期值 55.5 → 54.2（−1.3）` */
export function moveText(move: Move): string {
  if (!isNumber(move)) {
    return `${verdictKindWords[move.of]} ${verdictText(move, move.from)} → ${verdictText(move, move.to)}`;
  }
  const shown = (text: string | undefined) => (text === undefined ? t('无') : short(text));
  const change = move.change === undefined ? '' : t('（{{change}}）', { change: withSign(short(move.change)) });
  return `${numberWords[move.of]} ${shown(move.from)} → ${shown(move.to)}${change}`;
}

/** At most four decimal places, and more where these would all be zeros. */
function short(text: string): string {
  const [, decimals = ''] = text.split('.');
  if (decimals.length <= 4) return text.replace('-', '−');
  const brief = rounded(text, 4);
  return /^−?0\.0+$/.test(brief) ? text.replace('-', '−') : brief;
}

const withSign = (text: string): string => (/^[−0]/.test(text) && !/^0\.\d*[1-9]/.test(text) ? text : `+${text}`);
