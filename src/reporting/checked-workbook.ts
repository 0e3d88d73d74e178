import { invalid, type DomainError } from '../kernel/errors.js';
import { encrypted, unzipped, type Parts } from './unzip.js';

/** How much a workbook may hold. Rows and cells are those of one sheet, merged cells all that its merged ranges cover. */
const limits = { sheets: 50, rows: 20_000, cells: 2_000_000, merged: 100_000 };

/**
 * Checks the bytes of a workbook before a library reads them: that they are a workbook, of a size that can be read, without
 * macros, links to other files, or anything that makes an XML parser or the library expand what is written short.
 * @throws {DomainError} those of `unzipped`; `report.old-format`, `report.macros`, `report.external-links`,
 * `report.xml-entities`, `report.too-large`, `report.not-a-workbook`
 */
export function assertReadable(bytes: Buffer, name: string): void {
  assertFormat(bytes, name);
  const parts = unzipped(bytes);
  assertHarmless(parts);
  const sheets = [...parts].filter(([part]) => /^xl\/worksheets\/[^/]+\.xml$/.test(part));
  if (!parts.has('[Content_Types].xml') || sheets.length === 0) throw notAWorkbook();
  if (sheets.length > limits.sheets) throw tooMany('表页', limits.sheets, '张');
  for (const [, content] of sheets) assertSize(content.toString('latin1'));
}

const compoundFile = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

function assertFormat(bytes: Buffer, name: string): void {
  const end = /\.([a-z]+)$/i.exec(name.trim())?.[1]?.toLowerCase();
  if (end === 'et') throw oldFormat('.et（WPS 表格的旧格式）');
  if (bytes.subarray(0, 8).equals(compoundFile)) {
    // A workbook with a password is such a file, too; the name of its stream is UTF-16.
    if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))) throw encrypted();
    throw oldFormat('.xls（Excel 97–2003 的旧格式）');
  }
  if (end === 'xlsm' || end === 'xltm' || end === 'xlsb') throw macros();
}

function assertHarmless(parts: Parts): void {
  for (const [part, content] of parts) {
    if (/(^|\/)\.\.(\/|$)|^\/|\\/.test(part)) throw notAWorkbook();
    if (/vbaProject\.bin$|vbaData\.xml$|\/macrosheets\//i.test(part)) throw macros();
    if (/\/externalLinks\//i.test(part)) throw externalLinks();
    if (!/\.(xml|rels|vml)$/i.test(part)) continue;
    const text = content.toString('latin1');
    // Only then is what follows found whatever the encoding.
    if (/^(\xfe\xff|\xff\xfe|\0|.\0)/.test(text)) throw notAWorkbook();
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw entities();
    if (part === '[Content_Types].xml' && /macroEnabled/i.test(text)) throw macros();
  }
}

function assertSize(sheet: string): void {
  if (count(sheet, /<(?:\w+:)?row[\s>/]/g) > limits.rows) throw tooMany('一张表页的行', limits.rows, '行');
  if (count(sheet, /<(?:\w+:)?c[\s>/]/g) > limits.cells) throw tooMany('一张表页的单元格', limits.cells, '个');
  const ranges = [...sheet.matchAll(mergedRange)];
  if (ranges.length !== count(sheet, /<(?:\w+:)?mergeCell[\s>/]/g)) throw notAWorkbook();
  const covered = ranges.map(([, left = '', top, right = '', bottom]) => {
    const [height, width] = [Number(bottom) - Number(top) + 1, columnNumber(right) - columnNumber(left) + 1];
    return height * width;
  });
  if (covered.reduce((sum, each) => sum + Math.abs(each), 0) > limits.merged) {
    throw tooMany('一张表页合并的单元格', limits.merged, '个');
  }
}

const mergedRange = /<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']/g;

/** The number of a column: A is 1, AA is 27. */
const columnNumber = (letters: string): number =>
  [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);

function count(text: string, form: RegExp): number {
  let found = 0;
  while (form.exec(text)) found++;
  return found;
}

const notAWorkbook = () =>
  invalid('report.not-a-workbook', '文件不是可读的 .xlsx 工作簿：请用表格软件打开，另存为 .xlsx 后再报送', 'file');

const tooMany = (what: string, limit: number, unit: string): DomainError =>
  invalid('report.too-large', `工作簿过大：${what}至多 ${limit} ${unit}，请删去多余的，或分几次报送`, 'file');

const oldFormat = (format: string): DomainError =>
  invalid('report.old-format', `不读取 ${format}：请在表格软件中另存为 .xlsx（Excel 工作簿）后再报送`, 'file');

const macros = (): DomainError =>
  invalid('report.macros', '工作簿带有宏，不予读取：请另存为不带宏的 .xlsx（Excel 工作簿）后再报送', 'file');

const externalLinks = (): DomainError =>
  invalid(
    'report.external-links',
    '工作簿链接了别的文件，不予读取：请在“数据—编辑链接”中断开链接（保留数值），另存后再报送',
    'file',
  );

const entities = (): DomainError =>
  invalid(
    'report.xml-entities',
    '工作簿的内容含有 XML 实体声明，不予读取：请用表格软件打开，另存为 .xlsx 后再报送',
    'file',
  );
