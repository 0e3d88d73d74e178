import { join } from 'node:path';
import { make } from '../support/decider-spec.js';
import { memoryEngine, send, readerOf } from '../support/engine.js';
import { Trail } from '../../src/audit/trail.js';
import type { Engine } from '../../src/engine.js';
import { parsePeriod } from '../../src/kernel/period.js';
import { parseKnownTime } from '../../src/kernel/time.js';
import type { AsOf } from '../../src/kernel/versioned-store.js';
import { MemoryVersionedStore } from '../../src/versioned-store/memory/memory-versioned-store.js';
import { readFolder } from '../../src/submissions/read-folder.js';
import { Decimal, text } from '../../src/assessment/decimals.js';
import { methodNumbered } from '../../src/assessment/method.js';
import { compare } from '../../src/evaluations/comparison.js';
import { OpenEvaluation, TakeSnapshot } from '../../src/evaluations/evaluation.commands.js';
import { evaluationProjection } from '../../src/evaluations/evaluation.projection.js';
import { indexMove } from '../../src/evaluations/index-move.js';
import { composeOverview, type Overview } from '../../src/overview/overview.js';
import type { Cell } from '../../src/assessment/cell.js';
import { readContent, verify } from '../../src/evaluations/snapshot.js';

/**
 * A plan that differs from Lishui's, loaded from `test/plans/river-province`. It has provinces, cities and counties;
 * monthly, quarterly and yearly indicators; falling values, floors, a ceiling by rule, a five-year total, a growth rate
 * and a formula. The expected numbers were computed by hand with the plan's own `rules.yaml`: score = 50 + 50 · P / S.
 */
const plan = 'river-province-2021-2025';
const [province, upstream, downstream] = ['990000', '990100', '990200'] as const;

let engine: Engine;
beforeAll(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(readFolder(join('test', 'plans', 'river-province')));
  await engine.caughtUp();
});
afterAll(() => engine.close());

const knownOn = (day: string): AsOf => ({ knownAt: parseKnownTime(day, 'Asia/Shanghai') });
const overviewOf = (period: string, day = '2023-06-30'): Promise<Overview> =>
  composeOverview(engine.views, plan, period, knownOn(day));
const cellOf = ({ indicators }: Overview, code: string, unit: string = province): Cell =>
  indicators.find((row) => row.code === code)!.cells.find((cell) => cell.unit === unit)!;
const indexOf = ({ indexes }: Overview, unit: string = province) => indexes.find((each) => each.unit === unit)!.index;
const exactOf = ({ value }: Cell) => ('exact' in value ? value.exact : value.absent);
/** A fraction in the engine’s format with 20 significant digits. */
const fraction = (numerator: number, denominator: number) => text(new Decimal(numerator).div(denominator));

