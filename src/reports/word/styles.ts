import {
  AlignmentType,
  LevelFormat,
  LevelSuffix,
  LineRuleType,
  type IStylesOptions,
  type INumberingOptions,
} from 'docx';

/**
 * The styles of a Word report by their names in a template. Type and measures follow GB/T 9704-2012: body 3号 仿宋, heads
 * 黑体, 楷体 and 仿宋, 22 lines a page and 28 characters a line. A template may look otherwise; it keeps the names.
 */
export const styles = {
  title: '报告标题',
  first: 'Heading1',
  second: 'Heading2',
  third: 'Heading3',
  body: '报告正文',
  term: '报告要素',
  note: '报告说明',
  caption: '报告题注',
  unit: '报告单位',
  head: '报告表头',
  cell: '报告表格',
  source: '报告来源',
  figure: '报告图',
  secrecy: '报告密级',
  number: '报告字号',
  signature: '报告署名',
  contents: 'TOC1',
  annex: '报告附件',
} as const;

/** In twentieths of a point: 1 mm is 56.7. */
export const page = {
  width: 11906,
  height: 16838,
  margin: { top: 2098, bottom: 1984, left: 1588, right: 1474, footer: 1361, header: 851 },
} as const;

export const textWidths = {
  portrait: page.width - page.margin.left - page.margin.right,
  landscape: page.height - page.margin.top - page.margin.bottom,
} as const;

/** Fonts are named and not embedded; the second of each stands in where the first is not installed. */
const font = (eastAsia: string) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia,
});
const fonts = {
  title: font('方正小标宋简体'),
  body: font('仿宋_GB2312'),
  second: font('楷体_GB2312'),
  head: font('黑体'),
  plain: font('宋体'),
} as const;

/** Of type sizes, in half points. */
const size = { two: 44, three: 32, four: 28, five: 21, smallFive: 18 } as const;

const pitch = { line: 578, lineRule: LineRuleType.EXACT } as const;
const twoCharacters = { firstLine: 640 } as const;
const single = { line: 240, lineRule: LineRuleType.AUTO } as const;

export const headNumbering: INumberingOptions = {
  config: [
    {
      reference: '层次序数',
      levels: [
        { level: 0, format: LevelFormat.CHINESE_COUNTING_THOUSAND, text: '%1、' },
        { level: 1, format: LevelFormat.CHINESE_COUNTING_THOUSAND, text: '（%2）' },
        { level: 2, format: LevelFormat.DECIMAL, text: '%3.' },
        { level: 3, format: LevelFormat.DECIMAL, text: '（%4）' },
      ].map((each) => ({
        ...each,
        suffix: each.level === 2 ? LevelSuffix.SPACE : LevelSuffix.NOTHING,
        style: { paragraph: { indent: twoCharacters } },
      })),
    },
  ],
};

const numbered = (level: number) => ({ numbering: { reference: '层次序数', level } });
const head = { ...pitch, before: 0, after: 0 } as const;

export const wordStyles: IStylesOptions = {
  default: {
    document: { run: { font: fonts.body, size: size.three, language: { value: 'zh-CN', eastAsia: 'zh-CN' } } },
    heading1: {
      run: { font: fonts.head, size: size.three, bold: false, color: '000000' },
      paragraph: { spacing: head, indent: twoCharacters, keepNext: true, ...numbered(0) },
    },
    heading2: {
      run: { font: fonts.second, size: size.three, bold: false, color: '000000' },
      paragraph: { spacing: head, indent: twoCharacters, keepNext: true, ...numbered(1) },
    },
    heading3: {
      run: { font: fonts.body, size: size.three, bold: true, color: '000000' },
      paragraph: { spacing: head, indent: twoCharacters, keepNext: true, ...numbered(2) },
    },
  },
  paragraphStyles: [
    paragraphStyle(
      styles.title,
      { font: fonts.title, size: size.two },
      { alignment: AlignmentType.CENTER, spacing: { line: 700, lineRule: LineRuleType.AT_LEAST } },
    ),
    paragraphStyle(styles.body, {}, { spacing: pitch, indent: twoCharacters, alignment: AlignmentType.BOTH }),
    paragraphStyle(styles.term, {}, { spacing: pitch, indent: twoCharacters }),
    paragraphStyle(styles.note, { font: fonts.plain, size: size.smallFive }, { spacing: { ...single, after: 120 } }),
    paragraphStyle(
      styles.caption,
      { font: fonts.head, size: size.five },
      { alignment: AlignmentType.CENTER, spacing: { ...single, before: 120, after: 60 } },
    ),
    paragraphStyle(
      styles.unit,
      { font: fonts.plain, size: size.smallFive },
      { alignment: AlignmentType.RIGHT, spacing: single },
    ),
    paragraphStyle(
      styles.head,
      { font: fonts.head, size: size.smallFive },
      { alignment: AlignmentType.CENTER, spacing: single },
    ),
    paragraphStyle(styles.cell, { font: fonts.plain, size: size.smallFive }, { spacing: single }),
    paragraphStyle(
      styles.source,
      { font: fonts.plain, size: size.smallFive },
      { spacing: { ...single, before: 60, after: 120 } },
    ),
    paragraphStyle(styles.figure, {}, { alignment: AlignmentType.CENTER, spacing: single }),
    paragraphStyle(styles.secrecy, { font: fonts.head }, { spacing: pitch }),
    paragraphStyle(styles.number, {}, { alignment: AlignmentType.CENTER, spacing: pitch }),
    paragraphStyle(styles.signature, {}, { alignment: AlignmentType.RIGHT, spacing: pitch, indent: { right: 1280 } }),
    paragraphStyle(styles.annex, { font: fonts.head }, { spacing: { ...pitch, after: 120 }, outlineLevel: 0 }),
  ],
};

type Style = NonNullable<IStylesOptions['paragraphStyles']>[number];

function paragraphStyle(id: string, run: Style['run'], paragraph: Style['paragraph']): Style {
  return { id, name: id, basedOn: 'Normal', quickFormat: true, ...(run && { run }), ...(paragraph && { paragraph }) };
}
