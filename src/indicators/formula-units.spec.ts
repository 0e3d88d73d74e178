import { assertUnitsFit } from './formula-units.js';
import { parseFormula } from './formula.js';

const units: Readonly<Record<string, string>> = {
  Y: '元/年',
  M: '元/月',
  P: '人',
  W: '万人',
  B: '张',
  S: '%',
  E: '亿元',
  T: '倍',
  U: 'USD million',
  V: '百亿美元',
};
const fits = (text: string, unitOfMeasure: string) => () =>
  assertUnitsFit(parseFormula(text), { code: 'X', unitOfMeasure, unitOf: (code) => units[code]!, field: 'value' });

describe('a formula whose result has the indicator’s unit', () => {
  it.each([
    ['1.3*value("Y")', '元/年'],
    ['value("B")/value("P")', '张/人'],
    ['value("B")/value("P")*1000', '张/千人'],
    ['value("B")/value("W")', '张/万人'],
    ['value("P")/value("P")*100', '%'],
    ['value("P")/value("P")', '倍'],
    ['value("S")/100*value("P")', '人'],
    ['value("S")-value("T")*100', '%'],
    ['value("S")*10', '‰'],
    ['value("U")*100', '万美元'],
    ['value("U")+value("V")*10000', 'USD million'],
    ['value("Y")/12', '元/月'],
    ['1.3*value("Y")/12', '元/月'],
    ['value("M")*12', '元/年'],
    ['max(value("M")*12, value("Y"))', '元/年'],
    ['value("E")/value("W")*10000', '元/人'],
    ['value("E")*10000', '万元'],
    ['value("W")*10000+value("P")', '人'],
    ['max(value("Y"), 9000)', '元/年'],
    ['value("Y")+500', '元/年'],
    ['-value("B")', '张'],
    ['value("P")*value("B")/value("B")', '人'],
  ])('%s is accepted for %s', (text, unit) => {
    expect(fits(text, unit)).not.toThrow();
  });
});

describe('a formula whose units do not fit', () => {
  it.each([
    ['1.3*value("Y")', '元', '结果不是该指标的计量单位'],
    ['1.3*value("Y")', '元/月', '相差倍数'],
    ['value("E")/value("W")', '元/人', '相差倍数'],
    ['value("W")+value("P")', '人', '请先换算'],
    ['value("P")+value("B")', '人', '请先换算'],
    ['min(value("P"), value("S"))', '人', '请先换算'],
    ['value("P")*value("P")', '人', '结果不是'],
    ['value("P")/value("P")', '人', '结果不是'],
    ['value("P")', '%', '结果不是'],
    // 50 % of ten persons are not 500.
    ['value("S")*value("P")', '人', '相差倍数'],
    ['value("S")-value("T")', '%', '请先换算'],
    ['value("S")', '‰', '相差倍数'],
    ['value("U")+value("E")', '亿元', '请先换算'],
    ['value("U")', '百万欧元', '结果不是'],
  ])('%s is refused for %s', (text, unit, message) => {
    expect(fits(text, unit)).toThrow(
      expect.objectContaining({ code: 'formula.units', message: expect.stringContaining(message) }),
    );
  });

  it('is refused with a message that lists the units of all referenced indicators', () => {
    expect(fits('value("P")+value("B")', '人')).toThrow('指标 X 的公式单位不合');
    expect(fits('value("P")+value("B")', '人')).toThrow('P：人，B：张；X：人');
  });
});
