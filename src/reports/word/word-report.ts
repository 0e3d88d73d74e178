import {
  Bookmark,
  LeaderType,
  PageReference,
  TabStopType,
  TableOfContents,
  Paragraph,
  PatchType,
  TextRun,
  patchDocument,
  type FileChild,
  type IPatch,
  type ParagraphChild,
} from 'docx';
import type { Chapter, Report } from '../model.js';
import { chineseNumeral, numbersOf, type Numbers } from '../numbering.js';
import { wordBlocks } from './blocks.js';
import { Ids } from './controls.js';
import { runsOf } from './line.js';
import { placesOfAnnex, placesOfHead, type Placed } from './places.js';
import { fields, readPlaceholders, type Field, type Placeholder } from './placeholders.js';
import { looseNumbers } from './reconcile.js';
import { originAsText, type Origin } from './origin.js';
import { paragraphsOf } from './read-docx.js';
import { anchorOf, pagesOfBody } from './pages.js';
import { sectionsOf, type Sections } from './sections.js';
import { styles, textWidths } from './styles.js';
import { defaultTemplate } from './template.js';

/** What a bureau says of the document itself. */
export interface Letterhead {
  /** 发文机关. */
  readonly issuer?: string;
  /** 成文日期 as `2023-06-30`. */
  readonly date?: string;
  /** 发文字号, for example `丽民发〔2023〕1号`. */
  readonly number?: string;
  /** 密级和保密期限. */
  readonly secrecy?: string;
}

/**
 * A report as a Word file, written into a template. Its numbers stand in content controls, so that `reconcile` finds
 * those that a hand altered.
 * @throws {DomainError} as `readPlaceholders`
 */
export async function wordReport(report: Report, letterhead: Letterhead, own?: Uint8Array): Promise<Buffer> {
  const template = own ?? (await defaultTemplate());
  const all = [...report.chapters, ...report.annexes];
  const titles = new Set([...all.map(({ title }) => title), ...report.leftOut]);
  const placeholders = readPlaceholders(template, titles);
  const writer = new Writer(report, letterhead, placeholders, sectionsOf(template));
  const origin: Origin = {
    ...report.source,
    chapters: writer.chapters,
    template: paragraphsOf(template).flatMap(looseNumbers),
  };
  return patchDocument({
    outputType: 'nodebuffer',
    data: template,
    // The whole file is searched for each placeholder: those that make it long come last.
    patches: Object.fromEntries(
      placeholders
        .toSorted((a, b) => Number(isLong(a)) - Number(isLong(b)))
        .map((each) => [each.key, writer.patch(each)]),
    ),
    keepOriginalStyles: true,
    pageNumbers: pagesOfBody(report),
    properties: { title: report.title.page, description: report.foot, keywords: originAsText(origin) },
  });
}

const isLong = ({ name }: Placeholder): boolean => !(name in fields) || name === '正文' || name === '附件';

class Writer {
  readonly #numbers: Numbers;
  readonly #ids = new Ids();
  /** The chapters and annexes that a placeholder of the template places by their title. */
  readonly #placed: ReadonlySet<string>;
  readonly #head: ReadonlyMap<string, Placed>;
  /** The chapters and annexes in the order in which the template has them. */
  readonly chapters: Origin['chapters'];

  constructor(
    private readonly report: Report,
    private readonly letterhead: Letterhead,
    placeholders: readonly Placeholder[],
    private readonly sections: Sections,
  ) {
    this.#numbers = numbersOf(report);
    this.#placed = new Set(placeholders.map(({ name }) => name));
    this.chapters = this.#chaptersIn(placeholders);
    this.#head = new Map(placesOfHead(report).map((placed) => [placed.place, placed]));
  }

