import type { RecordedEvent } from './event.js';

/** Provenance of an entry in a document: the event it comes from, its known time, the actor's name and the reason. */
export interface Reporting {
  readonly eventId: string;
  readonly knownAt: string;
  readonly by: string;
  readonly reason?: string;
  readonly demo: boolean;
}

export function reportingOf({ id, knownAt, metadata }: RecordedEvent): Reporting {
  const { actor, reason, demo = false } = metadata;
  return { eventId: id, knownAt, by: actor.name, ...(reason !== undefined && { reason }), demo };
}
