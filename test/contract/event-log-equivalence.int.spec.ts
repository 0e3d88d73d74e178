import fc from 'fast-check';
import { EventStoreDbEventLog } from '../../src/event-log/eventstoredb/eventstoredb-event-log.js';
import { MemoryEventLog } from '../../src/event-log/memory/memory-event-log.js';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import type { EventLog } from '../../src/kernel/event-log.js';
import type { Position } from '../../src/kernel/position.js';
import { startEventStore } from '../eventstoredb/server.js';
import { play, step } from './event-log/random-steps.js';

/** Wraps a log and renumbers its positions 1, 2, 3…, like those of the in-memory log. */
function counted(log: EventLog): EventLog {
  const known: Position[] = [];
  let counting: Promise<unknown> = Promise.resolve();
  async function numberOf(position: Position): Promise<Position> {
    // Serialised, because each call appends to `known`.
    const count = counting.then(async () => {
      while (!known.includes(position)) {
        known.push(...(await log.readAll({ after: known.at(-1) })).map((event) => event.position));
      }
    });
    counting = count;
    await count;
    return String(known.indexOf(position) + 1);
  }
  const renumbered = async <Placed extends { readonly position: Position }>(placed: Placed): Promise<Placed> => ({
    ...placed,
    position: await numberOf(placed.position),
  });
  const eachRenumbered = async <Placed extends { readonly position: Position }>(all: Placed[]) => {
    const result: Placed[] = [];
    for (const placed of all) result.push(await renumbered(placed));
    return result;
  };
  return {
    append: async (...input) => renumbered(await log.append(...input)),
    readStream: async (...input) => eachRenumbered(await log.readStream(...input)),
    async readAll({ after = '0', limit } = {}) {
      const head = await log.head();
      if (head !== undefined) await numberOf(head);
      const number = Number(after);
      return eachRenumbered(
        await log.readAll({ after: number === 0 ? undefined : (known[number - 1] ?? known.at(-1)), limit }),
      );
    },
    async eventAt(position) {
      const real = known[Number(position) - 1];
      const found = real === undefined ? undefined : await log.eventAt(real);
      return found && renumbered(found);
    },
    async head() {
      const head = await log.head();
      return head && numberOf(head);
    },
    async lastEvent() {
      const last = await log.lastEvent();
      return last && renumbered(last);
    },
    subscribe: (...input) => log.subscribe(...input),
    lastRecordedAt: () => log.lastRecordedAt(),
    close: () => log.close(),
  };
}

/** Removes times, because the server sets the recorded time. */
const withoutTimes = (seen: unknown[]): unknown =>
  JSON.parse(
    JSON.stringify(seen)
      .replace(/"(recordedAt|knownAt)":"[^"]*"/g, '"$1":"?"')
      .replace(/"\d{4}-[0-9T:.-]*Z"/g, '"?"'),
  );

it('SQLite behaves like the in-memory log for random steps', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const memory = await play(steps, (clock) => new MemoryEventLog({ clock }));
      const sqlite = await play(steps, (clock) => SqliteEventLog.open(':memory:', { clock }));
      expect(sqlite).toEqual(memory);
    }),
    { numRuns: 300 },
  );
});

it('EventStoreDB behaves like the in-memory log for random steps', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const server = await startEventStore();
      try {
        const memory = await play(steps, (clock) => new MemoryEventLog({ clock }));
        const served = await play(steps, () => counted(EventStoreDbEventLog.open(server.url)));
        expect(withoutTimes(served)).toEqual(withoutTimes(memory));
      } finally {
        await server.stop();
      }
    }),
    { numRuns: 40 },
  );
});
