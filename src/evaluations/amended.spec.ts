import { Trail } from '../audit/trail.js';
import { memoryEngine, readerOf } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import type { Instant } from '../kernel/time.js';
import { composeOverview } from '../overview/overview.js';
import { compare } from './comparison.js';
import { indexMove } from './index-move.js';

const period = '2022';
let engine: Engine;
let trail: Trail;
let moments: readonly [Instant, Instant];

beforeAll(async () => {
  const clock = new MovingClock('2024-05-01T00:00:00.000Z');
  engine = memoryEngine({ clock });
  await engine.start();
  const other = smallPlan()['indicators.yaml']!.replace("'03'", "'04'").replace('康养联合体数', '站点数');
  const files = {
    ...smallPlan(),
    'indicators.yaml': `${smallPlan()['indicators.yaml']}${other}`,
    'targets.csv': `${smallPlan()['targets.csv']}03,331102,2022,10,\n04,331102,2022,10,\n`,
    'history.csv': [
      smallPlan()['history.csv']!.trimEnd(),
      '2023-03-01,reporter-1,上报,03,331102,2020,2,,,,,2020 年名录,,,,',
      '2023-03-01,reporter-1,上报,04,331102,2020,2,,,,,2020 年名录,,,,',
      '2023-03-01,reporter-1,上报,04,331102,2022,4,,,,,2022 年名录,,,,\n',
    ].join('\n'),
  };
  const accepted = (await engine.submissions.tryOut(files)).warnings.map(({ id }) => id);
  await engine.submissions.submit(files, undefined, { accepted });
  const before = clock.now();
  clock.advance(86_400_000);
  await engine.submissions.submit({
    ...files,
    'plan.yaml': smallPlan()['plan.yaml']!.replace('title: 小规划', 'title: 小规划（修订）'),
    'indicators.yaml': files['indicators.yaml'].replace("weight: '1'", "weight: '3'"),
    'changes.csv': '对象,代码,事由\n全部,,中期调整\n',
  });
  await engine.caughtUp();
  moments = [before, clock.now()];
  trail = new Trail(engine.log, engine.views, engine.catalogue);
});
afterAll(() => engine.close());

it('a comparison names what is said differently of the plan and of an indicator, and why the index moved', async () => {
  const [left, right] = await Promise.all(
    moments.map(async (knownAt, side) => {
      const asOf = { knownAt };
      return { label: `${side}`, asOf, overview: await composeOverview(engine.views, 'small', period, asOf) };
    }),
  );
  const { differences } = await compare(left!, right!, trail, engine.log);
  const told = differences.map(({ aspect, indicator, unit, from, to, because }) =>
    [aspect, indicator, unit, from, to, ...because.map(({ type, reason }) => `${type} ${reason}`)]
      .filter(Boolean)
      .join(' '),
  );
  expect(told).toEqual([
    'plan 规划名称 小规划 规划名称 小规划（修订） PlanAmended 中期调整',
    'indicator 03 权重 1 权重 3 IndicatorAmended 中期调整',
    expect.stringMatching(/^index 331102 .* IndicatorAmended 中期调整$/),
  ]);
});

it('the change of the index adds up, with the amendment as its cause', async () => {
  const sides = moments.map((knownAt) => ({ period, asOf: { knownAt } })) as never;
  const move = await indexMove({ ...engine, open: readerOf(engine) }, trail, sides, { plan: 'small', unit: '331102' });
  const shares = move.parts.map(({ change }) => Number(change));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(Number(move.change), 10);
  expect(Number(move.change)).not.toBe(0);
  expect(move.causes.map(({ cause }) => cause)).toEqual(['definition']);
  expect(move.parts[0]!.because.map(({ type }) => type)).toEqual(['IndicatorAmended']);
});
