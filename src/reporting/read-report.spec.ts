import { gb18030, utf16 } from '../../test/support/encoded.js';
import { textIn } from './given-row.js';
import { readReportFile, readReportRows } from './read-report.js';

const csv = '代码,单位,期间,数值,说明\n03,331102,2022,"12,345",年报\n';

it.each([
  ['UTF-8', Buffer.from(csv)],
  ['GB18030', gb18030(csv)],
  ['UTF-16', utf16(csv, 'LE')],
])('a table in %s is read', async (_, bytes) => {
  const { rows } = await readReportFile({ name: '报表.csv', bytes: Buffer.from(bytes) });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ table: '指标', row: 2 });
  expect(rows[0]!.cells['数值']).toEqual({ at: '第 2 行“数值”', form: 'text', text: '12,345' });
  expect(textIn(rows[0]!, '说明')).toBe('年报');
});

it('rows are text and numbers under the names of columns', () => {
  const { rows } = readReportRows([{ 表: '项目', 代码: 'P1', 日期: '2022-06-30', 百分比: 45.5, 文字: null }]);
  expect(rows[0]).toMatchObject({ table: '项目', cells: { 百分比: { form: 'number', text: '45.5' } } });
  expect('文字' in rows[0]!.cells).toBe(false);
});

it.each([
  [{}, 'report.rows'],
  [['03'], 'report.refused'],
  [[{ 代码: '03', 数値: '1' }], 'report.refused'],
  [[{ 代码: ['03'] }], 'report.refused'],
  [[{ 表: '指标数据', 代码: '03' }], 'report.refused'],
  [Array.from({ length: 20_001 }, () => ({ 代码: '03' })), 'report.too-many-rows'],
])('other rows are refused', (given, code) => {
  expect(() => readReportRows(given)).toThrow(expect.objectContaining({ code }));
});

it.each([
  ['甲,乙\n1,2\n', 'report.refused'],
  ['代码,数值\n03,"1\n', 'report.refused'],
  ['', 'report.refused'],
])('a table that cannot be read is refused: %j', async (text, code) => {
  await expect(readReportFile({ name: '报表.csv', bytes: Buffer.from(text) })).rejects.toMatchObject({ code });
});
