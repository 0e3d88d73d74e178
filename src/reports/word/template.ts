import {
  AlignmentType,
  Document,
  Footer,
  Packer,
  PageNumber,
  Paragraph,
  TabStopType,
  TextRun,
  type FileChild,
} from 'docx';
import { headNumbering, page, styles, textWidths, wordStyles } from './styles.js';

/**
 * The template that a report is written into where a bureau has none of its own: a Word file with the styles, the page,
 * the foot and the order of what stands in it. What is between double braces is filled in (`placeholders.ts`).
 */
export async function defaultTemplate(): Promise<Buffer> {
  const document = new Document({
    title: '评估报告模板',
    creator: '通鉴',
    styles: wordStyles,
    numbering: headNumbering,
    evenAndOddHeaderAndFooters: true,
    features: { updateFields: false },
    sections: [
      {
        properties: {
          page: { size: { width: page.width, height: page.height }, margin: page.margin },
        },
        footers: { default: foot(AlignmentType.RIGHT), even: foot(AlignmentType.LEFT) },
        children: content(),
      },
    ],
  });
  return Packer.toBuffer(document);
}

const content = (): FileChild[] => [
  text(styles.secrecy, '{{密级}}'),
  text(styles.number, '{{发文字号}}'),
  new Paragraph({ style: styles.title, spacing: { before: 600 }, children: [new TextRun('{{规划名称}}')] }),
  text(styles.title, '{{报告名称}}'),
  text(styles.number, '{{截至}}'),
  text(styles.body, '{{警示}}'),
  new Paragraph({
    ...{ style: styles.number, spacing: { before: 300, after: 120 } },
    children: [new TextRun({ text: '目　　录', font: '黑体' })],
  }),
  text(styles.body, '{{目录}}'),
  new Paragraph({
    ...{ style: styles.number, pageBreakBefore: true, spacing: { after: 120 } },
    children: [new TextRun({ text: '评估概况', font: '黑体' })],
  }),
  text(styles.body, '{{评估概况}}'),
  text(styles.body, '{{正文}}'),
  text(styles.body, '{{附件说明}}'),
  new Paragraph({ style: styles.signature, spacing: { before: 1156 }, children: [new TextRun('{{发文机关}}')] }),
  text(styles.signature, '{{成文日期}}'),
  text(styles.body, '{{附件}}'),
];

const text = (style: string, words: string) => new Paragraph({ style, children: [new TextRun(words)] });

/** `— 1 —` at the outer side, and in small letters what leads back to the snapshot at the inner one. */
function foot(side: 'left' | 'right'): Footer {
  const number = new TextRun({ font: '宋体', size: 28, children: ['— ', PageNumber.CURRENT, ' —'] });
  const origin = new TextRun({ font: '宋体', size: 15, color: '555555', text: '{{页脚}}' });
  return new Footer({
    children: [
      new Paragraph({
        indent: { left: 280, right: 280 },
        tabStops: [{ type: TabStopType.RIGHT, position: textWidths.portrait - 280 }],
        children: side === 'right' ? [origin, new TextRun('\t'), number] : [number, new TextRun('\t'), origin],
      }),
    ],
  });
}
