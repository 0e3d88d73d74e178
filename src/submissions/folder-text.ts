import type { Problem } from '../kernel/errors.js';
import { flawIn } from '../kernel/text.js';
import type { FolderFiles } from '../slice/folder-part.js';
import { decodeText, type TextEncoding } from './text-file.js';

/** The files of a folder by name, as they come: text, or the bytes of a file, whose encoding is to be found. */
export type FolderContent = Readonly<Record<string, string | Uint8Array>>;

export interface FolderText {
  /** Every file that is text which may be stored. */
  readonly files: FolderFiles;
  /** The encodings of those that came in another than UTF-8. */
  readonly encodings: Readonly<Record<string, TextEncoding>>;
  /** One for each file that cannot be read. */
  readonly problems: readonly Problem[];
}

/** The one place where the bytes of a folder become text. */
export function textOf(content: FolderContent): FolderText {
  const files: Record<string, string> = {};
  const encodings: Record<string, TextEncoding> = {};
  const problems: Problem[] = [];
  for (const [file, given] of Object.entries(content)) {
    const { text, encoding } =
      typeof given === 'string' ? { text: given, encoding: 'UTF-8' } : (decodeText(given) ?? {});
    if (text === undefined || encoding === undefined) {
      problems.push({ code: 'folder.not-text', message: notText(given as Uint8Array), file });
      continue;
    }
    if (encoding !== 'UTF-8') encodings[file] = encoding as TextEncoding;
    const problem = damageIn(text);
    if (problem) problems.push({ ...problem, file });
    else files[file] = text;
  }
  return { files, encodings, problems };
}

const workbooks: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

function notText(bytes: Uint8Array): string {
  const isWorkbook = workbooks.some((mark) => mark.every((byte, at) => bytes[at] === byte));
  return `不是 UTF-8、UTF-16 或 GB18030 的文本文件：${
    isWorkbook
      ? '这是表格软件的工作簿，请另存为“CSV UTF-8（逗号分隔）”'
      : '请在表格软件中另存为“CSV UTF-8（逗号分隔）”，或用文本编辑器另存为 UTF-8'
  }`;
}

/** The first character that may not be stored, with its line. */
function damageIn(text: string): Problem | undefined {
  const plain = text.replace(/\r\n?/g, '\n');
  const flaw = flawIn(plain);
  if (!flaw) return undefined;
  const row = plain.slice(0, flaw.index).split('\n').length;
  return { code: 'folder.characters', message: flaw.message, row };
}
