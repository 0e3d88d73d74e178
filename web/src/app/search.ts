/**
 * The search parameters of an address. Values stay the text that they are: what the plan does not know is said to be
 * unknown, not replaced.
 */

/** The unit, the period and the moment that a reading page shows; they go along with every link within the plan. */
export const frameKeys = ['period', 'asOf', 'at', 'unit'] as const;

export type Search<Key extends string> = { readonly [key in Key]?: string };

export type FrameSearch = Search<(typeof frameKeys)[number]>;

/** Takes unit, period and moment out of an address: those of one plan say nothing of another. */
export const noFrame = { period: undefined, asOf: undefined, at: undefined, unit: undefined } as const;

/** Takes the parameters of a page from an address; others are dropped. */
export const taking =
  <const Key extends string>(...keys: readonly Key[]) =>
  (search: Record<string, unknown>): Search<Key> =>
    Object.fromEntries(
      keys.flatMap((key) => (typeof search[key] === 'string' && search[key] !== '' ? [[key, search[key]]] : [])),
    ) as Search<Key>;

export const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

export function writeSearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) if (typeof value === 'string') query.set(key, value);
  // Slash and colon are legal in a query string: they stay as they are, so that it reads.
  const text = query.toString().replaceAll('%2F', '/').replaceAll('%3A', ':');
  return text && `?${text}`;
}
