import { createHash } from 'node:crypto';
import { XmlComponent, type Run } from 'docx';

/**
 * The content control (`w:sdt`, ECMA-376 part 1, 17.5.2) around one number of a Word report, and in it a bookmark
 * (17.13.6): each names the number, whatever is written around it. Word and WPS keep both; LibreOffice before 7.5 drops
 * the tags of content controls and keeps the bookmarks.
 */
export class NumberControl extends XmlComponent {
  /** @param id unique among the bookmarks of the file */
  constructor(tag: string, title: string, id: number, runs: readonly Run[]) {
    super('w:sdt');
    this.root.push(
      element('w:sdtPr', [
        // Longer titles are refused by Word.
        element('w:alias', [], { 'w:val': title.slice(0, 60) }),
        element('w:tag', [], { 'w:val': tag }),
        element('w:id', [], { 'w:val': id }),
      ]),
      element('w:sdtContent', [
        element('w:bookmarkStart', [], { 'w:id': id, 'w:name': tag }),
        ...runs,
        element('w:bookmarkEnd', [], { 'w:id': id }),
      ]),
    );
  }
}

/** Counts the numbers of one file. Smaller ids are those of the bookmarks of its chapters. */
export class Ids {
  #last = 1_000_000;
  next(): number {
    return (this.#last += 1);
  }
}

export function element(
  name: string,
  children: readonly XmlComponent[] = [],
  attributes?: Readonly<Record<string, string | number>>,
): XmlComponent {
  return new Element(name, children, attributes);
}

class Element extends XmlComponent {
  constructor(name: string, children: readonly XmlComponent[], attributes?: Readonly<Record<string, string | number>>) {
    super(name);
    if (attributes) this.root.push({ _attr: attributes });
    this.root.push(...children);
  }
}

// Bookmarks that begin so are not listed to people.
const prefix = '_tj';

/** The tag of a number: 12 hexadecimal digits of the SHA-256 of its place. */
export const tagOf = (place: string): string =>
  `${prefix}${createHash('sha256').update(place).digest('hex').slice(0, 12)}`;

export const isTag = (text: string): boolean => text.startsWith(prefix);

/**
 * A number as it is written, with its sign and percent: also a day, a moment, a range, a code, a hash, a document's
 * number. What belongs together is one number: `2023年6月30`, `2023-06-30`, `54.9%`, `P01`.
 */
const word = '[A-Za-z0-9]*\\d[A-Za-z0-9]*';
const number = `[+−]?${word}(?:[.,:/年月〔〕—–-]${word})*[%‰]?`;

/** The id of a person, which stands for a name that is not known, and is no number. */
const person = 'p_[a-z2-7]{20}';

const either = new RegExp(`${person}|${number}`, 'gu');

/** The numbers of a text, with their places in it. */
export const numbersOf = (text: string): { readonly text: string; readonly index: number }[] =>
  [...text.matchAll(either)]
    .filter(([found]) => !found.startsWith('p_'))
    .map(({ 0: found, index }) => ({ text: found, index }));
