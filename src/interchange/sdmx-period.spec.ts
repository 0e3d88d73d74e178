import { planPeriod, reportingYearStart, sdmxPeriod } from './sdmx-period.js';

const calendars = {
  calendar: {},
  'fiscal year, named after its start': { fiscalYear: { firstMonth: 4, namedAfter: 'start' } },
  'fiscal year, named after its end': { fiscalYear: { firstMonth: 7, namedAfter: 'end' } },
} as const;

it.each([
  ['calendar', '2022', '2022'],
  ['calendar', '2022-S1', '2022-S1'],
  ['calendar', '2022-03', '2022-03'],
  ['fiscal year, named after its start', 'FY2022', '2022-A1'],
  ['fiscal year, named after its start', 'FY2022-Q3', '2022-Q3'],
  ['fiscal year, named after its end', 'FY2022-M03', '2021-M03'],
] as const)('%s: %s is written %s, and read back', (calendar, own, written) => {
  expect(sdmxPeriod(own, calendars[calendar])).toBe(written);
  expect(planPeriod(written, calendars[calendar])).toBe(own);
});

it('a fiscal year says when it starts', () => {
  expect(reportingYearStart(calendars['fiscal year, named after its end'])).toBe('--07-01');
  expect(reportingYearStart({})).toBeUndefined();
});
