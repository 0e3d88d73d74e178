import { rawParts, rawRow, zipped, type RawSheet } from '../../test/support/raw-workbook.js';
import { textIn, type GivenRow } from './given-row.js';
import { readWorkbook } from './read-workbook.js';

const header = ['代码', '指标名称', '数值', '分子', '分母', '缺报原因', '说明', '系统键', '系统版本'];
const key = 'figure/03/331102/2022';

const sheet = (rows: string, more: Partial<RawSheet> = {}): RawSheet => ({ name: '指标', rows, ...more });
const table = (...cells: readonly (string | undefined)[]): string => rawRow(1, header) + rawRow(2, cells);
const read = (sheets: readonly RawSheet[], options?: Parameters<typeof rawParts>[1]) =>
  readWorkbook(zipped(rawParts(sheets, options)), '报表.xlsx');
const rowsOf = async (...given: Parameters<typeof read>): Promise<readonly GivenRow[]> => (await read(...given)).rows;

const value = (cell: string) => table('03', '康养联合体数', cell, undefined, undefined, undefined, undefined, key);

describe('the cells of a row', () => {
  it.each([
    ['a number', '<c><v>55.299999999999997</v></c>', { form: 'number', text: '55.3' }],
    ['a small number', '<c><v>1E-3</v></c>', { form: 'number', text: '0.001' }],
    ['a large number', '<c><v>1.5E+15</v></c>', { form: 'number', text: '1500000000000000' }],
    ['shared text', '<c t="s"><v>0</v></c>', { form: 'text', text: '１２．５' }],
    ['shared rich text', '<c t="s"><v>1</v></c>', { form: 'text', text: '12.5' }],
    ['inline text', '12,345', { form: 'text', text: '12,345' }],
    ['a number shown in percent', '<c s="1"><v>0.125</v></c>', { form: 'number', text: '12.5%' }],
    ['a date', '<c s="2"><v>44742</v></c>', { form: 'day', text: '2022-06-30' }],
    ['a date as WPS writes it', '<c s="3"><v>44742</v></c>', { form: 'day', text: '2022-06-30' }],
    ['the stored value of a formula', '<c><f>C1*2</f><v>9</v></c>', { form: 'number', text: '9' }],
    ['the stored text of a formula', '<c t="str"><f>A1</f><v>九</v></c>', { form: 'text', text: '九' }],
    [
      'a formula without a value',
      '<c><f>1+1</f></c>',
      { form: 'flawed', flaw: { code: 'report.formula-without-value' } },
    ],
    ['an error', '<c t="e"><v>#REF!</v></c>', { form: 'flawed', text: '#REF!', flaw: { code: 'report.cell-error' } }],
    [
      'a formula that failed',
      '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
      { form: 'flawed', flaw: { code: 'report.cell-error' } },
    ],
    ['a truth value', '<c t="b"><v>1</v></c>', { form: 'flawed', text: 'TRUE' }],
  ])('%s', async (_, cell, said) => {
    const strings = ['１２．５', '<r><t>12</t></r><r><rPr><b/></rPr><t>.5</t></r>'];
    const [row] = await rowsOf([sheet(value(cell))], { strings });
    expect(row!.cells['数值']).toMatchObject({ at: '指标!C2', ...said });
  });

  it('a date of a workbook that counts from 1904', async () => {
    const [row] = await rowsOf([sheet(value('<c s="2"><v>43280</v></c>'))], { date1904: true });
    expect(row!.cells['数值']).toMatchObject({ form: 'day', text: '2022-06-30' });
  });
});

it('columns and rows are found where they were moved to', async () => {
  const moved = ['说明', '我的列', '系统版本', '数值（填）', '代码', '分母', '分子', '缺报 原因', '系统键'];
  const rows =
    rawRow(1, ['某县报表']) +
    rawRow(4, moved) +
    rawRow(6, [undefined, '草稿', '2', '9', '03', undefined, undefined, undefined, key]) +
    rawRow(9, [undefined, undefined, undefined, undefined, '注：以上为年末数']) +
    rawRow(300, [undefined, '']);
  const [row, ...others] = await rowsOf([sheet(rows)]);
  expect(others).toEqual([]);
  expect(row).toMatchObject({ table: '指标', row: 6, at: '指标!6' });
  expect(textIn(row!, '数值')).toBe('9');
  expect(textIn(row!, '系统版本')).toBe('2');
  expect(row!.cells['数值']!.at).toBe('指标!D6');
});

it('hidden sheets, rows and columns are read like others', async () => {
  const rows = value('9').replace('<row r="2">', '<row r="2" hidden="1">');
  const [row] = await rowsOf([sheet(rows, { state: 'hidden' })]);
  expect(textIn(row!, '数值')).toBe('9');
});

it('a renamed sheet is known by its keys, and others are named as passed over', async () => {
  const { rows, passedOver } = await read([
    sheet(value('9'), { name: '指标（定稿）' }),
    sheet(rawRow(1, ['草稿']), { name: '草稿' }),
  ]);
  expect(rows).toMatchObject([{ table: '指标', at: '指标（定稿）!2' }]);
  expect(passedOver).toEqual(['草稿']);
});

it('cells that are merged with others say nothing', async () => {
  const rows =
    value('9') +
    rawRow(3, ['04', '名称', undefined, undefined, undefined, undefined, undefined, 'figure/04/331102/2022']);
  const found = await rowsOf([sheet(rows, { after: '<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>' })]);
  expect(found.map(({ cells }) => cells['数值']?.flaw?.code)).toEqual(['report.merged-cells', 'report.merged-cells']);
});

