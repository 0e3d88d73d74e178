import { memoryEngine } from '../../test/support/engine.js';
import { mistakesIn } from '../../test/support/mistakes.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Problem } from '../kernel/errors.js';

const header = '知悉日期,经办人,动作,指标,单位,期间,数值,分子,分母,缺报原因,事由,依据,出处,文号,审核日期,审核人,分组';
interface Cells {
  readonly day?: string;
  readonly action?: string;
  readonly period?: string;
  readonly actor?: string;
  readonly reason?: string;
}
const row = (value: string, part = '', cells: Cells = {}) => {
  const { day = '2023-03-01', action = '上报', period = '2022', actor = 'reporter-1', reason = '' } = cells;
  return `${day},${actor},${action},03,331102,${period},${value},,,,${reason},2022 年名录,,,,,${part}`;
};

const brokenDown = `aggregation: sum
  breakdowns:
    - { code: sex, name: 性别, parts: [{ code: f, name: 女 }, { code: m, name: 男 }] }
    - { code: age, name: 年龄, parts: [{ code: a0, name: 0–59 岁 }, { code: a60, name: 60 岁以上 }] }`;

const folder = (...rows: readonly string[]) => ({
  ...smallPlan(['indicators.yaml', 'aggregation: sum', brokenDown]),
  'history.csv': [header, ...rows, ''].join('\n'),
});

describe('rows with 分组', () => {
  it('are needed in a correction of what has parts; 无 says that there are none any more', async () => {
    const whole = [row('8'), row('3', 'sex.f'), row('5', 'sex.m')];
    const correction = { day: '2023-06-01', action: '更正', reason: '与名录核对' };
    const [problem] = await mistakesIn(folder(...whole, row('9', '', correction)));
    expect(problem).toMatchObject({ code: 'figure.parts-dropped', file: 'history.csv', row: 5, field: '分组' });
    const engine = memoryEngine();
    await engine.submissions.submit(folder(...whole, row('9', '无', correction)));
    const events = await engine.log.readStream('figure-small.03.331102.2022');
    expect(events.at(-1)!.data).toMatchObject({ to: { value: '9' } });
    expect(events.at(-1)!.data).not.toHaveProperty('to.parts');
  });

  it('are no difference in another order', async () => {
    const engine = memoryEngine();
    await engine.submissions.submit(folder(row('8'), row('3', 'sex.f'), row('5', 'sex.m')));
    const turned = folder(row('5', 'sex.m'), row('3', 'sex.f'), row('8'));
    expect(await engine.submissions.differences(turned)).toMatchObject({ newRows: [], droppedRows: [] });
    expect(await engine.submissions.submit(turned)).toMatchObject({ events: 0, warnings: [] });
  });

  it('are one command with the row of their whole, wherever they stand', async () => {
    const engine = memoryEngine();
    const correction = { day: '2023-06-01', action: '更正', reason: '与名录核对' };
    await engine.submissions.submit(
      folder(
        row('5', 'sex.m'),
        row('9', '', correction),
        row('8'),
        row('4', 'sex.f', correction),
        row('3', 'sex.f', { actor: '' }),
        row('5', 'sex.m', { ...correction, reason: '' }),
        row('8', 'age.a60'),
        row('0', 'age.a0'),
      ),
    );
    const events = await engine.log.readStream('figure-small.03.331102.2022');
    const first = {
      value: '8',
      parts: [
        { breakdown: 'sex', part: 'f', value: '3' },
        { breakdown: 'sex', part: 'm', value: '5' },
        { breakdown: 'age', part: 'a0', value: '0' },
        { breakdown: 'age', part: 'a60', value: '8' },
      ],
    };
    const second = {
      value: '9',
      parts: [
        { breakdown: 'sex', part: 'f', value: '4' },
        { breakdown: 'sex', part: 'm', value: '5' },
      ],
    };
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      ['IndicatorMeasured', { reported: first, definitionVersion: 1 }],
      ['MeasurementCorrected', { from: first, to: second, definitionVersion: 1 }],
    ]);
  });

  it('may be left out with their column', async () => {
    const engine = memoryEngine();
    const without = [header.replace(',分组', ''), row('8').slice(0, -1), ''].join('\n');
    expect(await engine.submissions.submit({ ...folder(), 'history.csv': without })).toMatchObject({ plan: 'small' });
  });

  it.each<[string, string[], Partial<Problem>]>([
    [
      'a part without its whole',
      [row('8'), row('3', 'sex.f', { period: '2021' })],
      { row: 3, field: '分组', code: 'folder.part-without-whole' },
    ],
    [
      'a part of another day than its whole',
      [row('8'), row('3', 'sex.f', { day: '2023-03-02' })],
      { row: 3, code: 'folder.part-without-whole' },
    ],
    [
      'a part that is given twice',
      [row('8'), row('3', 'sex.f'), row('5', 'sex.m'), row('4', 'sex.f')],
      { row: 5, field: '分组', code: 'folder.part-twice' },
    ],
    [
      'a part by another person',
      [row('8'), row('3', 'sex.f'), row('5', 'sex.m', { actor: 'reviewer-1' })],
      { row: 4, field: '经办人', code: 'folder.part-unlike-whole' },
    ],
    [
      'a cell that names no part',
      [row('8'), row('3', 'sex'), row('5', 'sex.m')],
      { row: 3, field: '分组', code: 'folder.part-form' },
    ],
    [
      'a code that is none',
      [row('8'), row('3', '性别.f'), row('5', 'sex.m')],
      { row: 3, field: '分组', code: 'input.invalid-field' },
    ],
    [
      'an unknown breakdown',
      [row('8'), row('3', 'Sex.f'), row('5', 'sex.m')],
      { row: 3, field: '分组', code: 'figure.part-unknown' },
    ],
    [
      'an unknown part',
      [row('8'), row('3', 'sex.f'), row('5', 'sex.x')],
      { row: 4, field: '分组', code: 'figure.part-unknown' },
    ],
    [
      'a breakdown without one of its parts',
      [row('8'), row('8', 'sex.f')],
      { row: 3, field: '分组', code: 'figure.part-missing' },
    ],
    [
      'parts that do not add up',
      [row('8'), row('3', 'sex.f'), row('4', 'sex.m')],
      { row: 2, field: '数值', code: 'figure.parts-sum' },
    ],
    [
      'a number of a part that is none',
      [row('8'), row('三', 'sex.f'), row('5', 'sex.m')],
      { row: 3, field: '数值', code: 'input.invalid-field' },
    ],
    [
      'a part with a fraction',
      [row('8'), row('3', 'sex.f'), row('5.5', 'sex.m')],
      { row: 4, field: '数值', code: 'figure.not-whole' },
    ],
    [
      'the same whole, now with parts',
      [
        row('8'),
        row('8', '', { day: '2023-04-01' }),
        ...['3', '5'].map((value, at) => row(value, `sex.${'fm'[at]}`, { day: '2023-04-01' })),
      ],
      { row: 4, field: '分组', code: 'figure.already-reported' },
    ],
    [
      'parts where the action takes none',
      [row('8'), row('', 'sex.f', { action: '撤回', day: '2023-04-01', reason: '作废' })],
      { row: 3, field: '分组', code: 'folder.cell-unused' },
    ],
  ])('are refused with %s', async (_, rows, expected) => {
    expect(await mistakesIn(folder(...rows))).toEqual([expect.objectContaining({ file: 'history.csv', ...expected })]);
  });

  it('name what may be meant', async () => {
    const [problem] = await mistakesIn(folder(row('8'), row('3', 'Sex.f'), row('5', 'sex.m')));
    expect(problem!.message).toContain('可用 sex（性别）、age（年龄）；您是否指 sex？');
  });

  it('are told of all at once', async () => {
    const problems = await mistakesIn(
      folder(row('8'), row('3', 'sex'), row('5', 'sex-m'), row('3', 'sex.f', { period: '2021' })),
    );
    expect(problems.map(({ row: at, code }) => [at, code])).toEqual([
      [3, 'folder.part-form'],
      [4, 'folder.part-form'],
      [5, 'folder.part-without-whole'],
    ]);
  });
});

