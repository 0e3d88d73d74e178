import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { loader } from '../../test/support/recorded.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { isMeasured, type Finding } from '../assessment/measured.js';
import { Trail } from '../audit/trail.js';
import type { Engine } from '../engine.js';
import { compare } from '../evaluations/comparison.js';
import { MeasureIndicator } from '../figures/figure.commands.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { MergeUnits, RenameUnit } from '../plans/unit-change.commands.js';
import { judgedUnits } from '../plans/plan.projection.js';
import { parsePeriod } from '../kernel/period.js';
import { indicatorHistory } from './indicator-history.js';
import { composeRow } from './indicator-row.js';
import { composeOverview } from './overview.js';
import { PlanReader } from './plan-reader.js';

const plan = 'small';
const city = '331100';
const indicator = (code: string, kind: string, definition: string) => `- code: '${code}'
  role: main
  name: 指标${code}
  unitOfMeasure: 个
  area: A1
  attribute: expected
  kind: ${kind}
  direction: higher
  frequency: A
  valueType: decimal
  decimals: 1
  definition: 合计
  ${definition}
  targetScope: own
  trajectory: linear
  weight: '1'
`;
const counties = ['A', 'B', 'D'];
const rows = (year: string, known: string, values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, value]) => {
    const [code, unit] = key.split('/');
    const [numerator, denominator] = value.split('÷');
    const cells = denominator === undefined ? `${value},,` : `,${numerator},${denominator}`;
    return `${known},reporter-1,上报,${code},${unit},${year},${cells},,,年报,,,,`;
  });

/**
 * A city of three counties. A and B are merged into C in the middle of 2023; D is renamed at the beginning of 2024. S is a
 * sum, T a total since 2021, R a ratio.
 */
const files: Record<string, string> = {
  ...smallPlan(),
  'plan.yaml':
    smallPlan()['plan.yaml']!.replace(/ {2}- \{ code: '331102'.*\n/, '') +
    counties.map((code) => `  - { code: ${code}, name: ${code}县, level: county, parent: '${city}' }\n`).join(''),
  'actors.csv': smallPlan()['actors.csv']!.replaceAll('331102', city),
  'indicators.yaml': [
    indicator('S', 'level', 'measurement: { type: direct }\n  aggregation: sum'),
    indicator('T', 'cumulative', 'measurement: { type: direct }\n  aggregation: sum'),
    indicator(
      'R',
      'level',
      "measurement: { type: ratio, numerator: { name: 分子, unit: 个 }, denominator: { name: 分母, unit: 个 }, scale: '100' }\n  aggregation: ratio-of-sums",
    ),
  ].join(''),
  'targets.csv': [
    'indicator,unit,period,value,line',
    ...[`S,${city},2025,120,`, 'S,C,2025,70,', 'S,D,2025,50,', `T,${city},2025,80,`, 'T,C,2025,50,', 'T,D,2025,30,'],
    ...[`R,${city},2025,60,`, 'R,C,2025,60,', 'R,D,2025,60,', ''],
  ].join('\n'),
  'unit-changes.csv': [
    '生效日期,变更,单位,名称,层级,上级,责任部门,变为,知悉日期,事由,依据,文号',
    `2023-07-01,合并,A;B,,,,,C,2023-07-10,撤县设区,省政府批复,示例〔2023〕9号`,
    `2023-07-01,设立,C,C区,县,${city},,,2023-07-10,撤县设区,省政府批复,示例〔2023〕9号`,
    '2024-01-01,更名,D,D市,,,,,2024-01-05,撤县设市,,',
    '',
  ].join('\n'),
  'history.csv': [
    smallPlan()['history.csv']!.split('\n')[0]!,
    ...rows('2020', '2022-01-10', {
      'S/A': '10',
      'S/B': '20',
      'S/D': '30',
      'R/A': '10÷40',
      'R/B': '20÷40',
      'R/D': '30÷80',
    }),
    ...rows('2021', '2022-01-10', { 'T/A': '4', 'T/B': '6', 'T/D': '5' }),
    ...rows('2022', '2023-01-10', { 'S/A': '14', 'S/B': '26', 'S/D': '36', 'T/A': '4', 'T/B': '6', 'T/D': '5' }),
    ...rows('2023', '2024-01-10', {
      'S/C': '50',
      'S/D': '40',
      'T/C': '12',
      'T/D': '6',
      'R/C': '44÷80',
      'R/D': '40÷80',
    }),
    '',
  ].join('\n'),
};

let engine: Engine;
beforeEach(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(files);
  await engine.caughtUp();
});
afterEach(() => engine.close());

