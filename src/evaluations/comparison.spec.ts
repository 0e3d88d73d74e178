import type { Engine } from '../engine.js';
import { Trail } from '../audit/trail.js';
import { make } from '../../test/support/decider-spec.js';
import { lishuiEngine, send } from '../../test/support/engine.js';
import { loader, reviewer } from '../../test/support/recorded.js';
import { lishui } from '../../test/support/seeds.js';
import { ApproveMeasurement, CorrectMeasurement } from '../figures/figure.commands.js';
import { RedefineIndicator, ReviseTarget } from '../indicators/indicator.commands.js';
import { indicatorProjection } from '../indicators/indicator.projection.js';
import { SetEvaluationRules } from '../plans/plan.commands.js';
import { parseKnownTime } from '../kernel/time.js';
import { compare, type Comparison, type Side } from './comparison.js';
import type { Difference } from './difference.js';
import { OpenEvaluation, TakeSnapshot } from './evaluation.commands.js';
import { evaluationProjection } from './evaluation.projection.js';
import { composeOverview } from '../overview/overview.js';
import { readContent } from './snapshot.js';

const plan = lishui;
const id = 'midterm-2022';
let engine: Engine;

beforeAll(async () => {
  engine = await lishuiEngine();
  await send(engine, make(OpenEvaluation, { plan, id, kind: 'midterm', period: '2022' }));
  await send(engine, make(TakeSnapshot, { plan, id, asOf: '2023-06-30' }));
  await engine.caughtUp();
});
afterAll(() => engine.close());

async function frozen(): Promise<Side> {
  const [entry] = (await engine.views.get(evaluationProjection, `${plan}/${id}`))!.body.snapshots;
  const { overview } = await readContent(engine.files, entry!.contentHash);
  return { label: '中期评估', asOf: { knownAt: entry!.asOf, position: entry!.position }, overview };
}
const today = async (): Promise<Side> => ({
  label: '今日',
  asOf: {},
  overview: await composeOverview(engine.views, plan, '2022'),
});
async function compared(left: Side, right: Side): Promise<Comparison> {
  return compare(left, right, new Trail(engine.log, engine.views, engine.catalogue), engine.log);
}
const named = ({ differences }: Comparison, aspect: string, indicator: string, unit: string): Difference =>
  differences.find((found) => found.aspect === aspect && found.indicator === indicator && found.unit === unit)!;

describe('the comparison of the 2022 mid-term snapshot with today', () => {
  let comparison: Comparison;
  beforeAll(async () => void (comparison = await compared(await frozen(), await today())));

  it('lists the correction of 莲都 with event, person and reason', () => {
    const { from, to, because } = named(comparison, 'value', '02', '331102');
    expect([from, to]).toEqual(['55.5', '54.2']);
    expect(because.map(({ type, actor }) => [type, actor.id])).toEqual([
      ['MeasurementCorrected', 'demo-reporter-331102'],
      ['MeasurementApproved', 'demo-reviewer-1'],
    ]);
    expect(because[0]).toMatchObject({
      label: '更正',
      reason: expect.stringContaining('54张床位未通过护理型床位验收'),
      knownAt: parseKnownTime('2023-08-20', 'Asia/Shanghai'),
      evidence: [expect.objectContaining({ title: '示例：莲都2022年护理型床位复核记录' })],
      subject: { code: '02', unit: '331102', period: '2022' },
      from: expect.stringContaining('2161 ÷ 3891'),
      to: expect.stringContaining('2107 ÷ 3891'),
      demo: true,
    });
  });

  it('explains the city’s value by the same events', () => {
    const { from, to, because } = named(comparison, 'value', '02', '331100');
    expect(from).toMatch(/^55\.2/);
    expect(to).toMatch(/^54\.9/);
    expect(because).toEqual(named(comparison, 'value', '02', '331102').because);
  });

  it('lists a late report and a revised target', () => {
    const late = named(comparison, 'value', '05', '331126');
    expect([late.from, late.to]).toEqual([undefined, '31.6']);
    expect(late.because.map(({ type }) => type)).toEqual(['IndicatorMeasured', 'MeasurementApproved']);
    expect(named(comparison, 'status', '05', '331100')).toMatchObject({ from: 'no-data', to: 'severely-behind' });

    const target = named(comparison, 'targets', '06', '331100');
    expect([target.from, target.to]).toEqual(['2022: 13，2025: 16', '2022: 13，2025: 15']);
    expect(target.because.map(({ type, actor }) => [type, actor.id])).toEqual([['TargetRevised', 'demo-reviewer-1']]);
  });

  it('lists only indicators and units that differ', () => {
    const touched = new Set(comparison.differences.flatMap(({ indicator }) => indicator ?? []));
    expect([...touched].sort()).toEqual(['02', '05', '06']);
    const values = comparison.differences.filter(({ aspect }) => aspect === 'value');
    expect(values.map(({ indicator, unit }) => `${indicator} ${unit}`)).toEqual([
      ...['02 331100', '02 331102', '05 331100', '05 331126'],
    ]);
  });

  it('lists the change of the city’s index', () => {
    const index = comparison.differences.find(({ aspect, unit }) => aspect === 'index' && unit === '331100');
    expect([index?.from, index?.to]).toEqual(['97.51', '93.02']);
  });

  it('in reverse swaps the sides and keeps the events', async () => {
    const back = await compared(await today(), await frozen());
    const sorted = (differences: readonly Difference[]) => [...differences].map((each) => JSON.stringify(each)).sort();
    const turned = comparison.differences.map(({ from, to, ...rest }) => ({ ...rest, from: to, to: from }));
    expect(sorted(back.differences.map(({ from, to, ...rest }) => ({ ...rest, from, to })))).toEqual(sorted(turned));
  });
});

