import { TextRun, type IRunOptions, type ParagraphChild } from 'docx';
import { shapes } from '../marks.js';
import { isLines, type Line, type Piece } from '../model.js';
import { NumberControl, numbersOf, tagOf, type Ids } from './controls.js';
import type { Placed } from './places.js';

type Look = Pick<IRunOptions, 'bold' | 'superScript' | 'style' | 'color' | 'break'>;

interface Stretch {
  readonly text: string;
  /** Where it stands in the content of the snapshot. */
  readonly path?: string;
  readonly look: Look;
}

const colours = { green: '1B6B3A', yellow: '7A5200', red: 'A31515', grey: '555555' } as const;

/** What stands on a line, each of its numbers in a content control. A number is never in two forms. */
export function runsOf({ place, line }: Placed, ids: Ids): ParagraphChild[] {
  let count = 0;
  return stretchesOf(line, {}).flatMap(({ text, look }) =>
    partsOf(text).map(([part, isNumber], at) => {
      const run = new TextRun({ ...look, text: part, ...(at > 0 && { break: 0 }) });
      if (!isNumber) return run;
      count += 1;
      return new NumberControl(tagOf(`${place}/${count}`), place, ids.next(), [run]) as unknown as ParagraphChild;
    }),
  );
}

/** The numbers of a line, in order, with their tags. */
export function numbersIn({ place, line }: Placed) {
  const found = stretchesOf(line, {}).flatMap(({ text, path }) =>
    partsOf(text).flatMap(([part, isNumber]) => (isNumber ? [{ text: part, ...(path && { path }) }] : [])),
  );
  return found.map((number, at) => ({ tag: tagOf(`${place}/${at + 1}`), ...number }));
}

/** A text as numbers and what is between them. */
function partsOf(text: string): (readonly [part: string, isNumber: boolean])[] {
  const found = numbersOf(text);
  const ends = found.map(({ text: number, index }) => index + number.length);
  const parts = found.flatMap(({ text: number, index }, at) => [
    [text.slice(ends[at - 1] ?? 0, index), false] as const,
    [number, true] as const,
  ]);
  const rest = [text.slice(ends.at(-1) ?? 0), false] as const;
  // A line break is written by a run without text too.
  return found.length === 0 ? [rest] : [...parts, rest].filter(([part]) => part !== '');
}

function stretchesOf(line: Line, look: Look): Stretch[] {
  if (isLines(line)) return line.flatMap((each) => stretchesOf(each, look));
  if (line === null || line === undefined || line === false || line === '') return [];
  if (typeof line !== 'object') return [{ text: String(line), look }];
  return ofPiece(line, look);
}

function ofPiece(piece: Piece, look: Look): Stretch[] {
  switch (piece.kind) {
    case 'value':
      return [{ text: piece.text, look, path: piece.path }];
    case 'foreign':
      return [{ text: piece.text, look }];
    case 'flag':
      return [{ text: piece.letter, look: { ...look, superScript: true, color: colours.red } }];
    case 'chip':
      return [
        { text: shapes[piece.light], look: { ...look, color: colours[piece.light] } },
        ...stretchesOf(piece.word, { ...look, color: colours[piece.light] }),
      ];
    case 'address':
      return [{ text: piece.to, look }];
    case 'break':
      return [{ text: '', look: { ...look, break: 1 } }];
    case 'strong':
      return stretchesOf(piece.of, { ...look, bold: true });
    case 'beside':
    case 'item':
      return [{ text: '', look: { ...look, break: 1 } }, ...stretchesOf(piece.of, look)];
    case 'absent':
    case 'assumed':
    case 'code':
      return stretchesOf(piece.of, look);
  }
}