describe('the overview of 2022 as known on 2023-06-30', () => {
  let year: Overview;
  beforeAll(async () => void (year = await overviewOf('2022')));

  it('uses for each indicator the period that ends with the year', () => {
    expect(year.indicators.map(({ code, period }) => `${code} ${period}`)).toEqual([
      ...['E1 2022-12', 'E2 2022-Q4', 'E3 2022', 'E4 2022', 'E5 2022', 'E6 2022', 'F1 2022'],
    ]);
    expect(year.rules.rules.source).toBe('示例省生态环境厅评估办法（虚构）');
    expect(year.demo).toBe(true);
  });

  it('E1, lower is better: 40 → 30 in 60 months, 37 after 24', () => {
    // P = (37 − 40) / (30 − 40) = 30 %; S = 24/60 = 40 %; Δ = −10, below −8: behind. X* = 40 − 4 = 36. 50 + 50·30/40 =
    // 87.5.
    expect(cellOf(year, 'E1').assessment).toMatchObject({
      ...{ progress: '30', scheduled: '40', lead: '-10', requiredNow: '36', gapToTarget: '-7', status: 'behind' },
      // Needed (30 − 37)/3 = −2.33 per year, observed (37 − 40)/2 = −1.5: the ratio is below 2.
      ...{ outlook: 'needs-effort', score: '87.5' },
    });
    // 上游 starts at 42: P = 4/12 = 33.3 %, Δ = −6.7: roughly. It uses the province’s target.
    expect(cellOf(year, 'E1', upstream).assessment).toMatchObject({
      ...{ progress: fraction(100, 3), status: 'roughly', score: text(new Decimal(50).plus(new Decimal(125).div(3))) },
    });
    expect(cellOf(year, 'E1', downstream).value).toMatchObject({ absent: 'missing', because: 'under-verification' });
  });

  it('E2, a floor: aggregates numerators and denominators over two levels', () => {
    // 甲 9/10, 乙 10/10, 丙 17/20: 上游 19/20, 下游 17/20, the province 36/40 = 90 %. The mean of the cities (95 and 85) is
    // also 90, but the mean of the counties is 91.67.
    const found = ['990101', '990102', '990201', upstream, downstream, province].map((unit) =>
      exactOf(cellOf(year, 'E2', unit)),
    );
    expect(found).toEqual(['90', '100', '85', '95', '85', '90']);
    expect(cellOf(year, 'E2').value).toMatchObject({ components: { numerator: '36', denominator: '40' } });
    expect(cellOf(year, 'E2').assessment).toMatchObject({ status: 'as-expected', score: '100', requiredNow: '90' });
    // 85 of 90 is 94.4 %: the shortfall is less than 20 %.
    expect(cellOf(year, 'E2', downstream).assessment).toMatchObject({ status: 'behind', score: fraction(8500, 90) });
  });

  it('E3, a cumulative total: 10 + 12 of 50, without a reported base', () => {
    // P = 22/50 = 44 %, S = 40 %, Δ = 4 ≥ 3: ahead.
    expect(cellOf(year, 'E3')).toMatchObject({
      ...{ cumulativeSum: '22', base: { absent: 'not-reported' }, value: { exact: '12' } },
      assessment: { progress: '44', lead: '4', requiredNow: '20', status: 'ahead', score: '100' },
    });
    // The cities have their own targets: 16 of 30 is 53.3 %, 6 of 20 is 30 %. The counties have none.
    expect(cellOf(year, 'E3', upstream).assessment).toMatchObject({ progress: fraction(1600, 30), score: '100' });
    expect(cellOf(year, 'E3', downstream).assessment).toMatchObject({ lead: '-10', status: 'behind', score: '87.5' });
    expect(cellOf(year, 'E3', '990101').assessment).toMatchObject({ status: 'not-applicable', missing: 'target' });
  });

  it('E4, growth: 100 → 121 in two years is the target rate of 10 % per year', () => {
    expect(cellOf(year, 'E4').assessment).toMatchObject({
      ...{ observedRate: '10', progress: '100', scheduled: '100', lead: '0', requiredNow: '121' },
      ...{ status: 'as-expected', outlook: 'reachable', score: '100' },
    });
    expect(cellOf(year, 'E4', upstream).assessment.status).toBe('not-applicable');
  });

  it('E5, a ceiling by rule: at most the unit’s own value of the year before', () => {
    // 2021: 7 + 3 = 10; 2022: 7.5 + 2.4 = 9.9.
    expect(cellOf(year, 'E5')).toMatchObject({
      targets: [
        {
          value: "=previous('E5')",
          rule: { value: '10', shown: '10.00', inputs: [{ code: 'E5', period: '2021', shown: '10.00' }] },
        },
      ],
      assessment: { requiredNow: '10', gapToTarget: '0.1', status: 'as-expected', score: '100' },
    });
    // Required 7, value 7.5: T/X = 93.3 %.
    expect(cellOf(year, 'E5', upstream).assessment).toMatchObject({
      ...{ requiredNow: '7', status: 'behind', score: fraction(700, 7.5) },
    });
    expect(cellOf(year, 'E5', '990102').assessment).toMatchObject({ requiredNow: '3', status: 'behind' });
    expect(cellOf(year, 'E5', '990101').assessment).toMatchObject({ requiredNow: '4', status: 'as-expected' });
  });

  it('E6 is computed from E5 and E4', () => {
    // 11/100 · 10000 = 1100; 9.9/121 · 10000 = 818.18…; P = 281.8…/300 = 93.9 %.
    const { base, value, assessment } = cellOf(year, 'E6');
    expect([base, value]).toMatchObject([{ shown: '1100.00' }, { shown: '818.18', source: 'computed' }]);
    expect(assessment).toMatchObject({
      progress: expect.stringMatching(/^93\.939393/),
      lead: expect.stringMatching(/^53\.939393/),
      status: 'ahead',
    });
    // 下游: 2.4/33 · 10000 = 727.27… is already below the target 800.
    expect(cellOf(year, 'E6', downstream).assessment.status).toBe('completed-early');
  });

  it('F1, a floor by rule: 3 % of the total expenditure', () => {
    // 0.03 · 500 = 15 ≤ 16; 0.03 · 200 = 6 > 5.5. The total expenditure of 下游 is unknown, so its target has no value.
    expect(cellOf(year, 'F1').assessment).toMatchObject({ requiredNow: '15', gapToTarget: '-1', score: '100' });
    expect(cellOf(year, 'F1', upstream).assessment).toMatchObject({ requiredNow: '6', score: fraction(550, 6) });
    expect(cellOf(year, 'F1', downstream)).toMatchObject({
      targets: [{ rule: { lacking: [{ code: 'F0', name: '一般公共预算支出', period: '2022' }] } }],
      assessment: { status: 'no-data', missing: 'target' },
    });
  });

  it('the index of the province is 97.5', () => {
    // 2·87.5 + 2·100 + 100 + 100 + 100 + 100 + 2·100 = 975, with a total weight of 10.
    expect(indexOf(year)).toMatchObject({ value: '97.5', coverage: '100', weightTotal: '10', vetoed: [] });
  });

  it('the index of 上游 is 95.56, vetoed by E5', () => {
    // 2·91.67 + 2·100 + 100 + 93.33 + 100 + 2·91.67 = 860, with a total weight of 9. E4 has no target here and does not
    // apply.
    expect(Number(indexOf(year, upstream).value)).toBeCloseTo(860 / 9, 12);
    expect(indexOf(year, upstream)).toMatchObject({ coverage: '100', weightTotal: '9', vetoed: ['E5'] });
  });

  it('the index of 下游 is 95.28 with a coverage of 5/9', () => {
    // (2·94.44 + 87.5 + 100 + 100) / 5. E1 and F1, with a weight of 4 of 9, have no score.
    expect(Number(indexOf(year, downstream).value)).toBeCloseTo((17000 / 90 + 287.5) / 5, 12);
    expect(indexOf(year, downstream)).toMatchObject({ coverage: fraction(500, 9), vetoed: ['E2'] });
  });
});

