import type { Report } from '../model.js';
import { numbersOf } from './controls.js';
import { numbersIn } from './line.js';
import type { Origin } from './origin.js';
import { placesOf, placesOfAnnex, placesOfHead, type Placed } from './places.js';
import type { FoundParagraph } from './read-docx.js';

/** What a hand did to a number of a report since it was written. */
export interface Deviation {
  /**
   * `altered`: it says something else; `removed`: it is not there any more; `moved`: it stands elsewhere; `copied`: it
   * stands there once more; `added`: a number that the snapshot does not give.
   */
  readonly kind: 'altered' | 'removed' | 'moved' | 'copied' | 'added';
  /** Where it stood in the report: chapter, head, table, row and column. Absent for what was added. */
  readonly place?: string;
  /** The JSON pointer (RFC 6901) of what it shows in the content of the snapshot, where it is a value of that. */
  readonly path?: string;
  /** What the snapshot says; absent for what was added. */
  readonly expected?: string;
  /** What the file says; absent for what was removed. */
  readonly found?: string;
  /** The paragraph of the file that it stands in: its part, its number and its words. */
  readonly paragraph?: string;
}

/** In words. */
export const deviationWords: Readonly<Record<Deviation['kind'], string>> = {
  altered: '被改',
  removed: '被删',
  moved: '被移',
  copied: '重复',
  added: '另添',
};

export interface Reconciliation {
  /** How many numbers of the file are bound to the snapshot. */
  readonly checked: number;
  readonly deviations: readonly Deviation[];
}

/** A number that the report was written with, in the order of its chapters. */
interface Expected {
  readonly tag: string;
  readonly text: string;
  readonly place: string;
  readonly path?: string;
  /** Whether it may stand in several places, such as the title. */
  readonly isRepeated: boolean;
}

interface Found {
  readonly tag: string;
  readonly text: string;
  readonly paragraph: FoundParagraph;
}

/** Compares the numbers of a Word file with those of the report that it was written from. */
export function reconcile(report: Report, origin: Origin, paragraphs: readonly FoundParagraph[]): Reconciliation {
  const expected = new Map(expectedOf(report, origin).map((each) => [each.tag, each]));
  const found = paragraphs.flatMap(controlsIn);
  const known = found.filter(({ tag }) => expected.has(tag));
  return {
    checked: known.length,
    deviations: [
      ...altered(known, expected),
      ...removed(known, expected),
      ...moved(known, expected),
      ...copied(known, expected),
      ...added(paragraphs, origin),
    ],
  };
}

/** The numbers in the order in which the file was written; those of its head have no order. */
function expectedOf(report: Report, { chapters }: Origin): Expected[] {
  const all = [...report.chapters, ...report.annexes];
  const written = chapters.flatMap(({ key, title }) => {
    const chapter = all.find((each) => each.key === key);
    if (key === 'front') return placesOf('front', [report.front]);
    if (!chapter) return [];
    const isAnnex = report.annexes.includes(chapter);
    const head = isAnnex ? [placesOfAnnex(report, key, title ?? chapter.title).head] : [];
    return [...head, ...placesOf(key, chapter.blocks)];
  });
  const titles = new Map(all.map(({ key, title }) => [key, title]));
  const inWords = (place: string) => place.replace(/^[^/]*/, (key) => titles.get(key) ?? headWords[key] ?? key);
  const withPlace = (isRepeated: boolean) => (placed: Placed) =>
    numbersIn(placed).map((each) => ({ ...each, place: inWords(placed.place), isRepeated }));
  const listed = report.annexes.map(({ key, title }) => placesOfAnnex(report, key, title).listed);
  return [...[...placesOfHead(report), ...listed].flatMap(withPlace(true)), ...written.flatMap(withPlace(false))];
}

const headWords: Readonly<Record<string, string>> = { front: '评估概况', head: '题头', annexes: '附件说明' };

