import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import type { Position } from '../../kernel/position.js';

/** A read was asked to start at a position where no record starts. */
export class InvalidPosition extends Error {
  override readonly name = 'InvalidPosition';
}

/** An event as the server returns it: ours, a system event, or one of another application. */
export interface ServedEvent {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  /** Parsed where it is JSON; otherwise bytes or text. */
  readonly data: unknown;
  readonly metadata: unknown;
  /** Milliseconds since 1970, by the server's clock. */
  readonly created: number;
}

/** An event as the client hands it over. */
export function toServedEvent(resolved: ResolvedEvent): ServedEvent {
  // A link is an event itself, of the stream that contains it.
  const { streamId, revision, position, id, type, data, metadata, created } = (resolved.link ?? resolved.event)!;
  return {
    position: String((position ?? (resolved as AllStreamResolvedEvent).event!.position).commit),
    stream: streamId,
    revision: Number(revision),
    id,
    type,
    data,
    metadata,
    created: created.getTime(),
  };
}
