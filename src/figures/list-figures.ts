import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { figureKey, figureProjection, type FigureDocument } from './figure.projection.js';

/** So many documents are read at once. */
const chunk = 1_000;

/** The figures of a plan, or of one of its indicators, or of a period of that, which satisfy a condition, by their keys. */
export async function figuresWhere(
  views: Views,
  { plan, code, period }: { readonly plan: string; readonly code?: string; readonly period?: string },
  asOf: AsOf,
  is: (figure: FigureDocument) => boolean,
): Promise<FigureDocument[]> {
  const prefix = [plan, code, code === undefined ? undefined : period].filter((part) => part !== undefined).join('/');
  const found: FigureDocument[] = [];
  for (let after: string | undefined; ;) {
    const page = await views.list(figureProjection, `${prefix}/`, { asOf, after, limit: chunk });
    found.push(...page.map(({ body }) => body).filter((body) => (period ?? body.period) === body.period && is(body)));
    if (page.length < chunk) return found;
    after = page.at(-1)!.key;
  }
}

/** Whether another value was entered after the one in use was approved. */
export const isChangedSinceApproval = ({ changesSinceApproval }: FigureDocument): boolean => changesSinceApproval > 0;

/** A page of figures that were found, after a key. */
export function pageOf(
  figures: readonly FigureDocument[],
  { after, limit }: { readonly after?: string; readonly limit: number },
): { readonly page: readonly FigureDocument[]; readonly next?: string } {
  const from = after === undefined ? 0 : figures.findIndex((figure) => figureKey(figure) > after);
  const page = from < 0 ? [] : figures.slice(from, from + limit);
  const last = page.at(-1);
  return { page, ...(last && last !== figures.at(-1) && { next: figureKey(last) }) };
}
