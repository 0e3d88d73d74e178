import { crc32 } from 'node:zlib';
import { StoreDamaged, type AsOf, type Version, type WrittenDocument } from '../../kernel/versioned-store.js';
import { toInstant, toMilliseconds } from '../../kernel/time.js';
import { WrittenJson, type JsonValue } from '../../kernel/json.js';
import { largestInteger, toInteger } from '../../sqlite/open-database.js';

/** A version as it is stored: known time in milliseconds since 1970, the body as `checkedBody` made it. */
export type VersionRow = [key: string, position: string, knownAt: number, body: string];

/** A moment as SQLite compares it. */
export type Bounds = [knownAt: number, position: bigint];

/** The keys of a list; a blob is greater than every text, as SQLite orders its types. */
export type Range = [from: string, before: string | Buffer, limit: number];

/**
 * The tables of one generation, so that dropping it costs nothing. What is written belongs to the transaction around it.
 */
export interface Generation {
  get(key: string, bounds: Bounds): Version | undefined;
  list(range: Range, bounds: Bounds): Version[];
  listWritten(range: Range, bounds: Bounds): WrittenDocument[];
  history(key: string, bounds: Bounds): Version[];
  /** A version that is already there stays as it is. @throws {SecondVersion} */
  add(rows: readonly StorableRow[]): void;
}

/** A version as SQLite binds it. */
export type StorableRow = [key: string, knownAt: number, position: bigint, body: string];

export const boundsOf = ({ knownAt, position }: AsOf = {}): Bounds => [
  knownAt === undefined ? Number.MAX_SAFE_INTEGER : toMilliseconds(knownAt),
  position === undefined ? largestInteger : toInteger(position),
];

/** The JSON of a body behind a CRC-32 of all that the version is, so that bytes the disk changed are never shown. */
export const checkedBody = (key: string, knownAt: number, position: string, json: string): string =>
  checksum(key, knownAt, position, json) + json;

/** @throws {StoreDamaged} it is not what was written */
export function toVersion(row: VersionRow): Version {
  const json = jsonOf(row);
  const [key, position, knownAt] = row;
  return { key, position, knownAt: toInstant(knownAt), body: JSON.parse(json) as JsonValue };
}

/** @throws {StoreDamaged} it is not what was written */
export const toWritten = (row: VersionRow): WrittenDocument => ({ key: row[0], body: new WrittenJson(jsonOf(row)) });

function jsonOf([key, position, knownAt, body]: VersionRow): string {
  // Damage can also leave other types of values than the columns', which read as the same text.
  const hasItsTypes = typeof key === 'string' && typeof knownAt === 'number' && typeof body === 'string';
  const json = hasItsTypes ? body.slice(checksumLength) : '';
  if (!hasItsTypes || checksum(key, knownAt, position, json) !== body.slice(0, checksumLength)) {
    throw new StoreDamaged(`the version of ${key} at position ${position} does not match its checksum`);
  }
  return json;
}

const checksumLength = 8;
const checksum = (key: string, knownAt: number, position: string, json: string): string =>
  crc32(json, crc32(`${key} ${knownAt} ${position}`))
    .toString(16)
    .padStart(checksumLength, '0');
