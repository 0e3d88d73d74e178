import { Mistakes } from './mistakes.js';
import { YamlFile } from './yaml-file.js';

function read(text: string) {
  const mistakes = new Mistakes();
  const yaml = new YamlFile('x.yaml', text, mistakes);
  const problems = mistakes.problems.map(({ row, field, code, message }) => ({ row, field, code, message }));
  return { yaml, content: yaml.content, problems };
}

const one = (row: number | undefined, code: string, message: RegExp, field?: string) => [
  { row, field, code, message: expect.stringMatching(message) as string },
];

describe('what is no YAML is one mistake, in Chinese, with its line and the way out', () => {
  it.each<[string, string, number, RegExp]>([
    ['a tab for a blank', 'a:\n\tb: 1\n\tc: 2\n\td: 3\n', 2, /不能用制表符缩进：请改用空格/],
    ['an indentation too deep', '- code: x\n   name: y\n', 1, /缩进不齐/],
    ['a colon in a value', 'a: b: c\n', 1, /值中有冒号的，请把整个值加上引号/],
    ['a bracket that is not closed', 'a: 1\nb: [x\nc: 2\n', 3, /括号没有结束/],
    ['a double quote that is not closed', 'a: 1\nb: "x\nc: 2\nd: 3\n', 2, /引号、括号是否配对/],
    ['a single quote that is not closed', "a: 1\nb: 'x\nc: 2\n", 2, /引号、括号是否配对/],
    ['no blank after the colon', 'a: 1\nb:2\n', 2, /键之后须有冒号和空格/],
    ['a value that begins with @', 'a: 1\nb: @x\n', 2, /值不能以这个字符开头：请把整个值加上引号/],
    ['a backslash that escapes nothing', 'a: "C:\\data"\n', 1, /反斜杠/],
    ['a bracket too many', '{ a: 1 }}\n', 1, /不该有这个字符/],
    ['several documents', 'a: 1\n---\nb: 2\n', 2, /一个文件只能有一份内容/],
    ['a key twice', 'a: 1\nb: 2\n"a": 3\n', 3, /键“a”重复/],
    ['two anchors', 'a: &x &y 1\n', 1, /一个值只能有一个锚点/],
    ['an unknown directive', '%FOO\n---\na: 1\n', 1, /不支持 YAML 指令/],
    ['another version of YAML', '%YAML 1.1\n---\na: yes\n', 1, /只支持 YAML 1.2/],
    ['brackets in brackets without end', `a: ${'['.repeat(5_000)}`, 1, /YAML 格式有误/],
  ])('%s', (_, text, row, message) => {
    const { content, problems } = read(text);
    expect(problems).toEqual(one(row, 'folder.yaml', message));
    expect(content).toBeUndefined();
  });
});

