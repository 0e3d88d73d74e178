import type { Block, Chapter, Report } from './model.js';

/** The numbers of a report, given in the order of its chapters and annexes. GB/T 9704-2012: 一、（一） 1. and 附件1. */
export interface Numbers {
  /** `一、` of a chapter, `附件1` of an annex. */
  of(chapter: Chapter): string;
  /** `（一）` or `1.` of a heading, `表1` of a table, `图1` of a chart. */
  ofBlock(block: Block): string;
}

export function numbersOf({ chapters, annexes }: Report): Numbers {
  const ofChapters = new Map<Chapter, string>([
    ...chapters.map((chapter, at) => [chapter, `${chineseNumeral(at + 1)}、`] as const),
    ...annexes.map((chapter, at) => [chapter, `附件${at + 1}`] as const),
  ]);
  const ofBlocks = new Map<Block, string>();
  let [tables, charts] = [0, 0];
  for (const { blocks } of [...chapters, ...annexes]) {
    let [second, third] = [0, 0];
    for (const block of inOrder(blocks)) {
      if (block.kind === 'table') ofBlocks.set(block, `表${(tables += 1)}`);
      if (block.kind === 'bars') ofBlocks.set(block, `图${(charts += 1)}`);
      if (block.kind !== 'heading') continue;
      if (block.level === 2) {
        [second, third] = [second + 1, 0];
        ofBlocks.set(block, `（${chineseNumeral(second)}）`);
      } else ofBlocks.set(block, `${(third += 1)}.`);
    }
  }
  return { of: (chapter) => ofChapters.get(chapter)!, ofBlock: (block) => ofBlocks.get(block)! };
}

export const inOrder = (blocks: readonly Block[]): Block[] =>
  blocks.flatMap((block) => (block.kind === 'together' ? inOrder(block.blocks) : [block]));

/** 一 to 九十九. */
export function chineseNumeral(number: number): string {
  const digits = '零一二三四五六七八九';
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `${tens > 1 ? digits.charAt(tens) : ''}${tens > 0 ? '十' : ''}${ones > 0 ? digits.charAt(ones) : ''}`;
}
