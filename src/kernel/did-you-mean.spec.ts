import { codeMeant, dateMeant, decimalMeant, orMeant, periodMeant } from './did-you-mean.js';

it.each([
  ['8', '08'],
  ['008', '08'],
  ['０８', '08'],
  [' 08 ', '08'],
  ['08\u3000', '08'],
  ['p01', 'P01'],
  ['P1', 'P01'],
  ['Ｐ０１', 'P01'],
  ['p01-1', 'P01-1'],
  ['P 01', 'P01'],
  ['331102', undefined],
  ['80', undefined],
  ['P10', undefined],
  ['0', undefined],
  ['', undefined],
])('the code %j means %j', (code, meant) => {
  expect(codeMeant(code, ['01', '08', 'P01', 'P01-1', 'P100', '331100'])).toBe(meant);
});

it.each([
  ['2022年', '2022'],
  ['fy2022', 'FY2022'],
  ['FY 2022', 'FY2022'],
  ['2022财年', 'FY2022'],
  ['财年2022', 'FY2022'],
  ['2022财政年度', 'FY2022'],
  ['2022财年上半年', 'FY2022-S1'],
  ['FY2022Q3', 'FY2022-Q3'],
  ['FY2022-3', 'FY2022-M03'],
  ['FY2022-M3', 'FY2022-M03'],
  ['2022-M03', '2022-03'],
  ['2022年度', '2022'],
  ['２０２２', '2022'],
  [' 2022', '2022'],
  ['2022Q3', '2022-Q3'],
  ['2022-q3', '2022-Q3'],
  ['2022年第三季度', '2022-Q3'],
  ['2022年3季度', '2022-Q3'],
  ['2022四季度', '2022-Q4'],
  ['2022年上半年', '2022-S1'],
  ['2022下半年', '2022-S2'],
  ['2022H2', '2022-S2'],
  ['2022年3月', '2022-03'],
  ['2022/3', '2022-03'],
  ['2022-3', '2022-03'],
  ['2022.12', '2022-12'],
  ['2022-13', undefined],
  ['2022Q5', undefined],
  ['20223', undefined],
  ['二〇二二', undefined],
  ['2022', undefined],
  ['2022-03', undefined],
  ['', undefined],
])('the period %j means %j', (text, meant) => {
  expect(periodMeant(text)).toBe(meant);
});

it.each([
  ['2023/3/1', '2023-03-01'],
  ['2023年3月1日', '2023-03-01'],
  ['2023.03.01', '2023-03-01'],
  ['2023-3-1', '2023-03-01'],
  ['20230301', '2023-03-01'],
  ['２０２３-０３-０１', '2023-03-01'],
  ['2023/2/29', undefined],
  ['2023/13/1', undefined],
  ['3/1/2023', undefined],
  ['2023-03-01', undefined],
  ['去年', undefined],
])('the date %j means %j', (text, meant) => {
  expect(dateMeant(text)).toBe(meant);
});

it.each([
  ['1,234.50', '1234.50'],
  ['12,345,678', '12345678'],
  ['５５.３', '55.3'],
  ['+3', '3'],
  ['-1,000', '-1000'],
  ['.5', '0.5'],
  ['007', '7'],
  [' 8', '8'],
  ['1,23', undefined],
  ['12%', undefined],
  ['1e3', undefined],
  ['5.', undefined],
  ['', undefined],
  ['.', undefined],
  ['8', undefined],
])('the number %j means %j', (text, meant) => {
  expect(decimalMeant(text)).toBe(meant);
});

it('ends a message, or adds nothing', () => {
  expect(`没有${orMeant('08')}`).toBe('没有；您是否指 08？');
  expect(orMeant(undefined)).toBe('');
});
