import type { EventLog } from '../../src/kernel/event-log.js';
import type { VersionedStore } from '../../src/kernel/versioned-store.js';
import type { Sabotage } from './office.js';
import { scenario, simpler, type Step } from './scenario.js';
import { shrink } from './shrink.js';
import { simulate, type Report } from './simulation.js';

const seed = Number(process.env.SEED ?? 20261125);
const steps = Number(process.env.STEPS ?? 10_000);
const seeds = Number(process.env.SEEDS ?? 1);

/** Explains a failure: where and why it failed, and the smallest list of steps that fails. */
async function explained(all: readonly Step[], failure: Report['failure'], sabotage?: Sabotage) {
  const failing = all.slice(0, failure!.step + 1);
  const fails = async (some: readonly Step[]) => (await simulate(some, sabotage)).failure !== undefined;
  const smallest = await shrink(failing, { fails, simpler, budget: 5 * failing.length + 2_000 });
  return { failure, smallest };
}

const printed = (smallest: readonly Step[]) => smallest.map((step) => JSON.stringify(step)).join('\n');

describe(`the engine under commands, crashes, delays, clock jumps and faults (SEED=${seed}, STEPS=${steps})`, () => {
  it.each(Array.from({ length: seeds }, (_, at) => seed + at))(
    'behaves like the model: seed %i',
    async (each) => {
      const all = scenario(each, steps);
      const { failure, tally } = await simulate(all);
      if (failure) {
        const { smallest } = await explained(all, failure);
        throw new Error(
          `SEED=${each}, step ${failure.step}: ${failure.error.stack}\nSmallest failing scenario:\n${printed(smallest)}`,
        );
      }
      // The run is only meaningful if enough of each kind happened.
      const kinds = [
        'executed',
        'unknown',
        'faults hit',
        'restarted on failure',
        'rebuilt',
        'crash',
        'restart',
        'inspect',
      ];
      const expected = [...kinds, 'SnapshotTaken', 'MeasurementCorrected', 'revision.mismatch', 'command.id-reused'];
      const minimum = Math.floor(steps / 2_000);
      expect(Object.entries(tally).filter(([what, times]) => expected.includes(what) && times < minimum)).toEqual([]);
      if (minimum > 0) expect(Object.keys(tally)).toEqual(expect.arrayContaining(expected));
    },
    60_000 + steps * 200,
  );

  it('is deterministic for a seed', async () => {
    const [first, second] = [await simulate(scenario(seed, 150)), await simulate(scenario(seed, 150))];
    expect(second).toEqual(first);
  });
});

/** Defects that affect only corrections, so that few steps are needed to reveal them. */
const defects: Readonly<Record<string, Sabotage>> = {
  'a lost version of a document': {
    store: (store) =>
      wrapped<VersionedStore>(store, {
        commit: (view, versions, checkpoint) =>
          store.commit(
            view,
            versions.filter(({ body }) => !JSON.stringify(body).includes('"corrections":1')),
            checkpoint,
          ),
      }),
  },
  'a duplicated append': {
    log: (log) =>
      wrapped<EventLog>(log, {
        async append(stream, expected, events) {
          const result = await log.append(stream, expected, events);
          if (events[0]!.type !== 'MeasurementCorrected') return result;
          const again = events.map((event) => ({ ...event, id: event.id.replace(/^./, 'f') }));
          return log.append(stream, result.revision, again);
        },
      }),
  },
  'a lost acknowledged append': {
    log: (log) =>
      wrapped<EventLog>(log, {
        async append(stream, expected, events) {
          if (events[0]!.type !== 'MeasurementCorrected') return log.append(stream, expected, events);
          return { revision: Number(expected) + events.length, position: '1' };
        },
      }),
  },
};

/** A port with some of its methods replaced. */
function wrapped<Port extends object>(port: Port, calls: Partial<Port>): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const call: unknown = calls[name as keyof Port] ?? target[name as keyof Port];
      return typeof call === 'function' ? (call.bind(target) as unknown) : call;
    },
  });
}

describe('a defect', () => {
  const all = scenario(seed, 400);

  it.each(Object.entries(defects))('is found: %s', async (_, sabotage) => {
    const { failure } = await simulate(all, sabotage);
    expect(failure?.error.name).toBe('Violation');
  });

  it('is shrunk to at most three steps', async () => {
    const sabotage = defects['a lost version of a document'];
    const { failure } = await simulate(all, sabotage);
    const { smallest } = await explained(all, failure, sabotage);
    expect(smallest.length).toBeLessThanOrEqual(3);
    expect(printed(smallest)).toContain('CorrectMeasurement');
  });
});
