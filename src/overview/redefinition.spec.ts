import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send, readerOf } from '../../test/support/engine.js';
import { loader, reviewer } from '../../test/support/recorded.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Cell } from '../assessment/cell.js';
import { methodNumbered } from '../assessment/method.js';
import { Trail } from '../audit/trail.js';
import type { Engine } from '../engine.js';
import { compare } from '../evaluations/comparison.js';
import { indexMove } from '../evaluations/index-move.js';
import { CorrectMeasurement } from '../figures/figure.commands.js';
import { RedefineIndicator, ReviseTarget } from '../indicators/indicator.commands.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { Decimal } from '../assessment/decimals.js';
import { composeOverview } from './overview.js';

const city = '331100';
const plan = 'small';
const indicator = (code: string, kind: string) =>
  `- { code: ${code}, role: main, name: ${kind}, unitOfMeasure: 个, area: A1, attribute: expected, kind: ${kind}, direction: higher,
    frequency: A, valueType: decimal, decimals: 1, definition: 原口径, measurement: { type: direct }, aggregation: none,
    targetScope: all, trajectory: milestones, weight: '1' }
`;
const kinds = { L: 'level', H: 'hold', C: 'cumulative', G: 'growth' } as const;
const targets = [
  ...['L,331100,2022,16,', 'L,331100,2023,20,', 'L,331100,2025,30,'],
  ...['H,331100,2025,9,', 'C,331100,2025,50,', 'G,331100,2025,5,'],
];
const reports = Object.keys(kinds).flatMap((code) =>
  [
    ['2020', '10'],
    ['2021', '12'],
    ['2022', '14'],
    ['2023', '25'],
  ].map(([period, value]) => `2024-03-01,reporter-1,上报,${code},${city},${period},${value},,,,,年报,,,,`),
);
const files = {
  ...smallPlan(),
  'indicators.yaml':
    smallPlan()['indicators.yaml'] +
    Object.entries(kinds)
      .map(([code, kind]) => indicator(code, kind))
      .join(''),
  'targets.csv': `${smallPlan()['targets.csv']}${targets.join('\n')}\n`,
  'history.csv': [smallPlan()['history.csv']!.trimEnd(), ...reports, ''].join('\n'),
};

let engine: Engine;
beforeEach(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(files, undefined, { accepted: ['figure.reporter-unit'] });
});
afterEach(() => engine.close());

const head = async (): Promise<AsOf> => {
  await engine.caughtUp();
  return { position: (await engine.log.head())! };
};
const overview = async (period = '2023', asOf?: AsOf) => {
  await engine.caughtUp();
  return composeOverview(engine.views, plan, period, asOf);
};
const cell = async (code: string, period = '2023'): Promise<Cell> =>
  (await overview(period)).indicators.find((row) => row.code === code)!.cells.find(({ unit }) => unit === city)!;
const judged = async (code: string, period?: string) => (await cell(code, period)).assessment;

async function redefine(code: string, comparable = false): Promise<void> {
  const measurement = { type: 'direct' as const };
  const definition = { unitOfMeasure: '个', valueType: 'decimal' as const, measurement, aggregation: 'none' as const };
  const text = comparable ? '文字修订' : '现口径';
  const command = make(RedefineIndicator, {
    plan,
    code,
    comparable,
    definition: { ...definition, text },
    reason: '统一口径',
  });
  await send(engine, command, reviewer);
}
const restate = (code: string, period: string, value: string) =>
  send(engine, make(CorrectMeasurement, { plan, code, unit: city, period, value, reason: '按现口径重报' }), loader);
const revise = (code: string, period: string, value: string) =>
  send(engine, make(ReviseTarget, { plan, code, unit: city, period, value, reason: '按现口径重定' }), reviewer);