it('the overview of 2022-S1 uses the month and quarter that end with it, and no yearly indicators', async () => {
  const half = await overviewOf('2022-S1');
  expect(half.indicators.map(({ code, period }) => `${code} ${period}`)).toEqual(['E1 2022-06', 'E2 2022-Q2']);
  // After 18 of 60 months S is 30; the value 38.5 gives P = 15: 50 + 50·15/30 = 75.
  expect(cellOf(half, 'E1').assessment).toMatchObject({ progress: '15', scheduled: '30', score: '75' });
  // 35 of 40 sections are 87.5 %, the target is 90 %.
  expect(cellOf(half, 'E2')).toMatchObject({ value: { exact: '87.5' }, assessment: { score: fraction(8750, 90) } });
  expect(Number(indexOf(half).value)).toBeCloseTo((75 + 8750 / 90) / 2, 12);
});

it('a snapshot has the same index and is reproduced from the log', async () => {
  const id = 'annual-2022';
  await send(engine, make(OpenEvaluation, { plan, id, kind: 'annual', period: '2022' }));
  await send(engine, make(TakeSnapshot, { plan, id, asOf: '2023-06-30' }));
  await engine.caughtUp();
  const { snapshots, kind, title, period } = (await engine.views.get(evaluationProjection, `${plan}/${id}`))!.body;
  const entry = snapshots[0]!;
  expect(entry.summary).toEqual({
    ...{ index: '97.5', coverage: '100' },
    statuses: { behind: 1, 'as-expected': 4, ahead: 2 },
  });
  expect((await readContent(engine.files, entry.contentHash)).overview.indexes).toHaveLength(6);
  const scratch = new MemoryVersionedStore();
  const { log, files, projections } = engine;
  const proof = await verify(
    { log, files, scratch, projections },
    { plan, kind, title, period, asOf: entry.asOf },
    entry,
  );
  await scratch.close();
  expect(proof).toMatchObject({ reproduced: true, stored: 'intact' });
});

