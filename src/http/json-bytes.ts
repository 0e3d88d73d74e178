/** Items of a list that are written one by one from this length on. */
const long = 20;

/**
 * The JSON of an answer, as `JSON.stringify` writes it, in UTF-8. Long lists, the answer itself or what it holds, are
 * written item by item: one text of a megabyte costs Node many times what its parts do.
 */
export function jsonBytes(answer: object): Buffer {
  const parts = partsOf(answer);
  const bytes = Buffer.allocUnsafe(parts.reduce((length, part) => length + Buffer.byteLength(part), 0));
  let end = 0;
  for (const part of parts) end += bytes.write(part, end);
  return bytes;
}

function partsOf(answer: object): string[] {
  if (isLong(answer)) return itemsOf(answer);
  const entries = Object.entries(answer);
  if (Array.isArray(answer) || 'toJSON' in answer || !entries.some(([, value]) => isLong(value))) {
    return [JSON.stringify(answer)];
  }
  const parts: string[] = [];
  for (const [key, value] of entries) {
    const written = isLong(value) ? itemsOf(value) : stringify(value);
    if (written !== undefined)
      parts.push(parts.length === 0 ? '{' : ',', `${JSON.stringify(key)}:`, ...[written].flat());
  }
  return [...parts, '}'];
}

const isLong = (value: unknown): value is unknown[] => Array.isArray(value) && value.length >= long;

function itemsOf(list: readonly unknown[]): string[] {
  // What cannot be written is null in a list.
  return [...list.map((item, at) => `${at === 0 ? '[' : ','}${stringify(item) ?? 'null'}`), ']'];
}

/** What cannot be written, such as undefined, gives undefined; the library's types do not say so. */
const stringify = (value: unknown): string | undefined => JSON.stringify(value);
