import fc from 'fast-check';
import { currentMethod } from '../../src/assessment/method.js';
import { attribute } from '../../src/attribution/attribution.js';
import { attributionOf, type Attribution } from '../../src/attribution/answer.js';
import { numbersOf, placeKey } from '../../src/attribution/numbers.js';
import { verdictsOf } from '../../src/attribution/verdicts.js';
import { Trail } from '../../src/audit/trail.js';
import type { Engine } from '../../src/engine.js';
import { Decimal } from '../../src/kernel/decimal.js';
import type { AsOf } from '../../src/kernel/versioned-store.js';
import { composeOverview } from '../../src/overview/overview.js';
import { plan } from '../support/examples/plans.js';
import { MovingClock } from '../support/moving-clock.js';
import { preparedEngine, steps, take, type Step } from './random-commands.js';

/** A moment by known time, by position, or by both, as snapshots have it. */
const moments = fc.record(
  {
    knownAt: fc.constantFrom('2022-03-02', '2023-03-02', '2026-10-03').map((day) => `${day}T00:00:00.000Z`),
    share: fc.integer({ min: 20, max: 100 }),
  },
  { requiredKeys: [] },
);
const periods = fc.constantFrom('2021', '2022');

interface Asked {
  readonly from: { readonly knownAt?: string; readonly share?: number };
  readonly to: Asked['from'];
  readonly periods: readonly [string, string];
  readonly limit: number;
}
const asked: fc.Arbitrary<Asked> = fc.record({
  from: moments,
  to: moments,
  periods: fc.oneof(
    fc.tuple(periods, periods),
    periods.map((period) => [period, period] as const),
  ),
  limit: fc.constantFrom(1, 3, 200),
});

async function after(walk: readonly Step[], look: (engine: Engine, head: number) => Promise<void>) {
  const clock = new MovingClock();
  const engine = await preparedEngine(clock);
  await engine.start();
  try {
    await take(engine, walk, clock);
    await engine.caughtUp();
    await look(engine, Number(await engine.log.head()));
  } finally {
    await engine.close();
  }
}

const momentOf = ({ knownAt, share }: Asked['from'], head: number): AsOf => ({
  ...(knownAt !== undefined && { knownAt }),
  // The plan, its indicator and the targets stand at the start.
  ...(share !== undefined && { position: String(Math.max(9, Math.round((head * share) / 100))) }),
});

it('the parts of every number sum exactly to its difference, whatever the two states, and conclusions follow each other', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, asked, (walk, { from, to, periods: [first, second], limit }) =>
      after(walk, async (engine, head) => {
        const sides = [
          { asOf: momentOf(from, head), period: first },
          { asOf: momentOf(to, head), period: second },
        ] as const;
        const states = sides.map(({ asOf, period }) => ({
          question: { plan, period, asOf, method: currentMethod },
          documents: asOf,
        }));
        const found = await attribute(engine, [states[0]!, states[1]!], limit);
        const answer = await attributionOf(found, new Trail(engine.log, engine.views, engine.catalogue));
        const ends = await Promise.all(
          sides.map(({ asOf, period }) => composeOverview(engine.views, plan, period, asOf)),
        );
        expectSums(answer, ends.map(numbersOf) as never);
        expectChain(answer, ends.map(verdictsOf) as never);
        for (const { kind, taken } of answer.parts) seen.add(taken ? 'taken' : kind);
        // All told one by one lead to the second state: nothing is left.
        if (limit === 200) expect(answer.parts.filter(({ kind }) => kind === 'rest')).toEqual([]);
      }),
    ),
    { numRuns: 60 },
  );
  expect([...seen].sort()).toEqual(['day', 'event', 'period', 'rest', 'taken']);
});

type Ends<Value> = readonly [ReadonlyMap<string, Value>, ReadonlyMap<string, Value>];
interface Valued {
  readonly value: string;
}

function expectSums({ parts, numbers }: Attribution, [before, after]: Ends<Valued>): void {
  const told = new Set(numbers.map((number) => placeKey(number, number.of)));
  for (const [key, { value }] of before) if (after.get(key)?.value !== value) expect(told).toContain(key);
  for (const number of numbers) {
    const key = placeKey(number, number.of);
    expect([number.from, number.to]).toEqual([before.get(key)?.value, after.get(key)?.value]);
    const own = parts.flatMap((part) => part.numbers.filter((each) => placeKey(each, each.of) === key));
    if (number.change === undefined) {
      expect(own.every(({ change }) => change === undefined)).toBe(true);
      continue;
    }
    expect(new Decimal(number.to!).minus(number.from!).equals(number.change)).toBe(true);
    expect(Decimal.sum(0, ...own.map(({ change = '0' }) => change)).equals(number.change)).toBe(true);
  }
}

function expectChain({ parts, verdicts }: Attribution, [before, after]: Ends<Valued>): void {
  const keys = new Set([...before.keys(), ...after.keys()]);
  for (const key of keys) {
    let value = before.get(key)?.value;
    for (const { verdicts: flips } of parts) {
      for (const flip of flips.filter((each) => placeKey(each, each.of) === key)) {
        expect(flip.from).toBe(value);
        value = flip.to;
      }
    }
    expect(value).toBe(after.get(key)?.value);
    const isOther = before.get(key)?.value !== after.get(key)?.value;
    expect(verdicts.some((verdict) => placeKey(verdict, verdict.of) === key)).toBe(isOther);
  }
}
