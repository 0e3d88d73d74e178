import { crc32 } from 'node:zlib';
import type { StoredEvent } from '../stored-event.js';

/**
 * CRC-32 over all fields of an event, checked on every read. It detects bytes changed by a failing disk. It does not
 * detect deliberate changes, because anybody can recompute it; the hash chain (chain.ts) is for those.
 */
export function checksum({ position, stream, revision, id, type, recordedAt, data, metadata }: StoredEvent): number {
  const head = `${position} ${stream} ${revision} ${id} ${type} ${recordedAt} ${data.length} `;
  // The metadata is the longest part. It is hashed separately to avoid copying it into a concatenated string.
  return crc32(metadata, crc32(head + data));
}
