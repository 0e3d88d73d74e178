import fc from 'fast-check';
import { Decimal } from '../kernel/decimal.js';
import type { GivenCell } from './given-row.js';
import { numberIn } from './number-cell.js';

const typed = (text: string): GivenCell => ({ at: '指标!C7', form: 'text', text });

describe('a number', () => {
  it.each([
    ['55.30', '55.30'],
    [' 55.3　', '55.3'],
    ['１２３４．５', '1234.5'],
    ['12,345', '12345'],
    ['1,234,567.80', '1234567.80'],
    ['１，２３４', '1234'],
    ['−3', '-3'],
    ['-0', '0'],
    ['0.00', '0.00'],
  ])('%j is %s', (text, value) => {
    expect(numberIn(typed(text), '个')).toBe(value);
  });

  it.each([
    ['1,5', /可以是小数点/],
    ['0,123', /可以是小数点/],
    ['1.2.3', /几个小数点/],
    ['12,34,567', /须只有数字/],
    ['2022-06-30', /像日期/],
    ['6/30', /像日期/],
    ['1e5', /科学计数法/],
    ['55张', /不要写单位/],
    ['.5', /须只有数字/],
    ['007', /须只有数字/],
    ['约', /须为数/],
    ['12.5%', /不是 %/],
  ])('%j is refused', (text, message) => {
    expect(numberIn(typed(text), '个')).toEqual({ code: 'report.number', message: expect.stringMatching(message) });
  });

  it('in percent is read where the unit is %', () => {
    expect(numberIn(typed('12.5%'), '%')).toBe('12.5');
    expect(numberIn(typed('１２．５％'), '％')).toBe('12.5');
    expect(numberIn(typed('12.5'), '%')).toBe('12.5');
  });

  it('is not what a date cell has, nor a flawed one', () => {
    expect(numberIn({ at: 'C7', form: 'day', text: '2022-06-30' }, '个')).toMatchObject({ code: 'report.number' });
    const flaw = { code: 'report.cell-error', message: '公式出错' };
    expect(numberIn({ at: 'C7', form: 'flawed', text: '#REF!', flaw }, '个')).toBe(flaw);
  });
});

const decimals = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 14n }), fc.stringMatching(/^(\.\d{1,12})?$/))
  .map(([isNegative, whole, fraction]) => `${isNegative ? '-' : ''}${whole}${fraction}`);

const wide = (text: string) =>
  [...text]
    .map((each) => (/[\d.,%-]/.test(each) ? String.fromCodePoint(each.codePointAt(0)! + 0xfee0) : each))
    .join('');

const apart = (text: string) => text.replace(/\d+/, (whole) => whole.replaceAll(/\B(?=(\d{3})+$)/g, ','));

it('is the same however its digits are written', () => {
  fc.assert(
    fc.property(decimals, (plain) => {
      for (const written of [plain, apart(plain), wide(plain), wide(apart(plain)), `  ${plain}\u00a0`]) {
        const read = numberIn(typed(written), '个');
        expect(new Decimal(read as string).equals(plain)).toBe(true);
      }
    }),
  );
});

it('is never made of what holds anything but digits, their separators and a sign', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,-%eE /年个') }), (text) => {
      const read = numberIn(typed(text), '个');
      if (typeof read !== 'string') return;
      // Whatever is read has the digits that were typed, in their order, and one point at most.
      expect(read.replace('-', '')).toBe(text.trim().replaceAll(',', '').replace('-', ''));
    }),
  );
});
