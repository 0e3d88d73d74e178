import { createHash } from 'node:crypto';
import type { StoredEvent } from '../stored-event.js';

export const firstLink: Buffer = Buffer.alloc(32);

/**
 * The chain's link of an event: SHA-256 of the link before it (32 bytes; zeros before the first) followed by, as UTF-8,
 * `[position,stream,revision,id,type,recordedAt,length of data in UTF-16 units]` as JSON without spaces (position as
 * text), the data and the metadata. Whoever alters, removes or inserts an event has to alter every link after it.
 */
export function link(previous: Buffer, event: StoredEvent): Buffer {
  const { position, stream, revision, id, type, recordedAt, data, metadata } = event;
  const head = JSON.stringify([position, stream, revision, id, type, recordedAt, data.length]);
  return createHash('sha256')
    .update(previous)
    .update(head + data + metadata)
    .digest();
}
