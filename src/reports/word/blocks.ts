import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  Paragraph,
  SimpleField,
  Table as WordTable,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type FileChild,
} from 'docx';
import { ChartRun } from 'docx/charts';
import { isEmpty, type BarChart, type Block, type Column, type Line, type Row, type Table } from '../model.js';
import type { Numbers } from '../numbering.js';
import type { Ids } from './controls.js';
import { runsOf } from './line.js';
import { placesOf, type Placed } from './places.js';
import { styles, textWidths } from './styles.js';

/** The paragraphs, tables and charts of blocks; `key` names the chapter that they stand in. */
export function wordBlocks(key: string, blocks: readonly Block[], options: Options): FileChild[] {
  return new Writer(placesOf(key, blocks), options).blocks(blocks);
}

interface Options {
  readonly isWide: boolean;
  readonly numbers: Numbers;
  readonly ids: Ids;
}

/** Writes blocks in the order of their places. */
class Writer {
  #at = 0;

  constructor(
    private readonly places: readonly Placed[],
    private readonly options: Options,
  ) {}

  blocks(blocks: readonly Block[]): FileChild[] {
    return blocks.flatMap((block) => this.#block(block));
  }

  #block(block: Block): FileChild[] {
    switch (block.kind) {
      case 'heading':
        return [this.#paragraph(block.of, block.level === 2 ? styles.second : styles.third)];
      case 'paragraph':
        return [this.#paragraph(block.of, block.look === 'note' ? styles.note : styles.body)];
      case 'list':
        return block.items.map(
          (each) =>
            new Paragraph({
              style: styles.body,
              children: [...(block.ordered ? this.#next() : []), ...this.#runs(each)],
            }),
        );
      case 'terms':
        return block.entries.map(
          ([, content]) => new Paragraph({ style: styles.term, children: [...this.#next(), ...this.#runs(content)] }),
        );
      case 'table':
        return this.#table(block);
      case 'bars':
        return this.#bars(block);
      case 'headline':
        return [];
      case 'together':
        return this.blocks(block.blocks);
    }
  }

  #paragraph(line: Line, style: string, before: TextRun[] = []): Paragraph {
    return new Paragraph({ style, children: [...before, ...this.#runs(line)] });
  }

  /** The runs of a line, which is the next in order. */
  #runs(line: Line) {
    if (this.places[this.#at]?.line !== line) throw new Error('the places of a report are not in its order');
    return this.#next();
  }

  #next() {
    this.#at += 1;
    return runsOf(this.places[this.#at - 1]!, this.options.ids);
  }

  #table(block: Table): FileChild[] {
    const { caption, unitOfMeasure, columns, rows, source, note } = block;
    const above = new Paragraph({
      style: styles.caption,
      keepNext: true,
      children: [...this.#numbered('表', this.options.numbers.ofBlock(block)), ...this.#runs(caption)],
    });
    const unit =
      unitOfMeasure === undefined
        ? []
        : [new Paragraph({ style: styles.unit, keepNext: true, children: this.#next() })];
    const widths = widthsOf(columns, this.options.isWide ? textWidths.landscape : textWidths.portrait);
    const head = new TableRow({
      tableHeader: true,
      cantSplit: true,
      children: columns.map(({ head: line }, at) => this.#cell(line, widths[at]!, AlignmentType.CENTER, styles.head)),
    });
    return [
      above,
      ...unit,
      new WordTable({
        width: { size: widths.reduce((sum, each) => sum + each, 0), type: WidthType.DXA },
        columnWidths: widths,
        alignment: AlignmentType.CENTER,
        borders,
        margins: { top: 30, bottom: 30, left: 60, right: 60 },
        rows: [head, ...rows.flatMap((each) => this.#rows(each, columns, widths))],
      }),
      ...(source === undefined ? [] : [this.#paragraph(source, styles.source, [new TextRun('数据来源：')])]),
      ...(note === undefined ? [] : [this.#paragraph(note, styles.source, [new TextRun('注：')])]),
      ...(source === undefined && note === undefined ? [new Paragraph({ style: styles.source })] : []),
    ];
  }

  #rows(each: Row, columns: readonly Column[], widths: readonly number[]): TableRow[] {
    const whole = (line: Line) =>
      new TableRow({
        cantSplit: true,
        children: [
          new TableCell({
            columnSpan: columns.length,
            children: [new Paragraph({ style: styles.cell, children: this.#runs(line) })],
          }),
        ],
      });
    if ('group' in each) return [whole(each.group)];
    const cells = each.cells.map((line, at) =>
      this.#cell(line, widths[at]!, columns[at]!.number ? AlignmentType.RIGHT : AlignmentType.LEFT, styles.cell),
    );
    return [
      new TableRow({ cantSplit: true, height: { value: 300, rule: HeightRule.ATLEAST }, children: cells }),
      ...(isEmpty(each.detail) ? [] : [whole(each.detail)]),
    ];
  }

  #cell(line: Line, width: number, alignment: (typeof AlignmentType)[keyof typeof AlignmentType], style: string) {
    return new TableCell({
      width: { size: width, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      children: [new Paragraph({ style, alignment, children: this.#runs(line) })],
    });
  }

  #bars(block: BarChart): FileChild[] {
    return [
      new Paragraph({ style: styles.figure, keepNext: true, children: [chart(block)] }),
      new Paragraph({
        style: styles.caption,
        children: [...this.#numbered('图', this.options.numbers.ofBlock(block)), ...this.#runs(block.caption)],
      }),
    ];
  }

  /** `表1`, counted by Word itself. */
  #numbered(word: '表' | '图', number: string) {
    const counted = new SimpleField(`SEQ ${word} \\* ARABIC`, number.slice(1));
    return [new TextRun(word), counted, new TextRun('　')];
  }
}

const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const borders = { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line };

/** In twentieths of a point. Columns without a share have equal parts of what is left. */
function widthsOf(columns: readonly Column[], whole: number): number[] {
  const shares = columns.map(({ width }) => (width === undefined ? undefined : Number.parseFloat(width) / 100));
  const given = shares.reduce<number>((sum, share) => sum + (share ?? 0), 0);
  const open = shares.filter((share) => share === undefined).length;
  const scale = open === 0 ? 1 / given : 1;
  return shares.map((share) => Math.round(whole * (share === undefined ? (1 - given) / open : share * scale)));
}

const fills = { green: '5AA873', yellow: 'E0B04A', red: 'CF6258', grey: 'AAAAAA' } as const;

/** A chart of Word's own. Its bars are in the order of the indicators from above. */
function chart({ bars, names, caption, unitOfMeasure }: BarChart): ChartRun {
  const number = (text: string | undefined) => (text === undefined ? null : Math.round(Number(text) * 10) / 10);
  return new ChartRun({
    type: 'bar',
    categories: bars.map(({ name }) => name),
    categoryAxis: { reverseOrder: true },
    valueAxis: { minimum: 0, title: unitOfMeasure },
    series: [
      {
        name: names.value,
        values: bars.map(({ value }) => number(value)),
        color: fills.green,
        colors: bars.map(({ light }) => fills[light]),
        dataLabels: { value: true, position: 'outsideEnd' },
      },
      { name: names.mark, values: bars.map(({ mark }) => number(mark)), color: 'D9D9D9' },
    ],
    transformation: { width: 560, height: 60 + bars.length * 34 },
    altText: { name: caption, description: bars.map(({ name, shown }) => `${name} ${shown}`).join('；') },
  });
}
