import { make } from '../../test/support/decider-spec.js';
import { lishuiEngine, send } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { lishui as plan } from '../../test/support/seeds.js';
import { setPrincipal, withRequest, type Principal } from '../access/principal.js';
import { currentMethod } from '../assessment/method.js';
import { Trail } from '../audit/trail.js';
import type { Engine } from '../engine.js';
import { PlanReaders } from '../overview/plan-readers.js';
import { Attributions } from './attributions.js';
import { OpenEvaluation } from './evaluation.commands.js';

let engine: Engine;
let attributions: Attributions;

beforeAll(async () => {
  engine = await lishuiEngine({ clock: new MovingClock('2026-10-01T00:00:00.000Z') });
  const { views, log, catalogue, projector } = engine;
  attributions = new Attributions(views, new PlanReaders(views, projector), log, new Trail(log, views, catalogue));
}, 60_000);
afterAll(() => engine.close());

const ask = (changed: { until?: string; limit?: number; now?: string } = {}) => {
  const asOf = { knownAt: '2023-06-30T16:00:00.000Z' };
  const { until, limit = 2, now } = changed;
  const question = { plan, period: '2022', asOf, method: currentMethod, ...(now !== undefined && { now }) };
  const [left, right] = [asOf, until === undefined ? {} : { knownAt: until }];
  const states = [left, right].map((documents) => ({ question, documents }));
  return attributions.between({ states: [states[0]!, states[1]!], limit });
};

it('answers the same question once, until something more is known', async () => {
  const first = await ask();
  expect(await ask()).toBe(first);
  const others = [
    await ask({ until: '2023-12-31T16:00:00.000Z' }),
    await ask({ limit: 3 }),
    await ask({ now: '2026-10-02T00:00:00.000Z' }),
  ];
  expect(new Set([first, ...others]).size).toBe(4);
  expect(await ask({ now: '2026-10-02T01:00:00.000Z' })).toBe(others[2]);
  await send(engine, make(OpenEvaluation, { plan, id: 'midterm-2022', kind: 'midterm', period: '2022' }));
  await engine.caughtUp();
  const later = await ask();
  expect(later).not.toBe(first);
  expect(later).toEqual(first);
}, 60_000);

it('keeps what one reader sees from those who see something else', async () => {
  const as = (role: string, id: string) =>
    withRequest(() => {
      const grant = { grant: `g-${id}`, role, plan } as Principal['grants'][number];
      setPrincipal({ id, means: 'web', grants: [grant] });
      return ask();
    });
  const leaders = await as('leader', 'one');
  expect(await as('leader', 'another')).toBe(leaders);
  expect(await as('evaluator', 'third')).not.toBe(leaders);
}, 60_000);
