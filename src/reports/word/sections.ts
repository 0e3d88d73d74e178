import { ImportedXmlComponent, type FileChild } from 'docx';
import { strFromU8, unzipSync } from 'fflate';

/** Ends of sections, as paragraphs that are next to nothing high. */
export interface Sections {
  endOfPortrait(): FileChild;
  endOfLandscape(): FileChild;
}

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/**
 * Sections like the last of the template, with its headers, footers and margins: one that ends as it is, and one that
 * is turned by a quarter.
 */
export function sectionsOf(template: Uint8Array): Sections {
  const document = strFromU8(
    unzipSync(template, { filter: ({ name }) => name === 'word/document.xml' })['word/document.xml']!,
  );
  const last = [...document.matchAll(/<w:sectPr[^>]*?(?:\/>|>([^]*?)<\/w:sectPr>)/g)].at(-1)?.[1] ?? '';
  const end = (properties: string): FileChild =>
    ImportedXmlComponent.fromXmlString(
      `<w:p ${namespaces}><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:sectPr>${properties}</w:sectPr></w:pPr></w:p>`,
    ) as unknown as FileChild;
  return { endOfPortrait: () => end(last), endOfLandscape: () => end(turned(last)) };
}

/** The page on its side: width and height change places, and the margins go with their edges. */
function turned(properties: string): string {
  const of = (name: string) => Number(new RegExp(`w:${name}="(\\d+)"`).exec(properties)?.[1] ?? 0);
  const margin = { top: of('left'), right: of('top'), bottom: of('right'), left: of('bottom') };
  return properties
    .replace(/<w:pgSz[^>]*\/>/, `<w:pgSz w:w="${of('h')}" w:h="${of('w')}" w:orient="landscape"/>`)
    .replace(/<w:pgMar([^>]*)\/>/, (_, rest: string) => {
      const kept = rest.replace(/\bw:(top|right|bottom|left)="\d+"/g, '');
      const turnedMargins = Object.entries(margin).map(([side, width]) => `w:${side}="${width}"`);
      return `<w:pgMar ${turnedMargins.join(' ')}${kept}/>`;
    });
}
