/** Text as the bytes of another encoding, for what reads such files. */
export function utf16(text: string, order: 'LE' | 'BE', mark = true): Uint8Array {
  const bytes = Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');
  return order === 'LE' ? bytes : bytes.swap16();
}

let table: ReadonlyMap<string, readonly number[]> | undefined;

/** Every character of two bytes, as the decoder of this Node.js has them. */
function twoBytes(): ReadonlyMap<string, readonly number[]> {
  if (table) return table;
  const made = new Map<string, readonly number[]>();
  const decoder = new TextDecoder('gb18030', { fatal: true });
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail !== 0x7f) made.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return (table = made);
}

/** In GB18030; characters beyond the Basic Multilingual Plane in four bytes. @throws where a character of the plane takes four */
export function gb18030(text: string): Uint8Array {
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const code = character.codePointAt(0)!;
      if (code < 0x80) return [code];
      const known = twoBytes().get(character);
      if (known) return known;
      if (code < 0x10000) throw new Error(`no two bytes of GB18030 for ${character}`);
      let linear = code - 0x10000;
      const last = linear % 10;
      linear = Math.floor(linear / 10);
      const third = linear % 126;
      linear = Math.floor(linear / 126);
      return [0x90 + Math.floor(linear / 10), 0x30 + (linear % 10), 0x81 + third, 0x30 + last];
    }),
  );
}
