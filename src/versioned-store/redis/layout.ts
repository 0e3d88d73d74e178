import { crc32 } from 'node:zlib';
import type { Position } from '../../kernel/position.js';
import { WrittenJson, type JsonValue } from '../../kernel/json.js';
import { toInstant, toMilliseconds } from '../../kernel/time.js';
import { StoreDamaged, type AsOf, type Version, type WrittenDocument } from '../../kernel/versioned-store.js';
import { assertKey } from '../keys.js';

/**
 * The keys in Redis. They begin with the layout version, so that programs with different layouts do not read each
 * other's keys. All keys of a view have the same hash tag: a script then uses one slot, and a cluster distributes views
 * over its nodes.
 * - `v2:{namespace}`: the last generation number;
 * - `v2:{namespace}:names`: the set of view names;
 * - `v2:{namespace:view}`: a hash with the fields of each generation (`7:version`, `7:once`, `7:checkpoint`), and
 *   `live`;
 * - `v2:{namespace:view}:7:index` and `…:7:bodies`: the documents of generation 7, see `scripts.ts`.
 */
const layout = 'v2';
export const registryKey = (namespace: string): string => `${layout}:{${namespace}}`;
export const namesKey = (namespace: string): string => `${registryKey(namespace)}:names`;
export function viewKey(namespace: string, name: string): string {
  assertKey(name);
  // Encoded, because a brace in the name would end the hash tag.
  return `${layout}:{${namespace}:${encodeURIComponent(name)}}`;
}
export const bodiesKey = (view: string, generation: number): string => `${view}:${generation}:bodies`;

/**
 * Escapes a document's key for use in an index, where `endOfKey` follows it. The escaping keeps the order of keys, and
 * ensures that a key with `endOfKey` is never the beginning of another key, even if keys contain U+0000.
 */
export const escapeKey = (key: string): string => (key.includes('\0') ? key.replaceAll('\0', '\0\x01') : key);
export const endOfKey = '\0\0';

/** The beginning of all index members of a document. @throws {NotJsonError} the key has a lone surrogate */
export function documentPrefix(key: string): string {
  assertKey(key);
  return escapeKey(key) + endOfKey;
}

/**
 * Bytes of a stamp: known time (milliseconds since 1970 + 2^63) and position as unsigned 64-bit big-endian integers, so
 * that stamps sort as bytes. A stamp belongs to a version, or bounds a read.
 */
export const stampLength = 16;
/** Bytes of a record in an index: a stamp, and the 4-byte field name of the body in the bodies hash. */
export const recordLength = stampLength + 4;
const knownOffset = 2n ** 63n;
const greatest = 2n ** 64n - 1n;

/** @throws {RangeError} the time or position does not fit into 64 bits */
export function stampOf(knownAt: number, position: Position): Buffer {
  const stamp = Buffer.allocUnsafe(stampLength);
  stamp.writeBigUInt64BE(knownOffset + BigInt(knownAt), 0);
  stamp.writeBigUInt64BE(BigInt(position), 8);
  return stamp;
}

/** The stamp of the inclusive bounds of a read. A bound that is not given is the largest value. */
export function boundsOf({ knownAt, position }: AsOf = {}): Buffer {
  const bounds = Buffer.alloc(stampLength, 0xff);
  if (knownAt !== undefined) bounds.writeBigUInt64BE(knownOffset + BigInt(toMilliseconds(knownAt)), 0);
  const upTo = position === undefined ? greatest : BigInt(position);
  if (upTo < greatest) bounds.writeBigUInt64BE(upTo, 8);
  return bounds;
}

/** A version as read from an index, undecoded. */
export interface Entry {
  readonly key: Buffer;
  /** The stamp. If the index does not contain the body, the field name of the body follows. */
  readonly record: Buffer;
  readonly body?: Buffer;
}

export const fieldOf = ({ record }: Entry): Buffer => record.subarray(stampLength);

/** Decodes members of an index. Each holds one version if `once`, else any number of versions. */
export function readEntries(members: readonly Buffer[], once: boolean): Entry[] {
  return members.flatMap((member) => {
    const end = member.indexOf(endOfKey);
    const key = member.subarray(0, end);
    const rest = member.subarray(end + endOfKey.length);
    if (once) return { key, record: rest.subarray(0, stampLength), body: rest.subarray(stampLength) };
    const records = Array.from({ length: rest.length / recordLength }, (_, at) => at * recordLength);
    return records.map((at) => ({ key, record: rest.subarray(at, at + recordLength) }));
  });
}

/**
 * A body as stored: CRC-32 (4 bytes, big-endian) over escaped key, stamp and JSON, then the JSON. Detects changed
 * bytes.
 */
export function checkedBody(key: string, stamp: Buffer, json: string): Buffer {
  const body = Buffer.allocUnsafe(checksumLength + Buffer.byteLength(json));
  body.write(json, checksumLength);
  body.writeUInt32BE(checksum(escapeKey(key), stamp, body.subarray(checksumLength)));
  return body;
}

/** @throws {StoreDamaged} the body does not match its checksum */
export const toVersion = (entry: Entry, body: Buffer): Version => ({
  key: keyOf(entry),
  position: positionOf(entry),
  knownAt: toInstant(Number(entry.record.readBigUInt64BE(0) - knownOffset)),
  body: JSON.parse(jsonOf(entry, body).toString()) as JsonValue,
});

/** @throws {StoreDamaged} the body does not match its checksum */
export const toWritten = (entry: Entry, body: Buffer): WrittenDocument => ({
  key: keyOf(entry),
  body: new WrittenJson(jsonOf(entry, body)),
});

function jsonOf(entry: Entry, body: Buffer): Buffer {
  const json = body.subarray(checksumLength);
  const stamp = entry.record.subarray(0, stampLength);
  if (body.length < checksumLength || checksum(entry.key, stamp, json) !== body.readUInt32BE()) {
    throw new StoreDamaged(
      `the version of ${keyOf(entry)} at position ${positionOf(entry)} does not match its checksum`,
    );
  }
  return json;
}

const checksumLength = 4;
const checksum = (key: string | Buffer, stamp: Buffer, json: Buffer) => crc32(json, crc32(stamp, crc32(key)));

const positionOf = ({ record }: Entry) => String(record.readBigUInt64BE(8));

function keyOf({ key }: Entry): string {
  const escaped = key.toString();
  return escaped.includes('\0') ? escaped.replaceAll('\0\x01', '\0') : escaped;
}
