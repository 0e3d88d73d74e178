import type { Position } from '../../kernel/event-log.js';
import type { JsonValue } from '../../kernel/json.js';
import { toInstant, toMilliseconds } from '../../kernel/time.js';
import { StoreDamaged, type AsOf, type Version } from '../../kernel/versioned-store.js';
import { assertKey } from '../keys.js';

/**
 * The keys in Redis. They begin with the number of their layout, so that a program of another layout finds nothing of
 * ours, and nothing of another is taken for ours. All keys of a view bear one hash tag: a script touches one slot, and a
 * cluster spreads views over its nodes.
 * - `v1:{namespace}`: the last generation's number, and `v1:{namespace}:names`: the set of the views' names;
 * - `v1:{namespace:view}`: a hash with what is known of each generation, and which is `live`;
 * - `…:generation:index` and `…:bodies`: its documents, see `scripts.ts`.
 */
const layout = 'v1';
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

/** @throws {StoreDamaged} the body is not what was written */
export function toVersion({ key, record }: Entry, json: Buffer): Version {
  const version = {
    key: unescapeKey(key.toString()),
    position: String(record.readBigUInt64BE(8)),
    knownAt: toInstant(Number(record.readBigUInt64BE(0) - knownOffset)),
  };
  try {
    return { ...version, body: JSON.parse(json.toString()) as JsonValue };
  } catch (error) {
    throw new StoreDamaged(`the version of ${version.key} at position ${version.position} is no JSON`, {
      cause: error,
    });
  }
}

const unescapeKey = (text: string): string => (text.includes('\0') ? text.replaceAll('\0\x01', '\0') : text);
