import { unzipSync, strFromU8 } from 'fflate';

/** What a Word report was written from; kept in the keywords of the file, which office programs leave as they are. */
export interface Origin {
  readonly plan: string;
  readonly evaluation: string;
  readonly snapshot: number;
  /** SHA-256 of the snapshot's content. */
  readonly contentHash: string;
  /** Its chapters and annexes in the order in which they were written, with the titles that the template gives. */
  readonly chapters: readonly { readonly key: string; readonly title?: string }[];
  /** The numbers that the template itself has. */
  readonly template: readonly string[];
}

const mark = '通鉴报告1 ';

/** Without commas and colons, at which office programs part keywords. */
export const originAsText = (origin: Origin): string =>
  mark + Buffer.from(JSON.stringify(origin)).toString('base64url');

/** The origin of a Word file; undefined if it has none, or another version's. */
export function originOf(file: Uint8Array): Origin | undefined {
  const core = unzipSync(file, {
    filter: ({ name, originalSize }) => name === 'docProps/core.xml' && originalSize < 1e6,
  });
  const xml = core['docProps/core.xml'] && strFromU8(core['docProps/core.xml']);
  const text = xml && /<cp:keywords>([^]*?)<\/cp:keywords>/.exec(xml)?.[1];
  if (!text) return undefined;
  if (!text.startsWith(mark)) return undefined;
  try {
    return JSON.parse(Buffer.from(text.slice(mark.length), 'base64url').toString('utf8')) as Origin;
  } catch {
    return undefined;
  }
}
