import fc from 'fast-check';
import type { NewEvent } from '../../../src/kernel/event.js';
import type { EventLog, ExpectedRevision } from '../../../src/kernel/event-log.js';
import { toInstant, type Clock } from '../../../src/kernel/time.js';
import { metadata } from './samples.js';

/** Few streams, ids and contents, so that conflicts, repeated appends and reused ids are frequent. */
const stream = fc.constantFrom('figure-a', 'figure-b', 'plan-a');
const expected = fc.oneof<fc.Arbitrary<ExpectedRevision>[]>(
  fc.constant('none'),
  fc.integer({ min: 0, max: 8 }),
  fc.constantFrom(-1, 0.5, Number.MAX_SAFE_INTEGER),
);
const event: fc.Arbitrary<NewEvent> = fc.record({
  id: fc.integer({ min: 0, max: 7 }).map((number) => `0192c0de-0000-7000-8000-00000000000${number}`),
  type: fc.constantFrom('IndicatorMeasured', 'MeasurementCorrected'),
  data: fc.record({ value: fc.oneof({ weight: 20, arbitrary: fc.constantFrom('1', '2') }, fc.constant('\ud83d')) }),
  metadata: fc.constantFrom(metadata, { ...metadata, knownAt: '2021-03-01T00:00:00.000Z' }),
});
const append = fc.record({ stream, expected, events: fc.array(event, { maxLength: 3 }) });

export const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('append' as const), calls: fc.array(append, { maxLength: 4 }) }),
  },
  // Appends at the stream's actual revision, so that streams grow.
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('extend' as const),
      stream,
      events: fc.array(event, { minLength: 1, maxLength: 3 }),
    }),
  },
  fc.record({ do: fc.constant('repeat' as const), which: fc.nat() }),
  fc.record({ do: fc.constant('move the clock' as const), by: fc.integer({ min: -5_000, max: 5_000 }) }),
  fc.record({ do: fc.constant('read' as const), stream, from: fc.nat(10), after: fc.nat(40), limit: fc.nat(12) }),
);
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Runs the steps on a log and returns all results and errors. */
export async function play(steps: readonly Step[], open: (clock: Clock) => EventLog): Promise<unknown[]> {
  let now = Date.UTC(2026, 0, 1);
  const log = open({ now: () => toInstant(now) });
  const calls: (() => Promise<unknown>)[] = [];
  const call = (...input: Parameters<EventLog['append']>) => {
    const make = () =>
      log.append(...input).catch((error: Error) => ({ ...error, name: error.name, text: error.message }));
    calls.push(make);
    return make();
  };
  const seen: unknown[] = [];
  for (const step of steps) {
    switch (step.do) {
      case 'append':
        seen.push(await Promise.all(step.calls.map(({ stream, expected, events }) => call(stream, expected, events))));
        break;
      case 'extend': {
        const last = (await log.readStream(step.stream)).at(-1);
        seen.push(await call(step.stream, last?.revision ?? 'none', step.events));
        break;
      }
      case 'repeat':
        seen.push(await calls[step.which % calls.length]?.());
        break;
      case 'move the clock':
        now += step.by;
        break;
      case 'read':
        seen.push(await log.readStream(step.stream, { from: step.from, limit: step.limit }));
        seen.push(await log.readAll({ after: String(step.after), limit: step.limit }));
        seen.push(await log.head(), await log.lastEvent(), await log.lastRecordedAt());
    }
  }
  seen.push(await log.readAll());
  await log.close();
  return seen;
}
