import { WrittenJson } from '../kernel/json.js';

/** A piece of the answer: text, or UTF-8. */
type Part = string | Uint8Array;

/** Items of a list that are written one by one from this length on. */
const long = 20;

/**
 * The JSON of an answer, as `JSON.stringify` writes it, in UTF-8. Long lists, the answer itself or what it holds, are
 * written item by item: one text of a megabyte costs Node many times what its parts do. Items that were written before
 * stand as they are.
 */
export function jsonBytes(answer: object): Buffer {
  const parts = partsOf(answer);
  const bytes = Buffer.allocUnsafe(parts.reduce((length, part) => length + Buffer.byteLength(part), 0));
  let end = 0;
  for (const part of parts) {
    if (typeof part === 'string') {
      end += bytes.write(part, end);
    } else {
      bytes.set(part, end);
      end += part.length;
    }
  }
  return bytes;
}

function partsOf(answer: object): Part[] {
  if (isLong(answer)) return itemsOf(answer);
  const entries = Object.entries(answer);
  if (Array.isArray(answer) || 'toJSON' in answer || !entries.some(([, value]) => isLong(value))) {
    return [JSON.stringify(answer)];
  }
  const parts: Part[] = [];
  for (const [key, value] of entries) {
    const written = isLong(value) ? itemsOf(value) : stringify(value);
    if (written !== undefined)
      parts.push(parts.length === 0 ? '{' : ',', `${JSON.stringify(key)}:`, ...[written].flat());
  }
  return [...parts, '}'];
}

const isLong = (value: unknown): value is unknown[] => Array.isArray(value) && value.length >= long;

function itemsOf(list: readonly unknown[]): Part[] {
  const parts = list.flatMap((item, at): Part[] => {
    const before = at === 0 ? '[' : ',';
    // What cannot be written is null in a list.
    return item instanceof WrittenJson ? [before, item.json] : [before + (stringify(item) ?? 'null')];
  });
  return [...parts, ']'];
}

/** What cannot be written, such as undefined, gives undefined; the library's types do not say so. */
const stringify = (value: unknown): string | undefined => JSON.stringify(value);
