import { eventCsvOptions, eventRows, type ExportedEvent } from './event-csv.js';

const event = (different: Partial<ExportedEvent>): ExportedEvent => ({
  ...{ position: '7', id: 'e', type: 'IndicatorMeasured', subject: 'figure-p.02.331102.2022', revision: 0 },
  ...{ knownat: '2023-03-02T15:59:59.999Z', time: '2024-03-01T01:00:00.000Z', authid: '02', data: {} },
  ...{ metadata: JSON.stringify({ actor: { id: '02', name: '=填报员' } }), ...different },
});
const drafted = (plan: string, timeZone: string) =>
  event({ type: 'PlanDrafted', subject: `plan-${plan}`, data: { timeZone } });
const cells = (row: readonly string[]) =>
  Object.fromEntries(eventCsvOptions.columns.map((heading, at) => [heading, row[at]]));

it('an event has the times of its plan, its codes as text, and nothing that begins like a formula', () => {
  const row = eventRows();
  row(drafted('p', 'Asia/Shanghai'));
  row(drafted('q', 'Asia/Tokyo'));
  expect(cells(row(event({})))).toMatchObject({
    ...{ 位置: '7', 掌握时间: '2023-03-02T23:59:59.999+08:00', 录入时间: '2024-03-01T09:00:00+08:00' },
    ...{ 经办人编号: "'02", 经办人: "'=填报员", 修订号: '0', 示例数据: '', 事由: '' },
  });
  expect(cells(row(event({ subject: 'figure-q.02.1.2022' }))).录入时间).toBe('2024-03-01T10:00:00+09:00');
});

it('parts of a figure have a column of their own', () => {
  const parts = [
    { breakdown: 'sex', part: 'f', numerator: '20', denominator: '40' },
    { breakdown: 'sex', part: 'm', numerator: '28', denominator: '60' },
  ];
  const reported = { numerator: '48', denominator: '100', parts };
  expect(cells(eventRows()(event({ data: { reported } }))).分组).toBe('sex.f=20 ÷ 40；sex.m=28 ÷ 60');
  expect(cells(eventRows()(event({ data: { reported: { value: '48' } } }))).分组).toBe('');
});

it.each<[string, ExportedEvent['data'], [string, string, string]]>([
  ['IndicatorMeasured', { reported: { value: '54.2' } }, ['54.2', '', '']],
  ['IndicatorMeasured', { reported: { numerator: '2161', denominator: '3891' } }, ['', '2161', '3891']],
  ['MeasurementCorrected', { from: { value: '1' }, to: { value: '-2' } }, ['-2', '', '']],
  ['TargetSet', { value: '58' }, ['58', '', '']],
  ['TargetSet', { value: '=1.3*value("04")' }, ['', '', '']],
  ['TargetRevised', { from: '58', to: '60' }, ['60', '', '']],
  ['InvestmentReported', { amount: '300.5' }, ['300.5', '', '']],
  ['InvestmentCorrected', { from: '300', to: '200' }, ['200', '', '']],
  ['ProjectProgressReported', { percent: '45' }, ['45', '', '']],
  ['ProjectRescheduled', { from: '2022', to: '2023' }, ['', '', '']],
  ['MeasurementDeclaredMissing', { because: 'not-due' }, ['', '', '']],
])('%s %j has its numbers in columns of their own', (type, data, numbers) => {
  const { 数值, 分子, 分母 } = cells(eventRows()(event({ type, data })));
  expect([数值, 分子, 分母]).toEqual(numbers);
});
