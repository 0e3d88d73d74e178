import { make } from '../../test/support/decider-spec.js';
import { textOf } from '../../test/support/bureau.js';
import { memoryEngine, send, readerOf } from '../../test/support/engine.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Cell } from '../assessment/cell.js';
import { Decimal } from '../assessment/decimals.js';
import { Trail } from '../audit/trail.js';
import type { Engine } from '../engine.js';
import { compare } from '../evaluations/comparison.js';
import { OpenEvaluation, TakeSnapshot } from '../evaluations/evaluation.commands.js';
import { evaluationProjection } from '../evaluations/evaluation.projection.js';
import { readContent } from '../evaluations/snapshot.js';
import { indexMove, type IndexMoment, type IndexMove } from '../evaluations/index-move.js';
import { ReviseTarget } from '../indicators/indicator.commands.js';
import { htmlReport } from '../reports/html-report.js';
import { snapshotReport } from '../reports/snapshot-report.js';
import { indicatorHistory } from './indicator-history.js';
import { composeOverview } from './overview.js';

/** A plan whose targets stand in its table as plans print them. */
const city = '331100';
const plan = 'small';
const printed = [
  ['R', 'hold', 'higher', '5%-6%'],
  ['F', 'hold', 'higher', '>7'],
  ['C', 'hold', 'lower', '≤5.5'],
  ['T', 'cumulative', 'higher', '[13.5]'],
] as const;
const indicators = printed.map(
  ([code, kind, direction]) =>
    `- { code: ${code}, role: main, name: 指标${code}, unitOfMeasure: '%', area: A1, attribute: expected, kind: ${kind},
    direction: ${direction}, frequency: A, valueType: decimal, decimals: 1, definition: 示例, measurement: { type: direct },
    aggregation: none, targetScope: all, trajectory: linear, weight: '1' }
`,
);
const values = { R: ['5.8', '6.2'], F: ['7.1', '7'], C: ['5.5', '5.6'], T: ['2.7', '2.7'] } as const;
const reports = Object.entries(values).flatMap(([code, [first, second]]) =>
  Object.entries({ 2021: first, 2022: second }).map(
    ([period, value]) => `${Number(period) + 1}-04-01,r,上报,${code},${city},${period},${value},,,,,年报,,,,`,
  ),
);
const small = smallPlan();
const files = {
  'plan.yaml': small['plan.yaml']!,
  'indicators.yaml': indicators.join(''),
  'targets.csv': `indicator,unit,period,value,line\n${printed.map(([code, , , value]) => `${code},${city},2025,${value},\n`).join('')}`,
  'actors.csv': `id,name,unit,roles\nr,示例填报员,${city},reporter;backfill\n`,
  'history.csv': [small['history.csv']!.split('\n')[0], ...reports, ''].join('\n'),
};

let engine: Engine;
beforeAll(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(files);
  await engine.caughtUp();
});
afterAll(() => engine.close());

const cellOf = async (code: string, period: string): Promise<Cell> =>
  (await composeOverview(engine.views, plan, period)).indicators
    .find((row) => row.code === code)!
    .cells.find(({ unit }) => unit === city)!;

it('the targets are stored in one form', async () => {
  const stored = await Promise.all(printed.map(async ([code]) => (await cellOf(code, '2022')).targets[0]!.value));
  expect(stored).toEqual(['5..6', '>7', '5.5', '13.5']);
});

it('each is judged in 2021, where all are kept, and in 2022, where three are nearly kept', async () => {
  const judged = async (period: string) =>
    Promise.all(printed.map(async ([code]) => (await cellOf(code, period)).assessment.status));
  // The total: 2.7 of 13.5 in the first of five years, and 5.4 in two.
  expect(await judged('2021')).toEqual(['as-expected', 'as-expected', 'as-expected', 'as-expected']);
  expect(await judged('2022')).toEqual(['roughly', 'roughly', 'roughly', 'as-expected']);
  expect((await cellOf('R', '2022')).assessment).toMatchObject({
    ...{ gapToTarget: '-0.2', range: { lower: '5', upper: '6', outside: '0.2' } },
    score: '96.774193548387096774',
  });
});

