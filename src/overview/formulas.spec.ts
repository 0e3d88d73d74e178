import { memoryEngine, send } from '../../test/support/engine.js';
import { make } from '../../test/support/decider-spec.js';
import { reviewer } from '../../test/support/recorded.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { Trail } from '../audit/trail.js';
import type { Engine } from '../engine.js';
import { CorrectMeasurement } from '../figures/figure.commands.js';
import { parsePeriod } from '../kernel/period.js';
import { compare } from '../evaluations/comparison.js';
import { indicatorHistory } from './indicator-history.js';
import { composeOverview, type Overview } from './overview.js';
import { composeRow } from './indicator-row.js';
import type { Cell } from '../assessment/cell.js';
import { PlanReader } from './plan-reader.js';

/** 04: the city’s allowance, per year. S00: support paid per month. S01 = 12 × S00, with a target of 1.3 × 04. */
const indicators = `- { code: '04', role: main, name: 低保标准, unitOfMeasure: 元/年, area: A1, attribute: expected, kind: level, direction: higher,
    frequency: A, valueType: decimal, decimals: 0, definition: 低保标准, measurement: { type: direct }, aggregation: common,
    targetScope: all, trajectory: linear, weight: '1' }
- { code: S00, role: context, name: 特困标准（每月）, unitOfMeasure: 元/月, attribute: expected, kind: hold, direction: higher,
    frequency: A, valueType: decimal, decimals: 0, definition: 特困标准, measurement: { type: direct }, aggregation: common,
    targetScope: all, trajectory: linear, weight: '1' }
- { code: S01, role: main, name: 特困标准, unitOfMeasure: 元/年, area: A1, attribute: binding, kind: hold, direction: higher,
    frequency: A, valueType: decimal, decimals: 1, definition: 特困标准, measurement: { type: formula, formula: value("S00")*12 },
    aggregation: none, targetScope: all, trajectory: linear, weight: '1' }
`;
const promises = `- { code: T1, role: promise, name: 低保增幅, unitOfMeasure: '%', attribute: expected, kind: hold, direction: higher,
    frequency: A, valueType: decimal, decimals: 2, definition: 比上年增长, measurement: { type: formula, formula: value("04")/previous("04")*100-100 },
    aggregation: none, targetScope: all, trajectory: linear, weight: '1' }
- { code: T2, role: promise, name: 补差率, unitOfMeasure: '%', attribute: expected, kind: hold, direction: higher,
    frequency: A, valueType: decimal, decimals: 2, definition: 除以差额, measurement: { type: formula, formula: value("04")/(value("04")-previous("04"))*100 },
    aggregation: none, targetScope: all, trajectory: linear, weight: '1' }
`;
const targets = `indicator,unit,period,value,line
03,331100,2025,100,
04,331100,2025,13000,
S01,331100,2022,=1.3*value('04'),
S01,331100,2025,"=max(1.3*value(""04""), previous('S01'))",
T1,331100,2025,5,
`;
const reports = [
  ['04', '2020', '10000'],
  ['04', '2021', '10500'],
  ['04', '2022', '11000'],
  ['04', '2023', '11000'],
  ['S00', '2021', '1100'],
  ['S00', '2022', '1200'],
  ['S00', '2023', '1150'],
].map(([code, period, value]) => `2024-03-01,reviewer-1,上报,${code},331100,${period},${value},,,,,年报,,,,`);

const files = {
  ...smallPlan(),
  'indicators-text.yaml': promises,
  'targets.csv': targets,
  'indicators.yaml': smallPlan()['indicators.yaml'] + indicators,
  'history.csv': [smallPlan()['history.csv']!.split('\n')[0], ...reports, ''].join('\n'),
};

let engine: Engine;
beforeAll(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(files, undefined, { accepted: ['indicator.no-target:T2'] });
  await engine.caughtUp();
});
afterAll(() => engine.close());

const cellOf = ({ indicators: rows }: Pick<Overview, 'indicators'>, code: string, unit = '331100'): Cell =>
  rows.find((row) => row.code === code)!.cells.find((cell) => cell.unit === unit)!;
