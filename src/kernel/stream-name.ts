/**
 * Stream names are `category-{plan}` or `category-{plan}.{part}.{part}`. The category ends at the first hyphen, as in
 * EventStoreDB's category projection. The plan's slug and the parts contain no dot.
 */
export interface StreamParts {
  readonly category: string;
  readonly plan: string;
  readonly parts: readonly string[];
}

export function streamName(category: string, plan: string, ...parts: readonly string[]): string {
  return `${category}-${[plan, ...parts].join('.')}`;
}

export function parseStreamName(stream: string): StreamParts {
  const hyphen = stream.indexOf('-');
  const [plan = '', ...parts] = stream.slice(hyphen + 1).split('.');
  return { category: stream.slice(0, hyphen), plan, parts };
}

/** Identifiers that need no escaping in a stream name, a document key and a URL. */
export const planSlug = /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/;
export const identifier = /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;
