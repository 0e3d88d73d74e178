import fc from 'fast-check';
import { Decimal, decimal, rounded, text } from './decimals.js';

describe('decimals', () => {
  it.each([
    ['12.70', '12.7'],
    ['-0', '0'],
    ['1e-7', '0.0000001'],
    ['1E+21', '1000000000000000000000'],
    ['1e3', '1000'],
    ['0.333333333333333333335', '0.33333333333333333334'],
    ['123456789012345678901234', '123456789012345678900000'],
  ])('%s is formatted as %s', (given, expected) => {
    expect(text(decimal(given))).toBe(expected);
  });

  it.each(['', ' 1', '1,000', '.5', '0x10', 'NaN', 'Infinity', '一', '1e9999'])('%j is refused', (given) => {
    expect(() => decimal(given, 'value')).toThrow(expect.objectContaining({ code: 'number.malformed' }));
  });

  it('a refusal quotes no more than 40 characters', () => {
    expect(() => decimal('x'.repeat(1000))).toThrow(`“${'x'.repeat(40)}”`);
  });

  it('property: formatting is stable after parsing the formatted text', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1 }), (part, whole) => {
        const once = text(new Decimal(part).div(whole));
        expect(text(decimal(once))).toBe(once);
      }),
    );
  });

  it('rounded makes three thirds equal to 1', () => {
    const third = new Decimal(1).div(3);
    expect(third.plus(third).plus(third).equals(1)).toBe(false);
    expect(rounded(third.plus(third).plus(third)).equals(1)).toBe(true);
  });
});
