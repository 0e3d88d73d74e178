import type { Engine } from '../engine.js';
import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { DeclareMissing, MeasureIndicator } from '../figures/figure.commands.js';
import { EventLogUnavailable, type EventLog } from '../kernel/event-log.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';
import { make } from '../../test/support/decider-spec.js';
import { lishuiEngine, memoryEngine, send } from '../../test/support/engine.js';
import { MemoryFileStore } from '../../test/support/memory-file-store.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { loader } from '../../test/support/recorded.js';
import { lishui, seedFiles } from '../../test/support/seeds.js';
import { smallPlan, smallPlanEvents } from '../../test/support/small-plan.js';
import { submissionProjection } from './submission.projection.js';
import { meddled } from '../../test/support/meddled-log.js';

const clock = new MovingClock();
const figure = { plan: 'small', code: '03', unit: '331102', period: '2022' };
const figureStream = 'figure-small.03.331102.2022';

/** Every stream with its events, without the places they happened to get in the log. */
async function streamsOf(log: EventLog): Promise<Record<string, unknown[]>> {
  const streams: Record<string, unknown[]> = {};
  for (const { stream, position: _, ...event } of await log.readAll({ limit: 10_000 })) {
    (streams[stream] ??= []).push(event);
  }
  return streams;
}

async function standings(engine: Engine): Promise<unknown[][]> {
  await engine.caughtUp();
  return (await engine.views.list(submissionProjection, '')).map(({ body }) => [
    body.standing,
    body.problems?.[0]?.code,
  ]);
}

/** Dies at its n-th append. */
function dying(log: EventLog, after: number): EventLog {
  let appends = 0;
  return meddled(log, {
    append: async (...input) => {
      if (appends++ >= after) throw new EventLogUnavailable('killed');
      return log.append(...input);
    },
  });
}

it('tells how far it is from the first event to be written on, and not with each of them', async () => {
  const engine = memoryEngine();
  await engine.start();
  const told: [step: string, done: number, total: number][] = [];
  await engine.submissions.submit(seedFiles(lishui), (...progress) => told.push(progress));
  const written = told.filter(([step]) => step === '写入').map(([, done]) => done);
  const total = told.at(-1)![2];
  expect(told.findLastIndex(([step]) => step === '校验')).toBeLessThan(told.findIndex(([step]) => step === '写入'));
  expect([written[0], written.at(-1)]).toEqual([0, total]);
  expect(written).toEqual([...written].sort((a, b) => a - b));
  expect(written.length).toBeGreaterThan(10);
  expect(written.length).toBeLessThanOrEqual(102);
  await engine.close();
});

describe('the plan of 丽水 and its demonstration data', () => {
  let engine: Engine;
  beforeAll(async () => void (engine = await lishuiEngine()));
  afterAll(() => engine.close());

  it('are so many events of each type', async () => {
    const counts: Record<string, number> = {};
    for (const { type } of await engine.log.readAll({ limit: 10_000 })) counts[type] = (counts[type] ?? 0) + 1;
    expect(counts).toEqual({
      ...{ PlanDrafted: 1, AreaDefined: 4, UnitEnrolled: 11, EvaluationRulesSet: 1 },
      ...{ IndicatorDefined: 58, TargetSet: 122, TargetRevised: 1 },
      ...{ TaskAssigned: 30, PolicyPlanned: 21, PolicyCited: 16, ProjectRegistered: 76, PromiseRecorded: 62 },
      ...{ IndicatorMeasured: 1690, MeasurementApproved: 1687, MeasurementReturned: 2, MeasurementCorrected: 4 },
      ...{ MeasurementWithdrawn: 1, MeasurementDeclaredMissing: 8 },
      ...{ ProjectStarted: 50, ProjectProgressReported: 224, InvestmentReported: 264, InvestmentCorrected: 1 },
      ...{ ProjectRescheduled: 13, ProjectSuspended: 1, ProjectResumed: 1, ProjectCompleted: 40, ProjectCancelled: 1 },
      ...{ PolicyDrafted: 13, PolicyIssued: 15, PolicyRevised: 1, PolicyPostponed: 1 },
      ...{ PolicyDropped: 1, PolicyRepealed: 1 },
      ...{ TaskProgressReported: 35, TaskCompleted: 18, TaskReopened: 1 },
      ...{ FindingRaised: 30, FindingAnswered: 9, FindingClosed: 3 },
      ...{ SubmissionReceived: 2, SubmissionApplied: 2 },
    });
  });

  it('append nothing when they are loaded again', async () => {
    const head = await engine.log.head();
    for (const folder of [lishui, `${lishui}-demo`]) {
      const files = seedFiles(folder);
      expect(await engine.submissions.submit(files)).toMatchObject({ events: 0 });
      // Another folder, of the same rows.
      const rewritten = { ...files, 'actors.csv': `${files['actors.csv']}reader,核对员,,\n` };
      expect(await engine.submissions.submit(rewritten)).toMatchObject({ events: 0 });
    }
    expect(await engine.log.head()).toBe(head);
  });

  it('are told apart: what is invented is marked so, and nothing else is', async () => {
    const events = await engine.log.readAll({ limit: 10_000 });
    const invented = events.filter(({ metadata }) => metadata.demo);
    expect(invented).toHaveLength(4114 + 2);
    for (const { metadata } of events) expect(metadata.actor.id.startsWith('demo-')).toBe(metadata.demo ?? false);
  });
});

