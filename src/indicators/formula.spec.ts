import fc from 'fast-check';
import { DomainError } from '../kernel/errors.js';
import { Decimal } from '../kernel/decimal.js';
import { evaluateFormula, parseFormula, referencesOf, type Reference } from './formula.js';

const figures: Readonly<Record<string, string>> = { '04': '10980', A: '3', B: '4', zero: '0', '04-last': '10200' };
const figure = ({ code, previous }: Reference) => new Decimal(figures[previous ? `${code}-last` : code]!);
const result = (text: string) => evaluateFormula(parseFormula(text), figure)?.toFixed();

describe('a formula', () => {
  it.each([
    ['=1.3*value("04")', '14274'],
    ["=1.3 * value('04')", '14274'],
    ['value("A")/value("B")*100', '75'],
    ['value("A")-value("B")-1', '-2'],
    ['value("A")-(value("B")-1)', '0'],
    ['2+3*value("A")', '11'],
    ['(2+3)*value("A")', '15'],
    ['-value("A")*-2', '6'],
    ['min(value("A"), value("B"), 3.5)', '3'],
    ['max(value("A"))', '3'],
    ['value("04")/previous("04")-1', new Decimal('10980').div('10200').minus(1).toFixed()],
    // Binary fractions would give 0.30000000000000004 and lose the last digits.
    ['0.1+0.2+value("zero")', '0.3'],
    ['1234567890123456789.0123456789+value("zero")', '1234567890123456789.0123456789'],
  ])('%s', (text, expected) => {
    expect(result(text)).toBe(expected);
  });

  it('is undefined if it divides by zero', () => {
    expect(result('1/value("zero")')).toBeUndefined();
    expect(result('max(1, value("A")/(value("A")-3))')).toBeUndefined();
  });

  it('lists each referenced figure once', () => {
    expect(referencesOf(parseFormula('value("A")*value("A")+previous("A")-min(value("04"),1)'))).toEqual([
      { code: 'A', previous: false },
      { code: 'A', previous: true },
      { code: '04', previous: false },
    ]);
  });

  it('parses to the same result regardless of spaces and kind of quotes', () => {
    expect(parseFormula("= 1.30*value( '04' )")).toEqual(parseFormula('1.3*value("04")'));
  });
});

describe('an invalid formula', () => {
  it.each<[string, string, string]>([
    ['', 'formula.syntax', '是空的'],
    ['=', 'formula.syntax', '是空的'],
    ['value("A"', 'formula.syntax', '缺少右括号'],
    ['value("A)', 'formula.syntax', '缺少引号'],
    ['1.3*', 'formula.syntax', '“*”后面缺少内容'],
    ['=value("A") value("B")', 'formula.syntax', '第 13 个字符：此处缺少运算符'],
    ['1.3×value("A")', 'formula.syntax', '第 4 个字符：“×”不能用'],
    ['（1）*value("A")', 'formula.syntax', '半角'],
    ['低保', 'formula.syntax', '“低”不能用'],
    ['1;value("A")', 'formula.syntax', '缺少运算符'],
    ['value', 'formula.unknown-name', '不认识“value”'],
    ['1+process', 'formula.unknown-name', '第 3 个字符：不认识“process”'],
    ['=1+eval("1")', 'formula.unknown-name', '第 4 个字符：没有“eval(…)”'],
    ['constructor("A")', 'formula.unknown-name', '没有“constructor'],
    ['__proto__', 'formula.unknown-name', ''],
    ['value.constructor("A")', 'formula.not-allowed', ''],
    ['value("A")["x"]', 'formula.not-allowed', ''],
    ['value("A")("B")', 'formula.not-allowed', ''],
    ['this', 'formula.not-allowed', ''],
    ['true+value("A")', 'formula.not-allowed', 'true'],
    ['"A"', 'formula.not-allowed', '"A"'],
    ['[value("A")]', 'formula.not-allowed', ''],
    ['value("A")?1:2', 'formula.not-allowed', ''],
    ['value("A")>1', 'formula.not-allowed', '“>”'],
    ['value("A")**2', 'formula.not-allowed', '“**”'],
    ['value("A")%2', 'formula.not-allowed', '“%”'],
    ['!value("A")', 'formula.not-allowed', '“!”'],
    ['+value("A")', 'formula.not-allowed', '“+”'],
    ['1||value("A")', 'formula.not-allowed', '“||”'],
    ['1e3*value("A")', 'formula.number', '1e3'],
    ['.5*value("A")', 'formula.number', '.5'],
    ['value()', 'formula.arguments', '指标代码'],
    ['value("A","B")', 'formula.arguments', '指标代码'],
    ['value(04)', 'formula.arguments', '指标代码'],
    ['value("A/B")', 'formula.arguments', '指标代码'],
    ['value("A"+"B")', 'formula.arguments', '指标代码'],
    ['min()', 'formula.arguments', '至少有一项'],
    ['=60', 'formula.constant', '固定的数'],
    [`value("A")${'+1'.repeat(250)}`, 'formula.too-long', '500'],
    [`${'('.repeat(30)}value("A")${')'.repeat(30)}`, '', ''],
    [`${'1-('.repeat(30)}value("A")${')'.repeat(30)}`, 'formula.too-deep', '20'],
    [`${'min('.repeat(30)}value("A")${')'.repeat(30)}`, 'formula.too-deep', '20'],
    [`value("A")${'+1'.repeat(200)}`, '', ''],
  ])('%s', (text, code, expectedText) => {
    const refusal = refused(text);
    expect(refusal?.code ?? '').toBe(code);
    expect(refusal?.message ?? '').toContain(expectedText);
    if (code) expect(refusal?.problems[0]?.field).toBe('value');
  });

  it('property: any text gives a formula or a DomainError, never another error', () => {
    const token = fc.constantFrom(
      ...['value("A")', 'previous("B")', 'min(', 'max(', ')', '(', ',', '+', '-', '*', '/', '1', '0.5', '"', "'", ' '],
      ...['a', '.', '[', ']', '{', '}', '`', '\\', '=', '?', ':', '&&', '#', '@', '$', '=>', ';', 'new ', '/*', '//'],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(token, { maxLength: 12 }).map((parts) => parts.join('')),
          fc.string(),
        ),
        (text) => {
          const refusal = refused(text);
          if (!refusal) expect(() => result(text.replaceAll('previous("B")', 'value("B")'))).not.toThrow();
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('property: arithmetic gives the same result as decimal.js', () => {
    const number = fc.integer({ min: -9999, max: 9999 }).map((hundredths) => new Decimal(hundredths).div(100));
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        const written = (value: Decimal) => (value.isNegative() ? `(-${value.abs().toFixed()})` : value.toFixed());
        expect(result(`${written(a)}*${written(b)}-${written(c)}+value("zero")`)).toBe(a.times(b).minus(c).toFixed());
      }),
    );
  });
});

function refused(text: string): DomainError | undefined {
  try {
    parseFormula(text, 'value');
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
