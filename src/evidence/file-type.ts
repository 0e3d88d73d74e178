/**
 * The kinds of files that are kept as evidence, by what they are and not by what they are called. CSV and JSON are what
 * feeds received; nobody uploads them.
 */
export const evidenceTypes = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  json: 'application/json',
} as const;
export type EvidenceType = keyof typeof evidenceTypes;

const starts = (bytes: Buffer, ...signature: readonly number[]): boolean =>
  signature.every((byte, at) => bytes[at] === byte);

/**
 * The type of a file by its first bytes: ISO 32000-2, 7.5.2 (PDF), ISO/IEC 15948, 5.2 (PNG), ISO/IEC 10918-1, B.1.1 (JPEG),
 * ECMA-376-2 (Office: a ZIP with `word/` or `xl/`, without macros). Undefined for anything else.
 */
export function evidenceTypeOf(bytes: Buffer): EvidenceType | undefined {
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return 'pdf';
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (!starts(bytes, 0x50, 0x4b, 0x03, 0x04) || bytes.includes('vbaProject.bin')) return undefined;
  if (!bytes.includes('[Content_Types].xml')) return undefined;
  return bytes.includes('word/document.xml') ? 'docx' : bytes.includes('xl/workbook.xml') ? 'xlsx' : undefined;
}