describe('what YAML would read otherwise than it looks is refused', () => {
  it.each<[string, string, number | undefined, string, RegExp]>([
    ['a tag', 'a: 1\nb: !!binary aGk=\n', 2, 'folder.yaml-tag', /请删去标签/],
    ['a tag on a list', 'a: !!set { x }\n', 1, 'folder.yaml-tag', /请删去标签/],
    ['a number for a key', 'a: 1\n1: x\n', 2, 'folder.yaml-key', /键须为文本/],
    ['a list for a key', '? [a]\n: b\n', 1, 'folder.yaml-key', /键须为文本/],
    ['nothing for a key', ': x\n', 1, 'folder.yaml-key', /键须为文本/],
    ['a merge key', 'a: &x { b: 1 }\nc:\n  <<: *x\n', 3, 'folder.yaml-key', /不支持合并键/],
    ['an alias of nothing', 'a: 1\nb: *x\n', 2, 'folder.yaml-aliases', /没有名为 x 的锚点/],
    ['an alias within what it stands for', 'a: &x\n  - *x\n', 2, 'folder.yaml-aliases', /引用了它自身/],
    ['nesting beyond sixteen', `a: ${'['.repeat(20)}${']'.repeat(20)}\n`, 1, 'folder.yaml-depth', /嵌套超过 16 层/],
    ['nothing', '', undefined, 'folder.yaml-empty', /没有内容/],
    ['only a remark', '# 规划\n', undefined, 'folder.yaml-empty', /没有内容/],
    ['null', 'null\n', undefined, 'folder.yaml-empty', /没有内容/],
  ])('%s', (_, text, row, code, message) => {
    const { content, problems } = read(text);
    expect(problems).toEqual(one(row, code, message));
    expect(content).toBeUndefined();
  });

  it('aliases that multiply, without multiplying them', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let at = 1; at < 12; at++)
      lines.push(
        `a${at}: &a${at} [${Array(9)
          .fill(`*a${at - 1}`)
          .join(', ')}]`,
      );
    expect(read(lines.join('\n')).problems).toEqual(one(undefined, 'folder.yaml-aliases', /展开后过大/));
  });

  it('a file of more than 8 MB, without parsing it', () => {
    expect(read(`a: ${'x'.repeat(8_000_001)}`).problems).toEqual(one(undefined, 'folder.too-large', /8 MB/));
  });

  it.each([
    ['010', '10'],
    ['0x1F', '31'],
    ['0o17', '15'],
    ['1.50', '1.5'],
    ['+5', '5'],
    ['1e3', '1000'],
    ['.nan', 'NaN'],
    ['-.inf', '-Infinity'],
    ['12345678901234567890', '12345678901234567000'],
    ['-0', '0'],
  ])('the number %s, which would become %s, and is read as it looks', (text, becomes) => {
    const { content, problems, yaml } = read(`- code: x\n  value: ${text}\n`);
    expect(problems).toEqual(
      one(2, 'folder.yaml-number', new RegExp(`会被读作 ${becomes.replace('.', '\\.')}：`), 'value'),
    );
    expect(content).toEqual([{ code: 'x', value: text }]);
    expect(yaml.spot(0, 'value').reported).toBe(true);
  });

  it.each([
    ['331100', 331100],
    ['2022', 2022],
    ['0', 0],
    ['-1.5', -1.5],
    ['1_000', '1_000'],
    ['2022-01-01', '2022-01-01'],
    ['yes', 'yes'],
    ['true', true],
    ["'010'", '010'],
    ['!!str 010', '010'],
  ])('but not %s, which is what it looks like', (text, value) => {
    expect(read(`a: ${text}\n`)).toMatchObject({ content: { a: value }, problems: [] });
  });

  it('but not an alias that stands for little', () => {
    expect(read('a: &x { b: 1 }\nc: *x\n')).toMatchObject({ content: { a: { b: 1 }, c: { b: 1 } }, problems: [] });
  });
});

describe('a place in a YAML file', () => {
  const { yaml } = read(`# 规划
plan: x
startYear: 2021
source:
  title: 规划文本
units:
  - { code: '01' }
  - code: '02'
    name: >-
      乙
      县
    parent:
`);

  it.each([
    [['startYear'], { row: 3, field: 'startYear', cell: '2021' }],
    [['source', 'title'], { row: 5, field: 'source.title', cell: '规划文本' }],
    [['source', 'sha256'], { row: 4, field: 'source.sha256' }],
    [['units'], { row: 6, field: 'units' }],
    [['units', 0, 'code'], { row: 7, field: 'code', cell: '01' }],
    [['units', 1], { row: 8 }],
    [['units', 1, 'name'], { row: 9, field: 'name', cell: '乙 县' }],
    [['units', 1, 'parent'], { row: 12, field: 'parent', cell: '' }],
    [['units', 1, 'level'], { row: 8, field: 'level' }],
    [['endYear'], { field: 'endYear' }],
    [[], {}],
  ])('%j is that of its key', (path, spot) => {
    const { reported: _, ...found } = yaml.spot(...path);
    expect(found).toEqual({ file: 'x.yaml', ...spot });
  });
});
