import { make } from '../../test/support/decider-spec.js';
import { lishuiEngine, send } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { asOperator, operatorKey } from '../../test/support/operator.js';
import { lishui } from '../../test/support/seeds.js';
import { placeKey } from '../attribution/numbers.js';
import type { Engine } from '../engine.js';
import { Decimal } from '../kernel/decimal.js';
import type { ProblemDetails } from '../http/api-models.js';
import { SetEvaluationRules } from '../plans/plan.commands.js';
import { defaultEvaluationRules } from '../plans/evaluation-rules.js';
import { createServer, type HttpServer } from '../server.js';
import type { ComparisonCause, ComparisonCauses } from './comparison-causes.js';
import type { Comparison } from './comparison.js';
import { OpenEvaluation, TakeSnapshot } from './evaluation.commands.js';

const plan = lishui;
const id = 'midterm-2022';
const sides = `left=${id}/1&right=now`;
let engine: Engine;
let server: HttpServer;
let url: string;
let found: ComparisonCauses;
let comparison: Comparison;

beforeAll(async () => {
  engine = await lishuiEngine({ clock: new MovingClock('2026-10-01T00:00:00.000Z') });
  await send(engine, make(OpenEvaluation, { plan, id, kind: 'midterm', period: '2022' }));
  await send(engine, make(TakeSnapshot, { plan, id, asOf: '2023-06-30' }));
  const status = { ...defaultEvaluationRules.status, ahead: '8' };
  const rules = { ...defaultEvaluationRules, status, source: '评估工作会议' };
  await send(engine, make(SetEvaluationRules, { plan, rules, reason: '提高快于预期的门槛' }));
  await engine.caughtUp();
  server = await createServer(engine, { operatorKey });
  url = await server.listen(0, '127.0.0.1');
  found = await get(`comparison/causes?${sides}`);
  comparison = await get<Comparison>(`comparison?${sides}`);
}, 120_000);
afterAll(async () => {
  await server.close();
  await engine.close();
});

async function get<Body = ComparisonCauses>(path: string): Promise<Body> {
  const response = await fetch(`${url}/api/plans/${plan}/${path}`, { headers: asOperator });
  return (await response.json()) as Body;
}
const refusal = async (path: string) => {
  const { code, problems } = await get<ProblemDetails>(path);
  return [code, problems?.[0]?.field];
};

const eventOf = ({ entry }: ComparisonCause) =>
  entry && `${entry.type} ${[entry.subject.code, entry.subject.unit].filter(Boolean).join('/')}`.trim();
const differing = (aspect: string) =>
  comparison.differences
    .filter((each) => each.aspect === aspect)
    .map(({ unit, indicator, from, to }) => ({ unit, indicator, from, to }));

describe('the causes of the difference of a snapshot and today', () => {
  it('have the sides of the comparison, and each event once', () => {
    expect([found.left, found.right]).toEqual([comparison.left, comparison.right]);
    const events = found.causes.flatMap(({ entry }) => entry?.eventId ?? []);
    expect(events.length).toBeGreaterThan(30);
    expect(new Set(events).size).toBe(events.length);
    expect(found.causes.map(eventOf)).toEqual(
      expect.arrayContaining(['MeasurementApproved 02/331102', 'TargetRevised 06/331100', 'EvaluationRulesSet']),
    );
    expect(found.causes.every(({ kind }) => kind === 'event')).toBe(true);
  });

  it('tell of each event what it moves, as 数值, 判断 and 指数', () => {
    const approved = found.causes.find((cause) => eventOf(cause) === 'MeasurementApproved 02/331102')!;
    expect(approved.values).toContainEqual(expect.objectContaining({ of: 'value', indicator: '02', unit: '331102' }));
    expect(approved.verdicts).toContainEqual(
      expect.objectContaining({ of: 'status', indicator: '02', unit: '331102' }),
    );
    const { indexes } = approved;
    expect(indexes.every(({ of }) => of === 'index' || of === 'coverage')).toBe(true);
    expect(new Set(indexes.map(({ unit }) => unit))).toContain('331102');
    expect(indexes.some(({ area }) => area !== undefined)).toBe(true);
    const rules = found.causes.find((cause) => eventOf(cause) === 'EvaluationRulesSet')!;
    expect(rules.entry!.reason).toBe('提高快于预期的门槛');
    expect(rules.verdicts.length).toBeGreaterThan(0);
    expect(rules.values.filter(({ of }) => of === 'value')).toEqual([]);
  });

  it('sum exactly to what the comparison shows', () => {
    for (const { of, by, change, ...place } of [...found.values, ...found.indexes]) {
      if (change === undefined) continue;
      const moves = by.flatMap((at) => [...found.causes[at]!.values, ...found.causes[at]!.indexes]);
      const own = moves.filter((move) => placeKey(move, move.of) === placeKey(place, of));
      expect(Decimal.sum(0, ...own.map((move) => move.change!)).equals(change)).toBe(true);
    }
    const flipped = found.verdicts
      .filter(({ of, indicator }) => of === 'status' && indicator !== undefined)
      .map(({ unit, indicator, from, to }) => ({ unit, indicator, from, to }));
    expect(flipped).toHaveLength(differing('status').length);
    expect(flipped).toEqual(expect.arrayContaining(differing('status')));
    const indexes = found.indexes
      .filter(({ of, area }) => of === 'index' && area === undefined)
      .map(({ unit, from, to }) => ({ unit, from: Number(from).toFixed(2), to: Number(to).toFixed(2) }))
      .filter(({ from, to }) => from !== to);
    expect(indexes).toEqual(
      expect.arrayContaining(differing('index').map(({ unit, from, to }) => ({ unit, from, to }))),
    );
    expect(indexes).toHaveLength(differing('index').length);
  });

  it('are told up to a number, and the rest together', async () => {
    const short = await get(`comparison/causes?${sides}&told=3`);
    expect(short.causes.map(({ kind }) => kind)).toEqual(['event', 'event', 'event', 'rest']);
    expect(short.causes[3]!.events).toBeGreaterThan(20);
    const changed = ({ values }: ComparisonCauses) =>
      values.flatMap(({ by: _, ...each }) => (each.from === each.to ? [] : [JSON.stringify(each)])).sort();
    expect(changed(short)).toEqual(changed(found));
  });
});

