import { hash } from 'node:crypto';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A value that strict JSON cannot represent. The message starts with its path, `$.a[0]: …`. */
export class NotJsonError extends Error {
  override readonly name = 'NotJsonError';
}

const maxDepth = 64;

/**
 * Serialises a value as strict JSON: text that every log, view and file stores and returns unchanged. Properties that
 * are `undefined` are omitted, as in `JSON.stringify`. Everything else that JSON cannot represent exactly is refused:
 * lone surrogates, NaN and infinities, −0, integers beyond ±(2^53 − 1), functions, class instances, nesting beyond 64
 * levels.
 * @throws {NotJsonError}
 */
export function strictJson(value: unknown): string {
  assertStrictJson(value);
  return JSON.stringify(value);
}

/** @throws {NotJsonError} `strictJson` would refuse the value */
export function assertStrictJson(value: unknown): asserts value is JsonValue {
  const found = misfit(value, 0);
  if (!found) return;
  const path = `$${found.path}`;
  throw new NotJsonError(`${path.length > 80 ? `${path.slice(0, 80)}…` : path}: ${found.why}`);
}

/** Whether `strictJson` accepts the value. */
export const isStrictJson = (value: unknown): value is JsonValue => misfit(value, 0) === undefined;

/** A part of a value that strict JSON cannot represent. */
interface Misfit {
  /** Path within the value. It is built only when an error is found, so valid values cost nothing. */
  readonly path: string;
  readonly why: string;
}

const here = (why: string): Misfit => ({ path: '', why });
const within = (step: string, found: Misfit): Misfit => ({ path: step + found.path, why: found.why });

function misfit(value: unknown, depth: number): Misfit | undefined {
  if (depth > maxDepth) return here(`nested deeper than ${maxDepth} levels`);
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? undefined : here('text with a lone surrogate');
    case 'boolean':
      return undefined;
    case 'number':
      if (!Number.isFinite(value)) return here(`${value} is not a JSON number`);
      if (Object.is(value, -0)) return here('negative zero');
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? here('unsafe integer') : undefined;
    case 'object':
      break;
    default:
      return here(`${typeof value} is not JSON`);
  }
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    // Not forEach, which skips the holes of a sparse array.
    for (let index = 0; index < value.length; index++) {
      const found = misfit(value[index], depth + 1);
      if (found) return within(`[${index}]`, found);
    }
    return undefined;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return here('not a plain object');
  for (const key of Object.keys(value)) {
    if (!key.isWellFormed()) return here('a key with a lone surrogate');
    const member = (value as Record<string, unknown>)[key];
    const found = member === undefined ? undefined : misfit(member, depth + 1);
    if (found) return within(`.${key}`, found);
  }
  return undefined;
}

/** Serialised JSON that is passed on without parsing. `Value` is the type of the value it represents. */
export class WrittenJson<Value = unknown> {
  /** JSON text, or its UTF-8 bytes. */
  constructor(readonly json: string | Uint8Array) {}

  /** Parses the JSON. `JSON.stringify` calls this if the value is part of a larger one. */
  toJSON(): Value {
    return JSON.parse(typeof this.json === 'string' ? this.json : new TextDecoder().decode(this.json)) as Value;
  }
}

/** Canonical JSON (RFC 8785) of a strict JSON value: the same content always gives the same text. */
export function canonicalJson(value: unknown): string {
  assertStrictJson(value);
  return canonical(value);
}

/** RFC 8785 sorts members by the UTF-16 code units of their keys, as `sort` does; the rest equals `JSON.stringify`. */
function canonical(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key]!)}`);
  return `{${members.join(',')}}`;
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** SHA-256 as 64 lower-case hex digits. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

/** Copies a value (such as a command instance) into plain objects and arrays, without `undefined` properties. */
export function plain<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain) as T;
  const members: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) if (member !== undefined) members.push([key, plain(member)]);
  return Object.fromEntries(members) as T;
}

/**
 * The first key that occurs twice in one object of a JSON text; undefined if there is none. `JSON.parse` would silently
 * keep only the last value. For text that is not valid JSON the result has no meaning; the parser refuses such text.
 */
export function repeatedKey(text: string): string | undefined {
  /** Stack of the open objects and lists: the keys seen in each object, undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  let keyNext = false;
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\[^][^"\\]*)*"|[{}[\],]/g)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : undefined);
    if (token === '}' || token === ']') open.pop();
    const keys = open.at(-1);
    if (token.startsWith('"') && keyNext && keys) {
      const key = unescaped(token);
      if (keys.has(key)) return key;
      keys.add(key);
    }
    keyNext = token === '{' || (token === ',' && keys !== undefined);
  }
  return undefined;
}

/** Value of a JSON string token, or the token itself if it is malformed. */
function unescaped(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    return token;
  }
}
