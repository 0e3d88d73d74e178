import { EventLogDamaged } from '../kernel/event-log.js';
import type { Metadata, RecordedEvent } from '../kernel/event.js';
import type { JsonObject } from '../kernel/json.js';
import { toInstant } from '../kernel/time.js';

/** An event as it is stored: its contents fixed as JSON text. */
export interface SerialisedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

export interface StoredEvent extends SerialisedEvent {
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly recordedAt: number;
}

/** @throws {EventLogDamaged} an event that cannot be read is named and stops the reader; it is never passed over */
export function toRecordedEvent(stored: StoredEvent): RecordedEvent {
  const { position, stream, revision, id, type } = stored;
  try {
    const metadata = JSON.parse(stored.metadata) as Metadata;
    const data = JSON.parse(stored.data) as JsonObject;
    const recordedAt = toInstant(stored.recordedAt);
    return {
      position,
      stream,
      revision,
      id,
      type,
      data,
      metadata,
      recordedAt,
      knownAt: metadata.knownAt ?? recordedAt,
    };
  } catch (cause) {
    throw new EventLogDamaged(position, `the event (${stream} ${revision}) cannot be read`, { cause });
  }
}
