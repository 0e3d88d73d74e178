import fc from 'fast-check';
import { Decimal } from '../../src/assessment/decimals.js';
import { isMeasured, type Finding } from '../../src/assessment/measured.js';
import { Trail } from '../../src/audit/trail.js';
import type { Engine } from '../../src/engine.js';
import { compare, type Side } from '../../src/evaluations/comparison.js';
import type { Difference } from '../../src/evaluations/difference.js';
import { OpenEvaluation, TakeSnapshot } from '../../src/evaluations/evaluation.commands.js';
import { evaluationProjection, type SnapshotEntry } from '../../src/evaluations/evaluation.projection.js';
import { indexChange } from '../../src/evaluations/index-change.js';
import { indexMove } from '../../src/evaluations/index-move.js';
import { readContent, verify } from '../../src/evaluations/snapshot.js';
import type { AsOf } from '../../src/kernel/versioned-store.js';
import { composeOverview, type Overview } from '../../src/overview/overview.js';
import { MemoryVersionedStore } from '../../src/versioned-store/memory/memory-versioned-store.js';
import { make } from '../support/decider-spec.js';
import { memoryEngine, send, readerOf } from '../support/engine.js';
import { MovingClock } from '../support/moving-clock.js';
import { loader, reviewer } from '../support/recorded.js';
import {
  choices,
  city,
  countiesIn,
  firstCommands,
  folderOf,
  indicators,
  isDue,
  keyOf,
  originsOf,
  plan,
  stepsOf,
  years,
  type Choices,
  type Code,
  type Known,
  type Step,
} from './territory-plan.js';

const runs = Number(process.env.RUNS ?? 12);
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** A moment at which the plan was read: what happened just before, and what was read then. */
interface Moment {
  readonly step: Step;
  readonly asOf: Required<AsOf>;
  readonly read: ReadonlyMap<number, Overview>;
  readonly snapshot: SnapshotEntry;
}
interface World {
  readonly engine: Engine;
  readonly moments: readonly Moment[];
  /** The year that is evaluated and frozen at each moment. */
  readonly evaluated: number;
}

/** Carries out all steps. The plan is read before and after each change of units, and at the end. */
async function live(chosen: Choices): Promise<World> {
  const clock = new MovingClock('2022-01-10T00:00:00.000Z');
  const engine = memoryEngine({ clock });
  await engine.start();
  await engine.submissions.submit(folderOf(chosen));
  const steps = stepsOf(chosen);
  const evaluated = years[chosen.looks[0]! % years.length]!;
  for (const command of firstCommands(chosen)) await send(engine, command, loader);
  await send(engine, make(OpenEvaluation, { plan, id: 'e', kind: 'annual', period: String(evaluated) }), loader);
  const moments: Moment[] = [];
  for (const [at, step] of steps.entries()) {
    clock.moveTo(`${step.day}T04:${String(at).padStart(2, '0')}:00.000Z`);
    for (const { command, by } of step.commands) await send(engine, command, by === 'loader' ? loader : reviewer);
    const isLookedAt = [step, steps[at + 1]].some((each) => each === undefined || each.name === 'change');
    if (!isLookedAt) continue;
    await engine.caughtUp();
    const asOf = { knownAt: clock.now(), position: (await engine.log.head())! };
    const read = new Map<number, Overview>();
    for (const year of years)
      read.set(year, await composeOverview(engine.views, plan, String(year), undefined, clock.now()));
    await send(engine, make(TakeSnapshot, { plan, id: 'e' }), loader);
    await engine.caughtUp();
    const { snapshots } = (await engine.views.get(evaluationProjection, `${plan}/e`))!.body;
    moments.push({ step, asOf, read, snapshot: snapshots.at(-1)! });
  }
  return { engine, moments, evaluated };
}

/** The laws look at the same plans, and each is carried out once. */
const lived = new Map<string, Promise<World>>();
afterAll(async () => {
  for (const world of lived.values())
    await world.then(
      ({ engine }) => engine.close(),
      () => undefined,
    );
});

const timeLimit = 45_000 * Math.max(1, runs / 12);
const law = (name: string, holds: (world: World, chosen: Choices) => void | Promise<void>) =>
  it(
    name,
    () =>
      fc.assert(
        fc.asyncProperty(choices, async (chosen) => {
          const key = JSON.stringify(chosen);
          if (!lived.has(key)) lived.set(key, live(chosen));
          await holds((await lived.get(key))!, chosen);
        }),
        // Shrinking also ends within the limit.
        { numRuns: runs, seed, interruptAfterTimeLimit: timeLimit },
      ),
    timeLimit + 15_000,
  );