it('a folder that was applied is not decided again', async () => {
  const log = new MemoryEventLog({ clock });
  const asked: string[] = [];
  const engine = memoryEngine({
    clock,
    log: meddled(log, {
      readStream: (stream, options) => {
        asked.push(stream);
        return log.readStream(stream, options);
      },
    }),
  });
  const { submission, ...first } = await engine.submissions.submit(smallPlan());
  expect(first).toMatchObject({ plan: 'small', events: smallPlanEvents });
  asked.length = 0;
  expect(await engine.submissions.submit(smallPlan())).toEqual({ ...first, submission, events: 0 });
  expect(asked).toEqual([`submission-small.${submission}`]);
});

describe('a load that is cut off', () => {
  let undisturbed: Record<string, unknown[]>;
  beforeAll(async () => {
    const engine = memoryEngine({ clock });
    await engine.submissions.submit(smallPlan());
    undisturbed = await streamsOf(engine.log);
  });

  // Received, five streams of the plan’s own, and Applied.
  it.each([1, 2, 3, 4, 5])('after %d appends is finished at the next start, as if nothing had been', async (after) => {
    const [log, store, files] = [new MemoryEventLog({ clock }), new MemoryVersionedStore(), new MemoryFileStore()];
    const cut = memoryEngine({ clock, store, files, log: dying(log, after) });
    await expect(cut.submissions.submit(smallPlan())).rejects.toThrow('killed');
    expect(await streamsOf(log)).not.toEqual(undisturbed);

    const next = memoryEngine({ clock, log, store, files });
    await next.start();
    expect(await next.submissions.finishInterrupted()).toBe(1);
    expect(await streamsOf(log)).toEqual(undisturbed);
    expect(await standings(next)).toEqual([['applied', undefined]]);
    expect(await next.submissions.finishInterrupted()).toBe(0);
    await next.close();
  });

  it('before its first event leaves nothing to finish', async () => {
    const log = new MemoryEventLog({ clock });
    await expect(memoryEngine({ clock, log: dying(log, 0) }).submissions.submit(smallPlan())).rejects.toThrow('killed');
    expect(await log.head()).toBeUndefined();
  });

  it('and contradicted by another meanwhile is refused, with the reason, and stops no start', async () => {
    const [log, store, files] = [new MemoryEventLog({ clock }), new MemoryVersionedStore(), new MemoryFileStore()];
    const cut = memoryEngine({ clock, store, files, log: dying(log, 4) });
    await expect(cut.submissions.submit(smallPlan())).rejects.toThrow('killed');
    const next = memoryEngine({ clock, log, store, files });
    await next.start();
    expect(await log.readStream(figureStream)).toEqual([]);
    await send(next, make(MeasureIndicator, { ...figure, value: '7' }));
    await next.caughtUp();
    await next.submissions.finishInterrupted();
    expect(await standings(next)).toEqual([['refused', 'figure.already-reported']]);
    expect(await next.submissions.finishInterrupted()).toBe(0);
    await next.close();
  });
});

