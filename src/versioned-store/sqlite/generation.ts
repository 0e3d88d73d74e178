import { crc32 } from 'node:zlib';
import { StoreDamaged, type AsOf, type Version, type WrittenDocument } from '../../kernel/versioned-store.js';
import { toInstant, toMilliseconds } from '../../kernel/time.js';
import { WrittenJson, type JsonValue } from '../../kernel/json.js';
import { largestInteger, toInteger } from '../../sqlite/open-database.js';

/** A stored version: known time in milliseconds since 1970, body in the format of `checkedBody`. */
export type VersionRow = [key: string, position: string, knownAt: number, body: string];

/** Inclusive bounds of a read: known time in milliseconds since 1970, and position. */
export type Bounds = [knownAt: number, position: bigint];

/**
 * The range of keys of a list. `before` is a blob if there is no upper bound: in SQLite a blob is greater than any
 * text.
 */
export type Range = [from: string, before: string | Buffer, limit: number];

/** Whether a list goes from the first key to the last, or back. */
export type Direction = 'ASC' | 'DESC';

/**
 * Access to the tables of one generation. Each generation has its own tables, so that dropping one is cheap. Writes
 * belong to the caller's transaction.
 */
export interface Generation {
  get(key: string, bounds: Bounds): Version | undefined;
  list(range: Range, bounds: Bounds, direction: Direction): Version[];
  listWritten(range: Range, bounds: Bounds, direction: Direction): WrittenDocument[];
  history(key: string, bounds: Bounds): Version[];
  /** Adds versions; one that already exists is kept. @throws {SecondVersion} a document would get a second version */
  add(rows: readonly StorableRow[]): void;
}

/** A version as bound to SQL parameters. */
export type StorableRow = [key: string, knownAt: number, position: bigint, body: string];

export const boundsOf = ({ knownAt, position }: AsOf = {}): Bounds => [
  knownAt === undefined ? Number.MAX_SAFE_INTEGER : toMilliseconds(knownAt),
  position === undefined ? largestInteger : toInteger(position),
];

/**
 * A body as stored: CRC-32 over key, both times and JSON (8 hex digits), then the JSON. Detects changes by a bad disk.
 */
export const checkedBody = (key: string, knownAt: number, position: string, json: string): string =>
  checksum(key, knownAt, position, json) + json;

/** @throws {StoreDamaged} the row does not match its checksum */
export function toVersion(row: VersionRow): Version {
  const json = jsonOf(row);
  const [key, position, knownAt] = row;
  return { key, position, knownAt: toInstant(knownAt), body: JSON.parse(json) as JsonValue };
}

/** @throws {StoreDamaged} the row does not match its checksum */
export const toWritten = (row: VersionRow): WrittenDocument => ({ key: row[0], body: new WrittenJson(jsonOf(row)) });

function jsonOf([key, position, knownAt, body]: VersionRow): string {
  // Damage may also change a value's type so that its text, and thus the checksum, stays the same.
  const hasColumnTypes = typeof key === 'string' && typeof knownAt === 'number' && typeof body === 'string';
  const json = hasColumnTypes ? body.slice(checksumLength) : '';
  if (!hasColumnTypes || checksum(key, knownAt, position, json) !== body.slice(0, checksumLength)) {
    throw new StoreDamaged(`the version of ${key} at position ${position} does not match its checksum`);
  }
  return json;
}

const checksumLength = 8;
const checksum = (key: string, knownAt: number, position: string, json: string): string =>
  crc32(json, crc32(`${key} ${knownAt} ${position}`))
    .toString(16)
    .padStart(checksumLength, '0');