it('a changed folder redefines an indicator that gets a breakdown, and corrections bring the parts', async () => {
  const engine = memoryEngine();
  await engine.start();
  const before = { ...smallPlan(), 'history.csv': folder(row('8'))['history.csv'] };
  await engine.submissions.submit(before);
  await engine.caughtUp();
  const correction = { day: '2023-06-01', action: '更正' };
  const changed = {
    ...folder(
      row('8'),
      row('8', '', { ...correction, reason: '补报分组' }),
      row('3', 'sex.f', correction),
      row('5', 'sex.m', correction),
    ),
    'changes.csv': '对象,代码,事由,可比,知悉日期\n指标,03,增加分组,yes,2023-05-01\n',
  };
  await engine.submissions.submit(changed);
  const [redefinition] = (await engine.log.readStream('indicator-small.03')).slice(-1);
  expect(redefinition).toMatchObject({
    ...{ type: 'IndicatorRedefined', metadata: { reason: '增加分组' } },
    data: { definitionVersion: 2, comparable: true, definition: { breakdowns: [{ code: 'sex' }, { code: 'age' }] } },
  });
  const [corrected] = (await engine.log.readStream('figure-small.03.331102.2022')).slice(-1);
  expect(corrected).toMatchObject({
    type: 'MeasurementCorrected',
    data: { from: { value: '8' }, to: { value: '8', parts: [{ value: '3' }, { value: '5' }] }, definitionVersion: 2 },
  });
  expect(await engine.submissions.submit(changed)).toMatchObject({ events: 0 });
  await engine.close();
});

it.each<[string, string, string, Partial<Problem>]>([
  ['one part only', ', { code: m, name: 男 }', '', { field: 'breakdowns.0.parts', code: 'input.invalid-field' }],
  [
    'two parts of one code',
    'code: m',
    'code: f',
    { field: 'breakdowns.0.parts.1.code', code: 'indicator.breakdown-twice' },
  ],
  ['two breakdowns of one name', '年龄', '性别', { field: 'breakdowns.1.name', code: 'indicator.breakdown-twice' }],
])('a breakdown with %s is a mistake at its line', async (_, from, to, expected) => {
  const files = smallPlan(['indicators.yaml', 'aggregation: sum', brokenDown.replace(from, to)]);
  expect(await mistakesIn(files)).toEqual([
    expect.objectContaining({ file: 'indicators.yaml', row: expect.any(Number) as number, ...expected }),
  ]);
});
