import fc from 'fast-check';
import { MemoryEventLog } from '../../src/event-log/memory/memory-event-log.js';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import { play, step } from './event-log/random-steps.js';

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
