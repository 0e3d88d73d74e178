import type { RecordedEvent } from '../kernel/event.js';
import type { JsonObject } from '../kernel/json.js';
import { parseStreamName } from '../kernel/stream-name.js';

/** An event as CloudEvents 1.0 has it, in the JSON format. Extension attributes are text, whole numbers and booleans. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** The stream. */
  readonly subject: string;
  /** The recorded time. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** The schema of the data, which docs/schemas/events has. */
  readonly dataschema: string;
  readonly data: JsonObject;
  readonly dataversion: string;
  readonly position: string;
  readonly revision: number;
  readonly knownat: string;
  readonly authid: string;
  readonly authunit?: string;
  readonly demo?: true;
  readonly correlationid: string;
  readonly causationid?: string;
  /** All metadata as JSON text: an extension attribute can be no object. */
  readonly metadata: string;
}

export function cloudEvent(event: RecordedEvent): CloudEvent {
  const { id, stream, type, revision, position, recordedAt, knownAt, data, metadata } = event;
  const { actor, schemaVersion, demo, correlationId, causationId } = metadata;
  return {
    specversion: '1.0',
    id,
    source: sourceOf(stream),
    type,
    subject: stream,
    time: recordedAt,
    datacontenttype: 'application/json',
    dataschema: `urn:tongjian:event:${type}:${schemaVersion}`,
    dataversion: String(schemaVersion),
    position,
    revision,
    knownat: knownAt,
    authid: actor.id,
    ...(actor.unit !== undefined && { authunit: actor.unit }),
    ...(demo && { demo }),
    correlationid: correlationId,
    ...(causationId !== undefined && { causationid: causationId }),
    data,
    metadata: JSON.stringify(metadata),
  };
}

/** A plan; what happens to people is of none. */
function sourceOf(stream: string): string {
  const { category, plan } = parseStreamName(stream);
  return category === 'person' ? 'urn:tongjian:people' : `urn:tongjian:plan:${plan}`;
}
