import type { RecordedEvent } from './event.js';

/** Provenance of an entry in a document: the event it comes from, its known time, the actor's name and the reason. */
export interface Reporting {
  readonly eventId: string;
  readonly knownAt: string;
  readonly by: string;
  readonly reason?: string;
  readonly demo: boolean;
}

/** Example data: what a document says of itself is, or any of the reports that it holds. */
export const isDemo = (content: boolean, ...reports: readonly (readonly Reporting[])[]): boolean =>
  content || reports.flat().some(({ demo }) => demo);

export function reportingOf({ id, knownAt, metadata }: RecordedEvent): Reporting {
  const { actor, reason, demo = false } = metadata;
  return { eventId: id, knownAt, by: actor.name, ...(reason !== undefined && { reason }), demo };
}
