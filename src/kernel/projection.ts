import type { RecordedEvent } from './event.js';
import type { Version } from './versioned-store.js';

/**
 * A pure fold from (document, event) to document. Each document is fed by one stream, in order. A change of what is
 * stored takes a new version number: the view is then rebuilt beside the old one.
 */
export interface Projection<Document = unknown> {
  readonly name: string;
  readonly version: number;
  /** The only category of streams that it looks at; all of them, if none is given. */
  readonly category?: string;
  /** The documents that this event makes a new version of; none: the event is nothing to this projection. */
  keys(event: RecordedEvent): readonly string[];
  /** No document has a second version, so none is looked for before an event. */
  readonly once?: true;
  evolve(document: Document | undefined, event: RecordedEvent): Document;
}

export const PROJECTIONS = Symbol('Projections');

/** Whether an event's stream is one that a projection looks at. */
export const concerns = ({ category }: Projection, { stream }: RecordedEvent): boolean =>
  category === undefined || (stream.startsWith(category) && stream[category.length] === '-');

/** A version as its projection wrote it. */
export type VersionOf<P extends Projection> = P extends Projection<infer Document> ? Version<Document> : never;
