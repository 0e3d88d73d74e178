import type { Engine } from '../engine.js';
import { ApproveMeasurement, CorrectMeasurement, ReturnMeasurement } from '../figures/figure.commands.js';
import { figureKey, figureProjection } from '../figures/figure.projection.js';
import type { Actor } from '../kernel/event.js';
import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { filled, sent, workbookOf } from '../../test/support/workbooks.js';

const clerk: Actor = { id: 'clerk-331102', name: '莲都填报员', unit: '331102', roles: ['reporter'], means: 'import' };
const other: Actor = { id: 'reviewer-1', name: '市局审核员', unit: '331100', roles: ['reviewer'], means: 'import' };
const figure = { plan: 'small', code: '03', unit: '331102', period: '2023' };

let engine: Engine;
beforeEach(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(smallPlan());
});
afterEach(() => engine.close());

const blank = () => workbookOf(engine, 'small', '331102', '2023');
const standing = async () => {
  await engine.caughtUp();
  return (await engine.views.get(figureProjection, figureKey(figure)))?.body;
};
const head = () => engine.log.head();

it('a workbook that was filled in is tried out, applied, and applied once', async () => {
  const report = await sent(
    'small',
    clerk,
    await filled(await blank(), ['指标', '03', '数值', 9], ['指标', '03', '说明', '年报']),
  );
  const before = await head();
  const dry = await engine.unitReports.tryOut(report);
  expect(dry).toMatchObject({
    dryRun: true,
    events: 1,
    counts: { new: 1, changed: 0, unchanged: 0, refused: 0, conflict: 0 },
  });
  expect(dry.rows).toEqual([
    { at: '指标!6', key: 'figure/03/331102/2023', name: '康养联合体数', outcome: 'new', to: '9' },
  ]);
  expect(await head()).toBe(before);

  expect(await engine.unitReports.submit(report)).toMatchObject({ dryRun: false, events: 1, counts: { new: 1 } });
  expect(await standing()).toMatchObject({
    standing: 'reported',
    latest: { reported: { value: '9' }, reason: '年报', by: { id: clerk.id } },
  });
  const after = await head();
  expect(await engine.unitReports.submit(report)).toMatchObject({ events: 0, counts: { new: 0, unchanged: 1 } });
  expect(await head()).toBe(after);
});

it('a changed value of a reported figure is a correction with its reason', async () => {
  await engine.unitReports.submit(await sent('small', clerk, await filled(await blank(), ['指标', '03', '数值', 9])));
  const changed = await filled(await blank(), ['指标', '03', '数值', 10]);
  const dry = await engine.unitReports.tryOut(await sent('small', clerk, changed));
  expect(dry.rows).toMatchObject([
    {
      outcome: 'refused',
      from: '9',
      to: '10',
      problems: [{ code: 'reason.missing', message: expect.stringContaining('更正须写明事由') }],
    },
  ]);
  await expect(engine.unitReports.submit(await sent('small', clerk, changed))).rejects.toMatchObject({
    code: 'report.refused',
  });
  const why = '复核名录';
  const result = await engine.unitReports.submit(await sent('small', clerk, changed, { reason: why }));
  expect(result.rows).toMatchObject([{ outcome: 'changed', from: '9', to: '10' }]);
  expect(await standing()).toMatchObject({ corrections: 1, latest: { reported: { value: '10' }, reason: why } });
});

it('a row whose figure somebody else changed is answered with who, when, and from what to what', async () => {
  await engine.unitReports.submit(await sent('small', clerk, await filled(await blank(), ['指标', '03', '数值', 9])));
  const mine = await filled(await blank(), ['指标', '03', '数值', 10], ['指标', '03', '说明', '复核']);
  const untouched = await blank();
  await send(engine, make(CorrectMeasurement, { ...figure, value: '12', reason: '市局核对' }), other);
  await engine.caughtUp();

  const dry = await engine.unitReports.tryOut(await sent('small', clerk, mine));
  expect(dry.counts).toMatchObject({ conflict: 1, changed: 0 });
  expect(dry.rows[0]!.conflict).toEqual({
    by: { id: other.id, name: other.name, unit: other.unit },
    at: expect.stringMatching(/^\d{4}-/),
    from: '9',
    to: '12',
  });
  await expect(engine.unitReports.submit(await sent('small', clerk, mine))).rejects.toMatchObject({
    kind: 'conflict',
    code: 'report.conflict',
    problems: [{ message: expect.stringMatching(/市局审核员（331100）于 .* 由 9 改为 12，本行填的是 10/) }],
  });
  // A row that was left as it was does not take back what came since.
  expect(await engine.unitReports.submit(await sent('small', clerk, untouched))).toMatchObject({ events: 0 });
  expect(await standing()).toMatchObject({ latest: { reported: { value: '12' } } });
});

it('an approval is no change of the value; a return is answered by a new report', async () => {
  await engine.unitReports.submit(await sent('small', clerk, await filled(await blank(), ['指标', '03', '数值', 9])));
  const book = await blank();
  await send(engine, make(ReturnMeasurement, { ...figure, reason: '与名录不符' }), other);
  const same = await engine.unitReports.submit(await sent('small', clerk, await blank()));
  expect(same.rows).toMatchObject([{ outcome: 'unchanged', note: expect.stringContaining('已被退回') }]);
  const again = await engine.unitReports.submit(
    await sent('small', clerk, await filled(book, ['指标', '03', '数值', 8])),
  );
  expect(again.rows).toMatchObject([{ outcome: 'changed', from: '9', to: '8' }]);
  await send(engine, make(ApproveMeasurement, figure), other);
  const late = await filled(book, ['指标', '03', '数值', 7], ['指标', '03', '说明', '名录更新']);
  expect((await engine.unitReports.tryOut(await sent('small', clerk, late))).rows).toMatchObject([
    { outcome: 'changed' },
  ]);
});

it('a missing figure is declared by its word', async () => {
  const report = await sent('small', clerk, await filled(await blank(), ['指标', '03', '缺报原因', '未统计']));
  expect((await engine.unitReports.submit(report)).rows).toMatchObject([{ outcome: 'new', to: '缺报（未统计）' }]);
  expect(await standing()).toMatchObject({ standing: 'missing', because: 'not-collected' });
});

it('what is wrong is told by cell, and quoted', async () => {
  const report = await sent('small', clerk, await filled(await blank(), ['指标', '03', '数值', '1,5']));
  const { rows } = await engine.unitReports.tryOut(report);
  expect(rows).toMatchObject([
    {
      outcome: 'refused',
      problems: [{ code: 'report.number', field: '指标!H6', message: expect.stringContaining('「1,5」') }],
    },
  ]);
  await expect(engine.unitReports.submit(report)).rejects.toMatchObject({ code: 'report.refused' });
});

it('a value that was removed withdraws nothing', async () => {
  await engine.unitReports.submit(await sent('small', clerk, await filled(await blank(), ['指标', '03', '数值', 9])));
  const emptied = await filled(await blank(), ['指标', '03', '数值', null]);
  expect((await engine.unitReports.tryOut(await sent('small', clerk, emptied))).rows).toMatchObject([
    { outcome: 'refused', problems: [{ code: 'report.value-removed' }] },
  ]);
});