it('are told without an event where days pass or another period is asked', async () => {
  const [day, rest] = (await get('comparison/causes?left=2022-06-30&right=now&period=2022&told=1')).causes;
  expect([day!.kind, rest!.kind]).toEqual(['day', 'rest']);
  expect(day!.verdicts.map(({ resource }) => resource)).toContain('project');
});

describe('one moment under the rules, targets or definitions of another', () => {
  const day = 'left=2023-06-30&right=now&period=2022';

  it('differs by the events about them only, in the comparison and in its causes', async () => {
    const causes = await get(`comparison/causes?${day}&only=targets`);
    const types = causes.causes.map(({ entry }) => entry!.type);
    expect(types.length).toBeGreaterThan(0);
    expect(types.every((type) => type.startsWith('Target'))).toBe(true);
    expect(causes.right.label).toBe('截至 2023-06-30，改按今日的目标');
    expect(causes.values.map(({ of }) => of)).toContain('target');
    expect(causes.values.map(({ of }) => of)).not.toContain('value');
    const compared = await get<Comparison>(`comparison?${day}&only=targets`);
    expect(compared.right).toEqual(causes.right);
    const aspects = new Set(compared.differences.map(({ aspect }) => aspect));
    expect([...aspects].every((aspect) => ['targets', 'status', 'index', 'promise'].includes(aspect))).toBe(true);
    for (const { aspect, because } of compared.differences.filter((each) => each.aspect !== 'promise')) {
      expect([aspect, because.map(({ type }) => type.startsWith('Target'))]).not.toEqual([aspect, []]);
      expect(because.every(({ type }) => type.startsWith('Target'))).toBe(true);
    }
  });

  it('is that of a snapshot, too, and of several at once', async () => {
    const rules = await get(`comparison/causes?${sides}&only=rules`);
    expect(rules.causes.map(eventOf)).toEqual(['EvaluationRulesSet']);
    expect(rules.left.label).toBe(found.left.label);
    expect(rules.verdicts.map(({ to }) => to)).not.toContain('ahead');
    const both = await get(`comparison/causes?${sides}&only=rules,targets`);
    expect(both.causes.map(eventOf)).toEqual(expect.arrayContaining(['TargetRevised 06/331100', 'EvaluationRulesSet']));
    const none = await get(`comparison/causes?${sides}&only=definitions`);
    expect([none.causes, none.values, none.verdicts, none.indexes]).toEqual([[], [], [], []]);
  });
});

it('refuses what can be taken over not at all, a number of causes out of bounds, and a period beside a snapshot', async () => {
  expect(await refusal(`comparison/causes?${sides}&only=weather`)).toEqual(['input.invalid', 'only']);
  expect(await refusal(`comparison?${sides}&only=rules,`)).toEqual(['input.invalid', 'only']);
  expect(await refusal(`comparison/causes?${sides}&told=0`)).toEqual(['input.invalid', 'told']);
  expect((await refusal(`comparison/causes?${sides}&period=2022`))[0]).toBe('comparison.period');
  expect((await refusal('comparison/causes?left=midterm-2022/9&right=now'))[0]).toBe('evaluation.unknown-snapshot');
});
