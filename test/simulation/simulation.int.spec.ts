import type { EventLog } from '../../src/kernel/event-log.js';
import type { VersionedStore } from '../../src/kernel/versioned-store.js';
import type { Sabotage } from './office.js';
import { scenario, simpler, type Step } from './scenario.js';
import { shrink } from './shrink.js';
import { simulate, type Report } from './simulation.js';

const seed = Number(process.env.SEED ?? 20261125);
const steps = Number(process.env.STEPS ?? 10_000);
const seeds = Number(process.env.SEEDS ?? 1);

/** What a person needs to find the defect: where it failed, why, and the fewest steps that fail. */
async function explained(all: readonly Step[], failure: Report['failure'], sabotage?: Sabotage) {
  const failing = all.slice(0, failure!.step + 1);
  const fails = async (some: readonly Step[]) => (await simulate(some, sabotage)).failure !== undefined;
  const fewest = await shrink(failing, { fails, simpler, patience: 5 * failing.length + 2_000 });
  return { failure, fewest };
}

const printed = (fewest: readonly Step[]) => fewest.map((step) => JSON.stringify(step)).join('\n');

describe(`the engine under commands, crashes, delays, clock jumps and faults (SEED=${seed}, STEPS=${steps})`, () => {
  it.each(Array.from({ length: seeds }, (_, at) => seed + at))(
    'keeps what it promises: seed %i',
    async (each) => {
      const all = scenario(each, steps);
      const { failure, tally } = await simulate(all);
      if (failure) {
        const { fewest } = await explained(all, failure);
        throw new Error(
          `SEED=${each}, step ${failure.step}: ${failure.error.stack}\nFewest steps:\n${printed(fewest)}`,
        );
      }
      // A run in which little happens would prove little.
      const wanted = [
        'carried out',
        'unknown',
        'faults met',
        'started again',
        'rebuilt',
        'crash',
        'restart',
        'inspect',
      ];
      const happened = [...wanted, 'SnapshotTaken', 'MeasurementCorrected', 'revision.mismatch', 'command.id-reused'];
      const often = Math.floor(steps / 2_000);
      expect(Object.entries(tally).filter(([what, times]) => happened.includes(what) && times < often)).toEqual([]);
      if (often > 0) expect(Object.keys(tally)).toEqual(expect.arrayContaining(happened));
    },
    60_000 + steps * 200,
  );

  it('does the same again for the same seed', async () => {
    const [first, second] = [await simulate(scenario(seed, 150)), await simulate(scenario(seed, 150))];
    expect(second).toEqual(first);
  });
});

/** Corrections are the one thing that these break, so few steps are needed to show it. */
const defects: Readonly<Record<string, Sabotage>> = {
  'a view loses a version': {
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
  'an append is doubled': {
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
  'an acknowledged append is lost': {
    log: (log) =>
      wrapped<EventLog>(log, {
        async append(stream, expected, events) {
          if (events[0]!.type !== 'MeasurementCorrected') return log.append(stream, expected, events);
          return { revision: Number(expected) + events.length, position: '1' };
        },
      }),
  },
};

/** The port with some of its calls replaced. */
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

  it('is shrunk to the few steps that show it', async () => {
    const sabotage = defects['a view loses a version'];
    const { failure } = await simulate(all, sabotage);
    const { fewest } = await explained(all, failure, sabotage);
    expect(fewest.length).toBeLessThanOrEqual(3);
    expect(printed(fewest)).toContain('CorrectMeasurement');
  });
});
