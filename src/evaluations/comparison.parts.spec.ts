import { parse } from 'csv-parse/sync';
import { Trail } from '../audit/trail.js';
import { trailCsv } from '../audit/trail-csv.js';
import type { Engine } from '../engine.js';
import { brokenDownPlan } from '../../test/support/broken-down-plan.js';
import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { loader, reviewer } from '../../test/support/recorded.js';
import { CorrectMeasurement } from '../figures/figure.commands.js';
import { RedefineIndicator } from '../indicators/indicator.commands.js';
import { composeOverview } from '../overview/overview.js';
import { indicatorHistory } from '../overview/indicator-history.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';
import { compare, type Side } from './comparison.js';
import { OpenEvaluation, TakeSnapshot } from './evaluation.commands.js';
import { evaluationProjection } from './evaluation.projection.js';
import { readContent, verify } from './snapshot.js';

const [plan, city, county] = ['small', '331100', '331102'] as const;
const figure = { plan, code: '03', unit: county, period: '2022' };
let engine: Engine;
let trail: Trail;
beforeEach(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(brokenDownPlan());
  trail = new Trail(engine.log, engine.views, engine.catalogue);
});
afterEach(() => engine.close());

const side = async (label: string): Promise<Side> => {
  await engine.caughtUp();
  const asOf = { position: (await engine.log.head())! };
  return { label, asOf, overview: await composeOverview(engine.views, plan, '2022', asOf) };
};
const parts = (women: string, men: string) => [
  { breakdown: 'sex', part: 'f', value: women },
  { breakdown: 'sex', part: 'm', value: men },
];
const correct = (value: string, more: Partial<CorrectMeasurement> = {}) =>
  send(engine, make(CorrectMeasurement, { ...figure, value, reason: '与名录核对', ...more }), loader);
/** What the work changes, and by which events. */
async function changedBy(work: () => Promise<unknown>) {
  const before = await side('此前');
  await work();
  const { differences } = await compare(before, await side('此后'), trail, engine.log);
  return differences
    .filter(({ aspect }) => aspect === 'value' || aspect === 'parts')
    .map(({ aspect, unit, from, to, because }) => [aspect, unit, from, to, because.map(({ type }) => type)]);
}
const redefine = (text: string, more: object) => {
  const definition = {
    ...{ text, unitOfMeasure: '个', valueType: 'count', measurement: { type: 'direct' }, aggregation: 'sum' },
    ...more,
  };
  const command = { plan, code: '03', comparable: true, definition, reason: '口径调整' } as Partial<RedefineIndicator>;
  return send(engine, make(RedefineIndicator, command), reviewer);
};

describe('the comparison', () => {
  it('names changed parts of a value that stayed the same, also in the unit above', async () => {
    expect(await changedBy(() => correct('8', { parts: parts('4', '4') }))).toEqual([
      ['parts', city, '性别：女 3、男 5', '性别：女 4、男 4', ['MeasurementCorrected']],
      ['parts', county, '性别：女 3、男 5', '性别：女 4、男 4', ['MeasurementCorrected']],
    ]);
  });

  it('names parts that a correction left out, beside the value', async () => {
    expect((await changedBy(() => correct('9', { parts: [] }))).slice(2)).toEqual([
      ['value', county, '8', '9', ['MeasurementCorrected']],
      ['parts', county, '性别：女 3、男 5', undefined, ['MeasurementCorrected']],
    ]);
  });

  it('names parts that the definition does not have any more; a breakdown that nobody reported yet is none', async () => {
    expect((await changedBy(() => redefine('不再分组', {})))[1]).toEqual([
      ...['parts', county, '性别：女 3、男 5', undefined],
      ['IndicatorRedefined'],
    ]);
    const byAge = { code: 'age', name: '年龄', parts: ['a', 'b'].map((code) => ({ code, name: code })) };
    expect(await changedBy(() => redefine('按年龄分组', { breakdowns: [byAge] }))).toEqual([]);
  });
});

it('a snapshot holds the breakdowns of its values, and is recomputed with the same hash after they changed', async () => {
  await send(engine, make(OpenEvaluation, { plan, id: 'e', kind: 'annual', period: '2022', title: '评估' }), reviewer);
  await send(engine, make(TakeSnapshot, { plan, id: 'e' }), reviewer);
  await engine.caughtUp();
  const { kind, title, period, snapshots } = (await engine.views.get(evaluationProjection, `${plan}/e`))!.body;
  const [entry] = snapshots;
  const content = await readContent(engine.files, entry!.contentHash);
  const cells = content.overview.indicators.find(({ code }) => code === '03')!.cells;
  expect(cells.map(({ unit, value }) => [unit, 'breakdowns' in value && value.breakdowns])).toEqual(
    [city, county].map((unit) => [
      unit,
      [
        {
          ...{ code: 'sex', name: '性别' },
          parts: [
            { code: 'f', name: '女', shown: '3', exact: '3', share: '37.5' },
            { code: 'm', name: '男', shown: '5', exact: '5', share: '62.5' },
          ],
        },
        { code: 'area', name: '城乡', lacking: [county] },
      ],
    ]),
  );
  await correct('8', { parts: parts('4', '4') });
  await engine.caughtUp();
  const { log, files: store, projections } = engine;
  const scratch = new MemoryVersionedStore();
  const subject = { plan, kind, title, period, asOf: entry!.asOf };
  expect(await verify({ log, files: store, scratch, projections }, subject, entry!)).toMatchObject({
    ...{ reproduced: true, stored: 'intact' },
  });
  await scratch.close();
});

it('the trail and its CSV say the parts before and after', async () => {
  await correct('9', { parts: parts('4', '5') });
  await engine.caughtUp();
  const entries = await trail.ofFigure(figure);
  const expected = [
    ['', '8（性别：女 3、男 5） · 待审核'],
    ['8（性别：女 3、男 5） · 待审核', '9（性别：女 4、男 5） · 待审核'],
  ];
  expect(entries.map(({ from = '', to }) => [from, to])).toEqual(expected);
  expect(entries[1]!.data).toMatchObject({ from: { parts: parts('3', '5') }, to: { parts: parts('4', '5') } });
  const rows = parse<Record<string, string>>(trailCsv(entries, 'Asia/Shanghai'), { columns: true, bom: true });
  expect(rows.map(({ 由, 改为 }) => [由, 改为])).toEqual(expected);
  expect(rows.map(({ 新数 }) => 新数)).toEqual(['8', '9']);
});

it('the history of an indicator breaks each period’s value down', async () => {
  await engine.caughtUp();
  const { points } = await indicatorHistory(engine.views, plan, '03', city);
  const briefly = points.flatMap(({ period, value }) =>
    'exact' in value ? [[period, value.breakdowns?.map(({ parts: all, lacking }) => all?.length ?? lacking)]] : [],
  );
  expect(briefly).toEqual([
    ['2021', [[county], [county]]],
    ['2022', [2, [county]]],
  ]);
});
