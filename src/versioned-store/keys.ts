import { NotJsonError } from '../kernel/json.js';

/** A key with a lone surrogate would come back as another one. */
export function assertKey(key: string): void {
  if (!key.isWellFormed()) throw new NotJsonError(`a key with a lone surrogate: ${JSON.stringify(key)}`);
}

/** Keys are ordered by code point, as their UTF-8 bytes are; JavaScript's own order differs beyond U+FFFF. */
export const compareKeys = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The keys of a list: at least `from` and, if there is a bound, less than `before`. */
export interface KeyRange {
  readonly from: string;
  readonly before: string | undefined;
}

/** The keys that start with `prefix` and come after `after`. */
export function keyRange(prefix: string, after: string | undefined): KeyRange {
  assertKey(prefix);
  // Nothing lies between a key and that key with a U+0000 behind it.
  const next = after === undefined ? prefix : `${after}\0`;
  return { from: compareKeys(next, prefix) > 0 ? next : prefix, before: endOfPrefix(prefix) };
}

/** The least text greater than all that starts with `prefix`: its last code point but U+10FFFF raised by one. */
function endOfPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0)!);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // Surrogates are no code points of their own.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}