/** Neighbouring stretches in one control are one number. */
function controlsIn(paragraph: FoundParagraph): Found[] {
  const found: { tag: string; text: string; paragraph: FoundParagraph }[] = [];
  let last: string | undefined;
  for (const { tag, text } of paragraph.stretches) {
    if (tag !== undefined && tag === last) found.at(-1)!.text += text;
    else if (tag !== undefined) found.push({ tag, text, paragraph });
    last = tag;
  }
  return found;
}

const whereIn = ({ part, number, text }: FoundParagraph): string =>
  `${part}第 ${number} 段“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

const placeOf = ({ place, path, text }: Expected) => ({ place, ...(path && { path }), expected: text });

const altered = (found: readonly Found[], expected: ReadonlyMap<string, Expected>): Deviation[] =>
  found.flatMap(({ tag, text, paragraph }) => {
    const number = expected.get(tag)!;
    if (text === number.text) return [];
    return [{ kind: 'altered', ...placeOf(number), found: text, paragraph: whereIn(paragraph) }];
  });

function removed(found: readonly Found[], expected: ReadonlyMap<string, Expected>): Deviation[] {
  const present = new Set(found.map(({ tag }) => tag));
  return [...expected.values()]
    .filter(({ tag, isRepeated }) => !isRepeated && !present.has(tag))
    .map((number) => ({ kind: 'removed', ...placeOf(number) }));
}

/** Those that are not on a longest sequence in the order of the report. */
function moved(found: readonly Found[], expected: ReadonlyMap<string, Expected>): Deviation[] {
  const order = new Map([...expected.keys()].map((tag, at) => [tag, at]));
  const first = new Map(found.toReversed().map((each) => [each.tag, each]));
  const sequence = found.filter((each) => first.get(each.tag) === each && !expected.get(each.tag)!.isRepeated);
  const kept = new Set(longestRising(sequence.map(({ tag }) => order.get(tag)!)));
  return sequence
    .filter((_, at) => !kept.has(at))
    .map(({ tag, text, paragraph }) => ({
      ...{ kind: 'moved', ...placeOf(expected.get(tag)!) },
      ...{ found: text, paragraph: whereIn(paragraph) },
    }));
}

/** The places of a longest rising subsequence of distinct numbers (patience sorting, Fredman 1975). */
function longestRising(sequence: readonly number[]): number[] {
  const ends: number[] = [];
  const before: number[] = [];
  sequence.forEach((number, at) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sequence[ends[middle]!]! < number) low = middle + 1;
      else high = middle;
    }
    before.push(ends[low - 1] ?? -1);
    ends[low] = at;
  });
  const kept: number[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]!) kept.push(at);
  return kept;
}

function copied(found: readonly Found[], expected: ReadonlyMap<string, Expected>): Deviation[] {
  const seen = new Set<string>();
  return found.flatMap(({ tag, text, paragraph }) => {
    const number = expected.get(tag)!;
    const isFirst = !seen.has(tag);
    seen.add(tag);
    if (isFirst || number.isRepeated) return [];
    return [{ kind: 'copied', ...placeOf(number), found: text, paragraph: whereIn(paragraph) }];
  });
}

/** Numbers outside all controls and fields that the template did not have either. */
function added(paragraphs: readonly FoundParagraph[], { template }: Origin): Deviation[] {
  const left = new Map<string, number>();
  for (const number of template) left.set(number, (left.get(number) ?? 0) + 1);
  return paragraphs.flatMap((paragraph) =>
    looseNumbers(paragraph).flatMap((number): Deviation[] => {
      const rest = left.get(number) ?? 0;
      left.set(number, rest - 1);
      return rest > 0 ? [] : [{ kind: 'added', found: number, paragraph: whereIn(paragraph) }];
    }),
  );
}

/** The numbers of a paragraph that stand in no control and that no field writes. */
export function looseNumbers({ stretches }: FoundParagraph): string[] {
  const texts = stretches.map(({ text, tag, isField }) => (tag === undefined && !isField ? text : '\n')).join('');
  return numbersOf(texts).map(({ text }) => text);
}
