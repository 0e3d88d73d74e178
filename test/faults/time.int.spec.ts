import { randomUUID } from 'node:crypto';
import type { Engine } from '../../src/engine.js';
import { openEmbedded } from '../../src/engine.js';
import { OpenEvaluation, TakeSnapshot } from '../../src/evaluations/evaluation.commands.js';
import { evaluationProjection, type SnapshotEntry } from '../../src/evaluations/evaluation.projection.js';
import { readContent, verify } from '../../src/evaluations/snapshot.js';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import { ApproveMeasurement, CorrectMeasurement, MeasureIndicator } from '../../src/figures/figure.commands.js';
import { figureKey, figureProjection } from '../../src/figures/figure.projection.js';
import { DomainError } from '../../src/kernel/errors.js';
import { timeNow } from '../../src/kernel/event-log.js';
import { comparePositions } from '../../src/kernel/position.js';
import { Projector } from '../../src/kernel/projector.js';
import { laterOf, toInstant, toMilliseconds, type Instant } from '../../src/kernel/time.js';
import type { AsOf } from '../../src/kernel/versioned-store.js';
import { SqliteVersionedStore } from '../../src/versioned-store/sqlite/sqlite-versioned-store.js';
import { make } from '../support/decider-spec.js';
import { send } from '../support/engine.js';
import { MovingClock } from '../support/moving-clock.js';
import { loader } from '../support/recorded.js';
import { smallPlan } from '../support/small-plan.js';
import { TallyDesk, tallyProjection, type TallyDocument } from '../support/tally.js';
import { dumpOf } from '../support/view-dump.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

const seed = Number(process.env.SEED ?? 20261125);
const rounds = Number(process.env.ROUNDS ?? 4);

const hour = 3_600_000;
const year = 365 * 24 * hour;

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

