import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export class NotJsonError extends Error {
  override readonly name = 'NotJsonError';
}

const deepest = 64;

/**
 * Strict JSON text: what every log, view and file can store and give back unchanged. Properties that are `undefined` are
 * left out, as in `JSON.stringify`; everything else that JSON cannot carry exactly is refused with its path:
 * lone surrogates, NaN and infinities, −0, integers beyond ±(2^53 − 1), functions, class instances, nesting beyond 64.
 * @throws {NotJsonError}
 */
export function strictJson(value: unknown): string {
  assertJson(value, '$', 0);
  return JSON.stringify(value);
}

function assertJson(value: unknown, path: string, depth: number): void {
  if (depth > deepest) throw new NotJsonError(`${path.slice(0, 80)}…: nested deeper than ${deepest} levels`);
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new NotJsonError(`${path}: text with a lone surrogate`);
      return;
    case 'boolean':
      return;
    case 'number':
      if (!Number.isFinite(value)) throw new NotJsonError(`${path}: ${value} is not a JSON number`);
      if (Object.is(value, -0)) throw new NotJsonError(`${path}: negative zero`);
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new NotJsonError(`${path}: unsafe integer`);
      return;
    case 'object':
      break;
    default:
      throw new NotJsonError(`${path}: ${typeof value} is not JSON`);
  }
  if (value === null) return;
  if (Array.isArray(value)) {
    // Not forEach: that would pass over the holes of a sparse array.
    for (let index = 0; index < value.length; index++) assertJson(value[index], `${path}[${index}]`, depth + 1);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new NotJsonError(`${path}: not a plain object`);
  for (const [key, member] of Object.entries(value)) {
    if (!key.isWellFormed()) throw new NotJsonError(`${path}: a key with a lone surrogate`);
    if (member !== undefined) assertJson(member, `${path}.${key}`, depth + 1);
  }
}

/** Canonical JSON (RFC 8785) of a strict JSON value: the same content always gives the same text. */
export function canonicalJson(value: unknown): string {
  return canonicalize(JSON.parse(strictJson(value)))!;
}

/** SHA-256 as 64 lower-case hex digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A copy made of plain objects and arrays alone, without properties that are undefined: an input as event data. */
export function plain<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain) as T;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, plain(member) as unknown]])),
  ) as T;
}
