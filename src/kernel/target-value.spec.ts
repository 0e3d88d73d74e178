import fc from 'fast-check';
import { Decimal } from './decimal.js';
import { isEasier, keeps, printedTarget, sameValue, shownTarget, targetValue } from './target-value.js';

describe('a target as plans print it', () => {
  it.each([
    ['58', 'number', ['58'], ''],
    ['55.30', 'number', ['55.30'], ''],
    ['58%', 'number', ['58'], '%'],
    ['５８％', 'number', ['58'], '%'],
    ['-3', 'number', ['-3'], ''],
    ['>7', 'over', ['7'], ''],
    ['＞7', 'over', ['7'], ''],
    ['≥7', 'at-least', ['7'], ''],
    ['>= 7', 'at-least', ['7'], ''],
    ['不低于7', 'at-least', ['7'], ''],
    ['7%以上', 'at-least', ['7'], '%'],
    ['<5.5', 'under', ['5.5'], ''],
    ['≤5.5%', 'at-most', ['5.5'], '%'],
    ['5.5以内', 'at-most', ['5.5'], ''],
    ['不超过5.5', 'at-most', ['5.5'], ''],
    ['5..6', 'range', ['5', '6'], ''],
    ['5-6', 'range', ['5', '6'], ''],
    ['5–6', 'range', ['5', '6'], ''],
    ['5～6', 'range', ['5', '6'], ''],
    ['5%-6%', 'range', ['5', '6'], '%'],
    ['5—6%', 'range', ['5', '6'], '%'],
    ['5至6', 'range', ['5', '6'], ''],
    ['-1..1.5', 'range', ['-1', '1.5'], ''],
    ['合理区间（5%-6%）', 'range', ['5', '6'], '%'],
    ['5%-6%（合理区间）', 'range', ['5', '6'], '%'],
    ['保持在5-6的合理区间', 'range', ['5', '6'], ''],
    ['合理区间：5-6', 'range', ['5', '6'], ''],
  ])('%s is read', (text, form, numbers, unit) => {
    expect(printedTarget(text)).toEqual({ form, numbers, unit, bracketed: false });
  });

  it.each([
    ['[13.5]', 'number', ['13.5']],
    ['〔13.5〕', 'number', ['13.5']],
    ['【>13.5】', 'over', ['13.5']],
  ])('%s is a total of the years', (text, form, numbers) => {
    expect(printedTarget(text)).toEqual({ form, numbers, unit: '', bracketed: true });
  });

  it.each(['合理区间', '保持在合理区间', '合理区间内', '合理区间5'])('%s does not say its ends', (text) => {
    expect(printedTarget(text)).toBe('no-ends');
  });

  it.each(['5.5左右', '约5.5', '≈5'])('%s is about a number', (text) => {
    expect(printedTarget(text)).toBe('about');
  });

  it.each([
    '',
    '五',
    '1,234',
    '1e3',
    '.5',
    '-0',
    '5..',
    '..6',
    '5..6..7',
    '>',
    '>>7',
    '5%-6‰',
    '07',
    '=1',
    '2021年10月',
    '1/2',
  ])('%j is none', (text) => {
    expect(printedTarget(text)).toBeUndefined();
  });
});

describe('a stored target', () => {
  it.each([
    ['58', '57.9', false, '58', true],
    ['>7', '7', false, '7.0001', true],
    ['5..6', '4.999', false, '5', true],
    ['5..6', '6.001', false, '6', true],
  ])('%s where higher is better', (target, below, no, above, yes) => {
    expect(keeps('higher', new Decimal(below), targetValue(target))).toBe(no);
    expect(keeps('higher', new Decimal(above), targetValue(target))).toBe(yes);
  });

  it('<5.5 where lower is better is not kept by 5.5', () => {
    expect(keeps('lower', new Decimal('5.5'), targetValue('<5.5'))).toBe(false);
    expect(keeps('lower', new Decimal('5.5'), targetValue('5.5'))).toBe(true);
    expect(keeps('lower', new Decimal('5.499'), targetValue('<5.5'))).toBe(true);
  });

  it('is the same whatever zeros it is written with', () => {
    expect(sameValue('5..6', '5.0..6.00')).toBe(true);
    expect(sameValue('>7', '>7.0')).toBe(true);
    expect([sameValue('>7', '7'), sameValue('5..6', '5'), sameValue('5..6', '5..7')]).toEqual([false, false, false]);
  });

  it('is shown as plans print it', () => {
    expect(['5..6', '>7', '58', '=1.3*value("04")'].map(shownTarget)).toEqual(['5–6', '>7', '58', '=1.3*value("04")']);
  });

  const targets = fc.oneof(
    fc.integer({ min: -9, max: 9 }).map(String),
    fc.integer({ min: -9, max: 9 }).map((number) => `>${number}`),
    fc.tuple(fc.integer({ min: -9, max: 0 }), fc.integer({ min: 1, max: 9 })).map(([low, high]) => `${low}..${high}`),
  );
  it('property: is easier than another if and only if it admits a number that the other does not', () => {
    const numbers = Array.from({ length: 61 }, (_, at) => new Decimal(at - 30).div(2));
    fc.assert(
      fc.property(targets, targets, (target, than) => {
        const admits = numbers.some(
          (number) => keeps('higher', number, targetValue(target)) && !keeps('higher', number, targetValue(than)),
        );
        expect(isEasier('higher', target, than)).toBe(admits);
      }),
    );
  });
});
