import { crc32 } from 'node:zlib';
import type { StoredEvent } from '../stored-event.js';

/**
 * CRC-32 of all that an event is, looked at whenever it is read: bytes that the disk changed are never given as good.
 * Who changes them on purpose can make it fit; against that stands the chain.
 */
export function checksum({ position, stream, revision, id, type, recordedAt, data, metadata }: StoredEvent): number {
  const head = `${position} ${stream} ${revision} ${id} ${type} ${recordedAt} ${data.length} `;
  // By itself, because it is the longest: in one text with the others it would be copied.
  return crc32(metadata, crc32(head + data));
}
