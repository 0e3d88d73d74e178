import { checkedInput } from './command.js';
import { DateText } from './field.js';

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
