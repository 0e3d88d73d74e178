import fc from 'fast-check';
import type { Engine } from '../../src/engine.js';
import { MeasureIndicator } from '../../src/figures/figure.commands.js';
import { canonicalJson, sha256 } from '../../src/kernel/json.js';
import { composeOverview, type Overview } from '../../src/overview/overview.js';
import { planProjection } from '../../src/plans/plan.projection.js';
import { marginsOf, type CellMargin } from '../../src/what-if/margins.js';
import type { Supposing } from '../../src/what-if/supposed.js';
import { suppose } from '../../src/what-if/supposing.js';
import { composeSupposed } from '../../src/what-if/what-if.js';
import { plan } from '../support/examples/plans.js';
import { make } from '../support/decider-spec.js';
import { MovingClock } from '../support/moving-clock.js';
import { someone } from '../support/recorded.js';
import { preparedEngine, steps, take, type Step } from './random-commands.js';

const periods = ['2021', '2022'] as const;

/** The city has a base and a value between the targets, so that there is a verdict to flip whatever follows. */
const judged: readonly Step[] = (['2020', '2022'] as const).map((period) => ({
  command: make(MeasureIndicator, { plan, code: '03', unit: '331100', period, value: period === '2020' ? '1' : '20' }),
  actor: someone,
  later: 1,
}));

async function after(walk: readonly Step[], look: (engine: Engine, supposing: Supposing) => Promise<void>) {
  const clock = new MovingClock();
  const engine = await preparedEngine(clock);
  await engine.start();
  try {
    await take(engine, [...judged, ...walk], clock);
    await engine.caughtUp();
    const document = (await engine.views.get(planProjection, plan))!.body;
    await look(engine, { views: engine.views, plan: document, asOf: {}, now: clock.now() });
  } finally {
    await engine.close();
  }
}

const check = (law: (walk: readonly Step[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(steps, law), { numRuns: 25 });

const hashOf = (overview: Overview) => sha256(canonicalJson(overview));

it('an overlay without changes gives the same content hash', () =>
  check((walk) =>
    after(walk, async ({ views }, supposing) => {
      const { events } = await suppose([], supposing);
      for (const period of periods) {
        const state = await composeOverview(views, plan, period, supposing.asOf, supposing.now);
        expect(hashOf(await composeSupposed(supposing, period, events))).toBe(hashOf(state));
      }
    }),
  ));

it('the smallest flipping change flips a status, one step less does not, and nothing is recorded', async () => {
  const seen = new Set<string>();
  await check((walk) =>
    after(walk, async ({ log, views }, supposing) => {
      const head = await log.head();
      for (const period of periods) {
        const state = await composeOverview(views, plan, period, supposing.asOf, supposing.now);
        for (const margin of await marginsOf(state)) {
          seen.add(margin.basis);
          for (const side of ['up', 'down'] as const) {
            if (!margin[side]) continue;
            seen.add(side);
            const { becomes, status } = margin[side];
            expect(await statusWith(supposing, margin, Number(becomes))).toBe(status);
            expect(status).not.toBe(margin.status);
            const before = Number(becomes) - Number(margin.step) * (side === 'up' ? 1 : -1);
            expect(await statusWith(supposing, margin, before)).toBe(margin.status);
          }
        }
      }
      expect(await log.head()).toBe(head);
    }),
  );
  expect([...seen].sort()).toEqual(['down', 'up', 'value']);
});

async function statusWith(supposing: Supposing, { indicator: code, unit, period }: CellMargin, value: number) {
  const change = { kind: 'value', code, unit, period, value: String(value) } as const;
  const { events } = await suppose([change], supposing);
  const { indicators } = await composeSupposed(supposing, period, events);
  const cell = indicators.find((row) => row.code === code)!.cells.find((each) => each.unit === unit)!;
  return cell.assessment.status;
}
