import { parsePeriod } from '../../kernel/period.js';
import { isOver, lastUntil, untilDay } from './until.js';

const zone = 'Asia/Shanghai';
const october = { fiscalYear: { firstMonth: 10, namedAfter: 'end' } } as const;

it('a fiscal year ends by the calendar of its plan', () => {
  expect(untilDay(parsePeriod('FY2024'), undefined, { timeZone: zone, ...october })).toBe('2024-09-30');
  expect(isOver('FY2024-Q1', '2023-12-31', october)).toBe(true);
  expect(isOver('FY2024-Q1', '2023-12-30', october)).toBe(false);
});

it.each([
  ['2022', undefined, '2022-12-31'],
  ['2022', '2023-06-30T15:59:59.999Z', '2022-12-31'],
  ['2022', '2022-08-15T15:59:59.999Z', '2022-08-15'],
  ['2022', '2022-08-15T16:00:00.000Z', '2022-08-16'],
  ['2022-S1', '2022-08-15T15:59:59.999Z', '2022-06-30'],
])('untilDay of %s as known at %s is %s', (period, knownAt, until) => {
  expect(untilDay(parsePeriod(period), knownAt, { timeZone: zone })).toBe(until);
});

it.each([
  ['2022', '2022-12-30', false],
  ['2022', '2022-12-31', true],
  ['2022-02', '2022-02-28', true],
  ['2022-Q3', '2022-09-29', false],
])('isOver(%s) at the end of %s: %s', (period, until, over) => {
  expect(isOver(period, until, {})).toBe(over);
});

it('lastUntil returns the last entry of the latest day, or undefined', () => {
  const entries = [
    { on: '2022-03-01', text: 'a' },
    { on: '2022-06-30', text: 'b' },
    { on: '2022-06-30', text: 'c' },
    { on: '2023-01-01', text: 'd' },
  ];
  expect(lastUntil(entries, '2022-12-31')?.text).toBe('c');
  expect(lastUntil(entries, '2022-06-29')?.text).toBe('a');
  expect(lastUntil(entries, '2022-02-28')).toBeUndefined();
});