/** Each reading with what was known when it was read. */
const readings = ({ moments }: World) =>
  moments.flatMap(({ step, read }) => [...read].map(([year, overview]) => ({ known: step.known, year, overview })));
const rowOf = ({ indicators: rows }: Overview, code: string) => rows.find((row) => row.code === code)!;
const cellOf = (overview: Overview, code: string, unit: string) =>
  rowOf(overview, code).cells.find((cell) => cell.unit === unit);
const unitsOf = ({ units }: Overview) => units.map(({ code }) => code);
const sum = (numbers: readonly string[]) => Decimal.sum(0, ...numbers);
const sumOf = (changes: readonly { readonly change: string }[]) => sum(changes.map(({ change }) => change)).toFixed();

/** What the parts of a value give: a number, or why there is none. */
type Result = { exact: string } | { absent: string; lacking?: string[] };
const resultOf = (finding: Finding): Result =>
  isMeasured(finding)
    ? { exact: new Decimal(finding.exact).toFixed() }
    : finding.because === 'not-applicable'
      ? { absent: 'not-applicable' }
      : { absent: finding.absent, ...(finding.lacking && { lacking: [...finding.lacking].sort() }) };

/** The law of sums and ratios, from the book of what was reported. */
function added(known: Known, code: Code, units: readonly string[], year: number): Result {
  const due = units.filter((unit) => isDue(known, code, unit, year));
  if (due.length === 0) return { absent: 'not-applicable' };
  const figures = due.map((unit) => known.figures.get(keyOf(code, unit, year)));
  const used = figures.flatMap((figure) => (figure ? [figure.approved ?? figure.latest] : []));
  if (used.length === 0) return { absent: 'not-reported' };
  if (used.length < due.length) {
    return { absent: 'incomplete', lacking: due.filter((_, at) => !figures[at]).sort() };
  }
  const total = sum(used.map(([first]) => first!));
  if (code !== 'R') return { exact: total.toFixed() };
  return {
    exact: total
      .times(100)
      .div(sum(used.map(([, second]) => second!)))
      .toSignificantDigits(20)
      .toFixed(),
  };
}

