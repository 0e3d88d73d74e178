import fc from 'fast-check';
import { currentMethod } from '../../src/assessment/method.js';
import { attribute, concludedIn, type State } from '../../src/attribution/attribution.js';
import { attributionOf, type Attribution } from '../../src/attribution/answer.js';
import type { Grouped } from '../../src/attribution/groups.js';
import type { NumberMove, VerdictMove } from '../../src/attribution/moves.js';
import { numbersOf, placeKey } from '../../src/attribution/numbers.js';
import { verdictsOf } from '../../src/attribution/verdicts.js';
import { Trail } from '../../src/audit/trail.js';
import type { Engine } from '../../src/engine.js';
import { causesOf } from '../../src/evaluations/comparison-causes.js';
import type { Pair } from '../../src/evaluations/sides.js';
import { isTaken, takeable, TakenOver } from '../../src/evaluations/taken-over.js';
import { Decimal } from '../../src/kernel/decimal.js';
import type { AsOf } from '../../src/kernel/versioned-store.js';
import { composeOverview, type Overview } from '../../src/overview/overview.js';
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

/** Fixed, so that what the runs reach does not rest on chance; another one is tried with SEED=…. */
const seed = Number(process.env.SEED ?? 20261201);

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
    { numRuns: 60, seed },
  );
  expect([...seen].sort()).toEqual(['event', 'period', 'rest', 'taken']);
});

it('the causes of a comparison sum exactly, also where only rules, targets or definitions are taken over, or more is stored than seen', async () => {
  const seen = new Set<string>();
  const only = fc.subarray([...takeable], { minLength: 1 });
  const options = fc.record({ only, storesOther: fc.boolean() }, { requiredKeys: ['storesOther'] });
  await fc.assert(
    fc.asyncProperty(steps, asked, options, (walk, { from, to, periods: [first, second], limit }, option) =>
      after(walk, async (engine, head) => {
        const taken = option.only && new Set(option.only);
        const [start, end] = [momentOf(from, head), momentOf(to, head)];
        const documents = taken ? new TakenOver(engine.views, start, taken) : engine.views;
        const question = { plan, period: first, asOf: start, method: currentMethod };
        const other = await composeOverview(engine.views, plan, first, { position: '9' });
        const left: State = { question, documents: start, ...(option.storesOther && { stored: other }) };
        const right: State = {
          question: taken ? question : { ...question, period: second, asOf: end },
          documents: end,
        };
        const found = await attribute({ views: documents, log: engine.log }, [left, right], limit);
        const answer = await attributionOf(found, new Trail(engine.log, engine.views, engine.catalogue));
        const ends = await Promise.all([left, right].map((state) => concludedIn(documents, state)));
        expectSums(answer, ends.map(numbersOf) as never);
        expectChain(answer, ends.map(verdictsOf) as never);
        for (const { kind, entry } of answer.parts) {
          seen.add(kind);
          if (taken && entry) expect(isTaken(taken, entry)).toBe(true);
          if (taken && entry) seen.add(entry.type);
        }
        if (limit === 200) expect(answer.parts.filter(({ kind }) => kind === 'rest')).toEqual([]);
        expectGroups(answer, { labels: ['', ''], states: [left, right], methods: [1, 1], documents }, found.demo);
      }),
    ),
    { numRuns: 80, seed },
  );
  for (const kind of ['event', 'stored']) expect(seen).toContain(kind);
  expect([...seen].some((type) => type.startsWith('Target'))).toBe(true);
});

/** Every cause stands once, and every number and conclusion in one group. */
function expectGroups(attribution: Attribution, pair: Pair, demo: boolean): void {
  const found = causesOf(pair, { attribution, demo, first: {} as Overview });
  const placesOf = (moves: readonly (NumberMove | VerdictMove)[]) =>
    moves.map((move) => placeKey(move, move.of)).sort();
  const expectParted = (
    { values, indexes, verdicts }: Grouped<NumberMove, VerdictMove>,
    whole: (typeof attribution.parts)[number] | Attribution,
  ) => {
    expect(placesOf([...values, ...indexes])).toEqual(placesOf(whole.numbers));
    expect(placesOf(verdicts)).toEqual(placesOf(whole.verdicts));
    for (const { of } of indexes) expect(['index', 'coverage']).toContain(of);
    for (const { of } of values) expect(['index', 'coverage']).not.toContain(of);
  };
  expectParted(found, attribution);
  for (const [at, part] of attribution.parts.entries()) expectParted(found.causes[at]!, part);
  const events = found.causes.flatMap(({ entry }) => entry?.eventId ?? []);
  expect(new Set(events).size).toBe(events.length);
}

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