const overview = async (period: string, asOf?: AsOf) => {
  await engine.caughtUp();
  return composeOverview(engine.views, plan, period, asOf);
};
const cells = async (code: string, period: string) =>
  (await overview(period)).indicators.find((row) => row.code === code)!.cells;
const cell = async (code: string, unit: string, period: string) =>
  (await cells(code, period)).find((each) => each.unit === unit)!;
const number = (finding: Finding) => (isMeasured(finding) ? finding.shown : finding.absent);

describe('after a merger in 2023', () => {
  it('each period has the units of its end, under the names of its time', async () => {
    const unitsOf = async (period: string) => (await overview(period)).units.map(({ code, name }) => `${code} ${name}`);
    expect(await unitsOf('2022')).toEqual(['331100 丽水市', 'A A县', 'B B县', 'D D县']);
    expect(await unitsOf('2023')).toEqual(['331100 丽水市', 'D D县', 'C C区']);
    expect(await unitsOf('2024')).toEqual(['331100 丽水市', 'D D市', 'C C区']);
  });

  it('a sum is over the units of the period', async () => {
    const of = async (period: string) => (await cell('S', city, period)).value;
    expect(await of('2022')).toMatchObject({ shown: '76.0', parts: ['A', 'B', 'D'] });
    expect(await of('2023')).toMatchObject({ shown: '90.0', parts: ['D', 'C'] });
  });

  it('the merged unit is judged from what its parts were: sums and ratios', async () => {
    const sum = await cell('S', 'C', '2023');
    // 10 + 20; on the way to 70: 30 + 40 × 3 ÷ 5 = 54 are required.
    expect([number(sum.base), number(sum.value), sum.assessment.requiredNow]).toEqual(['30.0', '50', '54']);
    expect(sum.base).toMatchObject({ parts: ['A', 'B'] });
    const ratio = await cell('R', 'C', '2023');
    // (10 + 20) ÷ (40 + 40), not the mean of 25 % and 50 % by another weight.
    expect([number(ratio.base), number(ratio.value)]).toEqual(['37.5', '55.0']);
  });

  it('its total since the start counts what its parts did before', async () => {
    // (4 + 6) + (4 + 6) + 12; the city 15 + 15 + 18.
    expect((await cell('T', 'C', '2023')).cumulativeSum).toBe('32');
    expect((await cell('T', city, '2023')).cumulativeSum).toBe('48');
    expect((await cell('T', 'D', '2023')).cumulativeSum).toBe('16');
  });

  it('the city is judged from its own base, as before', async () => {
    const { base, assessment } = await cell('S', city, '2023');
    expect(number(base)).toBe('60.0');
    // 60 + 60 × 3 ÷ 5
    expect(assessment.requiredNow).toBe('96');
  });

  it('as of a day on which it was not known yet, everything reads as before', async () => {
    const before = await overview('2022', { knownAt: '2023-07-09T15:59:59.999Z' });
    expect(before.units.map(({ code }) => code)).toEqual([city, 'A', 'B', 'D']);
    expect((await overview('2022')).indicators).toEqual(before.indicators);
  });

  it('history reads under the name of its time, and before a merger as what was merged', async () => {
    const of = async (unit: string) =>
      (await indicatorHistory(engine.views, plan, 'S', unit)).points.map(
        ({ period, unitName, value }) => `${period} ${unitName ?? ''} ${number(value)}`,
      );
    expect(await of('C')).toEqual([
      '2020  30.0',
      '2021  not-reported',
      '2022  40.0',
      '2023  50',
      '2024  not-reported',
      '2025  not-reported',
    ]);
    expect((await of('D')).slice(2, 5)).toEqual(['2022 D县 36', '2023 D县 40', '2024  not-reported']);
    expect(await of('A')).toEqual(['2020  10', '2021  not-reported', '2022  14']);
  });

  it('no figure is taken for a unit that is no more; one from before it began is a recast one', async () => {
    const measure = (unit: string, period: string, value: string) =>
      send(engine, make(MeasureIndicator, { plan, code: 'S', unit, period, value, reason: '重新核算' }), loader);
    await expect(measure('A', '2023', '9')).rejects.toMatchObject({
      code: 'figure.unit-ended',
      message: expect.stringContaining('请填报 C'),
    });
    await measure('C', '2020', '33');
    expect((await cell('S', 'C', '2023')).base).toMatchObject({ shown: '33', source: 'reported' });
    // What was recast is in no sum of its period.
    expect(number((await cell('S', city, '2023')).base)).toBe('60.0');
  });

  it('a unit has no cell in a period in which it did not exist', async () => {
    const reader = await PlanReader.open(engine.views, plan);
    const units = judgedUnits(reader.plan);
    const row = await composeRow(reader, reader.indicator('S')!, units, parsePeriod('2022'));
    expect(row!.cells.map(({ unit }) => unit)).toEqual([city, 'A', 'B', 'D']);
    // Before the base period, of which units are asked that are no more.
    const before = await composeRow(reader, reader.indicator('S')!, units, parsePeriod('2019'));
    expect(before!.cells.map(({ unit }) => unit)).toEqual([city, 'A', 'B', 'D']);
  });

  it('the trail of what it was leads to the figures of its parts', async () => {
    const reader = await PlanReader.open(engine.views, plan);
    const behind = await reader.figuresBehind({ code: 'S', unit: 'C', period: '2022' });
    expect(behind.map(({ unit }) => unit)).toEqual(['C', 'A', 'B']);
  });

  it('a comparison names the units that changed, and the events behind', async () => {
    const moment = { knownAt: '2023-07-09T15:59:59.999Z' };
    const now: AsOf = { position: (await engine.log.head())! };
    const sides = [
      { label: 'before', asOf: moment, overview: await overview('2023', moment) },
      { label: 'now', asOf: now, overview: await overview('2023', now) },
    ] as const;
    const { differences } = await compare(
      sides[0],
      sides[1],
      new Trail(engine.log, engine.views, engine.catalogue),
      engine.log,
    );
    const units = differences.filter(({ aspect }) => aspect === 'units');
    expect(units.map(({ unit, from, to }) => [unit, from, to])).toEqual([
      ['A', 'A县（上级 331100）', undefined],
      ['B', 'B县（上级 331100）', undefined],
      ['C', undefined, 'C区（上级 331100）'],
    ]);
    const behind = (unit: string) => units.find((each) => each.unit === unit)!.because.map(({ type }) => type);
    expect([behind('A'), behind('C').sort()]).toEqual([['UnitsMerged'], ['UnitEnrolled', 'UnitsMerged']]);
  });

  it('a change of a name needs no other', async () => {
    await send(engine, make(RenameUnit, { plan, code: 'C', name: 'C新区', on: '2024-02-01' }), loader);
    expect((await overview('2023')).units.at(-1)!.name).toBe('C区');
    expect((await overview('2024')).units.at(-1)!.name).toBe('C新区');
  });
});

