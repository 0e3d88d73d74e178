import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { isTag } from './controls.js';

/** A piece of a paragraph's text. `tag` names the number whose content control or bookmark it stands in. */
export interface Stretch {
  readonly text: string;
  readonly tag?: string;
  /** Whether a field writes it: a page number, a caption's number, a table of contents. */
  readonly isField: boolean;
}

export interface FoundParagraph {
  /** `正文`, `页眉` or `页脚`. */
  readonly part: string;
  /** Counted from 1 within the part, paragraphs of tables included. */
  readonly number: number;
  readonly text: string;
  readonly stretches: readonly Stretch[];
}

/** Why a file cannot be read as a Word file, and the way out. */
export class NoWordFile extends Error {
  override readonly name = 'NoWordFile';
}

/** No report is larger; what is larger is not unpacked. */
const largest = 60_000_000;

/**
 * The paragraphs of a Word file (ECMA-376, WordprocessingML): the text, its headers and its footers. What a tracked
 * change deletes is not there.
 * @throws {NoWordFile} if the file is not a Word file, or too large
 */
export function paragraphsOf(file: Uint8Array): FoundParagraph[] {
  const parts = Object.entries(unpacked(file)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const order = ['document', 'header', 'footer'];
  return order.flatMap((name) =>
    parts
      .filter(([path]) => path.startsWith(`word/${name}`))
      .flatMap(([path, xml]) => read(partWords[name]!, path, xml)),
  );
}

const partWords: Readonly<Record<string, string>> = { document: '正文', header: '页眉', footer: '页脚' };

function unpacked(file: Uint8Array): Record<string, string> {
  let total = 0;
  try {
    const entries = unzipSync(file, {
      filter: ({ name, originalSize }) => {
        if (!/^word\/(document|header\d*|footer\d*)\.xml$/.test(name)) return false;
        total += originalSize;
        if (total > largest) throw new RangeError('too large');
        return true;
      },
    });
    if (!('word/document.xml' in entries)) throw new RangeError('no word/document.xml');
    return Object.fromEntries(Object.entries(entries).map(([name, bytes]) => [name, strFromU8(bytes)]));
  } catch (error) {
    if (error instanceof RangeError && error.message === 'too large')
      throw new NoWordFile(`解开后超过 ${largest / 1_000_000} MB：请减去图片后再试`);
    throw new NoWordFile('不是 Word 文件（.docx）：请用 Word、WPS 或 LibreOffice 另存为 .docx 后再试');
  }
}

interface Open {
  text: string;
  stretches: Stretch[];
}

/** Reads one part of the file from front to back. */
function read(part: string, path: string, xml: string): FoundParagraph[] {
  const found: FoundParagraph[] = [];
  const open: Open[] = [];
  const controls: (string | undefined)[] = [];
  /** The open bookmarks of numbers by their ids. */
  const bookmarks = new Map<string, string>();
  let [fields, leftOut, isText] = [0, 0, false];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'mc:Fallback' || name === 'w:del') leftOut += 1;
    if (name === 'w:p') open.push({ text: '', stretches: [] });
    if (name === 'w:sdt') controls.push(undefined);
    if (name === 'w:bookmarkStart' && isTag(attributes['w:name'] ?? ''))
      bookmarks.set(attributes['w:id'] ?? '', attributes['w:name']!);
    if (name === 'w:bookmarkEnd') bookmarks.delete(attributes['w:id'] ?? '');
    if (name === 'w:tag' && controls.length > 0) controls[controls.length - 1] = attributes['w:val'];
    if (name === 'w:fldSimple' || attributes['w:fldCharType'] === 'begin') fields += 1;
    if (attributes['w:fldCharType'] === 'end') fields -= 1;
    if (name === 'w:t' && leftOut === 0) isText = true;
  });
  parser.on('text', (text) => {
    const paragraph = open.at(-1);
    if (!isText || !paragraph) return;
    const tag = controls.findLast((each) => each !== undefined && isTag(each)) ?? [...bookmarks.values()].at(-1);
    paragraph.text += text;
    paragraph.stretches.push({ text, isField: fields > 0, ...(tag && { tag }) });
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'mc:Fallback' || name === 'w:del') leftOut -= 1;
    if (name === 'w:t') isText = false;
    if (name === 'w:sdt') controls.pop();
    if (name === 'w:fldSimple') fields -= 1;
    if (name !== 'w:p') return;
    const { text, stretches } = open.pop()!;
    found.push({ part, number: found.length + 1, text, stretches });
  });
  parser.on('error', ({ message }) => {
    throw new NoWordFile(`的 ${path}  不是完好的 XML（${message}）：请重新另存为 .docx 后再试`);
  });
  parser.write(xml).close();
  return found;
}