/** The row of a promise indicator with the city’s cell only. */
const promiseRow = (reader: PlanReader, code: string, period: string) =>
  composeRow(reader, reader.indicator(code)!, reader.plan.units.slice(0, 1), parsePeriod(period));
const overviewOf = (period: string) => composeOverview(engine.views, 'small', period);

describe('a value computed by a formula', () => {
  it('has the trail of its inputs', async () => {
    const trail = new Trail(engine.log, engine.views, engine.catalogue);
    const of = async (code: string, unit: string, period: string) =>
      (await trail.ofFigure({ plan: 'small', code, unit, period })).map(
        ({ type, subject }) => `${type} ${subject.code} ${subject.unit} ${subject.period}`,
      );
    expect(await of('S01', '331100', '2022')).toEqual(['IndicatorMeasured S00 331100 2022']);
    expect(await of('T1', '331100', '2022')).toEqual([
      'IndicatorMeasured 04 331100 2021',
      'IndicatorMeasured 04 331100 2022',
    ]);
    // A county is held to the standard of the city.
    expect(await of('S01', '331102', '2022')).toEqual(['IndicatorMeasured S00 331100 2022']);
    expect(await of('S01', '331100', '2025')).toEqual([]);
  });

  it('lists its inputs', async () => {
    expect(cellOf(await overviewOf('2022'), 'S01').value).toEqual({
      ...{ shown: '14400.0', exact: '14400', source: 'computed' },
      ...{ approved: false, corrections: 0, comparable: true, demo: false },
      inputs: [{ code: 'S00', name: '特困标准（每月）', period: '2022', shown: '1200' }],
    });
  });

  it('is computed for each unit from its own figures', async () => {
    expect(cellOf(await overviewOf('2022'), 'S01', '331102').value).toMatchObject({ exact: '14400' });
  });

  it('is absent if an input is missing, and names the input', async () => {
    const cell = cellOf(await overviewOf('2020'), 'S01');
    const lackingInputs = [{ code: 'S00', name: '特困标准（每月）', period: '2020' }];
    expect(cell.value).toEqual({ absent: 'uncomputed', inputs: lackingInputs, lackingInputs, demo: false });
    expect(cell.assessment).toMatchObject({ status: 'no-data', missing: 'target' });
  });

  it('is absent if the formula divides by zero', async () => {
    const reader = await PlanReader.open(engine.views, 'small');
    const margin = await promiseRow(reader, 'T2', '2023');
    expect(margin!.cells[0]!.value).toMatchObject({ absent: 'uncomputed', note: '除数为 0' });
  });
});

describe('a target that is a rule', () => {
  it('is computed from the unit’s figures of the judged period', async () => {
    // Required: 1.3 × 11000 = 14300. Value: 1200 × 12 = 14400, which is 100 more.
    const { targets: held, assessment } = cellOf(await overviewOf('2022'), 'S01');
    expect(held).toMatchObject([
      { period: '2022', value: "=1.3*value('04')", rule: { value: '14300', shown: '14300.0', comparable: true } },
      { period: '2025', rule: { value: '14300' } },
    ]);
    expect(assessment).toMatchObject({
      ...{ requiredNow: '14300', gapToTarget: '-100', status: 'as-expected', score: '100' },
      interim: { period: '2022', target: '14300', met: true },
    });
  });

  it('rises with the figures it refers to', async () => {
    // Required: max(1.3 × 11000, 14400 of 2022) = 14400. Value: 1150 × 12 = 13800, which is 600 less: 4.2 %, nearly met.
    expect(cellOf(await overviewOf('2023'), 'S01').assessment).toMatchObject({
      ...{ requiredNow: '14400', gapToTarget: '600', status: 'roughly', outlook: 'needs-effort' },
      completionRate: '95.833333333333333333',
    });
  });

  it('has no value if an input is missing, and the status is no-data', async () => {
    // In 2021, the rule of the final target 2025 refers to the value of 2020, which is missing.
    const { targets: held, assessment } = cellOf(await overviewOf('2021'), 'S01');
    expect(held[1]!.rule).toMatchObject({ lacking: [{ code: 'S01', period: '2020' }] });
    expect(held[1]!.rule!.value).toBeUndefined();
    expect(assessment).toEqual({
      ...{ period: '2021', attribute: 'binding', treatedAs: 'hold', status: 'no-data', light: 'grey' },
      missing: 'target',
    });
  });

  it('appears in the indicator’s history with its computed value', async () => {
    const { points } = await indicatorHistory(engine.views, 'small', 'S01', '331100');
    expect(points.map(({ period, target, required, changes }) => [period, target, required, changes.length])).toEqual([
      ['2020', undefined, undefined, 0],
      ['2021', undefined, undefined, 1],
      ['2022', '14300', '14300', 1],
      ['2023', undefined, '14400', 1],
      ['2024', undefined, undefined, 0],
      ['2025', undefined, undefined, 0],
    ]);
  });
});

