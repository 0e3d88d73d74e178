import { checkedInput } from './command.js';
import { DateText, DecimalText, ListOf } from './field.js';

class Dated {
  @DateText({ label: '日期' })
  on: string;
}

describe('a date', () => {
  it('is a day that the calendar has', () => {
    expect(checkedInput(Dated, { on: '2024-02-29' })).toEqual({ on: '2024-02-29' });
  });

  it.each([
    ['2023-02-30', '日期有误：日历上没有 2023-02-30 这一天'],
    ['2023-13-01', '日期有误：日历上没有 2023-13-01 这一天'],
    ['2023-6-3', '日期须写作年-月-日，如 2023-06-30；您是否指 2023-06-03？'],
    [20230630, '日期须为文本：请加引号，写作 "20230630"'],
    [null, '日期须写作年-月-日，如 2023-06-30'],
  ])('is not %j', (on, message) => {
    expect(() => checkedInput(Dated, { on })).toThrow(
      expect.objectContaining({ problems: [{ code: 'input.invalid-field', field: 'on', message }] }),
    );
  });
});

class Measured {
  @DecimalText({ label: '数值' })
  value: string;
}

describe('a decimal', () => {
  it.each(['0', '-0.5', '55.30', '0.12345678901234567', '999999999999999.12345678901234567891'])(
    'may be %s',
    (value) => {
      expect(checkedInput(Measured, { value })).toEqual({ value });
    },
  );

  it.each(['0.123456789012345678901', '1000000000000000', '-0', '01', '1e-7', '.5'])('is not %s', (value) => {
    expect(() => checkedInput(Measured, { value })).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ message: expect.stringContaining('小数至多 20 位') })],
      }),
    );
  });
});

class Series {
  @ListOf(() => Measured, { label: '各期', max: 3 })
  parts: Measured[];
}

describe('a list', () => {
  it('is one of objects', () => {
    expect(checkedInput(Series, { parts: [{ value: '1' }] })).toEqual({ parts: [{ value: '1' }] });
  });

  it.each([[[[]]], [['1']], [[null]], [[7]]])('is not %j', (parts) => {
    expect(() => checkedInput(Series, { parts })).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ message: expect.stringContaining('各期各项须为对象') })],
      }),
    );
  });
});