/** A function that returns random integers from 0 to `n` − 1, the same for the same seed. */
function chanceOf(state: number): (n: number) => number {
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

describe(`a clock that jumps forward and back (SEED=${seed}, ROUNDS=${rounds})`, () => {
  it.each(Array.from({ length: rounds }, (_, round) => seed + round))(
    'never decreases recorded time, and reads as of any moment are correct (%d)',
    async (seed) => {
      const chance = chanceOf(seed);
      const clock = new MovingClock();
      const open = () => SqliteEventLog.open(folder.path('log.sqlite'), { clock });
      let log = open();
      const desk = () => new TallyDesk(log, clock, randomUUID());
      let desks = [desk(), desk()];
      const store = SqliteVersionedStore.open(folder.path('views.sqlite'));
      const streams = ['tally-a', 'tally-b', 'tally-c'];

      for (let step = 0; step < 150; step++) {
        clock.advance([0, 0, 0, 1, 1, 1_000, hour, -hour, -1, year, -year][chance(11)]!);
        if (chance(15) === 0) {
          await log.close();
          log = open();
          desks = [desk(), desk()];
        }
        const stream = streams[chance(3)]!;
        const lastKnown = (await log.readStream(stream)).reduce<Instant>(
          (last, { knownAt }) => laterOf(last, knownAt),
          '',
        );
        const recorded = await log.lastRecordedAt();
        const now = laterOf(clock.now(), recorded ?? '');
        expect(await timeNow(log, clock)).toBe(now);

        // Often close to a boundary between outcomes.
        const near = [now, clock.now(), lastKnown || now, toInstant(toMilliseconds(now) - hour)][chance(4)]!;
        const knownAt = chance(3) === 0 ? toInstant(toMilliseconds(near) + chance(3) - 1) : undefined;
        const outcome = await desks[chance(2)]!.send(
          { type: 'Add', by: step },
          { actor: loader, reason: '补录', knownAt },
          stream,
        )
          .then(() => 'accepted')
          .catch((error: unknown) => (error instanceof DomainError ? error.code : error));
        const expected =
          knownAt === undefined || (knownAt <= now && knownAt >= lastKnown)
            ? 'accepted'
            : knownAt > now
              ? 'known-time.future'
              : 'known-time.before-last';
        expect({ step, outcome }).toEqual({ step, outcome: expected });
        if (outcome !== 'accepted') continue;
        const event = (await log.readStream(stream)).at(-1)!;
        // The clock did not move meanwhile, so the time of the decision equals the recorded time.
        expect(event).toMatchObject({ recordedAt: now, knownAt: knownAt ?? now, data: { knownAt: knownAt ?? now } });
      }

      const events = await log.readAll({ limit: 10_000 });
      expect(events.length).toBeGreaterThan(75);
      const recorded = events.map(({ recordedAt }) => recordedAt);
      expect(recorded).toEqual([...recorded].sort());
      expect(new Set(recorded).size).toBeLessThan(recorded.length);
      for (const { knownAt, recordedAt } of events) expect(knownAt <= recordedAt).toBe(true);
      for (const stream of streams) {
        const known = events.filter((event) => event.stream === stream).map(({ knownAt }) => knownAt);
        expect(known).toEqual([...known].sort());
      }

      const projector = new Projector(log, store, [tallyProjection()]);
      await projector.start();
      /** The expected document as of a moment: the amounts of the events within both bounds, in order. */
      const expectedAt = (stream: string, { knownAt = '9999', position }: AsOf): readonly number[] | undefined => {
        const known = events.filter(
          (event) =>
            event.stream === stream &&
            event.knownAt <= knownAt &&
            (position === undefined || comparePositions(event.position, position) <= 0),
        );
        return known.length === 0 ? undefined : known.map(({ data }) => Number(data['by']));
      };
      const readAt = async (stream: string, asOf: AsOf) =>
        ((await store.get('tallies', stream, asOf))?.body as TallyDocument | undefined)?.added;
      for (const { knownAt, position } of events) {
        for (const stream of streams) {
          for (const shift of [-1, 0, 1]) {
            const asOf = { knownAt: toInstant(toMilliseconds(knownAt) + shift) };
            expect([asOf, await readAt(stream, asOf)]).toEqual([asOf, expectedAt(stream, asOf)]);
          }
          for (const asOf of [{ position }, { knownAt, position }]) {
            expect([asOf, await readAt(stream, asOf)]).toEqual([asOf, expectedAt(stream, asOf)]);
          }
        }
      }
      const dump = await dumpOf(store);
      await projector.rebuild('tallies');
      expect(await dumpOf(store)).toEqual(dump);
      await projector.close();
      await log.close();
      await store.close();
    },
  );
});

describe('a clock that was a year ahead and was set back', () => {
  const plan = 'small';
  const figure = { plan, code: '03', unit: '331102', period: '2021' };
  const ahead = '2027-10-01T00:00:00.000Z';
  const today = '2026-10-01T00:00:00.000Z';
  const clock = new MovingClock();
  const reviewer = { id: 'reviewer-1', name: '市局审核员', unit: '331100', roles: ['reviewer'] };
  let engine: Engine;

  const start = async () => {
    engine = openEmbedded(folder.path(), clock);
    await engine.start();
  };
  const correct = (value: string) =>
    send(engine, make(CorrectMeasurement, { ...figure, value, reason: `改为 ${value}` }));
  const approve = () => send(engine, make(ApproveMeasurement, figure), reviewer);
  const reported = async (asOf?: AsOf) => {
    await engine.caughtUp();
    return (await engine.views.get(figureProjection, figureKey(figure), asOf))?.body.latest?.reported;
  };
  const snapshots = async (id: string): Promise<readonly SnapshotEntry[]> => {
    await engine.caughtUp();
    return (await engine.views.get(evaluationProjection, `${plan}/${id}`))!.body.snapshots;
  };
  /** The county's value in the frozen overview of a snapshot. */
  const frozen = async ({ contentHash }: SnapshotEntry) => {
    const { overview } = await readContent(engine.files, contentHash);
    return overview.indicators[0]!.cells.find(({ unit }) => unit === figure.unit)!.value;
  };

  beforeEach(async () => {
    clock.moveTo(today);
    await start();
    await engine.submissions.submit(smallPlan());
  });
  afterEach(() => engine.close());

  it('does not block commands, and recorded times stay in order', async () => {
    clock.moveTo(ahead);
    const first = await correct('4');
    clock.moveTo('2026-10-01T01:00:00.000Z');
    const second = await correct('5');
    await approve();
    await send(engine, make(MeasureIndicator, { ...figure, period: '2023', value: '9' }));
    await engine.close();
    await start();
    const third = await correct('6');

    const after = await engine.log.readAll({ after: (BigInt(first.position!) - 1n).toString() });
    expect(after.map(({ recordedAt, knownAt }) => [recordedAt, knownAt])).toEqual(Array(5).fill([ahead, ahead]));
    // The current time is never before the last recorded time, so all events are visible without a bound.
    expect(await reported()).toEqual({ value: '6' });
    expect(await reported({ knownAt: ahead })).toEqual({ value: '6' });
    expect(await reported({ position: first.position })).toEqual({ value: '4' });
    expect(await reported({ knownAt: ahead, position: second.position })).toEqual({ value: '5' });
    expect(await reported({ knownAt: ahead, position: third.position })).toEqual({ value: '6' });
    expect(await reported({ knownAt: '2027-09-30T23:59:59.999Z' })).toEqual({ value: '3' });

    clock.moveTo('2028-01-01T00:00:00.000Z');
    await correct('7');
    expect((await engine.log.readAll({ after: third.position })).map(({ recordedAt }) => recordedAt)).toEqual([
      '2028-01-01T00:00:00.000Z',
    ]);
    expect(await reported({ knownAt: ahead })).toEqual({ value: '6' });
  });

  it('checks known times against the same current time, before and after a restart', async () => {
    clock.moveTo(ahead);
    await correct('4');
    clock.moveTo('2026-10-01T01:00:00.000Z');
    const supplied = (knownAt: string) =>
      send(engine, make(CorrectMeasurement, { ...figure, value: '5', reason: '据年报', knownAt }));
    for (let time = 0; time < 2; time++) {
      await expect(supplied('2026-10-01T00:30:00.000Z')).rejects.toMatchObject({ code: 'known-time.before-last' });
      await expect(supplied('2027-10-01T00:00:00.001Z')).rejects.toMatchObject({ code: 'known-time.future' });
      await engine.close();
      await start();
    }
    await supplied('2027-10-01T00:00:00.000Z');
    expect(await reported()).toEqual({ value: '5' });
  });

  it('includes all recorded events in a snapshot of now, which can be reproduced', async () => {
    clock.moveTo(ahead);
    await correct('4');
    clock.moveTo('2026-10-01T01:00:00.000Z');
    await correct('5');
    await approve();
    const id = 'annual-2021';
    await send(engine, make(OpenEvaluation, { plan, id, kind: 'annual', period: '2021' }));
    await send(engine, make(TakeSnapshot, { plan, id }));
    await engine.close();
    await start();
    await send(engine, make(TakeSnapshot, { plan, id, asOf: '2026-10-01' }));
    await correct('6');
    await approve();

    const [now, then] = (await snapshots(id)) as [SnapshotEntry, SnapshotEntry];
    expect([now.asOf, then.asOf]).toEqual([ahead, '2026-10-01T15:59:59.999Z']);
    expect([await frozen(now), await frozen(then)]).toMatchObject([{ exact: '5' }, { exact: '3' }]);
    const { title, kind, period } = (await engine.views.get(evaluationProjection, `${plan}/${id}`))!.body;
    for (const entry of [now, then]) {
      const scratch = engine.scratch();
      const { log, files, projections } = engine;
      const subject = { plan, kind, title, period, asOf: entry.asOf };
      const proof = await verify({ log, files, scratch, projections }, subject, entry);
      expect(proof).toMatchObject({ stored: 'intact', reproduced: true });
      await scratch.close();
    }
  });
});
