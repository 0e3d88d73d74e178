import { moneyIn, readUnit, unitsIn } from './unit-of-measure.js';

const read = (text: string): [Record<string, number>, string] => {
  const { powers, size } = readUnit(text);
  return [Object.fromEntries(powers), size.toString()];
};

describe('a unit of measure', () => {
  it.each<[string, Record<string, number>, string]>([
    ['元', { CNY: 1 }, '1'],
    ['万元', { CNY: 1 }, '10000'],
    ['万亿元', { CNY: 1 }, '1000000000000'],
    ['RMB', { CNY: 1 }, '1'],
    ['CNY', { CNY: 1 }, '1'],
    ['百万美元', { USD: 1 }, '1000000'],
    ['USD million', { USD: 1 }, '1000000'],
    ['million USD', { USD: 1 }, '1000000'],
    ['Million  USD', { USD: 1 }, '1000000'],
    ['US$ billion', { USD: 1 }, '1000000000'],
    ['INR crore', { INR: 1 }, '10000000'],
    ['thousand tonnes', { 吨: 1 }, '1000'],
    ['万吨', { 吨: 1 }, '10000'],
    ['亿欧元/年', { EUR: 1, 月: -1 }, '8333333.33333333333333333333333'],
    ['USD per person', { USD: 1, 人: -1 }, '1'],
    ['per 100,000', {}, '0.00001'],
    ['deaths per 100,000 people', { deaths: 1, 人: -1 }, '0.00001'],
    ['每十万人', { 人: -1 }, '0.00001'],
    ['例/十万人', { 例: 1, 人: -1 }, '0.00001'],
    ['例/每十万人', { 例: 1, 人: -1 }, '0.00001'],
    ['例／10万人', { 例: 1, 人: -1 }, '0.00001'],
    ['张每千人', { 张: 1, 人: -1 }, '0.001'],
    ['%', {}, '0.01'],
    ['个百分点', {}, '0.01'],
    ['‰', {}, '0.001'],
    ['倍', {}, '1'],
    ['', {}, '1'],
    ['元/元', {}, '1'],
    ['千瓦时/万元', { 瓦时: 1, CNY: -1 }, '0.1'],
    ['吨·公里', { 吨: 1, 公里: 1 }, '1'],
    // Names that no table has.
    ['种', { 种: 1 }, '1'],
    ['constructor', { constructor: 1 }, '1'],
    ['μg/m3', { μg: 1, m3: -1 }, '1'],
    ['permits', { permits: 1 }, '1'],
  ])('%s is read with its dimension and size', (text, powers, size) => {
    expect(read(text)).toEqual([powers, size]);
  });

  it.each([
    ['亿元', '万元', '10000'],
    ['USD million', '百万美元', '1'],
    ['万吨', 'thousand tonnes', '10'],
    ['每十万人', '每万人', '0.1'],
    ['%', '‰', '10'],
  ])('one %s is so many %s', (a, b, factor) => {
    expect(unitsIn(readUnit(a), readUnit(b))!.toString()).toBe(factor);
  });

  it.each([
    ['万元', '万美元'],
    ['HKD', 'USD'],
    ['元', '元/年'],
    ['人', '%'],
  ])('%s and %s have different dimensions', (a, b) => {
    expect(unitsIn(readUnit(a), readUnit(b))).toBeUndefined();
  });
});

describe('an amount of money', () => {
  it.each([
    ['万元', 'CNY', '10000'],
    ['百万美元', 'USD', '1000000'],
    ['KES million', 'KES', '1000000'],
    ['日元', 'JPY', '1'],
  ])('%s is one', (text, currency, size) => {
    expect(moneyIn(text)).toMatchObject({ currency });
    expect(moneyIn(text)!.size.toString()).toBe(size);
  });

  it.each(['吨', '万', '', '元/年', '1/元', '%', 'XYZ million', '元·人'])('%j is none', (text) => {
    expect(moneyIn(text)).toBeUndefined();
  });
});
