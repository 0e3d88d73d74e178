import type { TemplatePageNumberEstimator } from 'docx';
import { estimatePageNumbersWith } from 'docx/layout';
import type { Report } from '../model.js';

/** The bookmark of a chapter or an annex. */
export const anchorOf = (key: string): string => `chapter-${key}`;

type Part =
  Parameters<TemplatePageNumberEstimator>[0]['parts'] extends ReadonlyMap<string, infer Element> ? Element : never;

const text = 'word/document.xml';

/**
 * Works out on which pages the chapters begin. The annexes come last and are not laid out: the table of contents does not
 * list them. Fonts are measured as the most similar of known width, since a report names its fonts and has none of them.
 */
export function pagesOfBody({ annexes }: Report): TemplatePageNumberEstimator {
  const estimate = estimatePageNumbersWith({ guess: true });
  const [first] = annexes;
  return (template) => {
    const document = template.parts.get(text);
    if (!first || !document) return estimate(template);
    return estimate({ ...template, parts: new Map([...template.parts, [text, upTo(document, anchorOf(first.key))]]) });
  };
}

/** The document with what stands before the paragraph of a bookmark, and its last section. */
function upTo(document: Part, bookmark: string): Part {
  const isBody = ({ name }: Part) => name === 'w:body';
  const cut = (body: Part): Part => {
    const elements = body.elements ?? [];
    const end = elements.findIndex((element) => hasBookmark(element, bookmark));
    return end < 0 ? body : { ...body, elements: [...elements.slice(0, end), ...elements.slice(-1)] };
  };
  const within = (element: Part): Part =>
    isBody(element) ? cut(element) : { ...element, elements: element.elements?.map(within) };
  return within(document);
}

function hasBookmark(element: Part, bookmark: string): boolean {
  if (element.name === 'w:bookmarkStart') return element.attributes?.['w:name'] === bookmark;
  return element.name === 'w:p' && (element.elements ?? []).some((each) => hasBookmark(each, bookmark));
}
