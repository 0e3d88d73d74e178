import fc from 'fast-check';
import { auditProjection } from '../../src/audit/audit.projection.js';
import type { Engine } from '../../src/engine.js';
import { figureDecider } from '../../src/figures/figure.decider.js';
import { figureProjection, inUse } from '../../src/figures/figure.projection.js';
import { measuredByUnit } from '../../src/assessment/measured.js';
import { findingDecider } from '../../src/findings/finding.decider.js';
import { findingProjection } from '../../src/findings/finding.projection.js';
import { indicatorDecider } from '../../src/indicators/indicator.decider.js';
import { indicatorProjection, type IndicatorDocument } from '../../src/indicators/indicator.projection.js';
import type { Decider } from '../../src/kernel/decider.js';
import type { DomainEvent, Recorded, RecordedEvent } from '../../src/kernel/event.js';
import { concerns, type Projection } from '../../src/kernel/projection.js';
import { foldInto } from '../../src/kernel/projector.js';
import type { AsOf, VersionedStore } from '../../src/kernel/versioned-store.js';
import { planDecider } from '../../src/plans/plan.decider.js';
import { parsePeriod } from '../../src/kernel/period.js';
import { planProjection } from '../../src/plans/plan.projection.js';
import { policyDecider } from '../../src/policies/policy.decider.js';
import { policyProjection } from '../../src/policies/policy.projection.js';
import { projectDecider } from '../../src/projects/project.decider.js';
import { projectProjection } from '../../src/projects/project.projection.js';
import { promiseDecider } from '../../src/promises/promise.decider.js';
import { promiseProjection } from '../../src/promises/promise.projection.js';
import { taskDecider } from '../../src/tasks/task.decider.js';
import { taskProjection } from '../../src/tasks/task.projection.js';
import { MemoryVersionedStore } from '../../src/versioned-store/memory/memory-versioned-store.js';
import { MovingClock } from '../support/moving-clock.js';
import { preparedEngine, steps, take, type Step } from './random-commands.js';
import { programmeSteps } from './random-programme.js';

const deciders: Record<string, Decider<never, DomainEvent, unknown, never>> = {
  plan: planDecider,
  indicator: indicatorDecider,
  figure: figureDecider,
  project: projectDecider,
  policy: policyDecider,
  task: taskDecider,
  promise: promiseDecider,
  finding: findingDecider,
};
/** Projections with one document per stream. */
const perStream = [
  ...[planProjection, indicatorProjection, figureProjection],
  ...[projectProjection, policyProjection, taskProjection, promiseProjection, findingProjection],
] as Projection[];
const projections = [...perStream, auditProjection] as Projection[];

/** Runs the steps on a new engine, then calls `look`. */
async function after<Result>(walk: readonly Step[], look: (engine: Engine, clock: MovingClock) => Promise<Result>) {
  const clock = new MovingClock();
  const engine = await preparedEngine(clock);
  await engine.start();
  try {
    await take(engine, walk, clock);
    await engine.caughtUp();
    return await look(engine, clock);
  } finally {
    await engine.close();
  }
}

const allEvents = (engine: Engine) => engine.log.readAll({ limit: 10_000 });

function byStream(events: readonly RecordedEvent[]): RecordedEvent[][] {
  return [...new Set(events.map(({ stream }) => stream))].map((stream) =>
    events.filter((event) => event.stream === stream),
  );
}

async function everything(store: VersionedStore, asOf?: AsOf): Promise<unknown> {
  const views: unknown[] = [];
  for (const { name } of projections) {
    const documents = await store.list(name, '', { asOf });
    views.push([name, await Promise.all(documents.map(({ key }) => store.history(name, key, asOf)))]);
  }
  return views;
}

/** The documents of a projection after these events, by key. */
async function foldOf(events: readonly RecordedEvent[], projection: Projection): Promise<Map<string, unknown>> {
  const documents = new Map<string, unknown>();
  for (const event of events.filter((event) => concerns(projection, event))) {
    for (const key of projection.keys(event)) documents.set(key, projection.evolve(documents.get(key), event));
  }
  return documents;
}