it('a base that is made up of others, with the same number, is no difference', async () => {
  const { 'unit-changes.csv': _, ...before } = files;
  const own = memoryEngine();
  try {
    await own.start();
    const submitted = {
      ...before,
      'targets.csv': before['targets.csv']!.replaceAll(/^.,C,.*\n/gm, ''),
      'history.csv': [
        smallPlan()['history.csv']!.split('\n')[0]!,
        ...rows('2020', '2022-01-10', { 'R/A': '10÷30', 'R/D': '20÷60' }),
        ...rows('2022', '2023-01-10', { 'R/D': '30÷60' }),
        '',
      ].join('\n'),
    };
    const accepted = (await own.submissions.tryOut(submitted)).warnings.map(({ id }) => id);
    await own.submissions.submit(submitted, undefined, { accepted });
    await own.caughtUp();
    const side = async (label: string) => {
      const [position] = [(await own.log.head())!];
      return { label, asOf: { position }, overview: await composeOverview(own.views, plan, '2022', { position }) };
    };
    const left = await side('before');
    await send(own, make(MergeUnits, { plan, units: ['A', 'D'], into: 'D', on: '2021-07-01', reason: '撤并' }));
    await own.caughtUp();
    const right = await side('after');
    const baseOf = ({ overview }: typeof left) =>
      overview.indicators.find(({ code }) => code === 'R')!.cells.find(({ unit }) => unit === 'D')!.base;
    expect([baseOf(left), baseOf(right)]).toMatchObject([{ source: 'reported' }, { source: 'computed' }]);
    const trail = new Trail(own.log, own.views, own.catalogue);
    const { differences } = await compare(left, right, trail, own.log);
    expect(differences.filter(({ unit, aspect }) => unit === 'D' && aspect === 'base')).toEqual([]);
  } finally {
    await own.close();
  }
});
