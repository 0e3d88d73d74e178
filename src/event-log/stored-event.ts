import { EventLogDamaged } from '../kernel/event-log.js';
import type { Metadata, RecordedEvent } from '../kernel/event.js';
import type { JsonObject } from '../kernel/json.js';
import { toInstant } from '../kernel/time.js';

/** An event with data and metadata serialised to JSON text. */
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

/** Parses data and metadata. @throws {EventLogDamaged} the JSON is malformed, or the time is invalid */
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
