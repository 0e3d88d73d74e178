import { createHash } from 'node:crypto';
import type { StoredEvent } from '../stored-event.js';

/** The chain value before the first event: 32 zero bytes. */
export const firstLink: Buffer = Buffer.alloc(32);

/**
 * The hash chain value of an event (32 bytes): SHA-256 of the previous value followed by, as UTF-8,
 * `[position,stream,revision,id,type,recordedAt,length of data in UTF-16 code units]` as JSON without spaces (position
 * as text), the data and the metadata. Changing, removing or inserting an event changes every later value.
 */
export function link(previous: Buffer, event: StoredEvent): Buffer {
  const { position, stream, revision, id, type, recordedAt, data, metadata } = event;
  const head = JSON.stringify([position, stream, revision, id, type, recordedAt, data.length]);
  return createHash('sha256')
    .update(previous)
    .update(head + data + metadata)
    .digest();
}
