import type { RecordedEvent } from '../kernel/event.js';
import type { EventLog } from '../kernel/event-log.js';
import type { Position } from '../kernel/position.js';

/** Notifies subscribers in this process of new commits. */
export class Commits {
  private count = 0;
  private readonly waiting = new Set<() => void>();

  /** Wakes all subscribers. */
  announce(): void {
    this.count++;
    for (const wake of this.waiting) wake();
  }

  /** Implements `EventLog.subscribe` for a log that calls `announce` after every commit. */
  async *follow(
    log: EventLog,
    after: Position | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<RecordedEvent[], void> {
    while (!signal.aborted) {
      // Read before `readAll`, so that a commit between reading and waiting is not missed.
      const seen = this.count;
      const batch = await log.readAll({ after });
      const last = batch.at(-1);
      if (!last) {
        await this.next(seen, signal);
      } else if (!signal.aborted) {
        after = last.position;
        yield batch;
      }
    }
  }

  private async next(seen: number, signal: AbortSignal): Promise<void> {
    if (this.count > seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}