it('the history has the range in place of a required value', async () => {
  const { points } = await indicatorHistory(engine.views, plan, 'R', city);
  const point = points.find(({ period }) => period === '2022');
  expect(point).toMatchObject({ range: { lower: '5', upper: '6' } });
  expect(point).not.toHaveProperty('required');
  expect(points.at(-1)).toMatchObject({ period: '2025', target: '5..6' });
});

describe('the index', () => {
  const move = (from: IndexMoment, to: IndexMoment) =>
    indexMove(
      { ...engine, open: readerOf(engine) },
      new Trail(engine.log, engine.views, engine.catalogue),
      [from, to],
      { plan, unit: city },
    );
  const summed = ({ parts }: IndexMove) =>
    parts.reduce((all, { change }) => all.plus(change), new Decimal(0)).toFixed();

  it('changes from one year to the next by parts that add up to it', async () => {
    const moved = await move({ period: '2021', asOf: {} }, { period: '2022', asOf: {} });
    // 6/6.2 and 5.5/5.6 of the limit; 7 is all of more than 7, without keeping it.
    expect(moved).toMatchObject({ from: { value: '100' } });
    expect(Number(moved.to.value)).toBeCloseTo((600 / 6.2 + 100 + 550 / 5.6 + 100) / 4, 12);
    expect(moved.parts.filter(({ change }) => change !== '0').map(({ indicator }) => indicator)).toEqual(['C', 'R']);
    expect(summed(moved)).toBe(moved.change);
  });

  it('rises by a wider range, with its event as the cause', async () => {
    const position = (await engine.log.head())!;
    const wider = { plan, code: 'R', unit: city, period: '2025', value: '5%-6.5%', reason: '示例调整' };
    await send(engine, make(ReviseTarget, wider));
    await engine.caughtUp();
    const moved = await move({ period: '2022', asOf: { position } }, { period: '2022', asOf: {} });
    const [part, ...others] = moved.parts.filter(({ change }) => change !== '0');
    expect(others).toEqual([]);
    expect(part).toMatchObject({ indicator: 'R', causes: [{ cause: 'target' }], because: [{ reason: '示例调整' }] });
    expect(summed(moved)).toBe(moved.change);

    const sides = await Promise.all(
      [{ position }, {}].map(async (asOf) => ({
        ...{ label: '', asOf, overview: await composeOverview(engine.views, plan, '2022', asOf) },
      })),
    );
    const trail = new Trail(engine.log, engine.views, engine.catalogue);
    const { differences } = await compare(sides[0]!, sides[1]!, trail, engine.log);
    const ofCity = differences.filter(({ indicator, unit }) => indicator === 'R' && unit === city);
    expect(ofCity.map(({ aspect, from, to }) => [aspect, from, to])).toEqual(
      expect.arrayContaining([
        ['targets', '2025: 5–6', '2025: 5–6.5'],
        ['status', 'roughly', 'as-expected'],
      ]),
    );
  });
});

it('a report says in words by how much a value lies outside its range', async () => {
  const id = 'annual-2022';
  await send(engine, make(OpenEvaluation, { plan, id, kind: 'annual', period: '2022' }));
  await send(engine, make(TakeSnapshot, { plan, id, asOf: '2023-12-31' }));
  await engine.caughtUp();
  const evaluation = (await engine.views.get(evaluationProjection, `${plan}/${id}`))!.body;
  const [entry] = evaluation.snapshots;
  const page = textOf(
    htmlReport(snapshotReport(await readContent(engine.files, entry!.contentHash), evaluation, entry!)),
  );
  expect(page).toContain('2025年目标 5–6%');
  expect(page).toContain('本期应在 5–6% 之间，高于上限 0.2%；区间不计完成率和进度。');
  expect(page).toContain('2025年目标 &gt;7%');
  expect(page).toContain('2025年目标 [13.5]%');
  expect(page).toContain('规划期累计 5.4%');
  expect(page).toContain('未达到而差额不超过底线的 5% 为基本符合预期');
});