describe(`across a merger and a split (SEED=${seed}, RUNS=${runs})`, () => {
  law('the units of a period are those of its end', (world) => {
    for (const { known, year, overview } of readings(world)) {
      const units = [city, ...countiesIn(known, year)].sort();
      expect(unitsOf(overview).sort()).toEqual(units);
      expect(overview.indexes.map(({ unit }) => unit).sort()).toEqual(units);
      for (const row of overview.indicators) expect(row.cells.map(({ unit }) => unit).sort()).toEqual(units);
    }
  });

  law(
    'the whole is the sum of the units of then, the ratio that of the sums; incomplete if a unit of then lacks a figure',
    (world) => {
      for (const { known, year, overview } of readings(world)) {
        for (const code of ['S', 'T', 'R'] as const) {
          const counties = countiesIn(known, year);
          expect(resultOf(cellOf(overview, code, city)!.value)).toEqual(added(known, code, counties, year));
          for (const unit of counties) {
            expect(resultOf(cellOf(overview, code, unit)!.value)).toEqual(added(known, code, [unit], year));
          }
        }
      }
    },
  );

  law('what a unit was is what its parts were: base and total since the start', (world) => {
    for (const { known, year, overview } of readings(world)) {
      for (const unit of countiesIn(known, year)) {
        for (const code of ['S', 'R'] as const) {
          const origins = originsOf(known, unit, 2020, year);
          const base = resultOf(cellOf(overview, code, unit)!.base);
          if (origins) expect(base).toEqual(added(known, code, origins, 2020));
          // Incomplete if what is known of its parts is not all.
          else expect(base).toMatchObject({ absent: expect.stringMatching(/^(other-borders|incomplete)$/) });
        }
        const yearly = years
          .filter((each) => each <= year)
          .map((each) => {
            const origins = originsOf(known, unit, each, year);
            return origins ? added(known, 'T', origins, each) : { absent: 'other-borders' };
          });
        const numbers = yearly.flatMap((each) => ('exact' in each ? [each.exact] : []));
        const total = numbers.length < yearly.length ? undefined : sum(numbers).toFixed();
        expect(cellOf(overview, 'T', unit)!.cumulativeSum).toBe(total);
      }
    }
  });

  law('a merger moves nothing: what all counties were, is what the city was', (world) => {
    for (const { known, year, overview } of readings(world)) {
      const bases = countiesIn(known, year).map((unit) => cellOf(overview, 'S', unit)!.base);
      const whole = cellOf(overview, 'S', city)!.base;
      expect(resultOf(whole)).toEqual(added(known, 'S', countiesIn(known, 2020), 2020));
      if (!isMeasured(whole) || bases.some((base) => 'absent' in base && base.absent === 'other-borders')) continue;
      expect(sum(bases.flatMap((base) => (isMeasured(base) ? [base.exact] : []))).toFixed()).toBe(
        new Decimal(whole.exact).toFixed(),
      );
    }
  });

  law(
    'an index is the weighted mean of the scores of its unit, and its coverage their share of the weights',
    (world) => {
      for (const { overview } of readings(world)) {
        for (const { unit, index, byArea } of overview.indexes) {
          for (const [area, found] of [
            [undefined, index] as const,
            ...byArea.map((each) => [each.area, each.index] as const),
          ]) {
            const judged = overview.indicators
              .filter((row) => area === undefined || row.area === area)
              .map((row) => ({ ...row, assessment: row.cells.find((cell) => cell.unit === unit)!.assessment }))
              .filter(({ assessment }) => assessment.status !== 'not-applicable');
            const scored = judged.filter(({ assessment }) => assessment.score !== undefined);
            const [all, available] = [judged, scored].map((rows) => sum(rows.map(({ weight }) => weight)));
            const weighted = scored.map(({ weight, assessment }) =>
              new Decimal(weight).times(assessment.score!).toFixed(),
            );
            expect(found.contributions.map(({ indicator }) => indicator)).toEqual(
              scored.map(({ code }) => code).sort(),
            );
            expect(found.value === undefined).toBe(scored.length === 0);
            if (found.value !== undefined) expectClose(found.value, sum(weighted).div(available!));
            expectClose(found.coverage, all!.isZero() ? all! : available!.div(all!).times(100));
          }
        }
      }
    },
  );

  law('what moved an index adds up exactly, between any two moments and periods', async (world, { looks }) => {
    const { engine, moments } = world;
    const trail = new Trail(engine.log, engine.views, engine.catalogue);
    for (const look of looks) {
      const [one, other] = [moments[look % moments.length]!, moments[(look >> 2) % moments.length]!];
      const [from, to] = [years[look % 3]!, years[(look >> 1) % 3]!];
      const units = new Set([...unitsOf(one.read.get(from)!), ...unitsOf(other.read.get(to)!)]);
      for (const unit of [city, [...units][look % units.size]!]) {
        const sides = [
          { period: String(from), asOf: one.asOf },
          { period: String(to), asOf: other.asOf },
        ] as const;
        const moved = await indexMove({ ...engine, open: readerOf(engine) }, trail, sides, { plan, unit });
        const [before, after] = [one.read.get(from)!, other.read.get(to)!].map(
          ({ indexes }) => indexes.find((index) => index.unit === unit)?.index.value,
        );
        expect([moved.from.value, moved.to.value]).toEqual([before, after]);
        if (before === undefined || after === undefined) expect(moved.change).toBeUndefined();
        else {
          const change = new Decimal(after).minus(before).toFixed();
          expect([moved.change, sumOf(moved.parts), sumOf(moved.causes)]).toEqual([change, change, change]);
        }
        for (const part of moved.parts) expect(sumOf(part.causes)).toBe(part.change);
      }
    }
  });

  law('between two periods nothing was corrected or reported', ({ moments }) => {
    for (const moment of moments) {
      for (const from of years) {
        for (const to of years) {
          const [before, after] = [moment.read.get(from)!, moment.read.get(to)!];
          const possible = ['period', ...(isRearranged(moment, from, to) ? ['units'] : [])];
          for (const unit of unitsOf(after)) {
            const { change, causes } = indexChange(before, after, { unit });
            if (change !== undefined) expect(sumOf(causes)).toBe(change);
            expect(possible).toEqual(expect.arrayContaining(causes.map(({ cause }) => cause)));
          }
        }
      }
    }
  });

  law('what only a change of units moved has that cause', async ({ engine, moments }, { looks }) => {
    const trail = new Trail(engine.log, engine.views, engine.catalogue);
    for (const [at, { step, asOf, read }] of moments.entries()) {
      const last = moments[at - 1];
      if (step.name !== 'change' || !last) continue;
      for (const look of looks.slice(0, 2)) {
        const year = years[look % years.length]!;
        for (const unit of unitsOf(read.get(year)!)) {
          const period = String(year);
          const sides = [
            { period, asOf: last.asOf },
            { period, asOf },
          ] as const;
          const moved = await indexMove({ ...engine, open: readerOf(engine) }, trail, sides, { plan, unit });
          for (const part of moved.parts) {
            for (const { cause } of part.causes) expect(cause).toBe('units');
            expect(part.because.map(({ type }) => type)).toContainEqual(ofUnits);
          }
        }
      }
    }
  });

  law('a comparison of two snapshots tells each difference once, and nothing else', async ({ engine, moments }) => {
    const trail = new Trail(engine.log, engine.views, engine.catalogue);
    const told = async (left: Side, right: Side, expected: unknown = expect.any(String)) => {
      const { differences } = await compare(left, right, trail, engine.log);
      expect(differences.map(nameOf).sort()).toEqual(differing(left.overview, right.overview).sort());
      for (const difference of differences) {
        expect(difference.from).not.toBe(difference.to);
        const events = difference.because.map(({ type }) => type);
        expect({ told: nameOf(difference), from: difference.from, to: difference.to, events }).toEqual({
          ...{ told: nameOf(difference), from: difference.from, to: difference.to },
          events: expect.arrayContaining([expected]),
        });
      }
    };
    const sides = await Promise.all(
      moments.map(async ({ asOf, snapshot }): Promise<Side> => {
        const { overview } = await readContent(engine.files, snapshot.contentHash);
        return { label: '', asOf, overview };
      }),
    );
    for (const [before, left] of sides.entries()) {
      for (const [after, right] of sides.entries()) {
        const isOneChange = after === before + 1 && moments[after]!.step.name === 'change';
        await told(left, right, isOneChange ? ofUnits : undefined);
      }
    }
    for (const year of years) {
      const [first, last] = [moments[0]!, moments.at(-1)!].map(({ asOf, read }) => ({
        asOf,
        overview: read.get(year)!,
      }));
      await told({ label: '', ...first! }, { label: '', ...last! });
    }
  });

  law(
    'a snapshot from before the changes is what was read then, and is reproduced after them',
    async ({ engine, moments, evaluated }) => {
      const { log, files, projections } = engine;
      for (const { snapshot, read } of [moments[0]!, moments.at(-1)!]) {
        const { title, asOf, overview } = await readContent(files, snapshot.contentHash);
        const { programme: _, ...then } = read.get(evaluated)!;
        expect(overview).toMatchObject(JSON.parse(JSON.stringify(then)));
        const subject = { plan, kind: 'annual' as const, title, period: String(evaluated), asOf };
        const scratch = new MemoryVersionedStore();
        const found = await verify({ log, files, scratch, projections }, subject, snapshot);
        expect(found).toMatchObject({ stored: 'intact', reproduced: true });
      }
    },
  );

  law('as of a moment reads what was read then', async ({ engine, moments }) => {
    for (const { asOf, read } of moments) {
      for (const [year, overview] of read) {
        const { knownAt } = asOf;
        expect(await composeOverview(engine.views, plan, String(year), { knownAt }, knownAt)).toEqual(overview);
      }
    }
  });
});

