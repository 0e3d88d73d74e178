import { NotJsonError } from '../kernel/json.js';
import type { ListOptions } from '../kernel/versioned-store.js';

/**
 * @throws {NotJsonError} the key has a lone surrogate, which UTF-8 cannot represent, so it would be stored as another
 *   key
 */
export function assertKey(key: string): void {
  if (!key.isWellFormed()) throw new NotJsonError(`a key with a lone surrogate: ${JSON.stringify(key)}`);
}

/** Compares keys by code point, which is the order of their UTF-8 bytes. JavaScript's `<` differs beyond U+FFFF. */
export const compareKeys = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Half-open range of keys: at least `from`, and less than `before` if that is given. */
export interface KeyRange {
  readonly from: string;
  readonly before: string | undefined;
}

/** The range of the keys that start with `prefix` and are greater than `after`; in reverse, less than it. */
export function keyRange(prefix: string, { after, reverse = false }: Pick<ListOptions, 'after' | 'reverse'>): KeyRange {
  assertKey(prefix);
  if (reverse) {
    const end = endOfPrefix(prefix);
    const isSooner = after !== undefined && (end === undefined || compareKeys(after, end) < 0);
    return { from: prefix, before: isSooner ? after : end };
  }
  // The smallest key greater than `after` is `after` followed by U+0000.
  const next = after === undefined ? prefix : `${after}\0`;
  return { from: compareKeys(next, prefix) > 0 ? next : prefix, before: endOfPrefix(prefix) };
}

/**
 * The smallest text greater than every text that starts with `prefix`; undefined if there is none. Trailing U+10FFFF
 * are removed, then the last code point is increased by one.
 */
function endOfPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0)!);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // Skip the surrogates, which cannot stand alone.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}
