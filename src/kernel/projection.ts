import type { RecordedEvent } from './event.js';
import type { Version } from './versioned-store.js';

/**
 * A pure fold from (document, event) to document. Each document is built from the events of one stream, in order. If
 * the stored documents change, `version` must be increased; the view is then rebuilt beside the live one.
 */
export interface Projection<Document = unknown> {
  readonly name: string;
  readonly version: number;
  /** The category of the streams that this projection reads; absent: all streams. */
  readonly category?: string;
  /** Keys of the documents of which this event makes a new version; empty if the event is irrelevant here. */
  keys(event: RecordedEvent): readonly string[];
  /** No document has a second version, so the previous version is never loaded: `evolve` gets `undefined`. */
  readonly once?: true;
  evolve(document: Document | undefined, event: RecordedEvent): Document;
}

export const PROJECTIONS = Symbol('Projections');

/** Whether an event's stream belongs to the projection's category. */
export const concerns = ({ category }: Projection, { stream }: RecordedEvent): boolean =>
  category === undefined || (stream.startsWith(category) && stream[category.length] === '-');

/** The type of a document version that a projection writes. */
export type VersionOf<P extends Projection> = P extends Projection<infer Document> ? Version<Document> : never;
