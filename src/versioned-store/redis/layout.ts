import { crc32 } from 'node:zlib';
import type { Position } from '../../kernel/position.js';
import { WrittenJson, type JsonValue } from '../../kernel/json.js';
import { toInstant, toMilliseconds } from '../../kernel/time.js';
import { StoreDamaged, type AsOf, type Version, type WrittenDocument } from '../../kernel/versioned-store.js';
import { assertKey } from '../keys.js';

/**
 * The keys in Redis. They begin with the number of their layout, so that a program of another layout finds nothing of
 * ours, and nothing of another is taken for ours. All keys of a view bear one hash tag: a script touches one slot, and a
 * cluster spreads views over its nodes.
 * - `v2:{namespace}`: the last generation's number, and `v2:{namespace}:names`: the set of the views' names;
 * - `v2:{namespace:view}`: a hash with what is known of each generation, and which is `live`;
 * - `…:generation:index` and `…:bodies`: its documents, see `scripts.ts`.
 */
const layout = 'v2';
export const registryKey = (namespace: string): string => `${layout}:{${namespace}}`;
export const namesKey = (namespace: string): string => `${registryKey(namespace)}:names`;
export function viewKey(namespace: string, name: string): string {
  assertKey(name);
  // A brace in it would end the hash tag.
  return `${layout}:{${namespace}:${encodeURIComponent(name)}}`;
}
export const bodiesKey = (view: string, generation: number): string => `${view}:${generation}:bodies`;

/**
 * A document's key as it stands in an index, in the order of code points as Redis compares bytes: what comes before
 * `endOfKey` is never a part of a longer key, whatever characters that has.
 */
export const escapeKey = (key: string): string => (key.includes('\0') ? key.replaceAll('\0', '\0\x01') : key);
export const endOfKey = '\0\0';

/** @throws {NotJsonError} */
export function documentPrefix(key: string): string {
  assertKey(key);
  return escapeKey(key) + endOfKey;
}

/** Known time and position of a version, or the bounds of a reading: two numbers of eight bytes, as bytes sort. */
export const stampLength = 16;
/** A stamp, and the number under which the body is kept. */
export const recordLength = stampLength + 4;
const knownOffset = 2n ** 63n;
const greatest = 2n ** 64n - 1n;

/** @throws {RangeError} a time or position that cannot be stored */
export function stampOf(knownAt: number, position: Position): Buffer {
  const stamp = Buffer.allocUnsafe(stampLength);
  stamp.writeBigUInt64BE(knownOffset + BigInt(knownAt), 0);
  stamp.writeBigUInt64BE(BigInt(position), 8);
  return stamp;
}

/** Bounds that include the moment; what is not bounded is as great as can be. */
export function boundsOf({ knownAt, position }: AsOf = {}): Buffer {
  const bounds = Buffer.alloc(stampLength, 0xff);
  if (knownAt !== undefined) bounds.writeBigUInt64BE(knownOffset + BigInt(toMilliseconds(knownAt)), 0);
  const upTo = position === undefined ? greatest : BigInt(position);
  if (upTo < greatest) bounds.writeBigUInt64BE(upTo, 8);
  return bounds;
}

/** A version as an index tells of it, still in bytes. */
export interface Entry {
  readonly key: Buffer;
  /** Its stamp; then, where the index does not have its body, the field of the bodies that does. */
  readonly record: Buffer;
  readonly body?: Buffer;
}

export const fieldOf = ({ record }: Entry): Buffer => record.subarray(stampLength);

/** What stands in members of an index: of one version each if `once`, else of any number. */
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

/** The JSON of a body behind a CRC-32 of all that the version is, so that bytes somebody changed are never shown. */
export function checkedBody(key: string, stamp: Buffer, json: string): Buffer {
  const body = Buffer.allocUnsafe(checksumLength + Buffer.byteLength(json));
  body.write(json, checksumLength);
  body.writeUInt32BE(checksum(escapeKey(key), stamp, body.subarray(checksumLength)));
  return body;
}

/** @throws {StoreDamaged} the body is not what was written */
export const toVersion = (entry: Entry, body: Buffer): Version => ({
  key: keyOf(entry),
  position: positionOf(entry),
  knownAt: toInstant(Number(entry.record.readBigUInt64BE(0) - knownOffset)),
  body: JSON.parse(jsonOf(entry, body).toString()) as JsonValue,
});

/** @throws {StoreDamaged} the body is not what was written */
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
