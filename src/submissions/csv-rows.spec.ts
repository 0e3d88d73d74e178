import { csvRows, type Columns } from './csv-rows.js';
import { Mistakes } from './mistakes.js';

const columns: Columns = { needed: ['id', 'name', 'value'], optional: ['note'] };

function read(text: string) {
  const mistakes = new Mistakes();
  const table = csvRows('t.csv', text, columns, mistakes);
  const problems = mistakes.problems.map(({ row, field, code, message }) => ({ row, field, code, message }));
  return { ...table, problems, unchecked: mistakes.unchecked, places: table.rows.map(({ place }) => place.row) };
}

const cells = (text: string) => read(text).rows.map((row) => Object.values(row.cells).join('|'));

describe('the rows of a CSV file', () => {
  it('are read by their header, in any order, with columns that may be left out', () => {
    const { rows, problems } = read('name,value,id\n甲,1,01\n');
    expect(rows).toEqual([{ place: { file: 't.csv', row: 2 }, cells: { name: '甲', value: '1', id: '01' } }]);
    expect(problems).toEqual([]);
    expect(cells('id,name,value,note\n01,甲,1,备注\n')).toEqual(['01|甲|1|备注']);
  });

  it('are counted as a spreadsheet counts them', () => {
    const text = '\n\nid,name,value\n01,"甲\n（两行）\n（三行）",1\n\n02,乙,2\n';
    expect(read(text).places).toEqual([4, 6]);
    expect(read(text.replaceAll('\n', '\r\n')).places).toEqual([4, 6]);
  });

  it('do not include those that are empty but for separators and blanks', () => {
    expect(read('id,name,value\n,,\n01,甲,1\n , ,\u3000\n,,,,,\n""\n02,乙,2\n').places).toEqual([3, 7]);
  });

  it.each(['\n', '\r\n', '\r'])('end with %j', (end) => {
    expect(cells(['id,name,value', '01,甲,1', '02,乙,2', ''].join(end))).toEqual(['01|甲|1', '02|乙|2']);
  });

  it('may end with different line ends', () => {
    expect(cells('\uFEFFid,name,value\r\n01,甲,1\n02,乙,2\r\n')).toEqual(['01|甲|1', '02|乙|2']);
  });
});

describe('a header', () => {
  const code = 'folder.csv-header';

  it('without a column leaves the rows to be read as far as they go', () => {
    const { rows, lacking, problems } = read('id,value\n01,1\n');
    expect(problems).toMatchObject([{ row: 1, field: 'name', code }]);
    expect([...lacking]).toEqual(['name']);
    expect(rows).toMatchObject([{ cells: { id: '01', value: '1' } }]);
  });

  it.each([
    ['ID,name,value', 'ID', /您是否指 id？/],
    ['id,name,ｖａｌｕｅ', 'ｖａｌｕｅ', /您是否指 value？/],
    ['id,"name ",value', 'name ', /您是否指 name？/],
  ])('with the name of a column nearly right (%s) is told which is meant, and read so', (header, field, message) => {
    const { problems, rows } = read(`${header}\n01,甲,1\n`);
    expect(problems).toEqual([{ row: 1, field, code, message: expect.stringMatching(message) as string }]);
    expect(rows[0]!.cells).toEqual({ id: '01', name: '甲', value: '1' });
  });

  it('with one column named otherwise is one mistake', () => {
    const { problems } = read('id,title,value\n01,甲,1\n');
    expect(problems).toMatchObject([{ row: 1, field: 'name', message: expect.stringContaining('“title”') as string }]);
    expect(problems).toHaveLength(1);
  });

  it('with a column twice: neither is believed', () => {
    const { problems, rows, lacking } = read('id,name,value,name\n01,甲,1,乙\n');
    expect(problems).toMatchObject([{ row: 1, field: 'name', code }]);
    expect(lacking).toEqual(new Set(['name']));
    expect(rows[0]!.cells).toEqual({ id: '01', value: '1' });
  });

  it('with a column that nobody knows: its cells are not read', () => {
    const { problems, rows } = read('id,name,value,电话\n01,甲,1,110\n');
    expect(problems).toMatchObject([{ row: 1, field: '电话', code }]);
    expect(rows[0]!.cells).toEqual({ id: '01', name: '甲', value: '1' });
  });

  it('of fewer columns than every row has is one mistake', () => {
    const { problems, isWhole, unchecked } = read('id,name\n01,甲,1\n02,乙,2\n');
    expect(problems).toMatchObject([{ row: 1, field: 'value', code }]);
    expect(problems).toHaveLength(1);
    expect({ isWhole, unchecked }).toEqual({ isWhole: false, unchecked: 2 });
  });

  it('that is missing is one mistake', () => {
    const { problems, rows } = read('01,甲,1\n02,乙,2\n');
    expect(problems).toEqual([
      {
        row: 1,
        field: undefined,
        code,
        message: expect.stringMatching(/须为表头 id,name,value.*「01,甲,1」/) as string,
      },
    ]);
    expect(rows).toEqual([]);
  });

  it('that stands there twice is one mistake', () => {
    const { problems, places } = read('id,name,value\nid,name,value\n01,甲,1\n');
    expect(problems).toMatchObject([{ row: 2, code }]);
    expect(places).toEqual([3]);
  });

  it.each([
    ['id;name;value\n01;甲;1\n', '分号'],
    ['id\tname\tvalue\n01\t甲\t1\n', '制表符'],
    ['id，name，value\n', '中文逗号'],
  ])('with another separator (%j) says which', (text, name) => {
    expect(read(text).problems).toMatchObject([
      { row: 1, code: 'folder.csv-separator', message: expect.stringContaining(name) as string },
    ]);
  });

  it.each(['', '\n\n', '\uFEFF', ',,,\n'])('of an empty file (%j)', (text) => {
    expect(read(text).problems).toMatchObject([{ row: 1, code: 'folder.csv-empty' }]);
  });
});

describe('what is no CSV is told in Chinese, by row and column, and what stands before it is read', () => {
  it.each([
    ['id,name,value\n01,甲,1\n02,"乙,2\n03,丙,3\n', 3, 'name', /没有配对/, [2]],
    ['id,name,value\n01,"甲"x,1\n', 2, 'name', /英文双引号之后还有别的字符/, []],
    ['id,name,value\n01,甲"乙",1\n02,丙,2\n', 2, 'name', /单元格中间有英文双引号/, []],
    ['id,"name,value\n01,甲,1\n', 1, undefined, /没有配对/, []],
  ])('%j', (text, row, field, message, places) => {
    const found = read(text);
    expect(found.problems).toEqual([
      { row, field, code: 'folder.csv', message: expect.stringMatching(message) as string },
    ]);
    expect(found.places).toEqual(places);
    expect(found.isWhole).toBe(false);
  });

  it('a row of too many or too few cells does not keep the others from being read', () => {
    const { problems, places, stray } = read('id,name,value\n01,甲\n02,乙,2\n03,丙,1,234\n');
    expect(problems).toMatchObject([
      { row: 2, code: 'folder.csv-columns', message: expect.stringContaining('本行有 2 列，表头有 3 列') as string },
      { row: 4, code: 'folder.csv-columns' },
    ]);
    expect(places).toEqual([3]);
    expect(stray).toEqual(['01', '甲', '03', '丙', '1', '234']);
  });
});