describe('indicators of the role promise', () => {
  it('are judged for the requested units, but are not part of the overview or its index', async () => {
    const reader = await PlanReader.open(engine.views, 'small');
    const rise = await promiseRow(reader, 'T1', '2022');
    // 11000 ÷ 10500 = 1.047619…
    expect(rise!.cells.map(({ unit, value }) => [unit, 'shown' in value && value.shown])).toEqual([['331100', '4.76']]);
    expect(rise!.cells[0]!.assessment).toMatchObject({ requiredNow: '5', status: 'roughly' });
    const all = await composeRow(reader, reader.indicator('T1')!, reader.plan.units, parsePeriod('2022'));
    expect(all!.cells.map(({ unit }) => unit)).toEqual(['331100', '331102']);
    const overview = await overviewOf('2022');
    expect(overview.indicators.map(({ code }) => code)).toEqual(['03', '04', 'S01']);
    expect(overview.indexes[0]!.index.contributions.map(({ indicator }) => indicator)).toEqual(['04', 'S01']);
  });
});

it('a correction explains the changed value of a rule target in a comparison', async () => {
  const before = { position: (await engine.log.head())! };
  const left = { label: '前', asOf: before, overview: await composeOverview(engine.views, 'small', '2022', before) };
  const figure = { plan: 'small', code: '04', unit: '331100', period: '2022' };
  await send(engine, make(CorrectMeasurement, { ...figure, value: '11200', reason: '与公报核对' }), reviewer);
  await engine.caughtUp();
  const right = { label: '后', asOf: {}, overview: await overviewOf('2022') };
  // Required: 1.3 × 11200 = 14560, which 14400 nearly meets.
  expect(cellOf(right.overview, 'S01').assessment).toMatchObject({ requiredNow: '14560', status: 'roughly' });
  const trail = new Trail(engine.log, engine.views, engine.catalogue);
  const { differences } = await compare(left, right, trail, engine.log);
  const [target] = differences.filter(({ aspect, indicator }) => aspect === 'targets' && indicator === 'S01');
  expect(target).toMatchObject({
    from: expect.stringContaining("2022: =1.3*value('04')（14300.0）"),
    to: expect.stringContaining('（14560.0）'),
    because: [{ type: 'MeasurementCorrected', reason: '与公报核对', subject: { code: '04' } }],
  });
});

it('a folder is refused if a formula refers to an indicator defined later', async () => {
  const other = { ...files, 'indicators.yaml': files['indicators.yaml'].replace('value("S00")*12', 'value("T1")*12') };
  await expect(memoryEngine().submissions.submit(other)).rejects.toMatchObject({
    code: 'submission.refused',
    problems: expect.arrayContaining([
      expect.objectContaining({
        ...{ code: 'formula.unknown-indicator', file: 'indicators.yaml', field: 'measurement.formula' },
        message: expect.stringContaining('排在 S01 前面'),
      }),
    ]),
  });
});
