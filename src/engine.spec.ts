import { MemoryEventLog } from './event-log/memory/memory-event-log.js';
import { MemoryVersionedStore } from './versioned-store/memory/memory-versioned-store.js';
import { ViewsOfAnotherLog } from './kernel/versioned-store.js';
import { lishuiEngine, memoryEngine } from '../test/support/engine.js';
import { SpacedEventLog } from '../test/support/spaced-log.js';

it('refuses views that were made of another log, and takes those of its own', async () => {
  const [log, store] = [new MemoryEventLog(), new MemoryVersionedStore()];
  const engine = await lishuiEngine({ log, store });
  await engine.projector.close();

  const moved = new SpacedEventLog();
  await moved.takeOver(await log.readAll({ limit: 10_000 }));
  await expect(memoryEngine({ log: moved, store }).start()).rejects.toThrow(ViewsOfAnotherLog);

  const again = memoryEngine({ log, store });
  await again.start();
  await again.close();
});
