import { MemoryEventLog } from '../../src/event-log/memory/memory-event-log.js';
import type { Position } from '../../src/kernel/position.js';
import type { RecordedEvent } from '../../src/kernel/event.js';
import { MemoryVersionedStore } from '../../src/versioned-store/memory/memory-versioned-store.js';
import { lishuiEngine } from '../support/engine.js';
import { MovingClock } from '../support/moving-clock.js';
import { expectViewsAsRebuilt } from './rebuilt.js';

/** Delivers every batch to its subscribers several times: completely, in part, and together with earlier events. */
class RedeliveringLog extends MemoryEventLog {
  redelivered = 0;

  override async *subscribe(after: Position | undefined, signal: AbortSignal): AsyncGenerator<RecordedEvent[], void> {
    let before: RecordedEvent[] = [];
    for await (const batch of super.subscribe(after, signal)) {
      yield batch;
      yield [...before, ...batch];
      yield batch.slice(Math.floor(batch.length / 2));
      yield batch;
      this.redelivered += 3 * batch.length;
      before = batch.slice(-50);
    }
  }
}

it('repeated delivery of events, complete, partial or out of order, does not change the views', async () => {
  const clock = new MovingClock();
  const log = new RedeliveringLog({ clock });
  const engine = await lishuiEngine({ clock, log });
  await expectViewsAsRebuilt(engine, () => new MemoryVersionedStore());
  expect(log.redelivered).toBeGreaterThan(1_000);
  await engine.close();
});