const check = (law: (walk: readonly Step[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(fc.oneof(steps, programmeSteps), law), { numRuns: 60 });

describe('after any sequence of commands', () => {
  it('(random commands produce every kind of outcome, so that the laws below are meaningful)', async () => {
    const outcomes = new Set<string>();
    const clock = new MovingClock();
    const walks = [
      ...fc.sample(steps, { numRuns: 240, seed: 20_231 }),
      ...fc.sample(programmeSteps, { numRuns: 120, seed: 20_231 }),
    ];
    for (const walk of walks) {
      const engine = await preparedEngine(clock);
      for (const outcome of await take(engine, walk, clock)) outcomes.add(outcome);
    }
    const expected = [
      ...['IndicatorMeasured', 'MeasurementCorrected', 'MeasurementApproved', 'MeasurementReturned'],
      ...['MeasurementWithdrawn', 'MeasurementDeclaredMissing', 'TargetSet', 'TargetRevised', 'IndicatorRetired'],
      ...['', 'figure.own-approval', 'figure.already-reported', 'figure.locked', 'known-time.before-last'],
      ...[
        'ProjectCompleted',
        'InvestmentCorrected',
        'PolicyRevised',
        'TaskReopened',
        'PromiseRecorded',
        'FindingClosed',
        'ProjectAmended',
        'TaskAmended',
        'TaskDropped',
        'PolicyAmended',
        'PromiseAmended',
        'PromiseWithdrawn',
        'FindingAmended',
        'FindingWithdrawn',
        'ProjectReportWithdrawn',
        'PolicyReportWithdrawn',
        'TaskReportWithdrawn',
      ],
      ...['withdrawal.unknown', 'withdrawal.rested-on', 'withdrawal.not-report'],
      ...['project.standing', 'policy.standing', 'task.completed', 'date.future', 'date.before-last'],
      ...['figure.outside-plan', 'figure.not-whole', 'plan.closed', 'known-time.no-right', 'reason.missing'],
    ];
    expect(expected.filter((outcome) => !outcomes.has(outcome))).toEqual([]);
  });

  it('the cached state of a stream equals the fold of its events', () =>
    check((walk) =>
      after(walk, async (engine) => {
        for (const events of byStream(await allEvents(engine))) {
          const { stream } = events[0]!;
          const decider = deciders[stream.slice(0, stream.indexOf('-'))]!;
          const folded = events.reduce(
            (state, event) => decider.evolve(state, event as unknown as Recorded<DomainEvent>),
            decider.initialState,
          );
          expect(await engine.handling.load(decider, stream)).toEqual(folded);
        }
      }),
    ));

  it('known and recorded times never decrease along a stream, and revisions have no gaps', () =>
    check((walk) =>
      after(walk, async (engine) => {
        for (const events of byStream(await allEvents(engine))) {
          expect(events.map(({ revision }) => revision)).toEqual(events.map((_, at) => at));
          for (const time of ['knownAt', 'recordedAt'] as const) {
            const times = events.map((event) => event[time]);
            expect(times).toEqual([...times].sort());
          }
        }
      }),
    ));

  it('a repeated command appends nothing', () =>
    check((walk) =>
      after(walk, async (engine, clock) => {
        for (const step of walk) {
          const [first] = await take(engine, [step], clock);
          const head = await engine.log.head();
          clock.advance(1);
          const [second] = await take(engine, [{ ...step, later: 0 }], clock);
          expect([first, await engine.log.head()]).toEqual([first, head]);
          expect(second).not.toMatch(/^[A-Z]/);
        }
      }),
    ));
});

describe('every view', () => {
  it('as of any position equals the fold of the events up to it', () =>
    check((walk) =>
      after(walk, async (engine) => {
        const events = await allEvents(engine);
        for (const projection of perStream) {
          for (const [at, { position }] of events.entries()) {
            const documents = await engine.store.list(projection.name, '', { asOf: { position } });
            const folded = await foldOf(events.slice(0, at + 1), projection);
            expect(new Map(documents.map(({ key, body }) => [key, body]))).toEqual(folded);
          }
        }
      }),
    ));

  it('as of any known time equals the fold of the events known by then', () =>
    check((walk) =>
      after(walk, async (engine) => {
        const events = await allEvents(engine);
        for (const knownAt of new Set(events.map((event) => event.knownAt))) {
          const known = events.filter((event) => event.knownAt <= knownAt);
          for (const projection of perStream) {
            const documents = await engine.store.list(projection.name, '', { asOf: { knownAt } });
            expect(new Map(documents.map(({ key, body }) => [key, body]))).toEqual(await foldOf(known, projection));
          }
        }
      }),
    ));

  it('is the same after any number of rebuilds, and in another store', () =>
    check((walk) =>
      after(walk, async (engine) => {
        const live = await everything(engine.store);
        for (let again = 0; again < 2; again++) {
          for (const { name } of projections) await engine.projector.rebuild(name);
          expect(await everything(engine.store)).toEqual(live);
        }
        const scratch = new MemoryVersionedStore();
        await foldInto(scratch, engine.log, engine.projections, (await engine.log.head())!);
        expect(await everything(scratch)).toEqual(live);
      }),
    ));

  it('finds every event by its actor, by both its days, and by the id that its command was given', () =>
    check((walk) =>
      after(walk, async (engine) => {
        const pointers = (await engine.store.list('audit', '')).map(({ body }) => {
          const { stream, revision } = body as { stream: string; revision: number };
          return JSON.stringify({ stream, revision });
        });
        const all = await allEvents(engine);
        const given = all.filter(({ metadata }) => !/^(auto|load|submission)-/.test(metadata.commandId));
        const places = [...all, ...all, ...all, ...given].map(({ stream, revision }) =>
          JSON.stringify({ stream, revision }),
        );
        expect(pointers.sort()).toEqual(places.sort());
      }),
    ));
});

describe('the value in use', () => {
  it('is never a missing, withdrawn or returned one', () =>
    check((walk) =>
      after(walk, async (engine) => {
        for (const { body: figure } of await engine.views.list(figureProjection, '')) {
          const used = inUse(figure);
          if (figure.standing === 'missing' || figure.standing === 'withdrawn') expect(used).toBeUndefined();
          if (figure.standing === 'returned') expect(used).toEqual(figure.approved);
          if (figure.standing === 'approved') expect(used).toEqual(figure.latest);
          if (figure.standing === 'reported') expect(used).toEqual(figure.approved ?? figure.latest);
        }
      }),
    ));

  it('adds up to the same sums in any order of figures', () =>
    check((walk) =>
      after(walk, async (engine) => {
        const indicator = (await engine.views.get(indicatorProjection, 'lishui/03'))?.body as IndicatorDocument;
        const { units } = (await engine.views.get(planProjection, 'lishui'))!.body;
        const figures = (await engine.views.list(figureProjection, 'lishui/03/2022/')).map(({ body }) => body);
        const year = { period: parsePeriod('2022'), isBaseline: false };
        const findings = measuredByUnit(indicator, units, figures, year);
        for (const shuffled of fc.sample(fc.shuffledSubarray(figures, { minLength: figures.length }), 5)) {
          expect(measuredByUnit(indicator, units, shuffled, year)).toEqual(findings);
        }
      }),
    ));
});