it('a validation of a whole column is no burden', async () => {
  const after =
    '<dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a"</formula1></dataValidation></dataValidations>';
  expect(await rowsOf([sheet(value('9'), { after })])).toHaveLength(1);
});

describe('a sheet is refused', () => {
  it.each([
    [
      'that lacks a column',
      rawRow(
        1,
        header.filter((name) => name !== '分母'),
      ),
      'report.header',
      '缺少列“分母”',
    ],
    ['that has a column twice', rawRow(1, [...header, '数值']), 'report.header', '列“数值”有两个'],
    ['that is none of the tables', rawRow(1, ['甲', '乙']), 'report.nothing', '没有可读的表页'],
  ])('%s', async (_, rows, code, message) => {
    await expect(read([sheet(rows)])).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });
});

describe('a file is refused before it is read', () => {
  const parts = rawParts([sheet(value('9'))]);
  const refused = (bytes: Buffer, name = '报表.xlsx') =>
    readWorkbook(bytes, name).then(
      () => 'read',
      ({ code }: { code: string }) => code,
    );
  const huge = Buffer.alloc(3 * 1024 * 1024);

  it('with macros, external links or entities', async () => {
    expect(await refused(zipped({ ...parts, 'xl/vbaProject.bin': 'x' }))).toBe('report.macros');
    const types = parts['[Content_Types].xml']!.replace('sheet.main+xml', 'sheet.macroEnabled.main+xml');
    expect(await refused(zipped({ ...parts, '[Content_Types].xml': types }))).toBe('report.macros');
    expect(await refused(zipped(parts), '报表.xlsm')).toBe('report.macros');
    expect(await refused(zipped({ ...parts, 'xl/externalLinks/externalLink1.xml': '<a/>' }))).toBe(
      'report.external-links',
    );
    const bomb = parts['xl/workbook.xml']!.replace('<workbook', '<!DOCTYPE a [<!ENTITY b "c">]><workbook');
    expect(await refused(zipped({ ...parts, 'xl/workbook.xml': bomb }))).toBe('report.xml-entities');
    const wide = Buffer.from(`\ufeff${bomb}`, 'utf16le');
    expect(await refused(zipped({ ...parts, 'xl/workbook.xml': wide }))).toBe('report.not-a-workbook');
  });

  it('in an old format, or with a password', async () => {
    const compound = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    expect(await refused(Buffer.concat([compound, Buffer.alloc(600)]), '报表.xls')).toBe('report.old-format');
    expect(await refused(zipped(parts), '报表.et')).toBe('report.old-format');
    const encrypted = Buffer.concat([compound, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]);
    expect(await refused(encrypted)).toBe('report.encrypted');
    expect(await refused(zipped(parts, { flags: 1 }))).toBe('report.encrypted');
  });

  it('that is larger unpacked than it may be, whatever it states', async () => {
    expect(await refused(Buffer.alloc(10 * 1024 * 1024 + 1))).toBe('report.too-large');
    expect(await refused(zipped({ ...parts, 'xl/media/image1.png': huge }))).toBe('report.too-large');
    // It states to be small, and is not.
    expect(
      await refused(zipped({ ...parts, 'xl/media/image1.png': huge }, { stated: { 'xl/media/image1.png': 10 } })),
    ).toBe('report.not-a-workbook');
    const stated = { 'xl/styles.xml': 200 * 1024 * 1024 };
    expect(await refused(zipped(parts, { stated }))).toBe('report.too-large');
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`a${at}`, '']));
    expect(await refused(zipped({ ...parts, ...many }))).toBe('report.too-large');
  });

  it('with too many sheets or rows, or merged cells beyond measure', async () => {
    const sheets = Array.from({ length: 51 }, (_, at) => sheet('', { name: `表${at}` }));
    expect(await refused(zipped(rawParts(sheets)))).toBe('report.too-large');
    const rows = Array.from({ length: 20_001 }, (_, at) => `<row r="${at + 1}"/>`).join('');
    expect(await refused(zipped(rawParts([sheet(rows)])))).toBe('report.too-large');
    const after = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>';
    expect(await refused(zipped(rawParts([sheet(value('9'), { after })])))).toBe('report.too-large');
    const hidden = '<mergeCells count="1"><mergeCell ref="&#65;1:XFD1048576"/></mergeCells>';
    expect(await refused(zipped(rawParts([sheet(value('9'), { after: hidden })])))).toBe('report.not-a-workbook');
  });

  it('that is no workbook, or a damaged one', async () => {
    const whole = zipped(parts);
    expect(await refused(Buffer.from('代码,数值'))).toBe('report.not-a-workbook');
    expect(await refused(whole.subarray(0, whole.length - 30))).toBe('report.not-a-workbook');
    expect(await refused(zipped({ 'a.xml': '<a/>' }))).toBe('report.not-a-workbook');
    expect(await refused(zipped({ ...parts, 'xl/workbook.xml': '<workbook' }))).toBe('report.not-a-workbook');
    expect(await refused(zipped({ ...parts, '../a.xml': '<a/>' }))).toBe('report.not-a-workbook');
  });
});

it('whatever the bytes are, the answer is rows or a refusal', async () => {
  const whole = zipped(rawParts([sheet(value('9'))]));
  for (let at = 0; at < whole.length; at += 37) {
    const changed = Buffer.from(whole);
    changed[at] = changed[at]! ^ 0xff;
    const outcome = await readWorkbook(changed, '报表.xlsx').catch((error: unknown) => error);
    if (outcome instanceof Error) expect(outcome.name).toBe('DomainError');
  }
});