it('lists events that became known on the same day in the order in which they were recorded', async () => {
  const now = await today();
  const before = { ...now, asOf: { position: (await engine.log.head())! } };
  const backfiller = { ...reviewer, roles: ['reviewer', 'backfill'] };
  // The county that comes later in the list of units is corrected first.
  for (const unit of ['331126', '331121']) {
    const figure = { plan, code: '02', unit, period: '2022', knownAt: '2026-01-01' };
    const reported = { numerator: '1', denominator: '2' };
    await send(engine, make(CorrectMeasurement, { ...figure, ...reported, reason: '复核' }), loader);
    await send(engine, make(ApproveMeasurement, { ...figure, ...reported, reason: '同意' }), backfiller);
  }
  await engine.caughtUp();
  const { because } = named(await compared(before, await today()), 'value', '02', '331100');
  expect(new Set(because.map(({ knownAt }) => knownAt)).size).toBe(1);
  expect(because.map(({ subject }) => subject.unit)).toEqual(['331126', '331126', '331121', '331121']);
});

describe('the comparison of a state with itself', () => {
  it('has no differences', async () => {
    for (const side of [await frozen(), await today()]) expect((await compared(side, side)).differences).toEqual([]);
  });
});

describe('the comparison after commands of today', () => {
  let before: Side;
  let comparison: Comparison;
  beforeAll(async () => {
    const now = await today();
    before = { ...now, asOf: { position: (await engine.log.head())! } };
    const { rules } = now.overview.rules;
    const { definition } = (await engine.views.get(indicatorProjection, `${plan}/08`))!.body.definitions[0]!;
    const figure = { plan, code: '04', unit: '331100', period: '2022' };
    const stricter = { ...rules, source: '市局会议纪要', status: { ...rules.status, ahead: '30' } };
    for (const command of [
      make(SetEvaluationRules, { plan, rules: stricter, reason: '会议决定' }),
      make(ReviseTarget, { plan, code: '01', unit: '331100', period: '2025', value: '26', reason: '加压' }),
      make(RedefineIndicator, {
        ...{ plan, code: '08', comparable: false, reason: '省厅统一口径' },
        definition: { ...definition, text: '新口径' },
      }),
      make(CorrectMeasurement, { ...figure, period: '2020', value: '10201', reason: '与公报核对' }),
    ]) {
      await send(engine, command, command instanceof CorrectMeasurement ? loader : reviewer);
    }
    await engine.caughtUp();
    comparison = await compared(before, await today());
  });

  const aspect = (name: string, indicator?: string) =>
    comparison.differences.find((found) => found.aspect === name && found.indicator === indicator);

  it('lists the changed rules with their event', () => {
    expect(aspect('rules')).toMatchObject({ from: '第 1 版', to: '第 2 版', because: [{ reason: '会议决定' }] });
    expect(aspect('status', '02')?.unit).toBeDefined();
  });

  it('lists the changed definition and the incomparable status', () => {
    expect(aspect('definition', '08')).toMatchObject({ to: '新口径', because: [{ type: 'IndicatorRedefined' }] });
    expect(named(comparison, 'status', '08', '331100').to).toBe('incomparable');
  });

  it('lists the revised target', () => {
    expect(named(comparison, 'targets', '01', '331100').because).toMatchObject([{ reason: '加压' }]);
  });

  it('does not list a correction that is not approved', () => {
    const values = comparison.differences.filter(({ aspect }) => aspect === 'base' || aspect === 'value');
    expect(values.filter(({ indicator }) => indicator === '04')).toEqual([]);
  });
});