describe('another who writes to the same figure meanwhile', () => {
  const said = (knownAt: string) => ({ ...figure, knownAt, reason: '据年报补录' });
  const sameValue = make(MeasureIndicator, { ...said('2023-02-15'), value: '8' });
  const otherValue = make(MeasureIndicator, { ...said('2023-02-15'), value: '7' });
  const otherReason = make(DeclareMissing, { ...said('2023-02-15'), because: 'not-collected' });

  /** Loads the figures while another's command comes between, once. */
  async function loading(when: 'reading' | 'appending', command: MeasureIndicator | DeclareMissing) {
    const log = new MemoryEventLog({ clock });
    const other = memoryEngine({ clock, log });
    let armed = false;
    let reads = 0;
    const interfere = async () => {
      armed = false;
      await send(other, command, loader);
    };
    const engine = memoryEngine({
      clock,
      log: meddled(log, {
        readStream: async (stream, options) => {
          // Between learning where the stream stands and reading it.
          const second = armed && stream === figureStream && ++reads === 2;
          if (when === 'reading' && second) await interfere();
          return log.readStream(stream, options);
        },
        append: async (stream, ...input) => {
          if (when === 'appending' && armed && stream === figureStream) await interfere();
          return log.append(stream, ...input);
        },
      }),
    });
    await engine.start();
    const { 'history.csv': _, ...structure } = smallPlan();
    await engine.submissions.submit(structure);
    await send(other, make(DeclareMissing, { ...said('2023-01-15'), because: 'not-due' }), loader);
    armed = true;
    const outcome = await engine.submissions.submit(smallPlan()).catch((error: unknown) => error);
    const last = (await standings(engine)).filter(([standing]) => standing !== 'applied');
    const figures = (await log.readStream(figureStream)).map(({ type, metadata }) => [type, metadata.actor.id]);
    await engine.close();
    expect(armed).toBe(false);
    return { outcome, unfinished: last, figures };
  }

  it.each(['reading', 'appending'] as const)('the same (while %s): nothing is said twice', async (when) => {
    const { outcome, unfinished, figures } = await loading(when, sameValue);
    expect(outcome).toMatchObject({ plan: 'small' });
    expect(unfinished).toEqual([]);
    expect(figures).toEqual([
      ['MeasurementDeclaredMissing', loader.id],
      ['IndicatorMeasured', loader.id],
    ]);
  });

  it.each(['reading', 'appending'] as const)(
    'what does not contradict it (while %s): it is loaded after',
    async (when) => {
      const { outcome, unfinished, figures } = await loading(when, otherReason);
      expect(outcome).toMatchObject({ plan: 'small' });
      expect(unfinished).toEqual([]);
      expect(figures.slice(1)).toEqual([
        ['MeasurementDeclaredMissing', loader.id],
        ['IndicatorMeasured', 'reporter-1'],
      ]);
    },
  );

  it.each(['reading', 'appending'] as const)('something else (while %s): it is told who', async (when) => {
    const { outcome, unfinished, figures } = await loading(when, otherValue);
    expect(outcome).toMatchObject({ problems: [{ file: 'history.csv', row: 3, code: 'figure.already-reported' }] });
    expect(figures).toHaveLength(2);
    expect(unfinished).toEqual([['refused', 'figure.already-reported']]);
  });
});

it('a folder sent twice at once is loaded once', async () => {
  const engine = memoryEngine({ clock });
  await Promise.all([engine.submissions.submit(smallPlan()), engine.submissions.submit(smallPlan())]);
  const streams = await streamsOf(engine.log);
  expect(Object.values(streams).flat()).toHaveLength(smallPlanEvents + 2);
});