it('a comparison with a state of method 1 does not take other decimals for another value', async () => {
  const by = (number: number) =>
    composeOverview(engine.views, plan, '2022', knownOn('2023-06-30'), undefined, methodNumbered(number));
  const [old, now] = [await by(1), await by(2)];
  const ruleOf = (overview: Overview) => cellOf(overview, 'E5').targets[0]?.rule?.shown;
  expect([ruleOf(old), ruleOf(now)]).toEqual(['10', '10.00']);
  const asOf = knownOn('2023-06-30');
  const trail = new Trail(engine.log, engine.views, engine.catalogue);
  const sides = [
    { label: '1', asOf, overview: old, method: 1 },
    { label: '2', asOf, overview: now, method: 2 },
  ] as const;
  const { differences } = await compare(...sides, trail, engine.log);
  expect(differences).toEqual([{ aspect: 'method', from: '第 1 版', to: '第 2 版', because: [] }]);
});

describe('the change of the 2022 index since 2023-06-30', () => {
  const since = (unit: string) =>
    indexMove(
      { ...engine, open: readerOf(engine) },
      new Trail(engine.log, engine.views, engine.catalogue),
      [
        { period: '2022', asOf: knownOn('2023-06-30') },
        { period: '2022', asOf: {} },
      ],
      { plan, unit },
    );

  it('for the province is caused by a stricter rule', async () => {
    // Required 0.98 · 10 = 9.8, value 9.9: a score of 98.99 instead of 100, with a weight of one tenth.
    const moved = await since(province);
    expect(Number(moved.change)).toBeCloseTo((980 / 9.9 - 100) / 10, 12);
    expect(moved.parts).toMatchObject([
      {
        ...{ indicator: 'E5', causes: [{ cause: 'target', change: moved.change }] },
        because: [{ type: 'TargetRevised', evidence: [{ documentNumber: '示例〔2023〕9号' }] }],
      },
    ]);
  });

  it('for 下游 is caused by a correction of E2 and a late report of F0', async () => {
    const moved = await since(downstream);
    // E2: 19/20 = 95 scores 100 instead of 94.44: a change of 2·5.56/5, and no veto.
    // F1: required 3, value 2.5, score 83.33: (2·100 + 87.5 + 100 + 100 + 2·83.33)/7 instead of 97.5.
    const parts = Object.fromEntries(moved.parts.map(({ indicator, causes }) => [indicator, causes]));
    expect(parts).toEqual({
      E2: [{ cause: 'corrected', change: expect.stringMatching(/^2\.222222222222/) }],
      F1: [{ cause: 'reported', change: expect.stringMatching(/^-4\.047619047619/) }],
    });
    expect([moved.from.vetoed, moved.to.vetoed]).toEqual([['E2'], []]);
    expect([moved.from.coverage, moved.to.coverage]).toEqual([fraction(500, 9), fraction(700, 9)]);
    expect(moved.parts.map(({ because }) => because.map(({ type, subject }) => `${type} ${subject.code}`))).toEqual([
      ['MeasurementCorrected E2'],
      ['IndicatorMeasured F0'],
    ]);
  });

  it('from 2022-S1 to 2022 is caused by the period', async () => {
    const asOf = knownOn('2023-06-30');
    const moved = await indexMove(
      { ...engine, open: readerOf(engine) },
      new Trail(engine.log, engine.views, engine.catalogue),
      [
        { period: '2022-S1', asOf },
        { period: '2022', asOf },
      ],
      { plan, unit: province, area: 'AIR' },
    );
    expect(moved).toMatchObject({ change: '12.5', causes: [{ cause: 'period', change: '12.5' }] });
  });
});

it('an overview can be composed for every period and known time', async () => {
  for (const period of ['2020', '2021', '2021-03', '2022-Q1', '2023', '2025', '2026']) {
    for (const asOf of [{}, knownOn('2021-06-30')]) {
      const overview = await composeOverview(engine.views, plan, period, asOf);
      expect(overview.period).toBe(parsePeriod(period).text);
    }
  }
});
