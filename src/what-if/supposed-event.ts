import type { TrailEntry } from '../audit/trail-entry.js';
import { subjectOf } from '../audit/trail-entry.js';
import type { DomainEvent, RecordedEvent } from '../kernel/event.js';
import type { JsonObject } from '../kernel/json.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Instant } from '../kernel/time.js';

const actor = { id: 'what-if', name: '假设推演', roles: [] };

/** The event that a change of the overlay would bring, shaped like a recorded one. It is never appended. */
export function supposedEvent(
  change: number,
  stream: string,
  { type, data }: DomainEvent<string, object>,
  knownAt: Instant,
): RecordedEvent {
  const id = `what-if-${change}`;
  return {
    ...{
      id,
      type,
      data: data as JsonObject,
      stream,
      revision: 0,
      position: String(change),
      recordedAt: knownAt,
      knownAt,
    },
    metadata: { schemaVersion: 1, actor, commandId: id, commandHash: '', correlationId: id },
  };
}

/** What a comparison reads of it to tell the cause of a difference. */
export function causeOf(event: RecordedEvent): TrailEntry {
  const { category, parts } = parseStreamName(event.stream);
  const { id, type, stream, revision, position, knownAt, recordedAt, data } = event;
  return {
    ...{ eventId: id, type, label: type, stream, revision, category, position, knownAt, recordedAt, data },
    ...{ subject: subjectOf(category, parts, data), backfilled: false, actor, commandId: id, demo: false },
  };
}

/** The places of the changes, in the list that was asked, whose events explain a difference. */
export const changesIn = (because: readonly TrailEntry[]): number[] => [
  ...new Set(because.map(({ position }) => Number(position))),
];
