import fc from 'fast-check';
import { Decimal, decimal, settled, text } from './decimals.js';

describe('decimals', () => {
  it.each([
    ['12.70', '12.7'],
    ['-0', '0'],
    ['1e-7', '0.0000001'],
    ['1E+21', '1000000000000000000000'],
    ['0.333333333333333333335', '0.33333333333333333334'],
    ['123456789012345678901234', '123456789012345678900000'],
  ])('%s is written %s', (given, expected) => {
    expect(text(decimal(given))).toBe(expected);
  });

  it.each(['', ' 1', '1,000', '.5', '0x10', 'NaN', 'Infinity', '一', '1e9999'])('%j is no number', (given) => {
    expect(() => decimal(given, 'value')).toThrow(expect.objectContaining({ code: 'number.malformed' }));
  });

  it('writing is stable: what is read back is written the same', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1 }), (part, whole) => {
        const once = text(new Decimal(part).div(whole));
        expect(text(decimal(once))).toBe(once);
      }),
    );
  });

  it('thirds add up where thresholds look', () => {
    const third = new Decimal(1).div(3);
    expect(third.plus(third).plus(third).equals(1)).toBe(false);
    expect(settled(third.plus(third).plus(third)).equals(1)).toBe(true);
  });
});