describe('after a redefinition that is not comparable', () => {
  it('a level is 不可比 until value, base and the targets it is judged against are restated', async () => {
    expect(await judged('L')).toMatchObject({ status: 'ahead', requiredNow: '20' });
    await redefine('L');
    expect(await judged('L')).toMatchObject({ status: 'incomparable', light: 'grey', missing: 'target' });
    expect(await judged('L')).not.toHaveProperty('requiredNow');
    await restate('L', '2023', '25');
    expect(await judged('L')).toMatchObject({ status: 'incomparable', missing: 'target' });
    await revise('L', '2023', '20');
    expect(await judged('L')).toMatchObject({ status: 'incomparable', missing: 'target' });
    await revise('L', '2025', '30');
    expect(await judged('L')).toMatchObject({ status: 'incomparable', missing: 'base' });
    expect(await judged('L')).not.toHaveProperty('score');
    await restate('L', '2020', '10');
    expect(await judged('L')).toMatchObject({ status: 'ahead', requiredNow: '20', progress: '75' });
  });

  it('a target between that was not restated is no milestone any more', async () => {
    expect(await judged('L', '2024')).toMatchObject({ status: 'no-data', requiredNow: '25' });
    await redefine('L');
    await restate('L', '2020', '10');
    await revise('L', '2025', '30');
    // Straight from 10 in 2020 to 30 in 2025, past the 20 that was set for 2023.
    expect(await judged('L', '2024')).toMatchObject({ status: 'no-data', requiredNow: '26' });
  });

  it('a hold needs no base', async () => {
    await redefine('H');
    await restate('H', '2023', '25');
    expect(await judged('H')).toMatchObject({ status: 'incomparable', missing: 'target' });
    await revise('H', '2025', '9');
    expect(await judged('H')).toMatchObject({ status: 'as-expected' });
  });

  it('a total needs every period restated', async () => {
    await redefine('C');
    await revise('C', '2025', '50');
    await restate('C', '2023', '25');
    await restate('C', '2022', '14');
    expect(await cell('C')).toMatchObject({
      cumulativeSum: '51',
      sumComparable: false,
      assessment: { status: 'incomparable' },
    });
    await restate('C', '2021', '12');
    expect(await cell('C')).toMatchObject({ cumulativeSum: '51', assessment: { status: 'completed-early' } });
    expect(await cell('C')).not.toHaveProperty('sumComparable');
  });

  it('a growth rate needs base and target', async () => {
    await redefine('G');
    await restate('G', '2023', '25');
    await revise('G', '2025', '5');
    expect(await judged('G')).toMatchObject({ status: 'incomparable', missing: 'base' });
    await restate('G', '2020', '10');
    expect((await judged('G')).status).toBe('ahead');
  });

  it('the stale targets are marked, and the index does not count the indicator', async () => {
    await redefine('L');
    await restate('L', '2023', '25');
    await revise('L', '2025', '30');
    expect(
      (await cell('L')).targets.map(({ period, comparable, definitionVersion }) => [
        period,
        comparable,
        definitionVersion,
      ]),
    ).toEqual([
      ['2022', false, undefined],
      ['2023', false, undefined],
      ['2025', undefined, 2],
    ]);
    const { indexes } = await overview();
    const { index } = indexes.find(({ unit }) => unit === city)!;
    expect(index.contributions.map(({ indicator: code }) => code)).not.toContain('L');
    expect(Number(index.coverage)).toBeLessThan(100);
  });

  it('what is missing stays missing', async () => {
    await redefine('L');
    expect(await judged('L', '2024')).toMatchObject({ status: 'no-data', missing: 'target' });
  });

  it('method 1 judged the values by the old targets, without the base', async () => {
    await redefine('H');
    await restate('H', '2023', '25');
    await engine.caughtUp();
    const before = await composeOverview(engine.views, plan, '2023', undefined, undefined, methodNumbered(1));
    const [found] = before.indicators.find(({ code }) => code === 'H')!.cells;
    expect(found).toMatchObject({ assessment: { status: 'as-expected' } });
    expect(found!.targets[0]).not.toHaveProperty('comparable');
  });
});

it('after a comparable redefinition everything is judged as before', async () => {
  const before = await Promise.all(Object.keys(kinds).map((code) => judged(code)));
  for (const code of Object.keys(kinds)) await redefine(code, true);
  expect(await Promise.all(Object.keys(kinds).map((code) => judged(code)))).toEqual(before);
});

describe('a restatement that changes no number', () => {
  let redefinedAt: AsOf;
  beforeEach(async () => {
    await redefine('H');
    await restate('H', '2023', '25');
    redefinedAt = await head();
    await revise('H', '2025', '9');
  });

  it('is named as the reason of the status by a comparison', async () => {
    const left = { label: '前', asOf: redefinedAt, overview: await overview('2023', redefinedAt) };
    const right = { label: '后', asOf: {}, overview: await overview() };
    const { differences } = await compare(
      left,
      right,
      new Trail(engine.log, engine.views, engine.catalogue),
      engine.log,
    );
    const status = differences.filter(({ aspect, unit }) => aspect === 'status' && unit === city);
    expect(status).toMatchObject([
      {
        indicator: 'H',
        from: 'incomparable',
        to: 'as-expected',
        because: [{ type: 'TargetRevised', reason: '按现口径重定' }],
      },
    ]);
  });

  it('is the cause 目标调整 of the index change; the redefinition is the cause 口径变更', async () => {
    const move = async (from: AsOf, to: AsOf) => {
      const trail = new Trail(engine.log, engine.views, engine.catalogue);
      const moments = [from, to].map((asOf) => ({ period: '2023', asOf })) as [never, never];
      return indexMove({ ...engine, open: readerOf(engine) }, trail, moments, { plan, unit: city });
    };
    const now = await head();
    const restated = await move(redefinedAt, now);
    const shares = restated.parts.filter(({ change }) => change !== '0');
    expect(shares.map(({ indicator: code, causes }) => [code, causes.map(({ cause }) => cause)])).toEqual([
      ['H', ['target']],
    ]);
    expect(shares[0]!.because).toMatchObject([{ type: 'TargetRevised' }]);
    await redefine('C');
    const redefined = await move(now, await head());
    expect(redefined.parts.map(({ indicator: code, causes }) => [code, causes.map(({ cause }) => cause)])).toEqual([
      ['C', ['definition']],
    ]);
    const sum = redefined.parts.reduce((all, { change }) => all.plus(change), new Decimal(0));
    expect(sum.toFixed()).toBe(redefined.change);
  });
});