/** Whether units changed between the ends of two periods, as known at a moment. */
const isRearranged = ({ step }: Moment, from: number, to: number) =>
  step.known.passed.some(({ on }) => on > `${Math.min(from, to)}-12-31` && on <= `${Math.max(from, to)}-12-31`);

function expectClose(found: string, expected: Decimal): void {
  expect(new Decimal(found).minus(expected).abs().lt('1e-14') ? found : `${found} ≠ ${expected.toFixed()}`).toBe(found);
}

const ofUnits = expect.stringMatching(/^Units?(Merged|Split)$/) as unknown;
const nameOf = ({ aspect, indicator = '', unit = '' }: Difference) => `${aspect} ${indicator} ${unit}`;

/** What differs between two overviews of one period, by the names of `nameOf`. */
function differing(left: Overview, right: Overview): string[] {
  const [before, after] = [unitsOf(left), unitsOf(right)];
  const both = after.filter((unit) => before.includes(unit));
  const either = [...new Set([...before, ...after])];
  const number = (finding: Finding) => (isMeasured(finding) ? finding.exact : undefined);
  const indexIn = ({ indexes }: Overview, of: string) => {
    const value = indexes.find(({ unit }) => unit === of)?.index.value;
    return value === undefined ? undefined : Number(value).toFixed(2);
  };
  return [
    ...either.filter((unit) => before.includes(unit) !== after.includes(unit)).map((unit) => `units  ${unit}`),
    ...indicators.flatMap((code) =>
      both.flatMap((unit) => {
        const [old, now] = [cellOf(left, code, unit)!, cellOf(right, code, unit)!];
        const name = (aspect: string) => `${aspect} ${code} ${unit}`;
        const valueDiffers = number(old.value) !== number(now.value) || old.cumulativeSum !== now.cumulativeSum;
        return [
          ...(number(old.base) !== number(now.base) ? [name('base')] : []),
          ...(valueDiffers ? [name('value')] : []),
          ...(old.assessment.status !== now.assessment.status ? [name('status')] : []),
        ];
      }),
    ),
    ...either.filter((unit) => indexIn(left, unit) !== indexIn(right, unit)).map((unit) => `index  ${unit}`),
  ];
}
