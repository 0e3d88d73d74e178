import { inflateRawSync } from 'node:zlib';
import { invalid } from '../kernel/errors.js';

/** How large a workbook may be. Bytes, but for counts. */
export const workbookLimits = {
  compressed: 10 * 1024 * 1024,
  uncompressed: 100 * 1024 * 1024,
  entries: 1_000,
  /** A part above `smallPart` may be this many times as large as it is compressed. */
  ratio: 200,
  smallPart: 1024 * 1024,
};

/** The parts of a workbook by name, as they are unpacked. */
export type Parts = ReadonlyMap<string, Buffer>;

const signatures = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 };
const endSize = 22;
const longestComment = 0xffff;

/**
 * Unpacks a ZIP archive in memory within `workbookLimits`. Sizes that the archive states are checked before anything is
 * unpacked, and again by what really comes out.
 * @throws {DomainError} `report.not-a-workbook`, `report.too-large`, `report.encrypted`
 */
export function unzipped(bytes: Buffer): Parts {
  if (bytes.length > workbookLimits.compressed) throw tooLarge('文件', workbookLimits.compressed);
  const entries = entriesOf(bytes);
  if (entries.reduce((sum, { size }) => sum + size, 0) > workbookLimits.uncompressed) {
    throw tooLarge('解压后', workbookLimits.uncompressed);
  }
  let left = workbookLimits.uncompressed;
  const parts = new Map<string, Buffer>();
  for (const entry of entries) {
    if (parts.has(entry.name)) throw damaged();
    const part = contentOf(bytes, entry, left);
    left -= part.length;
    parts.set(entry.name, part);
  }
  return parts;
}

interface Entry {
  readonly name: string;
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly compressed: number;
  readonly size: number;
  readonly offset: number;
}

function entriesOf(bytes: Buffer): Entry[] {
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  // The largest numbers stand for ZIP64, which no workbook within the limits needs.
  if (count > workbookLimits.entries) throw tooLarge('其中的部件', workbookLimits.entries, '个');
  const entries: Entry[] = [];
  for (let at = bytes.readUInt32LE(end + 16), n = 0; n < count; n++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== signatures.entry) throw damaged();
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const entry = {
      name: bytes.toString('utf8', at + 46, at + 46 + name),
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      compressed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    if (entry.isEncrypted) throw encrypted();
    assertRatio(entry);
    entries.push(entry);
    at += 46 + name + extra + comment;
  }
  return entries;
}

function endOf(bytes: Buffer): number {
  for (let at = bytes.length - endSize; at >= Math.max(0, bytes.length - endSize - longestComment); at--) {
    if (bytes.readUInt32LE(at) === signatures.end) return at;
  }
  throw damaged();
}

function contentOf(bytes: Buffer, { offset, compressed, method, size }: Entry, left: number): Buffer {
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== signatures.local) throw damaged();
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const packed = bytes.subarray(start, start + compressed);
  if (packed.length !== compressed) throw damaged();
  const content = method === 0 ? packed : method === 8 ? inflated(packed, left) : undefined;
  if (content?.length !== size) throw damaged();
  return content;
}

function inflated(packed: Buffer, left: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, left) });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge('解压后', workbookLimits.uncompressed);
    }
    throw damaged();
  }
}

function assertRatio({ compressed, size }: Entry): void {
  if (size <= workbookLimits.smallPart || size <= compressed * workbookLimits.ratio) return;
  throw invalid(
    'report.too-large',
    `工作簿的压缩比超过 ${workbookLimits.ratio} 倍，不像是填报的表：请把各行复制到新下载的工作簿中再报送`,
    'file',
  );
}

const tooLarge = (what: string, limit: number, unit?: string) =>
  invalid(
    'report.too-large',
    `工作簿过大：${what}至多 ${unit ? `${limit} ${unit}` : `${limit / 1024 / 1024} MB`}，请删去图片、附件和多余的表页，或分几次报送`,
    'file',
  );

const damaged = () =>
  invalid('report.not-a-workbook', '文件不是完好的 .xlsx 工作簿：请用表格软件打开，另存为 .xlsx 后再报送', 'file');

export const encrypted = () =>
  invalid('report.encrypted', '工作簿加了密码，不能读取：请在表格软件中取消“打开密码”，另存后再报送', 'file');
