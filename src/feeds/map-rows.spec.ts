import { DomainError } from '../kernel/errors.js';
import { assertMapped, mapRows, type Mapping } from './map-rows.js';
import { readTable } from './read-table.js';

const csv = (text: string | Buffer) => readTable(Buffer.from(text as string), { format: 'csv' });
const json = (text: string, pointer?: string) =>
  readTable(Buffer.from(text), { format: 'json', ...(pointer !== undefined && { pointer }) });

function problemsOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.problems.map(({ code, message }) => `${code} ${message}`);
    throw error;
  }
  throw new Error('nothing was refused');
}

const wide: Mapping = {
  unit: { column: '地区', names: [{ from: '莲都', to: '331102' }] },
  period: { is: '2023' },
  figures: [
    { code: { is: '03' }, value: '联合体' },
    { code: { is: '02' }, numerator: '甲', denominator: '乙' },
  ],
};
const long: Mapping = {
  unit: { column: '单位' },
  period: { column: '期间', names: [{ from: '第一期', to: '2023-Q1' }], others: 'skip' },
  figures: [{ code: { column: '指标', names: [{ from: '床位', to: '03' }] }, value: '数' }],
};

describe('the table of a source', () => {
  it('is read from CSV as spreadsheets write it', () => {
    const table = csv('\uFEFF甲,乙\r\n\r\n"1,000",\'02\r\n');
    expect(table).toEqual({
      columns: ['甲', '乙'],
      rows: [{ row: 3, cells: { 甲: { form: 'text', text: '1,000' }, 乙: { form: 'text', text: '02' } } }],
    });
    // 甲,乙 in GB18030.
    const old = Buffer.concat([Buffer.from([0xbc, 0xd7, 0x2c, 0xd2, 0xd2]), Buffer.from('\n1,2\n')]);
    expect(readTable(old, { format: 'csv' }).columns).toEqual(['甲', '乙']);
  });

  it('is read from JSON with its numbers to the digit, or not at all', () => {
    const table = json('{"a/b":[{"甲":12.50,"乙":"x","丙":null},{"丁":1e3}]}', '/a~1b');
    expect(table.columns).toEqual(['甲', '乙', '丙', '丁']);
    expect(table.rows.map(({ cells }) => cells)).toEqual([
      { 甲: { form: 'number', text: '12.5' }, 乙: { form: 'text', text: 'x' } },
      { 丁: { form: 'number', text: '1000' } },
    ]);
    expect(problemsOf(() => json('[{"甲":1234567890.12345678}]'))[0]).toContain('15 位');
    expect(problemsOf(() => json('[{"甲":1,"甲":2}]'))[0]).toContain('两个“甲”');
    expect(problemsOf(() => json('[{"甲":1}'))[0]).toContain('JSON');
    expect(problemsOf(() => json('{"rows":[]}', '/row'))[0]).toContain('/row');
    expect(problemsOf(() => json('[1]'))[0]).toContain('须为对象');
  });

  it.each([
    ['', '文件为空'],
    ['甲,甲\n1,2\n', '“甲”重复'],
    ['甲,\n1,2\n', '列名“”为空'],
    ['甲,乙\n1\n', '有 1 列'],
    ['甲,乙\n"1,2\n', '引号'],
  ])('is malformed: %j', (text, words) => {
    expect(problemsOf(() => csv(text))[0]).toContain(words);
  });
});

describe('a mapping', () => {
  it('takes several figures of a row', () => {
    const { rows, skipped } = mapRows(csv('地区,联合体,甲,乙\n莲都,12,,\n莲都,,1,2\n'), wide);
    expect(skipped).toBe(2);
    expect(
      rows.map(({ at, cells }) => [at, ...Object.entries(cells).map(([name, { text }]) => `${name}=${text}`)]),
    ).toEqual([
      ['第 2 行第 1 项', '代码=03', '单位=331102', '期间=2023', '数值=12'],
      ['第 3 行第 2 项', '代码=02', '单位=331102', '期间=2023', '分子=1', '分母=2'],
    ]);
    expect(rows[0]!.cells['数值']!.at).toBe('第 2 行“联合体”');
  });

  it('takes the code from a column, and passes over rows of other names where it says so', () => {
    const { rows, skipped } = mapRows(csv('单位,期间,指标,数\n331102,第一期,床位,5\n331102,第二期,床位,6\n'), long);
    expect([skipped, rows.map(({ cells }) => cells['期间']!.text)]).toEqual([1, ['2023-Q1']]);
  });

  it('reads periods as people write them', () => {
    const figures = [{ code: { is: '03' }, value: '数' }];
    const { rows } = mapRows(csv('年,数\n2023年,1\n2023年3月,2\n'), {
      ...wide,
      unit: { is: '331102' },
      period: { column: '年' },
      figures,
    });
    expect(rows.map(({ cells }) => cells['期间']!.text)).toEqual(['2023', '2023-03']);
  });

  it('refuses names that it does not say, by row and column', () => {
    expect(problemsOf(() => mapRows(csv('地区,联合体,甲,乙\n云和,12,,\n,3,,\n'), wide))).toEqual([
      'feed.name-unknown 第 2 行“地区”：单位“云和”不在写法对照表中',
      'feed.name-unknown 第 3 行“地区”：没有单位',
    ]);
  });

  it('names the columns that are missing, and those that may be meant', () => {
    const changed = () => assertMapped(['地区', '联合体 ', '甲', '乙', '备注'], wide, ['地区', '联合体', '甲', '乙']);
    expect(problemsOf(changed)).toEqual(['feed.columns-changed 缺少列“联合体”；您是否指 联合体 ？']);
    expect(() => assertMapped(['备注', '地区', '联合体', '甲', '乙'], wide, ['地区'])).not.toThrow();
  });
});
