/** The encodings in which the files of a folder may come. */
export type TextEncoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'GB18030';

export interface TextFile {
  readonly text: string;
  readonly encoding: TextEncoding;
}

const marks: readonly { encoding: TextEncoding; mark: readonly number[] }[] = [
  { encoding: 'UTF-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'UTF-16LE', mark: [0xff, 0xfe] },
  { encoding: 'UTF-16BE', mark: [0xfe, 0xff] },
];

/**
 * The text of a file, read strictly: in the encoding that its byte order mark names; without one in UTF-8 where the bytes
 * are UTF-8, otherwise in GB18030 where they are that. Undefined where it is no text in any of these. The byte order mark
 * of UTF-8 stays in the text, as the hash of a submission always had it; a CSV or YAML parser passes over it.
 */
export function decodeText(bytes: Uint8Array): TextFile | undefined {
  const marked = marks.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte));
  if (marked) return read(bytes, marked.encoding);
  const found = read(bytes, 'UTF-8') ?? read(bytes, 'GB18030');
  return found?.encoding === 'GB18030' && untypical.test(found.text) ? undefined : found;
}

/** What no text holds that was written in GB18030: then the bytes are something else that only decodes. */
const untypical = /(?![\t\n\r])[\p{Cc}\p{Cn}\p{Co}\p{Cs}\uFFFD]/u;

/** Nothing where the bytes are no text of this encoding, or a NUL shows that they are no text at all. */
function read(bytes: Uint8Array, encoding: TextEncoding): TextFile | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: encoding === 'UTF-8' }).decode(bytes);
    if (text.includes('\0')) return undefined;
    // The decoder knows no byte order mark of GB18030.
    return { text: encoding === 'GB18030' ? text.replace(/^\uFEFF/, '') : text, encoding };
  } catch {
    return undefined;
  }
}