  #chaptersIn(placeholders: readonly Placeholder[]): Origin['chapters'] {
    const { chapters, annexes } = this.report;
    return placeholders.flatMap(({ name, title }) => {
      if (name === '评估概况') return [{ key: 'front' }];
      if (name === '正文') return this.#rest(chapters).map(({ key }) => ({ key }));
      if (name === '附件') return this.#rest(annexes).map(({ key }) => ({ key }));
      const own = [...chapters, ...annexes].find((chapter) => chapter.title === name);
      return own ? [{ key: own.key, ...(title !== undefined && { title }) }] : [];
    });
  }

  #rest(chapters: readonly Chapter[]): Chapter[] {
    return chapters.filter((chapter) => !this.#placed.has(chapter.title));
  }

  patch({ name, title }: Placeholder): IPatch {
    const { report, letterhead } = this;
    const own = [...report.chapters, ...report.annexes].find((chapter) => chapter.title === name);
    if (own) return blocks(this.#chapters([{ ...own, ...(title !== undefined && { title }) }]));
    const head = (at: string) => this.#runs(this.#head.get(`head/${at}`)!);
    const ofHand = (at: string, line: string) => words(this.#runs({ place: `${byHand}/${at}`, line }));
    const of: Readonly<Record<Field, () => IPatch>> = {
      密级: () => ofHand('secrecy', letterhead.secrecy ?? ''),
      发文字号: () => ofHand('number', letterhead.number ?? ''),
      规划名称: () => words(head('plan')),
      报告名称: () => words(head('kind')),
      截至: () => words(head('cut-off')),
      警示: () => blocks(report.banners.map((_, at) => inBody(head(`banner-${at + 1}`)))),
      目录: () => blocks([this.#contents()]),
      评估概况: () => blocks(wordBlocks('front', [report.front], this.#options(false))),
      正文: () => blocks(this.#chapters(this.#rest(report.chapters))),
      附件说明: () => blocks(this.#listOfAnnexes()),
      发文机关: () => ofHand('issuer', letterhead.issuer ?? ''),
      成文日期: () => ofHand('date', dateWords(letterhead.date)),
      附件: () => blocks(this.#chapters(this.#rest(report.annexes))),
      页脚: () => words(head('foot')),
    };
    // A chapter in which nothing is to be said.
    return name in of ? of[name as Field]() : blocks([]);
  }

  #runs(placed: Placed): ParagraphChild[] {
    return runsOf(placed, this.#ids);
  }

  #options(isWide: boolean) {
    return { isWide, numbers: this.#numbers, ids: this.#ids };
  }

  /** A wide chapter stands in a section of its own, in landscape. */
  #chapters(chapters: readonly Chapter[]): FileChild[] {
    return chapters.flatMap((chapter, at) => {
      const before = chapters[at - 1]?.wide ?? false;
      const after = chapters[at + 1]?.wide ?? false;
      const { wide } = chapter;
      return [
        ...(wide && at === 0 ? [this.sections.endOfPortrait()] : []),
        ...this.#chapter(chapter, !before && !wide),
        ...(wide && !after ? [this.sections.endOfLandscape()] : []),
        ...(!wide && after ? [this.sections.endOfPortrait()] : []),
      ];
    });
  }

  #chapter({ key, title, blocks: content, wide }: Chapter, breaksPage: boolean): FileChild[] {
    const annex = this.report.annexes.findIndex((each) => each.key === key);
    const marked = (children: ParagraphChild[]) => new Bookmark({ id: anchorOf(key), children });
    const heading =
      annex < 0
        ? new Paragraph({ style: styles.first, children: [marked([new TextRun(title)])] })
        : new Paragraph({
            ...{ style: styles.annex, pageBreakBefore: breaksPage },
            children: [marked(this.#runs(placesOfAnnex(this.report, key, title).head))],
          });
    return [heading, ...wordBlocks(key, content, this.#options(wide))];
  }

  /** The table of contents of the chapters, a field that shows its lines before anybody updates it. */
  #contents(): FileChild {
    const { chapters } = this.report;
    const placed = this.chapters.flatMap(({ key, title }) => {
      const own = chapters.find((each) => each.key === key);
      return own ? [{ key, title: title ?? own.title }] : [];
    });
    const lines = placed.map(
      ({ key, title }, at) =>
        new Paragraph({
          style: styles.contents,
          tabStops: [{ type: TabStopType.RIGHT, position: textWidths.portrait, leader: LeaderType.DOT }],
          children: [new TextRun(`${chineseNumeral(at + 1)}、${title}\t`), new PageReference(anchorOf(key))],
        }),
    );
    return new TableOfContents('目录', { hyperlink: true, headingStyleRange: '1-1', contentChildren: lines });
  }

  #listOfAnnexes(): FileChild[] {
    return this.report.annexes.map(({ key, title }) =>
      inBody(this.#runs(placesOfAnnex(this.report, key, title).listed)),
    );
  }
}

/** Where what the bureau says of the document itself stands: it is not in the snapshot. */
export const byHand = 'letterhead';

const inBody = (children: readonly ParagraphChild[]) => new Paragraph({ style: styles.body, children: [...children] });

const blocks = (children: readonly FileChild[]): IPatch => ({ type: PatchType.DOCUMENT, children: [...children] });

const words = (children: readonly ParagraphChild[]): IPatch => ({ type: PatchType.PARAGRAPH, children });

/** `2023-06-30` as 2023年6月30日; room for it where it is not given. */
function dateWords(date: string | undefined): string {
  if (date === undefined) return '　　　　年　月　日';
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}
