import fc from 'fast-check';
import { asNumber, asText, asTime, withoutGuard } from './csv.js';

describe('a text', () => {
  it.each([
    ...['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=1', '＝1', '＋1', '－1', '＠x', '-'],
    ...['02', '331102', '2022', '2022-03', '1-2', '3/4', '1e5', '5E3', '1,000', '50%', '10:30', ' 7', '2023年6月30日'],
    ...['DEC1', 'mar-22', '1 Jan', 'TRUE', 'false'],
  ])('%j that a spreadsheet would change gets an apostrophe', (text) => {
    expect(asText(text)).toBe(`'${text}`);
    expect(withoutGuard(`'${text}`)).toBe(text);
  });

  it.each([
    ...[
      '',
      '2022-S1',
      '2022-Q3',
      'P01',
      'W01',
      '55.2（2161 ÷ 3891）· 已审核',
      '2023 年名录',
      '市民政局',
      'a=b',
      '{"a":1}',
    ],
    ...["'十四五'规划", "'", 'december', '781a038a-0c6a-5d4b-9ff9-741206249695', 'mars'],
  ])('%j that it would not change stays', (text) => {
    expect(asText(text)).toBe(text);
    expect(withoutGuard(text)).toBe(text);
  });

  it('that has an apostrophe before what it would change keeps it', () => {
    expect(asText("'02")).toBe("''02");
    expect(withoutGuard("''02")).toBe("'02");
  });

  it('comes back as it was, and never begins like a formula', () => {
    const risky = fc.array(fc.constantFrom("'", '=', '-', '\t', '0', '2', '.', '年', 'x', ' '), { maxLength: 6 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          risky.map((parts) => parts.join('')),
        ),
        (text) => {
          expect(withoutGuard(asText(text))).toBe(text);
          expect(asText(text)).not.toMatch(/^[=+\-@\t\r]/);
        },
      ),
    );
  });
});

it.each([
  ['54.2', '54.2'],
  ['-0.05', '-0.05'],
  [0, '0'],
  ['123456789012345', '123456789012345'],
  ['1234567890123456', "'1234567890123456"],
  ['0.123456789012345678', "'0.123456789012345678"],
  ['=1+1', "'=1+1"],
])('the number %s is written %s', (number, cell) => {
  expect(asNumber(number)).toBe(cell);
});

it('a moment is written as the plan’s clocks showed it', () => {
  expect(asTime('2023-06-30T15:59:59.999Z', 'Asia/Shanghai')).toBe('2023-06-30T23:59:59.999+08:00');
  expect(asTime('2023-06-30T02:30:00.000Z', 'Asia/Shanghai')).toBe('2023-06-30T10:30:00+08:00');
  expect(asTime('2023-06-30T02:30:00.000Z', 'UTC')).toBe('2023-06-30T02:30:00Z');
});
