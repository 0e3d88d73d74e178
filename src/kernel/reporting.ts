import type { RecordedEvent } from './event.js';

/** What a document keeps of the event behind an entry: who said so, known since when, why. */
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
