import { dayIn } from './day-cell.js';

const typed = (text: string) => dayIn({ at: '项目!H6', form: 'text', text });

it.each([
  '2022-06-30',
  '2022-6-30',
  '2022/6/30',
  '2022.06.30',
  '2022年6月30日',
  '２０２２－０６－３０',
  ' 2022 年 6 月 30 日 ',
])('%j is a day', (text) => expect(typed(text)).toBe('2022-06-30'));

it.each(['22-6-30', '30/6/2022', '2022-6', '6月30日', '2022-02-30', '20220630', '2022-06/30'])(
  '%j is refused',
  (text) => expect(typed(text)).toMatchObject({ code: 'report.day' }),
);

it('a date cell is a day, and a number is none', () => {
  expect(dayIn({ at: 'H6', form: 'day', text: '2022-06-30' })).toBe('2022-06-30');
  expect(dayIn({ at: 'H6', form: 'number', text: '44742' })).toMatchObject({ code: 'report.day' });
});
