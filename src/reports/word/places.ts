import { isEmpty, isLines, type Block, type Line, type Report, type Row, type Table } from '../model.js';

/**
 * Where each line of a report stands, in words: the chapter, the block, and in a table the row and the column. The place
 * of a line does not change when lines are put in elsewhere, so that it names its numbers for as long as they are said.
 */
export interface Placed {
  readonly place: string;
  readonly line: Line;
}

/** The lines of blocks as a Word report has them, in order; `key` names the chapter. */
export const placesOf = (key: string, blocks: readonly Block[]): Placed[] => distinct(ofBlocks(key, blocks));

/** The lines of the head of a report. They may be written more than once. */
export const placesOfHead = ({ title, cutOff, banners, foot }: Report): Placed[] => [
  { place: 'head/plan', line: title.plan },
  { place: 'head/kind', line: title.kind },
  { place: 'head/cut-off', line: cutOff },
  { place: 'head/foot', line: foot },
  ...banners.map((line, at) => ({ place: `head/banner-${at + 1}`, line })),
];

/** The head of an annex and its line in the list of annexes. `title` is that of the template, if it has one. */
export const placesOfAnnex = ({ annexes }: Report, key: string, title: string) => {
  const number = annexes.findIndex((each) => each.key === key) + 1;
  return {
    head: { place: `${key}/附件`, line: `附件${number}　${title}` },
    listed: { place: `annexes/${key}`, line: `${number === 1 ? '附件：' : '　　　'}${number}. ${title}` },
  };
};

function ofBlocks(above: string, blocks: readonly Block[]): Placed[] {
  let section = above;
  return blocks.flatMap((block) => {
    if (block.kind === 'heading') section = `${above}/${plainText(block.of)}`;
    return ofBlock(section, block);
  });
}

function ofBlock(at: string, block: Block): Placed[] {
  switch (block.kind) {
    case 'heading':
      return [{ place: at, line: block.of }];
    case 'paragraph':
      return [{ place: `${at}/段`, line: block.of }];
    case 'list':
      return block.items.flatMap((line, number) => [
        ...(block.ordered ? [{ place: `${at}/序`, line: `（${number + 1}）` }] : []),
        { place: `${at}/项`, line },
      ]);
    case 'terms':
      return block.entries.flatMap(([term, line]) => [
        { place: `${at}/${term}/名`, line: `${term}：` },
        { place: `${at}/${term}`, line },
      ]);
    case 'table':
      return ofTable(`${at}/${block.caption}`, block);
    case 'bars':
      return [{ place: `${at}/${block.caption}`, line: block.caption }];
    case 'headline':
      // Said in the sentences that follow it.
      return [];
    case 'together':
      return ofBlocks(at, block.blocks);
  }
}

function ofTable(at: string, { caption, unitOfMeasure, columns, rows, note, source }: Table): Placed[] {
  let group = at;
  return [
    { place: at, line: caption },
    ...(unitOfMeasure === undefined ? [] : [{ place: `${at}/单位`, line: `单位：${unitOfMeasure}` }]),
    ...columns.map(({ head }, number) => ({ place: `${at}/表头${number + 1}`, line: head })),
    ...rows.flatMap((each): Placed[] => {
      if ('group' in each) {
        group = `${at}/${plainText(each.group)}`;
        return [{ place: group, line: each.group }];
      }
      return ofRow(group, each, columns);
    }),
    ...(source === undefined ? [] : [{ place: `${at}/数据来源`, line: source }]),
    ...(note === undefined ? [] : [{ place: `${at}/注`, line: note }]),
  ];
}

function ofRow(at: string, { cells, detail }: Extract<Row, { cells: unknown }>, columns: Table['columns']): Placed[] {
  const name = `${at}/${plainText(cells[0])}`;
  return [
    ...cells.map((line, number) => ({ place: `${name}/${plainText(columns[number]?.head)}`, line })),
    ...(isEmpty(detail) ? [] : [{ place: `${name}/明细`, line: detail }]),
  ];
}

/** Places that occur more than once are counted. */
function distinct(placed: readonly Placed[]): Placed[] {
  const seen = new Map<string, number>();
  return placed.map(({ place, line }) => {
    const before = seen.get(place) ?? 0;
    seen.set(place, before + 1);
    return { place: before === 0 ? place : `${place}#${before + 1}`, line };
  });
}

/** What a line says, without its form. */
export function plainText(line: Line): string {
  if (isLines(line)) return line.map(plainText).join('');
  if (typeof line === 'string') return line;
  if (typeof line === 'number') return String(line);
  if (!line) return '';
  switch (line.kind) {
    case 'value':
    case 'foreign':
      return line.text;
    case 'flag':
      return line.letter;
    case 'chip':
      return plainText(line.word);
    case 'address':
      return line.to;
    case 'break':
      return '';
    default:
      return plainText(line.of);
  }
}
