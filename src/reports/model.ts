import type { Light } from '../assessment/judgement.js';

/**
 * One report model: a tree of chapters, blocks and lines. HTML, Word and workbook are renderers of it, so that none of
 * them decides what a report says.
 */

/** A value out of the frozen content as it is shown. `path` is its JSON pointer (RFC 6901) there. */
export interface Value {
  readonly kind: 'value';
  readonly text: string;
  readonly path: string;
}

/** A mark beside a value, for example `示`, with what it means. */
export interface Flag {
  readonly kind: 'flag';
  readonly letter: string;
  readonly meaning: string;
}

/** A judgement with its light. */
export interface Chip {
  readonly kind: 'chip';
  readonly light: Light;
  readonly word: Line;
}

/** Words in another form than the rest of the line. `beside` is said in small letters, on a line of its own. */
export interface Styled {
  readonly kind: 'strong' | 'beside' | 'item' | 'absent' | 'assumed' | 'code';
  readonly of: Line;
}

/** A name in a language that is not the page's. */
export interface Foreign {
  readonly kind: 'foreign';
  readonly language: string;
  readonly text: string;
}

/** An address within the installation. */
export interface Address {
  readonly kind: 'address';
  readonly to: string;
}

export interface LineBreak {
  readonly kind: 'break';
}

export type Piece = Value | Flag | Chip | Styled | Foreign | Address | LineBreak;

/** What stands on a line. Lists are concatenated; undefined, null, false and '' say nothing. */
export type Line = Piece | string | number | false | null | undefined | readonly Line[];

export interface Column {
  readonly head: Line;
  /** Whether the column contains numbers, which are right-aligned. */
  readonly number?: boolean;
  /** Share of the table's width, for example `12%`. */
  readonly width?: string;
}

/** A row of cells; the first is its heading. `group` is a heading across all columns. */
export type Row = { readonly cells: readonly Line[]; readonly detail?: Line } | { readonly group: Line };

export interface Table {
  readonly kind: 'table';
  /** What it shows, without its number. */
  readonly caption: string;
  /** What all its numbers are counted in, for example `万元`. */
  readonly unitOfMeasure?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Where its numbers come from, if not from the snapshot as the rest of the report. */
  readonly source?: string;
  readonly note?: Line;
  /** How it is drawn: `figures` in small type, `matrix` with one mark a cell, `flow` over pages. */
  readonly look?: readonly ('figures' | 'matrix' | 'flow')[];
}

/** One bar for each category, and a line across it where `mark` is. */
export interface BarChart {
  readonly kind: 'bars';
  readonly caption: string;
  readonly unitOfMeasure: string;
  readonly bars: readonly {
    readonly name: string;
    /** As text, in percent; absent where there is none. */
    readonly value?: string;
    readonly mark?: string;
    readonly light: Light;
    readonly shown: string;
    readonly markShown: string;
    readonly judgement: Line;
  }[];
  /** What the bar and the line across it are. */
  readonly names: { readonly value: string; readonly mark: string };
}

export interface Heading {
  readonly kind: 'heading';
  /** 2 is （一）, 3 is 1. */
  readonly level: 2 | 3;
  readonly of: Line;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly of: Line;
  /** `note` is in small letters; `banner` is a warning. */
  readonly look?: 'note' | 'banner';
}

export interface List {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly items: readonly Line[];
}

/** Terms with what is said of each. */
export interface Terms {
  readonly kind: 'terms';
  readonly entries: readonly (readonly [term: string, content: Line])[];
}

/** The index and the count of each judgement, at a glance. */
export interface Headline {
  readonly kind: 'headline';
  readonly figure: Line;
  readonly words: readonly string[];
  readonly tally: readonly (readonly [word: Line, count: Line])[];
}

/** Blocks that belong together and are kept on one page where they fit. */
export interface Together {
  readonly kind: 'together';
  readonly blocks: readonly Block[];
}

export type Block = Heading | Paragraph | List | Terms | Table | BarChart | Headline | Together;

/** What a chapter is made of; undefined and false are left out. */
export type Blocks = Block | false | undefined | readonly Blocks[];

export interface Chapter {
  /** Names the chapter, whatever its title and place: letters, digits and `-`. */
  readonly key: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Whether the chapter is printed in landscape format. */
  readonly wide: boolean;
}

export interface Report {
  readonly title: { readonly plan: Line; readonly kind: string; readonly page: string };
  readonly territory: string;
  readonly cutOff: string;
  readonly banners: readonly Line[];
  /** What it is about, by whom and as of when. */
  readonly front: Terms;
  readonly chapters: readonly Chapter[];
  readonly annexes: readonly Chapter[];
  /** Titles of the chapters and annexes that this report does not have, because nothing is to be said in them. */
  readonly leftOut: readonly string[];
  readonly demo: boolean;
  /** The snapshot that it is made from. */
  readonly source: {
    readonly plan: string;
    readonly evaluation: string;
    readonly snapshot: number;
    readonly contentHash: string;
  };
  /** Said at the foot of each page. */
  readonly foot: string;
}

export const flatBlocks = (blocks: Blocks): Block[] => {
  if (blocks === undefined || blocks === false) return [];
  return 'kind' in blocks ? [blocks] : blocks.flatMap(flatBlocks);
};

export const heading = (...of: Line[]): Heading => ({ kind: 'heading', level: 2, of });
export const subheading = (...of: Line[]): Heading => ({ kind: 'heading', level: 3, of });
export const paragraph = (...of: Line[]): Paragraph => ({ kind: 'paragraph', of });
export const note = (...of: Line[]): Paragraph => ({ kind: 'paragraph', look: 'note', of });
export const bullets = (items: readonly Line[]): List => ({ kind: 'list', ordered: false, items });
export const steps = (items: readonly Line[]): List => ({ kind: 'list', ordered: true, items });
export const together = (...blocks: Blocks[]): Together => ({ kind: 'together', blocks: flatBlocks(blocks) });

/** Terms without content are left out. */
export const terms = (entries: readonly (readonly [term: string, content: Line])[]): Terms => ({
  kind: 'terms',
  entries: entries.filter(([, content]) => content !== undefined && content !== false && content !== ''),
});

type TableParts = Pick<Table, 'unitOfMeasure' | 'source' | 'note' | 'look'>;

export const table = (
  caption: string,
  columns: readonly Column[],
  rows: readonly Row[],
  parts: TableParts = {},
): Table => ({ kind: 'table', caption, columns, rows, ...parts });

export const row = (...cells: Line[]): Row => ({ cells });
export const groupRow = (group: Line): Row => ({ group });

const styled =
  (kind: Styled['kind']) =>
  (...of: Line[]): Styled => ({ kind, of });

export const strong = styled('strong');
export const beside = styled('beside');
export const item = styled('item');
export const absent = styled('absent');
export const assumed = styled('assumed');
export const code = styled('code');
export const lineBreak: LineBreak = { kind: 'break' };
export const value = (text: string, path: string): Value => ({ kind: 'value', text, path });

/** The items with a separator between them. */
export const joined = (items: readonly Line[], separator: Line): Line[] =>
  items.flatMap((each, at) => (at === 0 ? [each] : [separator, each]));

/** Whether nothing is said. */
export const isEmpty = (line: Line): boolean =>
  line === undefined || line === null || line === false || line === '' || (isLines(line) && line.every(isEmpty));

export const isLines = (line: Line): line is readonly Line[] => Array.isArray(line);
