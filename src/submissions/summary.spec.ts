import type { Problem } from '../kernel/errors.js';
import { summarised } from './summary.js';

const order = (file: string) => ['plan.yaml', 'targets.csv', 'history.csv'].indexOf(file);
const problem = (file: string, row: number, message: string, code = 'x.y', field = '数值'): Problem => ({
  ...{ file, row, message, code, field },
});
const brief = (problems: readonly Problem[]) => problems.map(({ file, row, message }) => [file, row, message]);

it('problems are told in the order of the files and rows', () => {
  const found = [problem('history.csv', 9, 'a'), problem('targets.csv', 3, 'b'), problem('history.csv', 2, 'c')];
  expect(brief(summarised([...found, { code: 'x.z', message: 'd', file: 'plan.yaml' }], order))).toEqual([
    ['plan.yaml', undefined, 'd'],
    ['targets.csv', 3, 'b'],
    ['history.csv', 2, 'c'],
    ['history.csv', 9, 'a'],
  ]);
});

it('the same one of several rows is told once, with its rows', () => {
  const rows = (...numbers: number[]) => numbers.map((row) => problem('history.csv', row, 'a'));
  expect(brief(summarised(rows(9, 2), order))).toEqual([['history.csv', 2, 'a；第 2、9 行都是如此']]);
  expect(brief(summarised(rows(9, 2, 5, 12), order))).toEqual([['history.csv', 2, 'a；第 2、5、9 行等 4 行都是如此']]);
  const others = [
    problem('targets.csv', 2, 'a'),
    problem('history.csv', 3, 'a', 'x.other'),
    problem('history.csv', 3, 'a', 'x.y', '分子'),
  ];
  expect(summarised([...rows(2), ...others], order)).toHaveLength(4);
});

it('of many alike the first are told, and where the others are, as long as the report is not readable otherwise', () => {
  const many = (count: number, file = 'history.csv', code = 'x.y') =>
    Array.from({ length: count }, (_, at) => problem(file, 2 * at + 2, `m${at}`, code));
  expect(summarised(many(50), order)).toHaveLength(50);
  const report = summarised(many(60), order);
  expect(report).toHaveLength(21);
  expect(report[19]).toMatchObject({ row: 40, message: 'm19' });
  expect(report[20]).toMatchObject({ row: 42, code: 'x.y', field: '数值' });
  expect(report[20]!.message).toMatch(/^同类错误另有 40 处：第 42、44、46、.*…\s行$/);
  const kinds = Array.from({ length: 12 }, (_, at) => many(60, 'history.csv', `x.k${at}`)).flat();
  expect(summarised(kinds, order)).toHaveLength(12 * 4);
  const more = Array.from({ length: 30 }, (_, at) => many(60, 'history.csv', `x.k${at}`)).flat();
  expect(summarised(more, order)).toHaveLength(30 * 2);
});

it('rows that follow each other are told as a span', () => {
  const found = Array.from({ length: 60 }, (_, at) => problem('history.csv', at + 2, `m${at}`));
  expect(summarised(found, order).at(-1)!.message).toBe('同类错误另有 40 处：第 22–61 行');
});
